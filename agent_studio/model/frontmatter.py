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
        return parsed(source, at, quick=True)
    except BadYaml as bad:
        why = bad.reason, at + bad.offset
    try:
        return Header("tolerant", flat.read_repaired(source, at), *why, flat=True)
    except Unusual:
        return _repaired(source, at, why, quick=True)
    except BadYaml:
        return Header("lines", tuple(_chunks(source, at, quick=True)), *why)


def parsed(source: str, at: int, *, quick: bool = False) -> Header:
    """A header as the grammar reads it, its values with their nodes, or `quick` without some; never fails."""
    try:
        return _strict(source, at)
    except BadYaml as bad:
        why = bad.reason, at + bad.offset
    return _repaired(source, at, why, quick=quick)


def _repaired(source: str, at: int, why: tuple[str, int], *, quick: bool) -> Header:
    """A header that is no YAML as the host repairs it, or by its lines; `why` is `error` and `error_at`."""
    repaired = Repaired(source)
    try:
        root = _other(repaired.text, source)
    except BadYaml:
        return Header("lines", tuple(_chunks(source, at, quick=quick)), *why)
    if root is None or not root.is_mapping:
        return Header("tolerant", (), *why, mapping=False)
    return Header("tolerant", tuple(repaired.entry(key, value, at) for key, value in root.pairs), *why)


def _other(text: str, bad: str) -> Node | None:
    """The root node of a text; raises `BadYaml`, at once where it is a bad one."""
    if text == bad:
        raise BadYaml("as bad as before", 0)
    return nodes.parse(text)


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


def _chunks(source: str, at: int, *, quick: bool) -> list[Entry]:
    """Entries of a header that is no YAML at all: a key at the start of a line, and what follows up to the next one."""
    entries: list[Entry] = []
    for match in _KEY_LINE.finditer(source):
        after = _END_LINE.search(source, source.find("\n", match.end()) + 1 or len(source))
        entries.append(_chunk(match, source[match.start() : after.start() if after else len(source)], at, quick=quick))
    return entries


def _chunk(match: re.Match[str], chunk: str, at: int, *, quick: bool) -> Entry:
    """One entry read by itself: as YAML where it is, else its text as it stands."""
    start = at + match.start()
    if entry := _alone(chunk, start, quick=quick):
        return entry
    value = chunk[match.end() - match.start() :]
    first = start + len(chunk) - len(value.lstrip())
    last = start + len(chunk.rstrip())
    style: nodes.Style = "plain" if first < last else "empty"
    return Entry(match[1], value.strip(), start, start + len(match[1]), min(first, last), last, style, literal=True)


def _alone(chunk: str, at: int, *, quick: bool) -> Entry | None:
    """The entry of YAML that has one, without its node if that is quicker."""
    try:
        entries = flat.read(chunk, at) if quick else _strict(chunk, at).entries
    except Unusual:
        return _alone(chunk, at, quick=False)
    except BadYaml:
        return None
    return entries[0] if len(entries) == 1 else None
