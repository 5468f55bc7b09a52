"""The text speaks of a tool by a name that it no longer has.

Claude Code calls the tool that starts an agent Agent, not Task, and knows no MultiEdit any more: Edit took its place. A
model that is told to use "the Task tool" looks through its tools and finds none of that name.

Fix: write the new name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import counted, judged
from agent_studio.model.document import Document
from agent_studio.model.hosts.tools import ALIASES
from agent_studio.model.view import Splice

_RENAMED = {"Task tool": "Agent tool", "MultiEdit": "Edit"} | {
    old: new for old, new in ALIASES.items() if old != "Task"
}
"""What stands in texts, and what it is called now; `Task` alone is an everyday word."""
_SIEVE = Phrases(*_RENAMED)
_OLD = re.compile("|".join(rf"{old}(?<=\b{old})\b" for old in map(re.escape, _RENAMED)))


def check(agent: Agent) -> Iterator[Problem]:
    """Old names in description and body."""
    found = _found(agent.document) if judged(agent) and _SIEVE.stand_so_in(agent.document) else []
    if found:
        pairs = {match[0]: _RENAMED[match[0]] for match in found}
        words = ", ".join(f"{old} is now {new}" for old, new in pairs.items())
        message = f"{words}; the old name stands in {counted(len(found), 'place')}"
        fix = Fix("write the new name", safe=False, step=_renamed)
        yield Problem(RULE.id, agent.ref, found[0].start(), found[-1].end(), message, fix)


def _found(document: Document) -> list[re.Match[str]]:
    entry = document.entry("description")
    spans = [(entry.value_start, entry.value_end)] if entry else []
    spans.append((document.body_at, len(document.text)))
    return [match for start, end in spans for match in _OLD.finditer(document.text, start, end)]


def _renamed(document: Document) -> Document:
    """The document with the new names."""
    return document.spliced(Splice(match.start(), match.end(), _RENAMED[match[0]]) for match in _found(document))


RULE = Rule("B010", "renamed-tool", "info", __doc__, check)
