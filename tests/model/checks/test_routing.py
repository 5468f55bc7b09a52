"""Descriptions that are alike are found without comparing all with all, and a crowd is not."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.checks import routing

TEXTS = st.lists(
    st.lists(st.sampled_from("api bug cat dog elk fox gnu hen".split()), max_size=6).map(" ".join), max_size=9
)


@given(TEXTS.map(tuple), st.sampled_from([0.3, 0.6, 0.9]))
def test_all_pairs_and_no_other(texts: tuple[str, ...], least: float) -> None:
    vectors = routing._vectors(texts)
    cosines = {
        pair: routing._product(vectors[pair[1]], vectors[pair[0]]) for pair in combinations(range(len(texts)), 2)
    }
    found = {(one, other): cosine for one, other, cosine in routing.alike(texts, least)}
    assert found == pytest.approx({pair: cosine for pair, cosine in cosines.items() if cosine >= least})


def test_what_very_many_share_leads_to_the_first_of_them() -> None:
    found = routing.alike(("Reviews changes of the shop",) * 500)
    assert {one for one, _, _ in found} == set(range(64))
    assert {other for _, other, _ in found} == set(range(1, 500))
