"""Words: what differs between two lines, never less than a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from . import subsequence
from .sliding import slid, tidied
from .subsequence import Region

# Scripts without blanks between words: each character counts as one (Unicode Standard Annex 29).
_ALONE = "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_ALONE = re.compile(rf"[{_ALONE}]")
_WORD = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}]+")
_SPACED_WORD = re.compile(r"\w+")
_TOKEN = re.compile(rf"(\s+|[{_ALONE}]|[^\W{_ALONE}]+(?:['’][^\W{_ALONE}]+)*|([^\w\s])\2*)")
Owner = Literal["both", "left", "right"]

_JOINER, _NON_JOINER = "\u200d", "\u200c"


class Piece(NamedTuple):
    """A stretch of a line, and whether the other side's line lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """Two lines in pieces that concatenate to them; `coarse` when they were too long to compare word by word."""

    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    coarse: bool = False

    @property
    def sides(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Both lines."""
        return self.left, self.right

    @property
    def marked(self) -> bool:
        """Whether words are marked."""
        return any(piece.changed for piece in self.left + self.right)


def tokens(text: str) -> list[str]:
    """`text` cut into words, runs of white space and runs of one punctuation character."""
    found = [token for token, _ in _TOKEN.findall(text)]
    return found if text.isascii() else _glued(found)


def _is_mark(char: str) -> bool:
    return char in (_JOINER, _NON_JOINER) or unicodedata.category(char).startswith("M")


def _glued(parts: list[str]) -> list[str]:
    """Accents, vowel signs and joiners belong to what stands before them, and a word goes on behind them."""
    glued: list[str] = []
    for part in parts:
        last = glued[-1] if glued and not glued[-1].isspace() else ""
        goes_on = last and _is_mark(last[-1]) and (last[-1] == _JOINER or (last[0].isalnum() and part[0].isalnum()))
        if last and (_is_mark(part[0]) or goes_on):
            glued[-1] += part
        else:
            glued.append(part)
    return glued


def words_of(text: str) -> list[str]:
    """The words of a text, case-folded, for counting what two texts share."""
    pattern = _WORD if not text.isascii() and _IS_ALONE.search(text) else _SPACED_WORD
    return pattern.findall(text.casefold())


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "_"


def differences(left: str, right: str, key: Callable[[str], str] = str) -> Wording:
    """What differs between two texts, in words of which `key` gives what counts."""
    return differing(tokens(left), tokens(right), key)


def differing(left: Sequence[str], right: Sequence[str], key: Callable[[str], str] = str) -> Wording:
    """What differs between two texts that are given as tokens."""
    regions, exact = subsequence.changes([key(token) for token in left], [key(token) for token in right])
    regions = [tidied(region, left, right) for region in _joined(slid(regions, left, right), left)]
    changed, other_changed = subsequence.sides(regions)
    return Wording(pieces(left, changed), pieces(right, other_changed), not exact)


def whole(text: str, changed: bool) -> tuple[Piece, ...]:
    """A line in one piece, an empty one in none."""
    return (Piece(text, changed),) if text else ()


def _joined(regions: list[Region], left: Sequence[str]) -> list[Region]:
    """Changes with nothing but one blank or punctuation mark between them as one: fewer pieces read better."""
    joined: list[Region] = []
    for start, end, other, other_end in regions:
        if joined and start - joined[-1][1] == 1 and not _is_word(left[start - 1]):
            joined[-1] = (joined[-1][0], end, joined[-1][2], other_end)
        else:
            joined.append((start, end, other, other_end))
    return joined


def pieces(parts: Sequence[str], changed: list[tuple[int, int]]) -> tuple[Piece, ...]:
    """The pieces of a line given as tokens, of which those in the spans `changed` differ."""
    found: list[Piece] = []
    at = 0
    for start, end in changed:
        if start < end:
            found += whole("".join(parts[at:start]), False)
            found += whole("".join(parts[start:end]), True)
            at = end
    return (*found, *whole("".join(parts[at:]), False))


def merged(left: Sequence[Piece], right: Sequence[Piece]) -> list[tuple[Owner, str]]:
    """The pieces of two lines as one sequence, each with the side that has it; none where what is unmarked differs."""
    if _unmarked(left) != _unmarked(right):
        return []
    parts: list[tuple[Owner, str]] = []
    old, new = list(left), list(right)
    while old or new:
        if old and old[0].changed:
            parts.append(("left", old.pop(0).text))
        elif new and new[0].changed:
            parts.append(("right", new.pop(0).text))
        else:
            shared = min(len(old[0].text), len(new[0].text))
            parts.append(("both", old[0].text[:shared]))
            old[:1], new[:1] = (whole(side[0].text[shared:], False) for side in (old, new))
    return parts


def _unmarked(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if not piece.changed)
