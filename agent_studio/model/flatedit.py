"""A field of a flat header edited by its lines alone: what becomes of them is the same whatever stands around them.

A flat header is read field by field, each from lines of its own (`flat.py`): from its key to the next field's. So these
are edited by themselves, once for all files that have the same. There it is proved that the new lines give the field
its value and no other field, begin with its key, end as the lines around them do, and hold no three dashes. Then those
before and behind them read as before, and so does the body. A property holds all this against reading it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from . import candidates, flat
from .document import Document
from .fences import DASHES, Fences
from .flat import Unusual
from .frontmatter import Entry, Header
from .nodes import BadYaml
from .schema import Value, means
from .view import Splice, applied


class _Edited(NamedTuple):
    """What becomes of the lines of a field, and what is read of them then; offsets count from where they begin."""

    splices: tuple[Splice, ...]
    fields: tuple[Entry, ...]


def edited(document: Document, key: str, value: Value | None) -> Document | None:
    """`document` with a field set to a value, or removed (None), its header known without being read.

    None where the lines of the field do not tell by themselves that nothing else changes.
    """
    header, fences, entry = document.header, document.fences, document.entry(key)
    if not header.flat or fences is None:
        return None
    number = header.entries.index(entry) if entry else candidates.place(header.entries, key)
    before, behind = header.entries[:number], header.entries[number + bool(entry) :]
    if value is None and (not (before or behind) or any(other.key == key for other in before)):
        return None  # it stands alone, or twice
    end = behind[0].start if behind else fences.close
    start = entry.start if entry else end
    if entry:
        lines = document.between(start, end)
        newline = "\r\n" if "\r" in lines else "\n"
    else:
        lines = ""
        newline = _line_end(document, before[-1].value_end, start) if before else ""
    known = _alone(lines, newline, key, value, header.error is not None)
    if known is None:
        return None
    result = document.spliced([Splice(start + first, start + last, new) for first, last, new in known.splices])
    result.remember(lambda: _front(fences, header, known, start, end))
    return result


def _line_end(document: Document, value_end: int, at: int) -> str:
    """How the line of a value ends behind which a new field goes; empty where more stands between them."""
    gap = document.between(value_end, at).strip(" ")
    return gap if gap in {"\n", "\r\n"} else ""


@lru_cache(maxsize=100, typed=True)
def _alone(lines: str, newline: str, key: str, value: Value | None, repaired: bool) -> _Edited | None:
    """What becomes of the lines of a field, or of none; None where it is not told by them what they read as then."""
    held = _read(lines, newline, repaired)
    if held is None or not newline:
        return None
    fence = f"{DASHES}{newline}"
    at = len(fence)
    end = at + len(lines)
    document = Document(f"{fence}{lines}{fence}".encode())
    document.remember(lambda: (Fences(at, end, end + at), Header("strict", (*_moved(held, at),), flat=True)))
    found = _first(document, key, value)
    splices = tuple(Splice(start - at, end - at, new) for start, end, new in found)
    fields = _read(applied(lines, splices), newline, repaired)
    if fields is None or [(one.key, one.start) for one in fields] != [(key, 0)] * (value is not None):
        return None
    return _Edited(splices, fields) if not fields or means(fields[0].value, value) else None


def _first(document: Document, key: str, value: Value | None) -> list[Splice]:
    """The best candidate for an edit of the only field."""
    if value is not None:
        return next(candidates.setting(document, key, value))
    gone = candidates.removing(document, document.fields[0])
    return [gone] if gone else []


def _read(lines: str, newline: str, repaired: bool) -> tuple[Entry, ...] | None:
    """The fields of some lines, read as they are whatever stands around them; None where they may not be.

    Where the host repairs the header these must not be what it is repaired for: without them it might not be.
    """
    if not lines:
        return ()
    if DASHES in lines or ("\r" in lines) != (newline == "\r\n"):
        return None
    try:
        fields = flat.read(lines)
        return flat.read_repaired(lines) if repaired else fields
    except (Unusual, BadYaml):
        return None


def _front(fences: Fences, header: Header, known: _Edited, start: int, end: int) -> tuple[Fences, Header]:
    """Where header and body lie, and what is read of the header, after an edit of `[start, end)`."""
    more = sum(len(new) - (last - first) for first, last, new in known.splices)
    before = (entry for entry in header.entries if entry.start < start)
    behind = (entry for entry in header.entries if entry.start >= end)
    entries = (*before, *_moved(known.fields, start), *_moved(behind, more))
    error_at = header.error_at + more if header.error_at is not None and header.error_at >= end else header.error_at
    moved = Fences(fences.header, fences.close + more, fences.body + more)
    return moved, Header(header.reading, entries, header.error, error_at, flat=True)


def _moved(entries: Iterable[Entry], by: int) -> Iterator[Entry]:
    for key, value, start, key_end, first, last, style, literal, node, shift in entries:
        yield Entry(key, value, start + by, key_end + by, first + by, last + by, style, literal, node, shift)
