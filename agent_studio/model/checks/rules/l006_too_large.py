"""The file is larger than 1 MiB, so Claude Code does not read it.

The limit is 1,048,576 bytes for the whole file, header and body together. Only the debug log says so.

Fix: none. Move what is long (data, examples) to files that the agent reads when it needs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule


def check(agent: Agent) -> Iterator[Problem]:
    """A file over the limit."""
    if agent.verdict.status == "dropped" and agent.verdict.cause == "too-large":
        message = f"Claude Code drops the file: {agent.verdict.reason}"
        yield Problem(RULE.id, agent.ref, *place.of_head(agent.document), message)


RULE = Rule("L006", "too-large", "error", __doc__, check)
