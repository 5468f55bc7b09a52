"""One field set or removed: the smallest splice that does it, proved by reading the result again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import flatedit, scalars, schema
from .document import Document, EditRefused
from .frontmatter import Entry
from .schema import Value, means
from .view import Splice

_Splices = Iterator[list[Splice]]


def with_field(document: Document, key: str, value: Value) -> Document:
    """`document` with `key` set to `value` in the style that stands there; the document itself where it has that value.

    Raises `EditRefused` where no spelling leaves every other field and the body as they were.
    """
    _check(document)
    if document.has(key) and means(document.get(key), value):
        return document
    entry = document.entry(key)
    for splices in _replacing(document, entry, value) if entry else _inserting(document, key, value):
        result = flatedit.edited(document, key, value, entry, splices) or _edited(document, key, value, splices)
        if result is not None:
            return result
    raise EditRefused(_why_not(document, key))


def without_field(document: Document, key: str) -> Document:
    """`document` without `key` (every line of it, where it stands twice); the document itself where it has none."""
    _check(document)
    entries = [entry for entry in document.fields if entry.key == key]
    if not entries:
        return document
    splices = [_removing(document, entry) for entry in entries]
    result = flatedit.edited(document, key, None, entries[0], splices) if len(entries) == 1 else None
    result = result or _edited(document, key, None, splices)
    if result is None:
        raise EditRefused(_why_not(document, key))
    return result


def _edited(document: Document, key: str, value: Value | None, splices: list[Splice]) -> Document | None:
    """`document` with splices that set a field or remove it (None), read again; None where they do anything else."""
    result = document.spliced(splices)
    done = result.has(key) == (value is not None) and means(result.get(key), value)
    return result if done and result.reads_like(document, key) else None


def restored(document: Document, base: Document, key: str) -> Document:
    """`document` with one field as it is written in `base`; raises `EditRefused`."""
    mine, theirs = document.entry(key), base.entry(key)
    if theirs is None:
        return without_field(document, key)
    if mine is not None:
        start, end = theirs.key_end, _value_end(base, theirs)
        result = document.spliced([Splice(mine.key_end, _value_end(document, mine), base.text[start:end])])
        if repr(result.get(key)) == repr(theirs.value) and result.reads_like(document, key):
            return result
    value = theirs.value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = tuple(value)
    if not isinstance(value, str | float | bool | tuple):
        raise EditRefused(f"{key} cannot be put back by itself: revert it in the raw view")
    return with_field(document, key, value)


def _value_end(document: Document, entry: Entry) -> int:
    """Where a field's value ends, or its colon where it has none."""
    if entry.value_end > entry.key_end:
        return entry.value_end
    return document.head.find(":", entry.key_end) + 1 or entry.key_end


def _check(document: Document) -> None:
    if document.trouble:
        raise EditRefused(document.trouble)
    if not document.header.mapping:
        raise EditRefused("the frontmatter is not a list of fields")


def _why_not(document: Document, key: str) -> str:
    if document.reading == "strict":
        return f"{key} cannot be changed without touching another field: edit it in the raw view"
    return (
        f"the frontmatter is not valid YAML, and changing {key} would change how its other fields are read:"
        " repair it in the raw view first"
    )


def _replacing(document: Document, entry: Entry, value: Value) -> _Splices:
    newline = document.newline_at(entry.value_start)
    if isinstance(value, tuple):
        yield from _replacing_list(document, entry, value, newline)
        return
    flow = document.header.flow is not None
    for text in _spellings(document, entry, value, newline, flow):
        yield _value_splices(document, entry, text)
    if isinstance(value, str) and entry.literal and "\n" not in value:
        yield _value_splices(document, entry, value)


