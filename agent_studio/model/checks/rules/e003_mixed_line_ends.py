"""Lines end in different ways, so tools count them differently and one save may touch every line.

Claude Code takes a line feed, alone or behind a carriage return; a carriage return alone is no line end to it, and a
file that has no other is one long line without a frontmatter. Most editors make all ends equal when they save, and the
diff then shows lines that nobody changed. Half of a CR LF at the very end of a file is another matter (E004).

Fix: end all lines as most of them do; a file of carriage returns gets line feeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import readable
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_END = re.compile(r"\r\n|\n|\r")
_WORDS = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}


def check(agent: Agent) -> Iterator[Problem]:
    """A file whose lines end in several ways, or in carriage returns only."""
    text = _whole(agent.document)
    if "\r" not in text or not readable(agent):
        return
    ends = Counter(_END.findall(text))
    if len(ends) == 1 and "\r" not in ends:
        return
    usual = _usual(ends)
    odd = [match for match in _END.finditer(text) if match[0] != usual]
    counts = ", ".join(f"{count} {_WORDS[end]}" for end, count in ends.most_common())
    message = f"lines end in {'different ways' if len(ends) > 1 else 'carriage returns only'}: {counts}"
    fix = Fix(f"end all lines with {_WORDS[usual]}", safe=False, step=_unified)
    yield Problem(RULE.id, agent.ref, odd[0].start(), odd[-1].end(), message, fix)


def _whole(document: Document) -> str:
    """The text but for half of a CR LF at its end."""
    text = document.text
    return text[:-1] if text.endswith("\r") and "\r\n" in text else text


def _usual(ends: Counter[str]) -> str:
    """The line end that most lines have."""
    return "\r\n" if ends["\r\n"] > ends["\n"] else "\n"


def _unified(document: Document) -> Document:
    """The document with one line end."""
    text = _whole(document)
    usual, found = _usual(Counter(_END.findall(text))), _END.finditer(text)
    return document.spliced(Splice(match.start(), match.end(), usual) for match in found if match[0] != usual)


RULE = Rule("E003", "mixed-line-ends", "info", __doc__, check)
