"""Agents that say nearly the same about when to use them: a weaker sign than their text, and one of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent_studio.model import precedence
from agent_studio.model.agent import Agent
from agent_studio.model.checks import routing
from agent_studio.model.library import Library


class Overlap(NamedTuple):
    """Two agents of different names that one session sees, and how alike they are described (TF-IDF cosine, 0 to 1)."""

    one: Agent
    other: Agent
    similarity: float


def overlaps(library: Library, least: float = routing.ALIKE) -> Iterator[Overlap]:
    """The pairs that the model may mistake for one another: what stands before the examples of their descriptions."""
    agents = [agent for agent in library if library.standing(agent).active]
    texts = tuple(routing.lead(agent.description) for agent in agents)
    for one, other, cosine in routing.alike(texts, least):
        if agents[one].name != agents[other].name and _meet(library, agents[one], agents[other]):
            yield Overlap(agents[one], agents[other], cosine)


def _meet(library: Library, one: Agent, other: Agent) -> bool:
    """Whether one session of the host sees both."""
    mine, theirs = library.root_of(one.ref), library.root_of(other.ref)
    return mine is None or theirs is None or precedence.meet(mine, theirs)
