"""A field of a flat header set by its line alone: such a header is read line by line, so one line is all to prove.

What stands on the other lines is read as before, and so is the body: neither a break nor three dashes come in.
"""

from __future__ import annotations

from functools import lru_cache

from . import flat, scalars
from .document import Document
from .fences import DASHES
from .flat import Unusual
from .frontmatter import Entry
from .nodes import BadYaml
from .schema import BY_NAME
from .view import Splice

_ONE_LINE = frozenset({"plain", "single", "double", "flow"})
"""Styles whose values end with the line in a flat header."""


def with_plain(document: Document, entry: Entry, value: str | float) -> Document | None:
    """`document` with another value in place of a plain one; None where more than its line must be looked at."""
    text = _proved(entry.key, value, quoted=False)
    if text is None or not document.header.flat or entry.style != "plain" or _stands_twice(document, entry.key):
        return None
    if entry.literal:  # perhaps for this line alone the host repairs the others
        return None
    return document.spliced([Splice(entry.value_start, entry.value_end, text)])


def with_line(document: Document, key: str, value: str | float, before: Entry | None) -> Document | None:
    """`document` with a field that it has not, behind another one or at the top; None as above."""
    field = BY_NAME.get(key)
    text = _proved(key, value, quoted=field is not None and field.kind == "prose")
    if text is None or not document.header.flat or document.fences is None:
        return None
    if before is None:
        place = document.fences.header
    elif before.style in _ONE_LINE:
        place = document.head.index("\n", before.value_end) + 1
    else:
        return None
    newline = document.newline_at(document.fences.header)  # a flat header has the same everywhere
    return document.spliced([Splice(place, place, f"{key}: {text}{newline}")])


def _stands_twice(document: Document, key: str) -> bool:
    return sum(entry.key == key for entry in document.fields) > 1


@lru_cache(maxsize=1_000, typed=True)
def _proved(key: str, value: str | float, *, quoted: bool) -> str | None:
    """How a value is spelled on a line of its own that means it and nothing else; None where none does."""
    if isinstance(value, str):
        text = next(scalars.one(value, "double" if quoted else "plain"))
    else:
        text = scalars.spelled(value)
    try:
        entries = flat.read(f"{key}: {text}\n")
    except (Unusual, BadYaml):
        return None
    means = [(entry.key, repr(entry.value)) for entry in entries] == [(key, repr(value))]
    return text if means and DASHES not in f"{key}{text}" else None
