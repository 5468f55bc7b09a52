"""Where in a document a problem is shown."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry

Span = tuple[int, int]
"""`[start, end)`, in characters of a document's text."""


def of_head(document: Document) -> Span:
    """The first line."""
    end = document.text.find("\n")
    return 0, len(document.text) if end < 0 else end


def of_key(document: Document, key: str) -> Span:
    """The key of a field; the first line where it is absent."""
    entry = document.entry(key)
    return (entry.start, entry.key_end) if entry else of_head(document)


_KNOWN: WeakKeyDictionary[Document, Mapping[str, Span]] = WeakKeyDictionary()


def of_value(document: Document, key: str) -> Span:
    """The value of a field, its key where that is empty; the first line where it is absent."""
    known = _KNOWN.get(document)
    if known and key in known:
        return known[key]
    entry = document.entry(key)
    if entry is None or entry.value_start == entry.value_end:
        return of_key(document, key)
    return entry.value_start, entry.value_end


def of_values(document: Document) -> dict[str, Span]:
    """The values of the fields by which agents are held against one another."""
    return {key: of_value(document, key) for key in ("name", "description", "color")}


def remember(document: Document, places: Mapping[str, Span]) -> None:
    """Take over where another process found values."""
    _KNOWN[document] = places


def of_item(document: Document, key: str, item: str) -> Span:
    """An item of a list field where it is written as it reads; else the whole value."""
    start, end = of_value(document, key)
    at = document.text.find(item, start, end)
    while at >= 0 and not _stands_alone(document.text, at, at + len(item)):
        at = document.text.find(item, at + 1, end)
    return (at, at + len(item)) if at >= 0 else (start, end)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a word has no letter or digit before and behind it."""
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def of_line(document: Document, entry: Entry) -> Span:
    """All lines of a field, the line break behind them included."""
    text = document.text
    end = text.find("\n", max(entry.value_end, entry.key_end))
    return text.rfind("\n", 0, entry.start) + 1, len(text) if end < 0 else end + 1
