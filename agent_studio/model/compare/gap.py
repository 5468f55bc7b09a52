"""A gap: lines of both sides between two pairs, none of which has a line beside it, in the order that reads best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from .correspondence import APART, NOWHERE, Group, Side
from .lines import Line

Placed = tuple[Line | None, Line | None, Group]
"""A line of the left or the right side, and the group in which it comes or goes."""


def ordered(
    old: Sequence[Line], new: Sequence[Line], sides: tuple[Side, Side], above: Group, changed: bool
) -> Iterator[Placed]:
    """The lines of a gap, group by group, each first with its left and then with its right lines; whole sections last.

    `above` is the group of the pair right above, `changed` says whether that one is a changed one.
    """
    ranked = [
        (rank, which, group, line)
        for which, (side, lines) in enumerate(zip(sides, (old, new), strict=True))
        for rank, group, line in _ranked(lines, side, above, changed)
    ]
    for _, which, group, line in sorted(ranked, key=lambda found: found[:2]):
        yield (None, line, group) if which else (line, None, group)


def _ranked(lines: Sequence[Line], side: Side, above: Group, changed: bool) -> Iterator[tuple[float, Group, Line]]:
    """The lines of one side with their groups, and a number by which both sides can be put in order.

    A blank line belongs to a whole section below it, or to the block above it where that has changed, or to the one
    below.
    """
    groups = [side.groups.get(line.place, NOWHERE) for line in lines]
    below = next((group for group, line in zip(groups, lines, strict=True) if not line.blank), NOWHERE)
    last = above if changed and below[0] not in APART else below
    block, rank = above[1], -inf
    for group, line in zip(groups, lines, strict=True):
        if group != NOWHERE or not line.blank:
            last = group
        if last != NOWHERE:
            block = last[1]
        rank = max(rank, inf if last[0] in APART else block + (last == NOWHERE) / 2)
        yield rank, last, line
