"""None of the listed tools exists, so Claude Code refuses to start the agent.

The agent is listed, Claude asks for it, and gets "would be spawned with zero tools". Names are case-sensitive (`read`
is no tool), a list is separated by commas or blanks (`Read;Grep` is one name), and `all` means nothing (`*` does).
Agents that were written for another program have names of that program here.

Fix: the right case, where that is all that is wrong with every name; else, shown first, `*`, or the nearest names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, spelling
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.hosts import tools
from agent_studio.model.view import Splice

_MOST = 50
"""Names of a list that are looked at."""
_ALL = frozenset(("all", "any", "inherit"))
_MARKS = re.compile("[;|]")


def check(agent: Agent) -> Iterator[Problem]:
    """An agent with a list in which nothing is a tool."""
    for loss in agent.reading.lost("unusable tools") if agent.verdict.loads else ():
        fix = _fix(schema.items_of(agent.document.get("tools")))
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, loss.key), loss.words, fix)


def _fix(listed: tuple[str, ...]) -> Fix | None:
    """The names that are meant, as far as there are such."""
    if len(listed) > _MOST:
        return None
    cased = tuple(right for item in listed if (right := spelling.tool_by_case(item)))
    if len(cased) == len(listed):
        return Fix("write the names in their case", True, _cased(dict(zip(listed, cased, strict=True))))
    near = _near(listed)
    title = f"list {', '.join(near)}"
    return Fix(title, False, lambda held: fieldedit.with_field(held, "tools", near)) if near else None


def _near(listed: tuple[str, ...]) -> tuple[str, ...]:
    """The tools that are meant: all, or those that the names are near, which may be separated by the wrong mark."""
    if len(listed) == 1 and listed[0].lower() in _ALL:
        return ("*",)
    names = (name for item in listed for name in _MARKS.split(item))
    found = (name if tools.is_known(name) else spelling.tool(name) for name in names)
    return tuple(dict.fromkeys(filter(None, found)))


def _cased(names: dict[str, str]) -> Step:
    def step(document: Document) -> Document:
        splices = (Splice(*place.of_item(document, "tools", old), new) for old, new in names.items())
        result, wanted = document.spliced(splices), tuple(names.values())
        if schema.items_of(result.get("tools")) == wanted and result.reads_like(document, except_for="tools"):
            return result
        return fieldedit.with_field(document, "tools", wanted)

    return step


RULE = Rule("T003", "cannot-be-started", "error", __doc__, check)
