"""Sliding: of all places where a change could be said to be, the one that reads best."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from agent_studio.model.ends import common_ends

from .subsequence import Region, Span

_CLAUSE = frozenset(".,;:!?")


def slid(regions: Sequence[Region], left: Sequence[str], right: Sequence[str]) -> list[Region]:
    """The regions, those with nothing on one side moved to where they begin and end between words.

    What is added to `a (b)` to make it `a (a) (b)` is `(a) `, not `a) (`: both are true.
    """
    found: list[Region] = []
    for place, (start, end, other, other_end) in enumerate(regions):
        by = 0
        if start == end or other == other_end:
            tokens, span = (left, (start, end)) if start < end else (right, (other, other_end))
            below = found[-1][1] if found else 0
            above = regions[place + 1][0] if place + 1 < len(regions) else len(left)
            # One token stays between two regions, the ends of the texts need none.
            back = start - below - bool(found)
            ahead = above - end - (place + 1 < len(regions))
            by = _best(tokens, span, back, ahead)
        found.append((start + by, end + by, other + by, other_end + by))
    return found


def _best(tokens: Sequence[str], span: Span, back: int, ahead: int) -> int:
    """How far a span of tokens that the other side lacks is best moved, at most so far back or ahead."""
    start, end = span
    shifts = [0]
    shifts += takewhile(lambda by: tokens[start + by] == tokens[end + by], range(-1, -back - 1, -1))
    shifts += (by + 1 for by in takewhile(lambda by: tokens[start + by] == tokens[end + by], range(ahead)))
    return max(shifts, key=lambda by: (_edge(tokens, start + by) + _edge(tokens, end + by), -abs(by), by))


def _edge(tokens: Sequence[str], place: int) -> int:
    """How well a text is cut before a token."""
    if place in (0, len(tokens)):
        return 4
    before, after = tokens[place - 1], tokens[place]
    if not (before.isspace() or after.isspace()):
        return 0
    return 3 if before[-1] in _CLAUSE else 2


def tidied(region: Region, left: Sequence[str], right: Sequence[str]) -> Region:
    """A region without what is the same at its ends."""
    start, end, other, other_end = region
    head, tail = common_ends(left[start:end], right[other:other_end])
    return start + head, end - tail, other + head, other_end - tail
