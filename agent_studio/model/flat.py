"""Flat headers, whose fields are words, texts and simple lists: read line by line, much faster than by the grammar."""

from __future__ import annotations

from functools import lru_cache
from sys import intern

from . import repair
from .entry import Entry
from .nodes import COLON, MAX_WEIGHT, SPECIAL, BadYaml, Style, resolved

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_WORD = 60
"""Characters below which many files have the same value: it is kept once."""
_BRACKETS = frozenset("[]{}")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "/": "/"}
_BLOCKS: dict[str, tuple[Style, str]] = {
    "|": ("literal", "\n"),
    "|-": ("literal", ""),
    ">": ("folded", "\n"),
    ">-": ("folded", ""),
}
"""The mark of a block scalar -> its style, and how its text ends."""


class Unusual(Exception):
    """A text that is not flat, or that the grammar may read otherwise."""


def read(source: str, at: int = 0) -> tuple[Entry, ...]:
    """The fields of a flat header that stands at `at` of a file's text, exactly as the grammar reads them.

    Raises `BadYaml` where the grammar refuses it for sure, and `Unusual`.
    """
    return tuple(_Lines(source, at).fields())


def read_repaired(source: str, at: int = 0) -> tuple[Entry, ...]:
    """The fields of a flat header as the host repairs it; raises `BadYaml` and `Unusual`."""
    return tuple(_Lines(source, at).fields(repaired=True))


class _Lines:
    """The lines of a header, which all end alike: the next one is number `place` and begins at `at`."""

    def __init__(self, source: str, at: int) -> None:
        newline = "\r\n" if "\r" in source else "\n"
        self.lines = source.split(newline)
        # A tab, a control character and what else may end a line are not printable.
        if self.lines[-1] or not "".join(self.lines).isprintable():
            raise Unusual
        self.newline = len(newline)
        self.place = 0
        self.first = self.at = at

    def advance(self) -> None:
        self.at += len(self.lines[self.place]) + self.newline
        self.place += 1

    def fields(self, *, repaired: bool = False) -> list[Entry]:
        found: list[Entry] = []
        last = len(self.lines) - 1
        while self.place < last:
            line = self.lines[self.place]
            if not line or line[0] == "#":
                self.advance()
            elif repaired and (column := self.column(line)) is not None:
                key = _key(line.partition(":")[0])
                start, end = self.at + column, self.at + len(line)
                found.append(Entry(key, line[column:], self.at, self.at + len(key), start, end, "plain", literal=True))
                self.advance()
            else:
                found.append(self.field(line))
        if not found:
            raise Unusual
        return found

    def column(self, line: str) -> int | None:
        """Where the value begins that the host puts in quotes; None where it leaves the line alone."""
        return repair.column(line) if self.newline == 1 else None  # it takes a line end of two characters for no end

    def field(self, line: str) -> Entry:
        """The field that begins with a line."""
        name, colon, rest = line.partition(":")
        if not colon or (rest and rest[0] != " "):
            raise Unusual
        key, at, key_end = _key(name), self.at, self.at + len(name)
        text = rest.strip(" ")
        start = at + len(line) - len(rest.lstrip(" "))
        self.at += len(line) + self.newline
        self.place += 1
        value: object = None
        style: Style = "empty"
        if text in _BLOCKS:
            style, ending = _BLOCKS[text]
            value, end = self.block(style, ending)
        elif text:
            try:
                value, style = _value(text)
            except Unusual:
                raise _refusal(text, start - self.first) from None
            end = start + len(text)
        elif self.lines[self.place].lstrip(" ").startswith("- "):
            start = self.at + self.indent()
            value, end = self.items()
            style = "block"
        else:
            start = end = key_end
        return Entry(key, value, at, key_end, start, end, style)

    def block(self, style: Style, ending: str) -> tuple[str, int]:
        """The text of a block scalar, which begins with the next line, and where it ends."""
        indent = self.indent()
        lines: list[str] = []
        end = 0
        while self.place < len(self.lines) - 1:
            line = self.lines[self.place]
            if line[:indent].strip(" "):
                break
            text = line[indent:]
            if text[:1] == " " and (style == "folded" or text.isspace()):
                raise Unusual
            if text:
                end = self.at + len(line.rstrip(" "))
            lines.append(text)
            self.advance()
        while lines and not lines[-1]:
            lines.pop()
        if not indent or not lines or not lines[0] or self.indent():
            raise Unusual
        return (_folded(lines) if style == "folded" else "\n".join(lines)) + ending, end

    def items(self) -> tuple[list[object], int]:
        """A list with each item on a line of its own, and where it ends."""
        mark = " " * self.indent() + "- "
        begun, found, end = self.at, list[object](), 0
        while (line := self.lines[self.place]).startswith(mark):
            text = line[len(mark) :].strip(" ")
            if not text:
                raise Unusual
            found.append(_value(text)[0])
            end = self.at + len(line.rstrip(" "))
            self.advance()
        if end - begun > MAX_WEIGHT:  # it may weigh too much
            raise Unusual
        return found, end

    def indent(self) -> int:
        """How many blanks the next line begins with."""
        line = self.lines[self.place]
        return len(line) - len(line.lstrip(" "))


