"""The agent gets no tool at all, though the model is told that it has all of them.

`tools:` without a value, `[]`, or anything that is no list of names grants nothing. So does a list of which
`disallowedTools` takes every item away. The agent is started and can only talk.

Fix: remove the empty `tools`, so that the agent inherits all.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule


def check(agent: Agent) -> Iterator[Problem]:
    """An agent that is started without tools."""
    for loss in agent.reading.lost("no tools") if agent.verdict.loads else ():
        remove = Fix("remove the empty tools", False, lambda held: fieldedit.without_field(held, "tools"))
        fix = None if agent.reading.tools else remove
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, loss.key), loss.words, fix)


RULE = Rule("T002", "no-tools", "error", __doc__, check)
