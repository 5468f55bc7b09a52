"""A header read into entries with spans: strictly, as the host repairs it, or line by line where even that fails.

The repair is Claude Code's second parse (2.1.329), used only when the first one fails: every line that looks like
`key: value` with a character that YAML could stumble over is read as if the value stood in double quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from . import nodes
from .fences import JS_SPACE
from .nodes import BadYaml, Node

Reading = Literal["lines", "tolerant", "strict"]
"""How a header could be read, weakest first: by lines only (the host drops the file), by the host's repair, as YAML."""

RANK: dict[Reading, int] = {"lines": 0, "tolerant": 1, "strict": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a header. All offsets are characters of the file's text.

    `[start, key_end)` is the key, `[value_start, value_end)` the value as written (empty for a null). `literal`
    marks a value that the host takes as it stands because it repaired the line. `node` is the YAML node (its own
    offsets count from `shift`), None where the value is only known as text.
    """

    key: str
    value: object
    start: int
    key_end: int
    value_start: int
    value_end: int
    style: nodes.Style
    literal: bool = False
    node: Node | None = None
    shift: int = 0


@dataclass(frozen=True, slots=True)
class Header:
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
        return _strict(source, at)
    except BadYaml as bad:
        error, error_at = bad.reason, at + bad.offset
    repaired = _Repaired(source)
    try:
        root = nodes.parse(repaired.text)
    except BadYaml:
        return Header("lines", tuple(_by_lines(source, at)), error, error_at)
    if root is None or not root.is_mapping:
        return Header("tolerant", (), error, error_at, mapping=False)
    entries = tuple(repaired.entry(key, value, at) for key, value in root.pairs)
    return Header("tolerant", entries, error, error_at)


def is_read(source: str) -> bool:
    """Whether the host reads a header: as YAML or, repaired, as YAML."""
    for repaired in (False, True):
        try:
            nodes.parse(_Repaired(source).text if repaired else source)
        except BadYaml:
            continue
        return True
    return False


def _strict(source: str, at: int) -> Header:
    flat = nodes.parse_flat(source)
    root = flat or nodes.parse_whole(source)
    if root is None or not root.is_mapping:
        return Header("strict", (), mapping=root is None)
    flow = (at + root.start, at + root.end) if root.style == "flow" else None
    return Header("strict", tuple(_entry(key, value, at) for key, value in root.pairs), flow=flow, flat=bool(flat))


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


_CANDIDATE = re.compile(rf"([a-zA-Z_-]+):[{JS_SPACE}]++([^\n\r\u2028\u2029]+)")
_STUMBLES = re.compile(r"[{}\[\]*&#!|>%@`]|: ")


def _is_list(value: str) -> bool:
    if not (value.startswith("[") and value.endswith("]")):
        return False
    try:
        root = nodes.parse(value)
    except BadYaml:
        return False
    return root is not None and root.style == "flow" and not root.is_mapping


def _quoted(value: str) -> bool:
    return any(value.startswith(mark) and value.endswith(mark) for mark in "\"'") or _is_list(value)


class _Repaired:
    """A header as the host rewrites it, line for line, and the way from its offsets back to the source's."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts: list[int] = []
        self.new_starts: list[int] = []
        self.tabs: list[int] = []
        self.values: list[int | None] = []
        lines: list[str] = []
        start = new_start = 0
        for line in source.split("\n"):
            text, value = self._line(line)
            self.starts.append(start)
            self.new_starts.append(new_start)
            self.tabs.append(len(line) - len(line.lstrip("\t")))
            self.values.append(value)
            lines.append(text)
            start += len(line) + 1
            new_start += len(text) + 1
        self.text = "\n".join(lines)

    @staticmethod
    def _line(line: str) -> tuple[str, int | None]:
        """The rewritten line, and where its value starts in the source line when it was put in quotes."""
        bare = line.lstrip("\t")
        line = "  " * (len(line) - len(bare)) + bare
        match = _CANDIDATE.fullmatch(line)
        if match is None or _quoted(match[2]) or not _STUMBLES.search(match[2]):
            return line, None
        escaped = match[2].replace("\\", "\\\\").replace('"', '\\"')
        return f'{match[1]}: "{escaped}"', match.start(2)

    def line_of(self, offset: int) -> int:
        return bisect_right(self.new_starts, offset) - 1

    def back(self, offset: int) -> int:
        """The source offset of an offset outside rewritten values."""
        line = self.line_of(offset)
        column = offset - self.new_starts[line]
        return self.starts[line] + max(column - self.tabs[line], min(column // 2, self.tabs[line]))

    def entry(self, key: Node, value: Node, at: int) -> Entry:
        line = self.line_of(key.start)
        start = at + self.back(key.start)
        key_end = start + (key.end - key.start)
        if (column := self.values[line]) is not None:
            first = self.starts[line] + column
            last = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.source)
            name = nodes.key_text(key)
            return Entry(name, value.value, start, key_end, at + first, at + last, "plain", literal=True)
        first, last = at + self.back(value.start), at + self.back(value.end)
        if value.style == "empty":
            first = last = key_end
        return Entry(
            nodes.key_text(key),
            value.value,
            start,
            key_end,
            first,
            last,
            value.style,
            node=value,
            shift=first - value.start,
        )


_KEY_LINE = re.compile(r"^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n]|\Z)", re.MULTILINE)
_END_LINE = re.compile(r"""^(?:\#|(?:"[^"\n]*"|'[^'\n]*'|[^\s:#-][^:\n]*)[ \t]*:(?:[ \t\r\n]|\Z))""", re.MULTILINE)
"""A line that does not belong to the field before it: a comment, or anything that looks like another field."""


def _by_lines(source: str, at: int) -> list[Entry]:
    """Entries of a header that is no YAML at all: a key at the start of a line, and what follows up to the next one."""
    entries: list[Entry] = []
    for match in _KEY_LINE.finditer(source):
        after = _END_LINE.search(source, source.find("\n", match.end()) + 1 or len(source))
        entries.append(_chunk(match, source[match.start() : after.start() if after else len(source)], at))
    return entries


def _chunk(match: re.Match[str], chunk: str, at: int) -> Entry:
    """One entry read by itself: as YAML where it is, else its text as it stands."""
    start = at + match.start()
    try:
        root = nodes.parse(chunk)
    except BadYaml:
        root = None
    if root is not None and len(root.pairs) == 1:
        return _entry(*root.pairs[0], start)
    value = chunk[match.end() - match.start() :]
    first = start + len(chunk) - len(value.lstrip())
    last = start + len(chunk.rstrip())
    style: nodes.Style = "plain" if first < last else "empty"
    return Entry(match[1], value.strip(), start, start + len(match[1]), min(first, last), last, style, literal=True)
