"""A name or description ends before it ends: ` #` begins a comment in YAML, and three dashes end the frontmatter.

Without quotes everything from a blank and `#` to the end of the line is a comment and never reaches the model. Three
dashes end the frontmatter anywhere, also in the middle of a value: what follows them, other fields too, becomes body.

    description: Handles issue #12 and its kin

Fix: quotes around the whole text. It is safe where the `#` begins a word (`#12`); where a blank follows it may have
been meant as a comment, so it is shown first. There is none for dashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, scalars
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry
from agent_studio.model.view import Splice

_COMMENT = re.compile(r"[ \t]+#([^\r\n]*)")


def check(agent: Agent) -> Iterator[Problem]:
    """Text of the two fields that people write which the host does not get."""
    document = agent.document
    if not agent.verdict.loads or not document.fences:
        return
    for key in ("name", "description"):
        entry = document.entry(key)
        cut = _COMMENT.match(document.text, entry.value_end) if entry and _may_be_cut(entry) else None
        if entry and cut:
            message = f'{key} ends before " #": {quoted(cut[0].strip())} never reaches the model'
            safe = key == "description" and bool(cut[1]) and not cut[1][0].isspace()
            fix = Fix("quote the whole text", safe, lambda held, key=key: _restored(held, key))  # type: ignore[misc]
            yield Problem(RULE.id, agent.ref, entry.value_end, cut.end(), message, fix)
    close = document.fences.close
    line = document.text.rfind("\n", 0, close) + 1
    if document.text[line:close].strip():
        message = "three dashes end the frontmatter here: what follows them became body"
        yield Problem(RULE.id, agent.ref, close, close + 3, message)


def _may_be_cut(entry: Entry) -> bool:
    return entry.style == "plain" and not entry.literal and isinstance(entry.value, str)


def _restored(document: Document, key: str) -> Document:
    """The document with the cut text as part of the value; raises `EditRefused`."""
    entry = document.entry(key)
    cut = _COMMENT.match(document.text, entry.value_end) if entry else None
    if entry is None or cut is None:
        return document
    text = f"{entry.value}{cut[0].rstrip()}"
    spelled = min(filter(None, (scalars.double(text), scalars.single(text))), key=len)
    result = document.spliced([Splice(entry.value_start, cut.end(), spelled)])
    if result.get(key) != text or not result.reads_like(document, except_for=key):
        return fieldedit.with_field(document, key, text)
    return result


RULE = Rule("L010", "value-cut", "warning", __doc__, check)
