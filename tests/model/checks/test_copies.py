"""The rules about copies are told all near-duplicates of an agent, the most alike first."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.copies import copies
from agent_studio.model.duplicates.nearness import LEAST
from agent_studio.model.duplicates.text import alike, runs
from tests.model.duplicates.libraries import TEXT, edited, library, written

SHORT = " ".join(TEXT.split()[:23])
BODIES = [TEXT, TEXT.upper(), edited(TEXT, 5), edited(TEXT, 30), edited(TEXT, 5, 20, 35), SHORT]


def share(one: Agent, other: Agent) -> float:
    return alike(runs(one.document.body), runs(other.document.body))


@given(st.lists(st.sampled_from(BODIES), max_size=8))
def test_each_is_told_all_that_are_near(bodies: list[str]) -> None:
    agents = [written(f"a{place}", body) for place, body in enumerate(bodies)]
    told = {agent.ref: found for agent, found in copies(library(*agents))}
    for agent in agents:
        near = [(share(agent, other), other.ref) for other in agents if other is not agent]
        expected = sorted((-part, ref) for part, ref in near if part >= LEAST and agent.document.body.strip() != SHORT)
        assert [(-part, other.ref) for part, other in told.get(agent.ref, [])] == expected


def test_a_rule_that_asks_for_copies_says_so() -> None:
    asking = [rule.id for rule in RULES if rule.library and "copies" in vars(sys.modules[rule.library.__module__])]
    assert asking == [rule.id for rule in RULES if rule.prepare] == ["B005", "F002"]
