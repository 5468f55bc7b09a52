"""An `<example>` or `<commentary>` of the description is never closed, or closed without being opened.

The model reads the rest of the list of agents as part of the example.

Fix: close it where the next one begins or the text ends; take away what closes nothing, and end a tag that is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted
from agent_studio.model.document import Document

_TAG = re.compile(r"<(?<!`<)(/?)(example|commentary)(?:>|(?=<)|\s[^<>`]{0,200}(?<!/)>)(?!`)", re.IGNORECASE)
"""A tag, with attributes too, and one that is cut where the next begins; not one that is spoken of."""


def check(agent: Agent) -> Iterator[Problem]:
    """A description whose tags do not pair."""
    text = agent.document.get("description")
    if not agent.verdict.loads or not isinstance(text, str) or not ("<" in text and _TAG.search(text)):
        return
    edits = _edits(text)
    if edits:
        added = sum(bool(new) for _, _, new in edits)
        parts = [f"{counted(added, 'tag')} never closed"] if added else []
        parts += [f"{counted(len(edits) - added, 'tag')} closed without being opened"] if len(edits) > added else []
        at = edits[0][0]
        around = quoted(text[max(at - 20, 0) : at + 30])
        message = f"{' and '.join(parts)} in the description, first at {around}: the model reads on into what follows"
        fix = Fix("balance the tags", safe=False, step=_balanced)
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message, fix)


def _edits(text: str) -> list[tuple[int, int, str]]:
    """What to put where so that every tag has its partner: (start, end, new text)."""
    edits: list[tuple[int, int, str]] = []
    opened: list[str] = []
    for found in _TAG.finditer(text):
        tag = found[2].lower()
        if found[1] and tag not in opened:
            edits.append((found.start(), found.end(), ""))
            continue
        if not found[0].endswith(">"):
            edits.append((found.end(), found.end(), ">"))
        while tag in opened and (not found[1] or opened[-1] != tag):
            edits.append((found.start(), found.start(), f"</{opened.pop()}>"))
        if found[1]:
            opened.remove(tag)
        else:
            opened.append(tag)
    return edits + [(len(text), len(text), f"</{tag}>") for tag in reversed(opened)]


def _balanced(document: Document) -> Document:
    """The document with its tags in pairs; raises `EditRefused`."""
    text = str(document.get("description"))
    parts: list[str] = []
    at = 0
    for start, end, new in _edits(text):
        parts += [text[at:start], new]
        at = end
    return fieldedit.with_field(document, "description", "".join([*parts, text[at:]]))


RULE = Rule("D007", "unbalanced-example", "warning", __doc__, check)
