"""Sections of two texts side by side: same, changed, renamed, moved, or only on one side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .correspondence import Correspondence
from .outline import Section

if TYPE_CHECKING:
    from .alignment import LinePair

SectionStatus = Literal["same", "changed", "renamed", "moved", "left", "right"]


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A section of each side that belong together, or one of one side alone.

    `changed` says whether anything below the heading differs.
    """

    left: Section | None
    right: Section | None
    moved: bool = False
    changed: bool = False

    @property
    def renamed(self) -> bool:
        """Whether the heading differs, in its words or its level."""
        left, right = self.left, self.right
        return left is not None is not right and (left.heading, left.level) != (right.heading, right.level)

    @property
    def status(self) -> SectionStatus:
        """What became of the section; a moved or renamed one may be `changed`, too."""
        if self.left is None:
            return "right"
        if self.right is None:
            return "left"
        if self.moved or self.renamed:
            return "moved" if self.moved else "renamed"
        return "changed" if self.changed else "same"


def section_pairs(pairs: Iterable[LinePair], found: Correspondence) -> Iterator[SectionPair]:
    """The sections in the order in which their lines come, one that has moved where it comes first."""
    left, right = ([content.section for content in side.contents] for side in (found.left, found.right))
    partners = dict(found.sections)
    origins = {j: i for i, j in found.sections}
    changed, other_changed = _changed(pairs, left, right)
    order: dict[tuple[int | None, int | None], None] = {(0, 0): None} if left[0].end or right[0].end else {}
    starts, others = ({section.start: n for n, section in enumerate(side) if n} for side in (left, right))
    for pair in pairs:
        if pair.left and (i := starts.get(pair.left.place)):
            order[i, partners.get(i)] = None
        if pair.right and (j := others.get(pair.right.place)):
            order[origins.get(j), j] = None
    for i, j in order:
        old, new = None if i is None else left[i], None if j is None else right[j]
        yield SectionPair(old, new, (i, j) in found.moved, i in changed or j in other_changed)


def _changed(pairs: Iterable[LinePair], left: Sequence[Section], right: Sequence[Section]) -> tuple[set[int], set[int]]:
    """The sections in which a line below the heading differs, on either side."""
    starts, others = ([section.start for section in side] for side in (left, right))
    found: tuple[set[int], set[int]] = (set(), set())
    for pair in pairs:
        if pair.status == "same" or (pair.moved and not pair.marked):
            continue
        for sections, side, line in zip(found, (starts, others), (pair.left, pair.right), strict=True):
            if line and (not (place := bisect_right(side, line.place) - 1) or side[place] != line.place):
                sections.add(place)
    return found
