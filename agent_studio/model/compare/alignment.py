"""Alignment of two texts by section, block, line and word: what is the same, changed, moved, or only on one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from . import words
from .correspondence import Group
from .lines import Line
from .sections import SectionPair
from .subsequence import Span
from .words import Piece, Wording

Status = Literal["same", "changed", "left", "right"]
"""What became of a line from left to right; `left` and `right`: it stands only there."""


class LinePair(NamedTuple):
    """A line of each side that belong together, or a line of one side alone.

    `wording` is there where words are marked. A changed line of a paragraph that is broken into lines otherwise may
    have no line beside it. `moved` says that the line stands elsewhere on the other side (its marks are the words that
    differ there); `region` numbers the differences from 0, None where the line is the same.
    """

    status: Status
    left: Line | None
    right: Line | None
    wording: Wording | None = None
    moved: bool = False
    region: int | None = None

    @property
    def left_pieces(self) -> tuple[Piece, ...]:
        """The left line in pieces; one unmarked piece where there is no other line to differ from."""
        return self.wording.left if self.wording else _unmarked(self.left)

    @property
    def right_pieces(self) -> tuple[Piece, ...]:
        """The right line in pieces."""
        return self.wording.right if self.wording else _unmarked(self.right)

    @property
    def marked(self) -> bool:
        """Whether words are marked."""
        return self.wording is not None and self.wording.marked

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
class Region:
    """One difference: lines of the left from `left[0]` up to `left[1]`, counted from 0, that became those of the right.

    Where a side has none, its two numbers say where they would be. `twin` is the number of the region that holds the
    same lines elsewhere on the other side.
    """

    left: Span
    right: Span
    group: Group
    twin: int | None = None

    def within(self, left: range, right: range) -> bool:
        """Whether its lines are among some of the left or of the right side; a blank one above them may be not."""
        spans = (self.left, left), (self.right, right)
        return any(start < end and end - 1 in lines for (start, end), lines in spans)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every line of two texts once and in order, in pairs; the regions that differ; the sections.

    `coarse` says that the texts were too large to be compared in full.
    """

    pairs: tuple[LinePair, ...]
    coarse: bool = False
    regions: tuple[Region, ...] = ()
    sections: tuple[SectionPair, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the two texts are the same but for line endings."""
        return all(pair.status == "same" for pair in self.pairs)

    @property
    def removed(self) -> int:
        """Lines of the left side that are not on the right."""
        return sum(pair.left is not None and pair.status != "same" for pair in self.pairs)

    @property
    def added(self) -> int:
        """Lines of the right side that are not on the left."""
        return sum(pair.right is not None and pair.status != "same" for pair in self.pairs)
