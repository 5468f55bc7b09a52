"""Sections of two texts side by side: same, changed, renamed, moved, or only on one side."""

from __future__ import annotations

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

    `changed` says whether anything below the heading differs, or its level.
    """

    left: Section | None
    right: Section | None
    moved: bool = False
    changed: bool = False

    @property
    def heading(self) -> str:
        """The heading, at the left where the section is there."""
        section = self.left or self.right
        return section.heading if section else ""

    @property
    def renamed(self) -> bool:
        """Whether the heading differs; its level alone is a change."""
        return self.left is not None is not self.right and self.left.heading != self.right.heading

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
        levels = {section.level for section in (old, new) if section}
        yield SectionPair(old, new, (i, j) in found.moved, i in changed or j in other_changed or len(levels) > 1)


def _changed(pairs: Iterable[LinePair], left: Sequence[Section], right: Sequence[Section]) -> tuple[set[int], set[int]]:
    """The sections in which a line below the heading differs, on either side; blank ones do not count."""
    owners, others = (list(_owners(side)) for side in (left, right))
    found: tuple[set[int], set[int]] = (set(), set())
    for pair in pairs:
        if pair.status != "same" and (not pair.moved or pair.marked):
            if pair.left and not pair.left.blank:
                found[0].add(owners[pair.left.place])
            if pair.right and not pair.right.blank:
                found[1].add(others[pair.right.place])
    return found


def _owners(sections: Iterable[Section]) -> Iterator[int]:
    """For each line the place of the section that it is in, -1 for a heading."""
    for place, section in enumerate(sections):
        heading = int(section.level > 0)
        yield from [-1] * heading + [place] * (section.end - section.start - heading)


def spans_of(sections: Sequence[SectionPair], heading: str) -> tuple[range, range] | None:
    """The lines of the section with a heading and of those below it, left and right; None where that is not one.

    Without a heading what stands above the first one. Two sections of one heading, each on its side, are one.
    """
    named = [pair for pair in sections if any(side and side.heading == heading for side in (pair.left, pair.right))]
    left, right = [pair.left for pair in named if pair.left], [pair.right for pair in named if pair.right]
    if not named or max(len(left), len(right)) > 1:
        return None
    sides = (left, [pair.left for pair in sections]), (right, [pair.right for pair in sections])
    old, new = (_below(found[0], held) if found else range(0) for found, held in sides)
    return old, new


def _below(first: Section, sections: Sequence[Section | None]) -> range:
    """The lines of a section up to the next one that is not below it; what stands above all has none below."""
    starts = [s.start for s in sections if s and s.start > first.start and (not first.level or s.level <= first.level)]
    last = max((s.end for s in sections if s), default=first.end)
    return range(first.start, min(starts, default=last))
