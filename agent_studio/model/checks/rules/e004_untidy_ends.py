"""The file has no newline or too many blanks at its end, or a byte order mark at its start; Claude Code minds none.

Other tools may: a file without a final newline shows up in diffs when a line is added, and a byte order mark hides the
frontmatter from older releases of Claude Code. A third of all agent files have no final newline, so this rule runs only
when it is asked for.

Fix: add the newline, remove the blanks or the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import readable
from agent_studio.model.decoded import BOM
from agent_studio.model.document import Document
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.view import Splice

_LINE_END = re.compile(r"\r\n|\n|\r")


def check(agent: Agent) -> Iterator[Problem]:
    """A byte order mark, a missing newline at the end, blanks there."""
    document, text = agent.document, agent.document.text
    if not text or not readable(agent):
        return
    if document.data.startswith(BOM):
        fix = Fix("remove the byte order mark", safe=True, step=_unmarked)
        yield Problem(RULE.id, agent.ref, 0, 0, "a byte order mark stands before the first line", fix)
    if not text.endswith(("\n", "\r")) or _is_half(text):
        fix = Fix("end the last line", safe=True, step=_ended)
        message = f"the last line has {'half a' if _is_half(text) else 'no'} newline"
        yield Problem(RULE.id, agent.ref, len(text), len(text), message, fix)
    elif (start := _end(text)) < len(text):
        fix = Fix("remove them", safe=True, step=_trimmed)
        yield Problem(RULE.id, agent.ref, start, len(text), "blanks or empty lines stand at the end", fix)


def _is_half(text: str) -> bool:
    """Whether a text was cut within a CR LF."""
    return text.endswith("\r") and "\r\n" in text


def _end(text: str) -> int:
    """Where a text ends but for blanks that the host trims: behind the end of its last line."""
    at = len(text.rstrip(JS_SPACE))
    end = _LINE_END.match(text, at)
    return end.end() if end else at


def _trimmed(document: Document) -> Document:
    """The document without blanks at its end, but for the end of the last line."""
    at, end = _end(document.text), len(document.text)
    newline = "" if document.text[:at].endswith("\n") else document.newline_at(end)
    return document.spliced([Splice(at, end, newline)])


def _unmarked(document: Document) -> Document:
    """The document without its byte order mark."""
    return Document(document.data.removeprefix(BOM), document.whole)


def _ended(document: Document) -> Document:
    """The document with a newline at its end."""
    text, at = document.text, len(document.text)
    newline = "\n" if _is_half(text) else document.newline_at(at)
    return document.spliced([] if text.endswith("\n") else [Splice(at, at, newline)])


RULE = Rule("E004", "untidy-ends", "info", __doc__, check, experimental=True)
