"""The text speaks of a tool by a name that it no longer has.

Claude Code calls the tool that starts an agent Agent, not Task, and knows no MultiEdit, NotebookRead or BashOutput any
more: Edit, Read and TaskOutput took their places. A model that is told to use "the Task tool" looks through its tools
and finds none of that name.

Fix: write the new name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import counted, judged
from agent_studio.model.document import Document
from agent_studio.model.hosts.tools import ALIASES
from agent_studio.model.view import Splice

_NEW = ALIASES | {"MultiEdit": "Edit", "NotebookRead": "Read", "BashOutput": "TaskOutput", "SlashCommand": "Skill"}
"""What stands in texts, and what it is called now."""
_WORDS = ("Task", "SlashCommand")
"""What is one only before the word tool: `Task` alone is an everyday word."""
_NAMES = tuple(name for name in _NEW if name not in _WORDS)
_SIEVE = Phrases(*_NAMES, *(f"{word}{mark} tool" for word in _WORDS for mark in ("", "`", "*", "**")))
_OLD = pattern(
    "|".join(
        [rf"{name}(?<=\b{name})\b" for name in _NAMES]
        + [rf"{word}(?<=\b{word})(?=(?:`|\*{{1,2}})? [Tt]ool\b)" for word in _WORDS]
    )
)


def check(agent: Agent) -> Iterator[Problem]:
    """Old names in description and body."""
    found = _found(agent.document) if judged(agent) and _SIEVE.stand_in(agent.document) else []
    if found:
        words = ", ".join(dict.fromkeys(map(_told, found)))
        message = f"{words}; the old name stands in {counted(len(found), 'place')}"
        fix = Fix("write the new name", safe=False, step=_renamed)
        yield Problem(RULE.id, agent.ref, found[0].start(), found[-1].end(), message, fix)


def _told(found: re.Match[str]) -> str:
    tool = " tool" if found[0] in _WORDS else ""
    return f"{found[0]}{tool} is now {_NEW[found[0]]}{tool}"


def _found(document: Document) -> list[re.Match[str]]:
    entry = document.entry("description")
    spans = [(entry.value_start, entry.value_end)] if entry else []
    spans.append((document.body_at, len(document.text)))
    return [match for start, end in spans for match in _OLD.finditer(document.text, start, end)]


def _renamed(document: Document) -> Document:
    """The document with the new names."""
    return document.spliced(Splice(match.start(), match.end(), _NEW[match[0]]) for match in _found(document))


RULE = Rule("B010", "renamed-tool", "info", __doc__, check)
