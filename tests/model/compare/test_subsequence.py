"""The regions that differ: they rebuild both sequences, are as small as can be, and do not depend on the side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.compare import subsequence
from agent_studio.model.compare.subsequence import Region, changes

letters = st.lists(st.sampled_from("abcd"), max_size=12)


def equal(a: Sequence[str], b: Sequence[str], regions: list[Region]) -> list[tuple[str, str]]:
    """The pairs outside the regions."""
    found: list[tuple[str, str]] = []
    at = other = 0
    for start, end, other_start, other_end in [*regions, (len(a), len(a), len(b), len(b))]:
        found += zip(a[at:start], b[other:other_start], strict=True)
        at, other = end, other_end
    return found


def longest(a: Sequence[str], b: Sequence[str]) -> int:
    """The length of a longest common subsequence, by the textbook."""
    row = [0] * (len(b) + 1)
    for item in a:
        above, row = row, [0]
        for place, other in enumerate(b):
            row.append(above[place] + 1 if item == other else max(above[place + 1], row[place]))
    return row[-1]


@given(letters, letters)
def test_what_lies_outside_the_regions_is_a_longest_common_subsequence(a: list[str], b: list[str]) -> None:
    regions, exact = changes(a, b)
    pairs = equal(a, b, regions)
    assert exact
    assert all(left == right for left, right in pairs)
    assert len(pairs) == longest(a, b)


@given(letters, letters)
def test_regions_are_in_order_and_never_touch(a: list[str], b: list[str]) -> None:
    regions, _ = changes(a, b)
    assert all(before[1] < after[0] and before[3] < after[2] for before, after in pairwise(regions))
    assert all(start < end or other < other_end for start, end, other, other_end in regions)


@given(letters, letters)
def test_swapped_sides_give_swapped_regions(a: list[str], b: list[str]) -> None:
    regions, _ = changes(a, b)
    assert changes(b, a)[0] == [(*region[2:], *region[:2]) for region in regions]


@given(letters)
def test_equal_sequences_have_no_region(a: list[str]) -> None:
    assert changes(a, list(a)) == ([], True)


def test_sequences_that_are_too_large_are_one_region_between_their_equal_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subsequence, "LARGEST", 3)
    assert changes("abxcd", "abyxd") == ([(2, 4, 2, 4)], False)
    assert changes("abd", "abxxxxxd") == ([(2, 2, 2, 7)], True), "nothing to look for where one side is empty"
