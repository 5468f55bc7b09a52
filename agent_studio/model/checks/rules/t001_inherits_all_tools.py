"""Nothing says which tools the agent may use, so it has all of them.

That includes Bash, every edit, and the tools of all MCP servers. It is how most agents are written, and fine for one
that does everything; one that only reads is safer, and cheaper, with a list.

Fix: a list made from the body: reading, the tools that it tells the agent to use, those of MCP servers that it names,
editing and Bash where it speaks of such work. Look at it before you take it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document

_BASE = ("Read", "Grep", "Glob")
_HINTS = (
    (("Edit", "Write"), r"implement|refactor|modify|edit|fix|creat(?:e|ing)|writ(?:e|ing)"),
    (("Bash",), r"run|execut(?:e|ing)|command|git|tests?|build|install|deploy"),
    (("WebSearch", "WebFetch"), r"web search|search the web|research online|latest docs"),
)
"""Tools -> the words of a body that ask for them."""

_OF_SERVER = re.compile(r"\bmcp__\w[\w-]{0,100}\*?(?!\w)")
_MOST = 20
"""Tools of MCP servers that are listed."""


def check(agent: Agent) -> Iterator[Problem]:
    """An agent without a list of tools."""
    document = agent.document
    if agent.verdict.loads and not document.has("tools") and not document.has("disallowedTools"):
        message = "no tools are listed: the agent inherits all of them, Bash and every edit included"
        title = "list the tools that its text asks for"
        fix = Fix(title, False, lambda held: fieldedit.with_field(held, "tools", suggested(held)))
        yield Problem(RULE.id, agent.ref, *place.of_value(document, "name"), message, fix)


def suggested(document: Document) -> tuple[str, ...]:
    """The tools that an agent seems to need, by its body."""
    hinted = (tool for tools, words in _HINTS if _says(document.body, words) for tool in tools)
    ordered = (tool for tool, _, _ in granted.orders(document))
    of_servers = islice(dict.fromkeys(_OF_SERVER.findall(document.body)), _MOST)
    return tuple(dict.fromkeys((*_BASE, *hinted, *ordered, *of_servers)))


def _says(body: str, words: str) -> bool:
    return re.search(rf"\b(?:{words})\b", body, re.IGNORECASE) is not None


RULE = Rule("T001", "inherits-all-tools", "info", __doc__, check)
