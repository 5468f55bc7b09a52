"""Claude Code refuses the name and drops the file: it has a colon, begins with a dash, or is too long.

A colon stands between a plugin and its agent, so no other agent may have one. A name has 256 characters at most (in
UTF-16 units, from release 2.1.329 on). Agents of plugins may be called anything.

Fix: a dash for the colon, no dash at the start, 64 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule

_SHORT = 64


def check(agent: Agent) -> Iterator[Problem]:
    """A name that drops its file."""
    if agent.verdict.status != "dropped" or agent.verdict.cause != "name-rejected":
        return
    name = re.sub(r" ?:( ?)", r"\1-\1", str(agent.document.get("name"))).lstrip("- ")[:_SHORT].rstrip("- ")
    fix = Fix(f"call it {name}", False, lambda held: fieldedit.with_field(held, "name", name)) if name else None
    span = place.of_value(agent.document, "name")
    yield Problem(RULE.id, agent.ref, *span, str(agent.verdict.reason), fix)


RULE = Rule("N001", "name-refused", "error", __doc__, check)
