"""Where two descendants of a sequence depart from it, alone or both at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from agent_studio.model.compare.subsequence import Span, changes


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of the common origin, what stands in its place on both sides, and who changed it."""

    base: Span
    mine: Span
    theirs: Span
    by: Literal["mine", "theirs", "both"]


_Region = tuple[int, int, int, int]
"""A changed stretch of the origin: start, end, 0 for mine and 1 for theirs, how far what follows is shifted there."""


def hunks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Hunk]:
    """The hunks, first to last; changes that share an item, or insert at the same place, are one.

    Changes that only touch are hunks of their own. Sequences too long to be compared in full have fewer, longer hunks.
    """
    regions = sorted(
        (start, end, side, other_end - end)
        for side, items in enumerate((mine, theirs))
        for start, end, _, other_end in changes(base, items)[0]
    )
    before = [0, 0]
    for group in _overlapping(regions):
        start, end = group[0][0], max(region[1] for region in group)
        after = before.copy()
        for _, _, side, shift in group:
            after[side] = shift
        own, other = ((start + first, end + last) for first, last in zip(before, after, strict=True))
        sides = {region[2] for region in group}
        yield Hunk((start, end), own, other, "both" if len(sides) > 1 else "theirs" if 1 in sides else "mine")
        before = after


def _overlapping(regions: list[_Region]) -> Iterator[list[_Region]]:
    group: list[_Region] = []
    end = 0
    for region in regions:
        start, stop = region[:2]
        same_place = bool(group) and group[0][0] == end == start == stop
        if group and start >= end and not same_place:
            yield group
            group = []
        group.append(region)
        end = max(end, stop)
    if group:
        yield group
