"""A tool is granted and taken away, or taken away as a whole where only some uses of it were meant.

`disallowedTools` wins over `tools`. And it knows no patterns: `Bash(git push *)` there takes away all of Bash, not only
pushes.

Fix: none; take the tool out of one of the lists. For some commands only, use `permissions.deny` in the settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.hosts import tools

_MOST = 50
"""Names of a list that are looked at."""


def check(agent: Agent) -> Iterator[Problem]:
    """Items of `disallowedTools` that take away what is granted, or more than they say."""
    denied, listed = agent.reading.denied, agent.reading.tools
    if not agent.verdict.loads or not denied or (listed and not tools.left(listed, denied)):
        return
    held = set(map(granted.tool_of, listed or ()))
    for item in islice(filter(tools.is_known, dict.fromkeys(denied)), _MOST):
        tool = granted.tool_of(item)
        if (listed and tool not in held) or not (listed or "(" in item):
            continue
        message = f"{tool} stands in tools and in disallowedTools: the agent does not get it"
        if "(" in item:
            message = f"{quoted(item, 40)} in disallowedTools takes away all of {tool}, not only what it names"
        yield Problem(RULE.id, agent.ref, *place.of_item(agent.document, "disallowedTools", item), message)


RULE = Rule("T005", "denied-as-a-whole", "warning", __doc__, check)
