"""The agent has the name of one that Claude Code brings along, and replaces it.

`Explore`, `Plan`, `general-purpose`, `claude` and `statusline-setup` are used by Claude Code itself: whoever replaces
one is asked in its place, with the prompt and the tools of this file. That can be wanted; in a file that came from
somewhere else it is worth a look. Names are compared exactly: `explore` replaces nothing.

Fix: none; rename the agent if that is not wanted.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.hosts.releases import LATEST


def check(agent: Agent) -> Iterator[Problem]:
    """An agent with the name of a built-in one."""
    if agent.verdict.loads and agent.reading.name in LATEST.built_ins:
        message = f"replaces the built-in agent {agent.name}: Claude Code asks this file where it asked its own"
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "name"), message)


RULE = Rule("N004", "replaces-built-in", "medium", __doc__, check)
