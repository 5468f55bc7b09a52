"""The tools of an agent as it gets them: names without patterns, former names as the ones they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from agent_studio.model.agent import Agent
from agent_studio.model.checks import prose
from agent_studio.model.checks.pattern import pattern
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
_DISTINCT = tuple(name for name in _NAMED if re.search("[a-z][A-Z]", name) and name not in {"PowerShell", "KillShell"})
"""Names that are no everyday words: they are tools also where nothing says so."""
_QUOTED = ("Bash", "Edit", "Glob", "Grep", "Read", "Write")
"""Names that are, but not in quotes of code."""
_SMALL = tuple(map(str.lower, _NAMED))
_TOOL = Phrases("tool")
_PLAIN = Phrases(*_DISTINCT, *(f"`{name}`" for name in _QUOTED))
_ORDERED = (
    r"\b([Uu]s(?:e|ing)|[Cc]all(?:ing)?|[Ii]nvok(?:e|ing)|[Vv]ia|[Rr]un(?:ning)?|with)\s{1,3}(?:the\s{1,3})?"
    rf"(?:[*`]{{0,3}}({'|'.join(_NAMED)})[*`]{{0,3}}\s{{1,3}}tool\b|[*`]{{0,3}}\b({'|'.join(_DISTINCT)})\b(?!\()"
    rf"|[*]{{0,2}}`({'|'.join(_QUOTED)})`(?=[*]{{0,2}}(?:[,.;:)/]|\s)))"
)
_DENIED = pattern(
    r"\b(?:not|never|don'?t|avoid\w{0,3}|without|instead of|rather than|cannot|can'?t|no longer|forbidden)\b",
    re.IGNORECASE,
)
_DO = (
    "ask assign break check create edit fetch find look manage mark message read report research run search send track "
    "update verify write"
)
_TOLD = pattern(
    r"(?:^|[-*>:,;(|\u2013\u2014]|\d\.|\b(?:you|should|must|can|may|will|always|then|and|or|first|please|to|also|by))"
    rf"[\s*]*(?:(?:{'|'.join(_DO.split())})\b[^,;:]*)?$",
    re.IGNORECASE,
)
"""What stands before an order, where its words alone do not say that it is one: `agents use WebSearch` is none."""
_IF = pattern(
    r"\W{0,4}(?:tool )?(?:if|when|where) (?:it is |they are |it's )?(?:available|granted|enabled|you have)",
    re.IGNORECASE,
)
_BEFORE = 60
"""Characters before an order in which a word may turn it into its contrary."""


def orders(document: Document, lacks: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[str, int, int]]:
    """The tools that a body tells its agent to use and that it `lacks`: (tool, start, end) in the file, each once."""
    if _may_order(document, lacks):
        found = _orders(prose.without_blocks(document.body), document.body_at)
        yield from (order for order in found if lacks(order[0]))


def _may_order(document: Document, lacks: Callable[[str], bool]) -> bool:
    """Whether such a name stands there, or the word beside one: a sieve before the code is taken out."""
    return any(lacks(tool_of(name.strip("`"))) for name in _PLAIN.among(document)) or any(
        before.rstrip().rstrip("*`").endswith(_SMALL) for before in _TOOL.around(document, _BEFORE, 0)
    )


@lru_cache(maxsize=4)
def _orders(body: str, at: int) -> tuple[tuple[str, int, int], ...]:
    found: dict[str, tuple[str, int, int]] = {}
    for match in re.finditer(_ORDERED, body):
        before = re.split(r"[.!?\n]", body[max(match.start() - _BEFORE, 0) : match.start()])[-1]
        plain = (match[2] and match[1] != "with") or _TOLD.search(before)
        if plain and not before.endswith("`") and not _DENIED.search(before) and not _IF.match(body, match.end()):
            tool = tool_of(match[2] or match[3] or match[4])
            found.setdefault(tool, (tool, at + match.start(), at + match.end()))
    return tuple(found.values())
