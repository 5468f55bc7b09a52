"""A name or description ends before it ends: ` #` begins a comment in YAML, and three dashes end the frontmatter.

Without quotes everything from a blank and `#` to the end of the line is a comment and never reaches the model. Three
dashes end the frontmatter anywhere, also in the middle of a value or on a line of it: what follows them, other fields
too, becomes body.

    description: Handles issue #12 and its kin

Fix: quotes around the whole text. It is safe where the `#` begins a word (`#12`); where a blank follows it may have
been meant as a comment, so it is shown first. There is none for dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, scalars, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.hosts.losses import Loss, comment_behind
from agent_studio.model.view import Splice

_REST = re.compile(r"(?:(?:[ \t\r][^\n]*|[A-Za-z][\w-]*:[^\n]*)?\n){1,50}---[ \t]*\r?(?:\n|\Z)")
_FIRST = 4_000
"""Characters of a body in which fields that were cut off end."""
_KEY = re.compile(r"^([A-Za-z][\w-]*):", re.MULTILINE)


def check(agent: Agent) -> Iterator[Problem]:
    """Text of the two fields that people write which the host does not get."""
    if not agent.verdict.loads:
        return
    by_dashes = tuple(agent.reading.lost("fence"))
    for loss in (*agent.reading.lost("cut"), *by_dashes):
        if loss.span:
            yield Problem(RULE.id, agent.ref, *loss.span, loss.words, _fix(agent.document, loss))
    if not by_dashes and (keys := _fields_behind(agent.document)) and agent.document.fences:
        close = agent.document.fences.close
        where = f"line {agent.document.line_at(close)}: three dashes end the frontmatter there"
        message = f"{where}, {' and '.join(keys)} behind them became body"
        yield Problem(RULE.id, agent.ref, close, close + 3, message)


def _fields_behind(document: Document) -> list[str]:
    """The fields at the beginning of the body, where nothing but fields and their lines stands up to further dashes."""
    text, at = document.text, document.body_at
    found = _REST.match(text, at) if text.find("\n---", at, at + _FIRST) >= 0 else None
    keys = _KEY.findall(found[0]) if found else []
    return [key for key in dict.fromkeys(keys) if key in schema.BY_NAME and not document.has(key)]


def _fix(document: Document, loss: Loss) -> Fix | None:
    """The quotes, where they help; safe where a word follows the `#` of a description."""
    if loss.kind != "cut" or loss.span is None:
        return None
    behind = document.text[slice(*loss.span)].lstrip().removeprefix("#")
    safe = loss.key == "description" and bool(behind) and not behind[0].isspace()
    return Fix("quote the whole text", safe, lambda held: _restored(held, loss.key))


def _restored(document: Document, key: str) -> Document:
    """The document with the cut text as part of the value; raises `EditRefused`."""
    entry = document.entry(key)
    cut = comment_behind(document, entry) if entry else None
    if entry is None or cut is None:
        return document
    text = f"{entry.value}{cut.rstrip()}"
    spelled = min(filter(None, (scalars.double(text), scalars.single(text))), key=len)
    result = document.spliced([Splice(entry.value_start, entry.value_end + len(cut), spelled)])
    if result.get(key) != text or not result.reads_like(document, except_for=key):
        return fieldedit.with_field(document, key, text)
    return result


RULE = Rule("L010", "value-cut", "warning", __doc__, check)
