"""The file is a copy of an agent that a plugin brings along, and updates of the plugin do not reach it.

Somebody copied the plugin's agent to change it, or before they installed the plugin. Both load, under two names. A copy
that is still the same can go; one that has drifted is worth a look at what the plugin changed since.

Fix: by hand. Compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import copies, place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Agents outside of plugins whose body is that of one inside, or was."""
    if all(agent.plugin is None for agent in library):
        return
    for agent, found in copies.copies(library):
        origin = None if agent.plugin else next((copy for copy in found if copy[1].plugin), None)
        if origin:
            yield _problem(agent, *origin)


def _problem(one: Agent, share: float, other: Agent) -> Problem:
    copy = "a copy" if one.document.body.split() == other.document.body.split() else f"{share:.0%} a copy"
    message = f"it is {copy} of {other.ref} of the plugin {other.plugin}, whose updates do not reach it"
    return Problem(RULE.id, one.ref, *place.of_head(one.document), message, others=(other.ref,))


RULE = Rule("F002", "copy-of-plugin", "info", __doc__, library=check, prepare=copies.prepare)
