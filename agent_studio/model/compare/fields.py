"""Fields of two headers side by side: same, changed, or only on one side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Literal

from agent_studio.model.schema import ORDER

from . import lines, pairing, subsequence, values, words
from .alignment import Alignment, LinePair
from .lines import Line
from .subsequence import Span
from .values import Written
from .weave import align
from .words import Piece, Wording

FieldStatus = Literal["same", "changed", "only-a", "only-b"]


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both sides, None where it is absent, with its value unfolded into lines.

    `respelled` says that the host reads the same although it is spelled otherwise.
    """

    name: str
    status: FieldStatus
    left: Written | None
    right: Written | None
    shown: Alignment
    respelled: bool = False


def pair_fields(
    left: Mapping[str, Written], right: Mapping[str, Written], loose: bool = False
) -> tuple[FieldPair, ...]:
    """Every field of either side: in schema order, unknown ones after in the order of their files.

    `loose`: spelling and white space make no difference.
    """
    keys = sorted(dict.fromkeys([*left, *right]), key=lambda key: ORDER.get(key, len(ORDER)))
    return tuple(_paired(key, left.get(key), right.get(key), loose) for key in keys)


def _paired(key: str, left: Written | None, right: Written | None, loose: bool) -> FieldPair:
    if left is None or right is None:
        return _lonely(key, left, right)
    meanings = values.meaning(key, left.value), values.meaning(key, right.value)
    if meanings[0] == meanings[1] or (loose and _words(meanings[0]) == _words(meanings[1])):
        return FieldPair(key, "same", left, right, _same(key, left, right), not loose and left.source != right.source)
    return FieldPair(key, "changed", left, right, _changed(key, left, right, loose))


def _words(meaning: tuple[str, ...]) -> list[str]:
    return " ".join(meaning).split()


def _lonely(key: str, left: Written | None, right: Written | None) -> FieldPair:
    if right is None:
        return FieldPair(key, "only-a", left, right, align(_shown(key, left), ""))
    return FieldPair(key, "only-b", left, right, align("", _shown(key, right)))


_BROKEN = re.compile(r"(?<=\S)[ \t]*(?=<example>)|(?<=</example>)[ \t]*(?=\S)", re.IGNORECASE)
"""Where an example begins or ends in the middle of a line."""


def _shown(key: str, written: Written | None) -> str:
    """A value as it is shown: examples in a description begin lines of their own, also where the host sees but one."""
    shown = values.text(key, written.value) if written else ""
    return _BROKEN.sub("\n", shown) if key == "description" else shown


def _same(key: str, left: Written, right: Written) -> Alignment:
    sides = zip_longest(lines.split(_shown(key, left)), lines.split(_shown(key, right)))
    return Alignment(tuple(LinePair("same", old, new) for old, new in sides))


def _changed(key: str, left: Written, right: Written, loose: bool) -> Alignment:
    old, new = values.members(key, left.value), values.members(key, right.value)
    if old is not None and new is not None:
        return _by_member(old, new)
    shown, other = _shown(key, left), _shown(key, right)
    if shown == other:
        # A number and the same digits as text, say: only the spelling tells them apart.
        shown, other = left.source, right.source
    if max(len(lines.split(shown)), len(lines.split(other))) > 1:
        return align(shown, other, loose)
    return _one_line(shown.rstrip("\r\n"), other.rstrip("\r\n"))


def _by_member(left: tuple[str, ...], right: tuple[str, ...]) -> Alignment:
    """Two lists with the members marked that the other lacks; where it is their order alone, those out of order."""
    spans, exact = (_lacking(left, right), _lacking(right, left)), True
    if not any(spans):
        regions, exact = subsequence.changes(left, right)
        spans = subsequence.sides(regions)
    wording = Wording(_listed(left, spans[0]), _listed(right, spans[1]), not exact)
    return _changed_line(values.SEPARATOR.join(left), values.SEPARATOR.join(right), wording)


def _lacking(items: tuple[str, ...], others: tuple[str, ...]) -> list[Span]:
    """Where the members stand that others lack."""
    known = frozenset(others)
    runs = groupby(range(len(items)), lambda place: items[place] in known)
    places = [list(run) for shared, run in runs if not shared]
    return [(run[0], run[-1] + 1) for run in places]


def _listed(items: tuple[str, ...], changed: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """The pieces of a list on one line, of which the members in the spans `changed` differ."""
    parts = [part for item in items for part in (item, values.SEPARATOR)][:-1]
    return words.pieces(parts, [(2 * start, 2 * end - 1) for start, end in changed])


def _one_line(left: str, right: str) -> Alignment:
    """Two values of one line are one line changed, however little they share."""
    if pairing.similar(left, right):
        return _changed_line(left, right, words.differences(left, right))
    return _changed_line(left, right, Wording(words.whole(left, True), words.whole(right, True)))


def _changed_line(left: str, right: str, wording: Wording) -> Alignment:
    pair = LinePair("changed", Line(0, left, ""), Line(0, right, ""), wording)
    return Alignment((pair,), wording.coarse)
