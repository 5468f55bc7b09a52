"""Pairing of similar lines."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.compare.pairing import pairs, similar
from tests.model.compare.texts import lines

blocks = st.lists(lines, max_size=8)


def test_similar_lines_are_paired_and_others_are_not() -> None:
    old = ["Read the spec first", "Never guess", "Write the tests"]
    new = ["Always be brief", "Write all the tests", "Ask the user"]
    assert pairs(old, new) == [(2, 1)]


def test_the_best_of_several_similar_lines_wins() -> None:
    assert pairs(["read the whole spec first"], ["read the plan", "read the whole spec now", "read it first"]) == [
        (0, 1)
    ]


def test_pairs_that_would_cross_are_not_both_taken() -> None:
    assert pairs(["a b c d", "e f g"], ["e f g h", "a b c d e"]) == [(0, 1)]


def test_case_and_punctuation_do_not_tell_words_apart() -> None:
    assert similar("## CORE Identity", "**core identity**")
    assert not similar("---", "---"), "without a word there is nothing to share"


@given(blocks, blocks)
def test_pairs_are_in_order_and_similar(old: list[str], new: list[str]) -> None:
    found = pairs(old, new)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(found))
    assert all(similar(old[i], new[j]) for i, j in found)


@given(blocks, blocks)
def test_swapped_blocks_give_swapped_pairs(old: list[str], new: list[str]) -> None:
    assert pairs(new, old) == [(j, i) for i, j in pairs(old, new)]
