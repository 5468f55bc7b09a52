r"""The body holds `\n` as two characters where a line break was meant, and the model reads it so.

In a description Claude Code makes a line break of `\n`; in the body it stays a backslash and an n. It comes in when a
prompt is copied out of JSON or of a program. What stands in code or in quotes is left alone, and so is a path such as
`docs\new`.

Fix: put line breaks in their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.prose import passages
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, judged, quoted
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_LITERAL = re.compile(r"\\n(?:(?<![\\:/]\\n)(?![a-z])|(?<=[.!?,;)>*\"' ]\\n)|(?<=[^A-Z]:\\n))")
"""The two characters come first, and what must stand before them behind: so a text is looked through quickly."""


def check(agent: Agent) -> Iterator[Problem]:
    """Literal line breaks in the prose of the body."""
    document = agent.document
    may_be = "\\" in document.body and "\\n" in document.body  # one character is found in no time
    found = _found(document) if may_be and judged(agent) else []
    if found:
        around = quoted(document.text[max(found[0] - 20, document.body_at) : found[0] + 22])
        message = rf"the model reads {counted(len(found), 'backslash-n')} where a line break was meant: {around}"
        fix = Fix("put line breaks in their place", safe=False, step=_broken)
        yield Problem(RULE.id, agent.ref, found[0], found[-1] + 2, message, fix)


def _found(document: Document) -> list[int]:
    body = passages(document)[-1]
    return [body.start + match.start() for match in _LITERAL.finditer(body.text)]


def _broken(document: Document) -> Document:
    """The document with line breaks in their place."""
    return document.spliced(Splice(at, at + 2, document.newline_at(at)) for at in _found(document))


RULE = Rule("B006", "literal-line-break", "info", __doc__, check)
