"""The file is a copy of an agent that a plugin brings along, and updates of the plugin do not reach it.

Somebody copied the plugin's agent to change it, or before they installed the plugin. Both load, under two names. A copy
that is still the same can go; one that has drifted is worth a look at what the plugin changed since.

Fix: by hand. Compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, shingles
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref


def check(library: Library) -> Iterator[Problem]:
    """Agents outside of plugins whose body is that of one inside, or was."""
    agents = [agent for agent in library if judged(agent)]
    if all(agent.plugin is None for agent in agents):
        return
    copies: dict[Ref, tuple[float, Ref]] = {}
    for pair in shingles.alike(agents):
        one, other = (pair.other, pair.one) if pair.one.plugin else (pair.one, pair.other)
        if other.plugin and not one.plugin:
            likest = -pair.share, other.ref
            copies[one.ref] = min(copies.get(one.ref, likest), likest)
    for ref, (share, origin) in copies.items():
        yield _problem(library.agents[ref], library.agents[origin], -share)


def _problem(one: Agent, other: Agent, share: float) -> Problem:
    copy = "a copy" if one.document.body.split() == other.document.body.split() else f"{share:.0%} a copy"
    message = f"it is {copy} of {other.ref} of the plugin {other.plugin}, whose updates do not reach it"
    return Problem(RULE.id, one.ref, *place.of_head(one.document), message, others=(other.ref,))


RULE = Rule("F002", "copy-of-plugin", "info", __doc__, library=check, prepare=shingles.prepare)