def _spellings(document: Document, entry: Entry, value: str | float, newline: str, flow: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield from scalars.scalar(value, entry.style, document.source(entry), newline, flow)
    else:
        yield scalars.spelled(value)


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


def _replacing_list(document: Document, entry: Entry, items: tuple[str, ...], newline: str) -> _Splices:
    text = document.head
    if entry.style in {"flow", "block"}:
        entry = document.parsed(entry)
    node = entry.node
    flow = document.header.flow is not None
    if entry.style == "flow" and node is not None and not node.is_mapping:
        yield _value_splices(document, entry, scalars.flow_list(items, node, text[entry.shift :]))
    if entry.style == "block" and node is not None and node.items and items:
        end = _line_end(document, entry.value_end)
        spelled = scalars.block_list(items, node, text[entry.shift :], end - entry.shift, newline)
        yield [Splice(entry.value_start, end, spelled)]
    if items and entry.style not in {"flow", "block"}:
        for spelled in scalars.one(scalars.comma_text(items, document.source(entry)), entry.style, flow):
            yield _value_splices(document, entry, spelled)
    yield _value_splices(document, entry, scalars.flow_list(items))


def _inserting(document: Document, key: str, value: Value) -> _Splices:
    name = scalars.plain(key)
    if name is None:
        raise EditRefused(f"{key} is not a field name")
    before, after = _neighbours(document, key)
    for text in _new_spellings(key, value, document.header.flow is not None):
        if document.header.flow:
            yield [_flow_splice(document, before, f"{name}: {text}")]
            continue
        for place in _places(document, before, after):
            yield [_line_splice(document, place, f"{name}: {text}")]


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


def _neighbours(document: Document, key: str) -> tuple[Entry | None, Entry | None]:
    """The entry after which a new field goes (its predecessor in schema order), and the next one in the file."""
    fields = document.fields
    order = schema.ORDER.get(key, len(schema.ORDER))
    unknown = -1 if key in schema.ORDER else order
    found, latest = -1, 0
    for place, entry in enumerate(fields):
        if latest <= (rank := schema.ORDER.get(entry.key, unknown)) <= order:
            found, latest = place, rank
    return fields[found] if found >= 0 else None, fields[found + 1] if found + 1 < len(fields) else None


def _places(document: Document, before: Entry | None, after: Entry | None) -> Iterator[int]:
    """Offsets at which a new line may go, best first."""
    assert document.fences is not None
    yield _line_end(document, before.value_end, past=True) if before else document.fences.header
    if after:
        yield _line_start(document, after.start)
    close = _line_start(document, document.fences.close)
    yield close if not document.head[close : document.fences.close].strip() else document.fences.close


def _line_splice(document: Document, place: int, line: str) -> Splice:
    text = document.head
    newline = document.newline_at(max(place - 1, 0))
    first = document.fields[0] if document.fields else None
    indent = text[_line_start(document, first.start) : first.start] if first else ""
    lead = "" if text[place - 1 : place] == "\n" else newline
    return Splice(place, place, f"{lead}{indent if not indent.strip() else ''}{line}{newline}")


def _flow_splice(document: Document, before: Entry | None, pair: str) -> Splice:
    assert document.header.flow is not None
    if before:
        return Splice(before.value_end, before.value_end, f", {pair}")
    at = document.header.flow[0] + 1
    return Splice(at, at, f"{pair}, " if document.fields else pair)


def _removing(document: Document, entry: Entry) -> Splice:
    text = document.head
    if document.header.flow:
        return _removing_pair(document, entry)
    start = _line_start(document, entry.start)
    if text[start : entry.start].strip():
        raise EditRefused(_why_not(document, entry.key))
    return Splice(start, _line_end(document, max(entry.value_end, entry.key_end + 1), past=True), "")


def _removing_pair(document: Document, entry: Entry) -> Splice:
    """One `key: value` of a header in braces, with the comma after it, or the one before it.

    A blank before a comment stays: without it there is none.
    """
    fields = list(document.fields)
    place = next(place for place, other in enumerate(fields) if other is entry)
    if place + 1 < len(fields):
        comma = re.compile(r"[ \t\r\n]*,(?:[ \t](?!#))?").match(document.head, max(entry.value_end, entry.key_end))
        return Splice(entry.start, comma.end() if comma else fields[place + 1].start, "")
    start = fields[place - 1].value_end if place else entry.start
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
