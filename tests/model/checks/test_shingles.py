"""Near-duplicates are exactly the pairs that have enough in common, found without comparing all with all."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.checks.shingles import LEAST, alike, shingles
from tests.model.documents import agent

SENTENCES = [f"In case {number} the reviewer looks at file {number} and says {number} things." for number in range(30)]
bodies = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(" ".join), max_size=8)


def bodied(body: str, name: str = "a") -> Agent:
    return agent(f"---\nname: {name}\ndescription: b\n---\n{body}\n", f"{name}.md")


def share(one: Agent, other: Agent) -> float:
    mine, theirs = set(shingles(one.document)), set(shingles(other.document))
    return len(mine & theirs) / len(mine | theirs)


@given(bodies)
def test_pairs_are_those_of_a_full_comparison(found: list[str]) -> None:
    agents = [bodied(body, f"a{place}") for place, body in enumerate(found)]
    long = [held for held in agents if len(shingles(held.document)) >= 20]
    near = {(one.ref, other.ref): share(one, other) for one, other in combinations(long, 2)}
    assert {(pair.one.ref, pair.other.ref): pair.share for pair in alike(agents)} == {
        refs: value for refs, value in near.items() if value >= LEAST
    }


@pytest.mark.parametrize("changed", ["Upper", "Damaged"])
def test_case_and_damage_make_no_difference(changed: str) -> None:
    text = " — ".join(SENTENCES[:6])
    other = text.upper() if changed == "Upper" else text.replace("—", "â€”")
    assert share(bodied(text), bodied(other)) == 1


def test_the_header_makes_no_difference() -> None:
    assert share(bodied(SENTENCES[0], "one"), bodied(SENTENCES[0], "two")) == 1
