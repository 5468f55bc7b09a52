"""A field of a flat header edited: how the header reads then is told by the edited lines alone.

A flat header is read field by field, each from lines of its own (`flat.py`). So where the lines of one field give way
to others, or others come in between two fields, it reads as the fields before, as what the new lines read as by
themselves, and as the fields behind. Nothing else is read again; a property holds it against reading everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from . import flat
from .document import Document
from .fences import DASHES, Fences
from .flat import Unusual
from .frontmatter import Entry, Header
from .nodes import BadYaml
from .schema import Value, means
from .view import Splice, applied


def edited(
    document: Document, key: str, value: Value | None, entry: Entry | None, splices: list[Splice]
) -> Document | None:
    """`document` with splices that set a field to a value, or remove it (None), and alter nothing else.

    They lie in the lines of `entry`, or put in those of a field that is not there yet. None where more than these lines
    must be read to prove it.
    """
    header, fences, text = document.header, document.fences, document.head
    if not header.flat or fences is None:
        return None
    start = entry.start if entry else splices[0].start
    end = text.index("\n", entry.value_end) + 1 if entry else start
    if text[start - 1] != "\n" or splices[0].start < start or splices[-1].end > end:
        return None
    if end < fences.close and text[end] in " -\r\n":
        return None  # no field begins there: it could be read with the new lines
    if header.error_at is not None and start <= header.error_at < end:
        return None  # perhaps for this line alone the host repairs the others
    lines = applied(text[:end], splices)[start:]
    found = _alone(lines, key, value, text[fences.close - 2] == "\r", header.error is not None)
    if found is None or not (found or len(header.entries) > 1):
        return None
    result = document.spliced(splices)
    result.remember(lambda: _front(fences, header, (start, end), len(lines), found))
    return result


@lru_cache(maxsize=100, typed=True)
def _alone(lines: str, key: str, value: Value | None, returns: bool, repaired: bool) -> tuple[Entry, ...] | None:
    """The field of some lines if they give `key` the value, and read so whatever stands around them."""
    if value is None:
        return None if lines else ()
    if DASHES in lines or ("\r" in lines) != returns:
        return None
    try:
        found = flat.read(lines)
        if repaired:
            found = flat.read_repaired(lines)
    except (Unusual, BadYaml):
        return None
    alone = [(entry.key, entry.start) for entry in found] == [(key, 0)]
    return found if alone and means(found[0].value, value) else None


def _front(
    fences: Fences, header: Header, span: tuple[int, int], length: int, found: tuple[Entry, ...]
) -> tuple[Fences, Header]:
    """Where header and body lie, and how the header reads, with a span of it replaced by what reads as `found`."""
    start, end = span
    more = length - (end - start)
    before = (one for one in header.entries if one.start < start)
    behind = (one for one in header.entries if one.start >= end)
    entries = (*before, *_moved(found, start), *_moved(behind, more))
    error_at = header.error_at
    if error_at is not None and error_at >= end:
        error_at += more
    moved = Fences(fences.header, fences.close + more, fences.body + more)
    return moved, Header(header.reading, entries, header.error, error_at, flat=True)


def _moved(entries: Iterable[Entry], by: int) -> Iterator[Entry]:
    for key, value, start, key_end, first, last, style, literal, node, shift in entries:
        yield Entry(key, value, start + by, key_end + by, first + by, last + by, style, literal, node, shift)
