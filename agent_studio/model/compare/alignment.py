"""Alignment of two texts by line: same, changed, or only on one side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from . import lines, pairing, subsequence, words
from .lines import Line
from .words import Piece, Wording

Status = Literal["same", "changed", "left", "right"]
"""What became of a line from left to right; `left` and `right`: it stands only there."""

CELLS = 60_000
"""Comparisons of one line with another that are made at most to find the similar ones in replaced blocks."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LinePair:
    """A line of each side that belong together, or a line of one side alone.

    `wording` is there for changed lines only: the words that differ.
    """

    status: Status
    left: Line | None
    right: Line | None
    wording: Wording | None = None

    @property
    def left_pieces(self) -> tuple[Piece, ...]:
        """The left line in pieces; one unmarked piece where there is no other line to differ from."""
        return self.wording.left if self.wording else _unmarked(self.left)

    @property
    def right_pieces(self) -> tuple[Piece, ...]:
        """The right line in pieces."""
        return self.wording.right if self.wording else _unmarked(self.right)

    @property
    def respelled(self) -> bool:
        """Whether the two lines mean the same although they are written otherwise: another ending, say."""
        left, right = self.left, self.right
        if self.status != "same" or left is None or right is None:
            return False
        return (left.text, left.ending) != (right.text, right.ending)


def _unmarked(line: Line | None) -> tuple[Piece, ...]:
    return words.whole(line.text, False) if line else ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every line of two texts once and in order; `coarse` when they were too large to be compared in full."""

    pairs: tuple[LinePair, ...]
    coarse: bool = False

    @property
    def same(self) -> bool:
        """Whether the two texts are the same but for line endings."""
        return all(pair.status == "same" for pair in self.pairs)

    @property
    def removed(self) -> int:
        """Lines of the left side that are not on the right."""
        return sum(pair.status in {"changed", "left"} for pair in self.pairs)

    @property
    def added(self) -> int:
        """Lines of the right side that are not on the left."""
        return sum(pair.status in {"changed", "right"} for pair in self.pairs)


def align(left: str, right: str) -> Alignment:
    """The alignment of two texts."""
    old, new = lines.split(left), lines.split(right)
    anchors, exact = _anchors(old, new)
    found: list[LinePair] = []
    at = other = 0
    for i, j in _with_wordless(old, new, anchors):
        found += _unpaired(old[at:i], new[other:j])
        found.append(_paired(old[i], new[j]))
        at, other = i + 1, j + 1
    found += _unpaired(old[at:], new[other:])
    return Alignment(tuple(found), not exact or any(pair.wording and pair.wording.coarse for pair in found))


def _unpaired(left: Iterable[Line], right: Iterable[Line]) -> Iterator[LinePair]:
    yield from (LinePair("left", line, None) for line in left)
    yield from (LinePair("right", None, line) for line in right)


def _paired(left: Line, right: Line) -> LinePair:
    if left.text == right.text:
        return LinePair("same", left, right)
    return LinePair("changed", left, right, words.differences(left.text, right.text))


def _anchors(old: Sequence[Line], new: Sequence[Line]) -> tuple[list[Pair], bool]:
    """The pairs of equal or similar lines, those without a word aside, and whether all were looked for."""
    left = [line for line in old if not line.wordless]
    right = [line for line in new if not line.wordless]
    texts, others = [line.text for line in left], [line.text for line in right]
    regions, exact = subsequence.changes(texts, others)
    found = set(_equal(regions, len(left), len(right)))
    cells = 0
    for start, end, other, other_end in sorted(regions, key=lambda r: (r[1] - r[0]) * (r[3] - r[2])):
        cells += (end - start) * (other_end - other)
        if cells > CELLS:
            exact = False
            break
        similar = pairing.pairs(texts[start:end], others[other:other_end])
        found.update((start + i, other + j) for i, j in similar)
    return [(left[i].place, right[j].place) for i, j in sorted(found)], exact


def _equal(regions: list[subsequence.Region], size: int, other_size: int) -> Iterator[Pair]:
    """The pairs of places outside the regions that differ."""
    at = other = 0
    for start, end, other_start, other_end in [*regions, (size, size, other_size, other_size)]:
        yield from zip(range(at, start), range(other, other_start), strict=True)
        at, other = end, other_end


def _with_wordless(old: Sequence[Line], new: Sequence[Line], anchors: list[Pair]) -> list[Pair]:
    """The pairs, and the equal lines without a word that hang on them."""
    found: list[Pair] = []
    last = (-1, -1)
    for pair in [*anchors, (len(old), len(new))]:
        found += _wordless_between(old, new, last, pair)
        found.append(pair)
        last = pair
    return found[:-1]


def _wordless_between(old: Sequence[Line], new: Sequence[Line], above: Pair, below: Pair) -> list[Pair]:
    """The equal lines without a word right below one pair and right above the next one.

    A blank line is kept right below a kept line only, except where nothing else is left on one side: there lines were
    added or removed, and the blank lines below them stay.
    """
    i, j = above[0] + 1, above[1] + 1
    end, other_end = below
    found: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(old[i], new[j]):
        found.append((i, j))
        i, j = i + 1, j + 1
    kept: list[Pair] = []
    while i < end and j < other_end and _equal_wordless(old[end - 1], new[other_end - 1]):
        end, other_end = end - 1, other_end - 1
        kept.append((end, other_end))
    if i < end and j < other_end:
        while kept and old[kept[-1][0]].blank:
            kept.pop()
    return found + kept[::-1]


def _equal_wordless(left: Line, right: Line) -> bool:
    return left.wordless and left.text == right.text
