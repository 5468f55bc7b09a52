"""The splices that could set a field, or remove it, best first: candidates, of which nothing is proved here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import scalars, schema
from .document import Document, EditRefused
from .frontmatter import Entry
from .schema import Value
from .view import Splice

Splices = Iterator[list[Splice]]


def setting(document: Document, key: str, value: Value) -> Splices:
    """What could set a field; raises `EditRefused` where no field can be called so."""
    entry = document.entry(key)
    return _replacing(document, entry, value) if entry else _inserting(document, key, value)


def removing(document: Document, entry: Entry) -> Splice | None:
    """What could remove a field with its lines; None where it shares them."""
    if document.header.flow:
        return _removing_pair(document, entry)
    start = _line_start(document, entry.start)
    if document.head[start : entry.start].strip():
        return None
    return Splice(start, _line_end(document, max(entry.value_end, entry.key_end + 1), past=True), "")


def place(fields: tuple[Entry, ...], key: str) -> int:
    """Before which of some fields a new one goes, counted from 0: behind its predecessor in schema order."""
    order = schema.ORDER.get(key, len(schema.ORDER))
    unknown = -1 if key in schema.ORDER else order
    found = latest = 0
    for number, entry in enumerate(fields, 1):
        if latest <= (rank := schema.ORDER.get(entry.key, unknown)) <= order:
            found, latest = number, rank
    return found


def _replacing(document: Document, entry: Entry, value: Value) -> Splices:
    if isinstance(value, tuple):
        yield from _replacing_list(document, entry, value)
        return
    for text in _spellings(document, entry, value):
        yield _value_splices(document, entry, text)
    if isinstance(value, str) and entry.literal and "\n" not in value:
        yield _value_splices(document, entry, value)


def _spellings(document: Document, entry: Entry, value: str | float) -> Iterator[str]:
    if not isinstance(value, str):
        return iter((scalars.spelled(value),))
    source, flow = document.source(entry), document.header.flow is not None
    if source.isprintable() and entry.style not in {"literal", "folded"}:  # no line ends in it
        return scalars.one(value, entry.style, flow)
    return scalars.scalar(value, entry.style, source, document.newline_at(entry.value_start), flow)


def _value_splices(document: Document, entry: Entry, text: str) -> list[Splice]:
    """The value replaced by `text`; a block collection gives way to a value on the key's own line."""
    if entry.style == "block":
        end = _line_end(document, entry.key_end)
        gone = [Splice(end, entry.value_end, "")] if end < entry.value_start else []
        return [_filling(document, entry, text), *gone]
    if entry.value_start == entry.value_end:
        return [_filling(document, entry, text)]
    return [Splice(entry.value_start, entry.value_end, text)]


def _filling(document: Document, entry: Entry, text: str) -> Splice:
    """A value put where none stands: right after the colon, or after a key in braces that has none."""
    colon = document.head.find(":", entry.key_end) + 1
    if not colon or document.head[entry.key_end : colon - 1].strip():
        return Splice(entry.key_end, entry.key_end, f": {text}")
    after = document.head[colon : colon + 1]
    return Splice(colon, colon, f" {text}" if after in {"", " ", "\t", "\r", "\n"} else f" {text} ")


def _replacing_list(document: Document, entry: Entry, items: tuple[str, ...]) -> Splices:
    text = document.head
    if entry.style in {"flow", "block"}:
        entry = document.parsed(entry)
    node = entry.node
    flow = document.header.flow is not None
    if entry.style == "flow" and node is not None and not node.is_mapping:
        yield _value_splices(document, entry, scalars.flow_list(items, node, text[entry.shift :]))
    if entry.style == "block" and node is not None and node.items and items:
        end = _line_end(document, entry.value_end)
        newline = document.newline_at(entry.value_start)
        spelled = scalars.block_list(items, node, text[entry.shift :], end - entry.shift, newline)
        yield [Splice(entry.value_start, end, spelled)]
    if items and entry.style not in {"flow", "block"}:
        for spelled in scalars.one(scalars.comma_text(items, document.source(entry)), entry.style, flow):
            yield _value_splices(document, entry, spelled)
    yield _value_splices(document, entry, scalars.flow_list(items))


def _inserting(document: Document, key: str, value: Value) -> Splices:
    name = scalars.plain(key)
    if name is None:
        raise EditRefused(f"{key} is not a field name")
    fields, number = document.fields, place(document.fields, key)
    before = fields[number - 1] if number else None
    after = fields[number] if number < len(fields) else None
    for text in _new_spellings(key, value, document.header.flow is not None):
        if document.header.flow:
            yield [_flow_splice(document, before, f"{name}: {text}")]
            continue
        for at in _places(document, before, after):
            yield [_line_splice(document, at, f"{name}: {text}")]


def _new_spellings(key: str, value: Value, flow: bool) -> Iterator[str]:
    if isinstance(value, tuple):
        if value:
            yield from scalars.one(scalars.comma_text(value), "plain", flow)
        yield scalars.flow_list(value)
    elif isinstance(value, str):
        field = schema.BY_NAME.get(key)
        # Prose in quotes: one edit later it may hold what plain text may not.
        yield from scalars.one(value, "double" if field and field.kind == "prose" else "plain", flow)
    else:
        yield scalars.spelled(value)


def _places(document: Document, before: Entry | None, after: Entry | None) -> Iterator[int]:
    """Offsets at which a new line may go, best first."""
    assert document.fences is not None
    yield _line_end(document, before.value_end, past=True) if before else document.fences.header
    if after:
        yield _line_start(document, after.start)
    close = _line_start(document, document.fences.close)
    yield close if not document.head[close : document.fences.close].strip() else document.fences.close


def _line_splice(document: Document, at: int, line: str) -> Splice:
    text = document.head
    newline = document.newline_at(max(at - 1, 0))
    first = document.fields[0] if document.fields else None
    indent = text[_line_start(document, first.start) : first.start] if first else ""
    lead = "" if text[at - 1 : at] == "\n" else newline
    return Splice(at, at, f"{lead}{indent if not indent.strip() else ''}{line}{newline}")


def _flow_splice(document: Document, before: Entry | None, pair: str) -> Splice:
    assert document.header.flow is not None
    if before:
        return Splice(before.value_end, before.value_end, f", {pair}")
    at = document.header.flow[0] + 1
    return Splice(at, at, f"{pair}, " if document.fields else pair)


def _removing_pair(document: Document, entry: Entry) -> Splice:
    """One `key: value` of a header in braces, with the comma after it, or the one before it.

    A blank before a comment stays: without it there is none.
    """
    fields = document.fields
    number = fields.index(entry)
    if number + 1 < len(fields):
        comma = re.compile(r"[ \t\r\n]*,(?:[ \t](?!#))?").match(document.head, max(entry.value_end, entry.key_end))
        return Splice(entry.start, comma.end() if comma else fields[number + 1].start, "")
    start = fields[number - 1].value_end if number else entry.start
    return Splice(start, max(entry.value_end, entry.key_end + 1), "")


def _line_start(document: Document, offset: int) -> int:
    text = document.head
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(document: Document, offset: int, past: bool = False) -> int:
    """Where the line ends on which `offset` stands, or (`past`) where the next one begins; never beyond the header."""
    assert document.fences is not None
    text, close = document.head, document.fences.close
    at = text.find("\n", offset, close)
    if at < 0:
        return close
    if past:
        return at + 1
    return at - 1 if text[at - 1] == "\r" and at - 1 >= offset else at
