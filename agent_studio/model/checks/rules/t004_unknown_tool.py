"""A listed tool does not exist; Claude Code leaves it out without a word.

In `tools` the agent does without it, in `disallowedTools` nothing is taken away. `MultiEdit`, `LS` and `NotebookRead`
were tools once and are none now; `bash` is no tool, `Bash` is. Where no listed tool exists see T003.

Fix: the name that is meant, where one is near; else the name is removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, spelling
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.document import Document
from agent_studio.model.hosts import tools

_MOST = 50
"""Names of a list that are looked at."""


def check(agent: Agent) -> Iterator[Problem]:
    """Names that are no tools, in either list."""
    if not agent.verdict.loads:
        return
    listed = agent.reading.tools or ()
    if any(map(tools.is_known, listed)):
        yield from _problems(agent, "tools", listed, "the agent does without it")
    yield from _problems(agent, "disallowedTools", agent.reading.denied, "nothing is taken away")


def _problems(agent: Agent, key: str, listed: tuple[str, ...], effect: str) -> Iterator[Problem]:
    unknown = dict.fromkeys(item for item in listed if not tools.is_known(item))
    for item in islice(unknown, _MOST):
        meant = spelling.tool(item)
        title = f"write {meant}" if meant and meant not in listed else f"remove {item[:40]}"
        fix = Fix(title, False, _replaced(key, item, meant))
        message = f"Claude Code has no tool {quoted(item, 40)}: {effect}"
        yield Problem(RULE.id, agent.ref, *place.of_item(agent.document, key, item), message, fix)


def _replaced(key: str, item: str, meant: str | None) -> Step:
    def step(document: Document) -> Document:
        items = schema.items_of(document.get(key))
        new = (meant if other == item else other for other in items)
        return fieldedit.with_field(document, key, tuple(dict.fromkeys(filter(None, new))))

    return step


RULE = Rule("T004", "unknown-tool", "warning", __doc__, check)