@lru_cache(maxsize=1_000)
def _key(name: str) -> str:
    """A key that means nothing but itself, the same object each time."""
    if not (name.isascii() and name.replace("-", "_").isidentifier()) or name[0] == "-" or name in SPECIAL:
        raise Unusual
    return name


def _folded(lines: list[str]) -> str:
    """Lines put together by blanks, those behind empty ones by as many breaks."""
    parts: list[str] = []
    breaks = 0
    for line in lines:
        if line:
            parts += ["\n" * breaks or " ", line]
            breaks = 0
        else:
            breaks += 1
    return "".join(parts[1:])


def _value(text: str) -> tuple[object, Style]:
    """What a value written on one line stands for, and its style."""
    first = text[0]
    if first not in _INDICATORS:
        # One character is looked for much faster than two.
        if (":" in text and (": " in text or text[-1] == ":")) or ("#" in text and " #" in text) or text == "<<":
            raise Unusual
        value = resolved(text)
        return intern(value) if isinstance(value, str) and len(text) < _WORD else value, "plain"
    match first:
        case '"':
            return _double(text), "double"
        case "'":
            return _single(text), "single"
        case "[":
            return _list(text), "flow"
    raise Unusual


def _refusal(text: str, at: int) -> Unusual | BadYaml:
    """Why a value is not flat: the grammar surely refuses it for a second colon."""
    colon = f"{text} ".find(": ")
    if colon < 0 or text[0] in _INDICATORS or " #" in text[:colon]:
        return Unusual()
    return BadYaml(COLON, at + colon)


def _double(text: str) -> str:
    """What a text in double quotes stands for."""
    if len(text) < 2 or text[-1] != '"':
        raise Unusual
    return "\\".join(map(_unescaped, text[1:-1].split("\\\\")))


def _unescaped(text: str) -> str:
    """What a text stands for that has no pair of backslashes."""
    first, *rest = text.split("\\")
    if '"' in first or any(not part or part[0] not in _ESCAPES or '"' in part[1:] for part in rest):
        raise Unusual
    return first + "".join(_ESCAPES[part[0]] + part[1:] for part in rest)


def _single(text: str) -> str:
    """What a text in single quotes stands for."""
    inner = text[1:-1]
    if len(text) < 2 or text[-1] != "'" or "'" in inner.replace("''", ""):
        raise Unusual
    return inner.replace("''", "'")


def _list(text: str) -> list[object]:
    """What a list in brackets holds, none of it a list or mapping."""
    inner = text[1:-1]
    if text[-1] != "]" or not _BRACKETS.isdisjoint(inner) or len(text) > MAX_WEIGHT:
        raise Unusual
    items = [item.strip(" ") for item in inner.split(",")] if inner.strip(" ") else []
    if not all(items):
        raise Unusual
    return [_value(item)[0] for item in items]
