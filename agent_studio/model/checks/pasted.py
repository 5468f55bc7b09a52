"""The instructions for agent memory that Claude Code once wrote into agents' files."""

from __future__ import annotations

import re

from agent_studio.model.checks.pattern import pattern
from agent_studio.model.document import Document

_TITLE = b"# Persistent Agent Memory"
_HEADING = pattern(r"^# Persistent Agent Memory[^\n]*", re.MULTILINE)
_NEXT = pattern(r"^# ", re.MULTILINE)


def section(document: Document) -> tuple[int, int] | None:
    """Where they stand in the text of a file."""
    text = document.text
    heading = _HEADING.search(text, document.body_at) if _TITLE in document.data else None
    if heading is None:
        return None
    after = _NEXT.search(text, heading.end())
    return heading.start(), after.start() if after else len(text)


def without_section(document: Document) -> str:
    """The body without them."""
    start, end = section(document) or (len(document.text), len(document.text))
    return document.text[document.body_at : start] + document.text[end:]
