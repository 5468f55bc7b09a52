"""Agents whose prompts are nearly the same, as the rules about copies ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.subject import judged
from agent_studio.model.duplicates.nearness import Among, Nearness
from agent_studio.model.duplicates.trace import Key, trace
from agent_studio.model.library import Library

_FEWEST = 24
"""Words below which a prompt is too short to be called a copy."""

nearness = Nearness()
"""What was compared last: a file that is new costs no more than itself, nor do those that a finder held against it."""

Copy = tuple[float, Agent]
"""An agent, and the share of runs of five words that its prompt has in common with another's, 0 to 1."""


def prepare(agent: Agent) -> None:
    """Read from an agent what it will be compared by."""
    if judged(agent):
        trace(agent.document)


def compare(library: Library, among: Among) -> None:
    """Hold the prompts of a library against one another, family by family."""
    nearness.texts(filter(judged, library), among=among)


def copies(library: Library) -> Iterator[tuple[Agent, list[Copy]]]:
    """Each agent that has near-duplicates, with those, the most alike first."""
    agents = {agent.ref: agent for agent in library if judged(agent)}
    texts = nearness.texts(agents.values())
    holders: dict[Key, list[Agent]] = {}
    for ref, key in texts.keys.items():
        holders.setdefault(key, []).append(agents[ref])
    for key, twins in holders.items():
        near = texts.near.get(key, {})
        if (near or len(twins) > 1) and len(twins[0].document.body.split(None, _FEWEST - 1)) == _FEWEST:
            alike = [(share, agent) for other, share in near.items() for agent in holders[other]]
            alike += ((1.0, agent) for agent in twins)
            alike.sort(key=lambda copy: (-copy[0], copy[1].ref))
            for agent in twins:
                yield agent, [copy for copy in alike if copy[1] is not agent]
