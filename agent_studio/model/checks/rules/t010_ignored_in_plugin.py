"""The field counts in an agent of your own, but not in one of a plugin: Claude Code ignores it there.

`hooks`, `permissionMode`, `mcpServers`, `initialPrompt` and `observer` would let a plugin do what you did not allow.

Fix: none; copy the agent to your own folder if you want the field to count.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule


def check(agent: Agent) -> Iterator[Problem]:
    """Fields of a plugin's agent that do not count."""
    for loss in agent.reading.lost("in a plugin") if agent.verdict.loads else ():
        yield Problem(RULE.id, agent.ref, *place.of_key(agent.document, loss.key), loss.words)


RULE = Rule("T010", "ignored-in-plugin", "info", __doc__, check)
