"""The tools of an agent as it gets them: names without patterns, former names as the ones they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agent_studio.model.agent import Agent
from agent_studio.model.checks import prose
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document
from agent_studio.model.hosts import tools

READING = frozenset("Read Grep Glob LSP WebFetch WebSearch TodoWrite ListMcpResourcesTool ReadMcpResourceTool".split())
"""Tools that alter nothing."""
WRITING = frozenset(("Write", "Edit", "NotebookEdit"))


def tool_of(item: str) -> str:
    """The tool that an item of a list stands for."""
    name = item.partition("(")[0] if item.endswith(")") else item
    return tools.ALIASES.get(name, name)


def granted(agent: Agent) -> frozenset[str] | None:
    """The tools that an agent has; None where nothing restricts them."""
    listed = agent.reading.tools
    return None if listed is None else frozenset(map(tool_of, listed)) - denied(agent)


def denied(agent: Agent) -> frozenset[str]:
    """The tools that are taken away from an agent."""
    return frozenset(map(tool_of, agent.reading.denied))


_NAMED = tuple(sorted({*tools.TOOLS, *tools.ALIASES} - {"Projects"}, key=len, reverse=True))
_NAMES = "|".join(_NAMED)
_SMALL = tuple(map(str.lower, _NAMED))
_TOOL = Phrases("tool")
_ORDERED = re.compile(
    rf"\b(?:[Uu]s(?:e|ing)|[Cc]all(?:ing)?|[Ii]nvok(?:e|ing)|[Vv]ia|[Rr]un(?:ning)?)\s{{1,3}}(?:the\s{{1,3}})?"
    rf"[*]{{0,2}}({_NAMES})[*]{{0,2}}\s{{1,3}}tool\b"
)
_DENIED = re.compile(
    r"\b(?:not|never|don'?t|avoid\w{0,3}|without|instead of|rather than|cannot|can'?t|no longer|forbidden)\b",
    re.IGNORECASE,
)
_BEFORE = 60
"""Characters before an order in which a word may turn it into its contrary."""


def orders(document: Document) -> Iterator[tuple[str, int, int]]:
    """The tools that a body tells its agent to use: (tool, start, end) in the file's text, each once."""
    if _may_order(document):
        yield from _orders(prose.without_code(document.body), document.body_at)


def _may_order(document: Document) -> bool:
    """Whether the name of a tool and the word stand side by side: a sieve before the code is taken out."""
    return any(before.rstrip().rstrip("*").endswith(_SMALL) for before in _TOOL.around(document, _BEFORE, 0))


@lru_cache(maxsize=4)
def _orders(body: str, at: int) -> tuple[tuple[str, int, int], ...]:
    found: dict[str, tuple[str, int, int]] = {}
    for match in _ORDERED.finditer(body):
        before = re.split(r"[.!?\n]", body[max(match.start() - _BEFORE, 0) : match.start()])[-1]
        if not _DENIED.search(before):
            tool = tool_of(match[1])
            found.setdefault(tool, (tool, at + match.start(), at + match.end()))
    return tuple(found.values())
