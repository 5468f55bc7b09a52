"""The body tells the agent to use a tool that it is not given.

The agent tries, or says that it cannot, or makes the result up. Only plain orders count ("use the WebSearch tool",
"call WebFetch", "use `Grep`"), not prohibitions, and nothing in blocks of code.

Fix: add the tool to the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.hosts import tools


def check(agent: Agent) -> Iterator[Problem]:
    """Orders that the agent cannot follow."""
    listed = agent.reading.tools
    if not agent.verdict.loads or (listed is None and not agent.reading.denied):
        return
    if listed is not None and not any(map(tools.is_known, listed)):
        return
    held, denied = granted.granted(agent), granted.denied(agent)

    def lacks(tool: str) -> bool:
        return tool in denied or (held is not None and tool not in held)

    for tool, start, end in granted.orders(agent.document, lacks):
        message = f"the body tells the agent to use {tool}, which it is not given"
        fix = None if tool in denied else Fix(f"grant {tool}", False, _with(tool))
        yield Problem(RULE.id, agent.ref, start, end, message, fix)


def _with(tool: str) -> Step:
    def step(document: Document) -> Document:
        return fieldedit.with_field(document, "tools", (*schema.items_of(document.get("tools")), tool))

    return step


RULE = Rule("T006", "ordered-but-not-granted", "warning", __doc__, check)
