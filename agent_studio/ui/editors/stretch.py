"""Where two texts differ: what they have in common at both ends left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """`one[start:one_end]` stands where `other[start:other_end]` does; all around it is the same."""

    start: int
    one_end: int
    other_end: int


def differing(one: str, other: str) -> Stretch:
    """The stretch in which two texts differ."""
    start = common(one, other)
    rest = common(one[start:][::-1], other[start:][::-1])
    return Stretch(start, len(one) - rest, len(other) - rest)


def common(one: str, other: str) -> int:
    """How many characters two texts begin with alike; by halving, for texts may be long."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
