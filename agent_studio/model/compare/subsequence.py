"""The longest common subsequence of two sequences, as the regions that lie outside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from rapidfuzz.distance import Indel

from agent_studio.model.ends import common_ends

Region = tuple[int, int, int, int]
"""A stretch of a that became one of b, as (start in a, end in a, start in b, end in b); one of the two may be empty."""

Span = tuple[int, int]

LARGEST = 150_000_000
"""Elements of a times elements of b up to which the exact answer is computed: about 40 ms and 20 MB."""


def changes(a: Sequence[str], b: Sequence[str]) -> tuple[list[Region], bool]:
    """The regions that differ, first to last and never touching, and whether they are the fewest possible.

    Beyond `LARGEST` everything between the equal ends is one region. Swapping `a` and `b` swaps the answer.
    """
    head, tail = common_ends(a, b)
    old, new = a[head : len(a) - tail], b[head : len(b) - tail]
    if not (old and new) or len(old) * len(new) > LARGEST:
        whole = (head, head + len(old), head, head + len(new))
        return [whole] if old or new else [], not (old and new)
    swap = list(old) > list(new)
    regions = map(_mirrored, _exact(new, old)) if swap else _exact(old, new)
    return [(head + s, head + e, head + os, head + oe) for s, e, os, oe in regions], True


def sides(regions: list[Region]) -> tuple[list[Span], list[Span]]:
    """The regions' spans in a, and those in b."""
    return [region[:2] for region in regions], [region[2:] for region in regions]


def kept(regions: Sequence[Region], size: int, other_size: int) -> Iterator[tuple[int, int]]:
    """The pairs of places outside the regions, in two sequences of some sizes."""
    at = other = 0
    for start, end, other_start, other_end in [*regions, (size, size, other_size, other_size)]:
        yield from zip(range(at, start), range(other, other_start), strict=True)
        at, other = end, other_end


def grouped(regions: list[Region], context: int) -> Iterator[list[Region]]:
    """The regions that share their context of so many equal items, together."""
    group = regions[:1]
    for region in regions[1:]:
        if region[0] - group[-1][1] > 2 * context:
            yield group
            group = []
        group.append(region)
    if group:
        yield group


def numbered(*sides: Sequence[str]) -> list[list[int]]:
    """The items of some sequences as numbers, equal ones as the same."""
    # rapidfuzz compares hashes; small numbers are their own.
    numbers: dict[str, int] = defaultdict(count().__next__)
    return [list(map(numbers.__getitem__, side)) for side in sides]


def _exact(a: Sequence[str], b: Sequence[str]) -> list[Region]:
    regions: list[Region] = []
    for op in Indel.opcodes(*numbered(a, b)):
        if op.tag == "equal":
            continue
        if regions and regions[-1][1] == op.src_start and regions[-1][3] == op.dest_start:
            start, _, other, _ = regions.pop()
            regions.append((start, op.src_end, other, op.dest_end))
        else:
            regions.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return regions


def _mirrored(region: Region) -> Region:
    return (*region[2:], *region[:2])
