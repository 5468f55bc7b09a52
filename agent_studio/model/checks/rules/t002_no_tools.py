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
from agent_studio.model.hosts import tools


def check(agent: Agent) -> Iterator[Problem]:
    """An agent that is started without tools."""
    listed = agent.reading.tools
    if not agent.verdict.loads or listed is None:
        return
    fix = None
    if not listed:
        effect = "tools is empty"
        fix = Fix("remove the empty tools", False, lambda held: fieldedit.without_field(held, "tools"))
    elif any(map(tools.is_known, listed)) and not tools.left(listed, agent.reading.denied):
        effect = "disallowedTools takes all of its tools away"
    else:
        return
    message = f"{effect}: the agent gets no tool at all, though Claude is told {agent.reading.roster}"
    yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "tools"), message, fix)


RULE = Rule("T002", "no-tools", "error", __doc__, check)
