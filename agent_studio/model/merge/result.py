"""The result of choices: the bytes, and where each line of them comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agent_studio.model.compare import Comparison, Difference, lines
from agent_studio.model.compare.alignment import Region
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field

from .choice import OTHER, Choice, Own, Side, united
from .header import carried
from .lineedit import LineEdit, with_lines

_LISTED = re.compile(r"\s*(?:[-*+>|#]|\d+[.)] )")
"""How a line starts that may stand right below another block of its kind: an item, a row, a heading."""

_Wanted = Sequence[tuple[Difference, Choice]]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A line of a result; in a difference its number, and what was chosen there (None where nothing was)."""

    text: str
    number: int | None = None
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The document that choices make of the side they are written to, and why some of them could not be taken."""

    document: Document
    lines: tuple[ResultLine, ...]
    refused: Mapping[int, str] = field(default_factory=dict)


def built(comparison: Comparison, into: Side, choices: Mapping[int, Choice]) -> Result:
    """The side written to, with what was chosen put in by edits of single fields and lines; never fails.

    Where nothing is to be left of that side and it cannot be edited so, the other one comes in its place as it is.
    """
    document, other = comparison.left, comparison.right
    if into == "right":
        document, other = other, document
    wanted = [(d, choices[d.number]) for d in comparison.differences if choices.get(d.number, into) != into]
    document, refused = _with_body(document, comparison, into, wanted)
    document, failed = _with_fields(document, other, wanted)
    refused |= failed
    if refused and all(choices.get(d.number) == OTHER[into] for d in comparison.differences):
        return built(comparison, OTHER[into], choices)
    made = {number: choice for number, choice in choices.items() if number not in refused}
    return Result(document, tuple(_lines(document, comparison, into, made)), refused)


def _with_body(
    document: Document, comparison: Comparison, into: Side, wanted: _Wanted
) -> tuple[Document, dict[int, str]]:
    texts = _Texts(comparison)
    edits = {d.number: LineEdit(_span(d.region, into), texts.of(d.region, choice)) for d, choice in wanted if d.region}
    try:
        return with_lines(document, list(edits.values())), {}
    except EditRefused as why:
        return document, dict.fromkeys(edits, str(why))


def _span(region: Region, side: Side) -> tuple[int, int]:
    return region.left if side == "left" else region.right


class _Texts:
    """What stands in the regions of a comparison, by choice."""

    def __init__(self, comparison: Comparison) -> None:
        bodies = (comparison.left.body, comparison.right.body)
        self._left, self._right = ([line.text for line in lines.split(body)] for body in bodies)

    def of(self, region: Region, choice: Choice) -> list[str]:
        """The lines of a region, those of both sides with a blank one between them where they would run together."""
        if isinstance(choice, Own):
            return [line.text for line in lines.split(str(choice.value))]
        left, right = self._left[slice(*region.left)], self._right[slice(*region.right)]
        if choice == "both":
            ends = [*left[-1:], *right[:1]]
            apart = len(ends) == 2 and all(map(str.strip, ends)) and not all(map(_LISTED.match, ends))
            return [*left, *[""] * apart, *right]
        return left if choice == "left" else right


def _with_fields(document: Document, other: Document, wanted: _Wanted) -> tuple[Document, dict[int, str]]:
    """A document with the fields that were chosen; one that is refused is tried again when others are in place."""
    waiting = [(d, choice) for d, choice in wanted if d.field]
    other = _ending_alike(other, document) if waiting else other
    refused: dict[int, str] = {}
    tried = 0
    while waiting and len(waiting) != tried:
        tried, refused = len(waiting), {}
        for difference, choice in waiting:
            try:
                document = _with_field(document, other, difference, choice)
            except EditRefused as why:
                refused[difference.number] = str(why)
        waiting = [(d, choice) for d, choice in waiting if d.number in refused]
    return document, refused


def _with_field(document: Document, other: Document, difference: Difference, choice: Choice) -> Document:
    if isinstance(choice, Own):
        return with_field(document, difference.name, choice.value)
    if choice == "both":
        return with_field(document, difference.name, united(difference))
    return carried(document, other, difference.name)


def _ending_alike(document: Document, other: Document) -> Document:
    """A document with the line endings of another one, if it reads the same so."""
    newline = other.newline_at(0).encode()
    found = Document(document.data.replace(b"\r\n", b"\n").replace(b"\n", newline))
    return found if repr(found.values) == repr(document.values) and found.reading == document.reading else document


def _lines(
    document: Document, comparison: Comparison, into: Side, choices: Mapping[int, Choice]
) -> Iterator[ResultLine]:
    """Every line of a result with the difference that it is in."""
    held = lines.split(document.text)
    marks: dict[int, int] = {}
    for difference in comparison.differences:
        if difference.field and (entry := document.entry(difference.name)):
            end = max(entry.start, entry.value_end - 1)
            marks |= dict.fromkeys(range(document.line_at(entry.start) - 1, document.line_at(end)), difference.number)
    texts, shift = _Texts(comparison), document.body_line - 1
    for difference in comparison.differences:
        if difference.region:
            start, end = _span(difference.region, into)
            count = len(texts.of(difference.region, choices.get(difference.number, into)))
            marks |= dict.fromkeys(range(start + shift, start + shift + count), difference.number)
            shift += count - (end - start)
    for line in held:
        number = marks.get(line.place)
        yield ResultLine(line.text, number, choices.get(number) if number else None)
