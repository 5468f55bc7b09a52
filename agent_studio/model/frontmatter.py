"""A header read into entries with spans: strictly, as the host repairs it, or line by line where even that fails."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from . import flat, nodes
from .entry import Entry
from .flat import Unusual
from .nodes import BadYaml, Node
from .repair import Repaired

__all__ = ["RANK", "Entry", "Header", "Reading", "parsed", "read"]

Reading = Literal["lines", "tolerant", "strict"]
"""How a header could be read, weakest first: by lines only (the host drops the file), by the host's repair, as YAML."""

RANK: dict[Reading, int] = {"lines": 0, "tolerant": 1, "strict": 2}


class Header(NamedTuple):
    """The entries of a header in file order, and how they were read.

    `error` says why strict YAML refuses it, `error_at` where in the file's text. `flow` holds the span of a root
    mapping that is written in braces. `mapping` is false where the header is valid YAML but no mapping. `flat` tells
    that each field was read by its own lines.
    """

    reading: Reading
    entries: tuple[Entry, ...]
    error: str | None = None
    error_at: int | None = None
    flow: tuple[int, int] | None = None
    mapping: bool = True
    flat: bool = False


def read(source: str, at: int) -> Header:
    """The header `source` that stands at offset `at` of a file's text; never fails."""
    try:
        return Header("strict", flat.read(source, at), flat=True)
    except Unusual:
        return parsed(source, at)
    except BadYaml as bad:
        refused = bad
    try:
        return Header("tolerant", flat.read_repaired(source, at), refused.reason, at + refused.offset, flat=True)
    except (Unusual, BadYaml):
        return _mended(source, at, refused)


def parsed(source: str, at: int) -> Header:
    """A header as the grammar reads it, its values with their nodes; never fails."""
    try:
        return _strict(source, at)
    except BadYaml as bad:
        return _mended(source, at, bad)


def _mended(source: str, at: int, refused: BadYaml) -> Header:
    """A header that strict YAML refuses."""
    error, error_at = refused.reason, at + refused.offset
    repaired = Repaired(source)
    try:
        if repaired.text == source:
            raise refused  # it would be once more
        root = nodes.parse(repaired.text)
    except BadYaml:
        return Header("lines", tuple(_chunks(source, at)), error, error_at)
    if root is None or not root.is_mapping:
        return Header("tolerant", (), error, error_at, mapping=False)
    entries = tuple(repaired.entry(key, value, at) for key, value in root.pairs)
    return Header("tolerant", entries, error, error_at)


def _strict(source: str, at: int) -> Header:
    root = nodes.parse(source)
    if root is None or not root.is_mapping:
        return Header("strict", (), mapping=root is None)
    flow = (at + root.start, at + root.end) if root.style == "flow" else None
    return Header("strict", tuple(_entry(key, value, at) for key, value in root.pairs), flow=flow)


def _entry(key: Node, value: Node, at: int) -> Entry:
    start, end = value.start, value.end
    if value.style == "empty":
        start = end = key.end
    return Entry(
        nodes.key_text(key),
        value.value,
        at + key.start,
        at + key.end,
        at + start,
        at + end,
        value.style,
        node=value,
        shift=at,
    )


_KEY_LINE = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n]|\Z)", re.MULTILINE)
_END_LINE = re.compile(r"""^(?:\#|(?:"[^"\n]*"|'[^'\n]*'|[^\s:#-][^:\n]*)[ \t]*:(?:[ \t\r\n]|\Z))""", re.MULTILINE)
"""A line that does not belong to the field before it: a comment, or anything that looks like another field."""


def _chunks(source: str, at: int) -> list[Entry]:
    """Entries of a header that is no YAML at all: a key at the start of a line, and what follows up to the next one."""
    entries: list[Entry] = []
    for match in _KEY_LINE.finditer(source):
        after = _END_LINE.search(source, source.find("\n", match.end()) + 1 or len(source))
        entries.append(_chunk(match, source[match.start() : after.start() if after else len(source)], at))
    return entries


def _chunk(match: re.Match[str], chunk: str, at: int) -> Entry:
    """One entry read by itself: as YAML where it is, else its text as it stands."""
    start = at + match.start()
    own = _own(chunk, start)
    if len(own) == 1:
        return own[0]
    value = chunk[match.end() - match.start() :]
    first = start + len(chunk) - len(value.lstrip())
    last = start + len(chunk.rstrip())
    style: nodes.Style = "plain" if first < last else "empty"
    return Entry(match[1], value.strip(), start, start + len(match[1]), min(first, last), last, style, literal=True)


def _own(chunk: str, at: int) -> tuple[Entry, ...]:
    """The entries of a chunk that is YAML, lists with their nodes."""
    try:
        entries = flat.read(chunk, at)
        if not any(entry.style in {"flow", "block"} for entry in entries):
            return entries
    except BadYaml:
        return ()
    except Unusual:
        pass
    try:
        return _strict(chunk, at).entries
    except BadYaml:
        return ()
