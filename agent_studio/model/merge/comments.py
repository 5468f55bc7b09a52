"""Comments and blank lines of a header: they belong to the field below them, or on the line of which they stand."""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.compare.subsequence import Span
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_Place = tuple[str, bool]
"""Above a field (or with an empty key below the last one), or behind it on its line."""


def with_comments(document: Document, base: Document, theirs: Document) -> Document:
    """The document with the comments that only theirs changed, one by one as far as every field reads as before."""
    if any(side.header.flow for side in (document, base, theirs)):
        return document
    was, other = ({place: side.text[slice(*span)] for place, span in _around(side)} for side in (base, theirs))
    for place, span in reversed(list(_around(document))):
        text = document.text[slice(*span)]
        if was.get(place) == text != other.get(place, text):
            tried = document.spliced([Splice(*span, other[place])])
            if tried.reads_like(document) and repr(tried.values) == repr(document.values):
                document = tried
    return document


def unread(document: Document) -> list[str]:
    """The lines of a header that are neither part of a field nor blank nor a comment."""
    if document.header.flow:
        return []
    texts = [document.text[slice(*span)] for (_, behind), span in _around(document) if not behind]
    return [line for text in texts for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]


def _around(document: Document) -> Iterator[tuple[_Place, Span]]:
    """Where something can stand around the fields, in file order."""
    assert document.fences is not None
    text, at, close = document.text, document.fences.header, document.fences.close
    for entry in document.fields:
        yield (entry.key, False), (at, max(at, text.rfind("\n", at, entry.start) + 1))
        end = max(entry.key_end, entry.value_end)
        line = text.find("\n", end, close)
        yield (entry.key, True), (end, close if line < 0 else line)
        at = close if line < 0 else line + 1
    yield ("", False), (at, close)
