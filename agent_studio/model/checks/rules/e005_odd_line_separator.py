"""A character stands in the text that some editors take for a line end and others do not show at all.

Vertical tab, form feed, next line (U+0085), and the separators U+2028 and U+2029 come in with text copied from PDFs and
web pages. Claude Code hands them on as they are; editors break the line there, or glue two words together.

Fix: a line feed in the body, a blank in the frontmatter.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_SEPARATORS = "([\x0b\x0c\x85\u2028\u2029]+)"


def check(agent: Agent) -> Iterator[Problem]:
    """Odd separators in the text as it stands."""
    found = _found(agent.document) if readable(agent) else []
    if not found:
        return
    chars = "".join(chars for _, _, chars, _ in found)
    text = agent.document.text
    around = quoted(text[max(found[0][0] - 20, 0) : found[0][1] + 20])
    message = f"{counted(len(chars), 'invisible line break')} ({hidden.names(chars)}), first in {around}"
    fix = Fix("make them plain line breaks", safe=False, step=_plain)
    yield Problem(RULE.id, agent.ref, found[0][0], found[-1][1], message, fix)


def _found(document: Document) -> list[hidden.Stretch]:
    return [one for one in hidden.stretches(document, _SEPARATORS) if not one[3]]


def _plain(document: Document) -> Document:
    """The document with line feeds in their place, blanks in the frontmatter."""
    at = document.body_at
    return document.spliced(
        Splice(start, end, " " if start < at else document.newline_at(start)) for start, end, _, _ in _found(document)
    )


RULE = Rule("E005", "odd-line-separator", "warning", __doc__, check)
