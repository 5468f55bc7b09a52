"""Flat headers, whose fields are words, texts and simple lists: read line by line, much faster than by the grammar."""

from __future__ import annotations

from .node import Node, Style, leaf, settle
from .plain import SPECIAL, resolved

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
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


def read(source: str) -> Node:
    """The root node of a flat header, exactly as the grammar reads it; raises `Unusual`."""
    # A tab, a control character and what else may end a line are not printable.
    if not source.endswith("\n") or not source.replace("\n", "").isprintable():
        raise Unusual
    return _Lines(source).root()


class _Lines:
    """The lines of a header: the next one is number `place` and begins at `at`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines = source.split("\n")
        self.place = 0
        self.at = 0

    def advance(self) -> None:
        self.at += len(self.lines[self.place]) + 1
        self.place += 1

    def root(self) -> Node:
        pairs: list[tuple[Node, Node]] = []
        while self.at < len(self.source):
            line = self.lines[self.place]
            if line and line[0] != "#":
                pairs.append(self.pair(line))
            else:
                self.advance()
        if not pairs:
            raise Unusual
        root = Node(pairs[0][0].start, self.at, "block", None, pairs=pairs, is_mapping=True)
        settle(root, self.source, 0)
        return root

    def pair(self, line: str) -> tuple[Node, Node]:
        """The key that a line begins with, and its value."""
        key, colon, rest = line.partition(":")
        if not (colon and key.isascii() and key.replace("-", "_").isidentifier()) or key[0] == "-" or key in SPECIAL:
            raise Unusual
        if rest and rest[0] != " ":
            raise Unusual
        at = self.at + len(key)
        name = leaf(self.at, at, "plain", key)
        text = rest.strip(" ")
        start = self.at + len(line) - len(rest.lstrip(" "))
        self.advance()
        if text in _BLOCKS:
            return name, self.block(start, *_BLOCKS[text])
        if text:
            return name, _value(self.source, text, start)
        after = self.lines[self.place].lstrip(" ")
        return name, self.items() if after.startswith("- ") else leaf(at + 1, at + 1, "empty", None)

    def block(self, start: int, style: Style, ending: str) -> Node:
        """A block scalar, which begins with its first line."""
        indent = self.indent()
        lines: list[str] = []
        end = start
        while self.at < len(self.source):
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
        return leaf(start, end, style, (_folded(lines) if style == "folded" else "\n".join(lines)) + ending)

    def items(self) -> Node:
        """A list with each item on a line of its own."""
        indent = self.indent()
        mark = " " * indent + "- "
        node = Node(self.at + indent, self.at, "block", None)
        while (line := self.lines[self.place]).startswith(mark):
            text = line[len(mark) :].strip(" ")
            if not text:
                raise Unusual
            node.items.append(_value(self.source, text, self.at + len(line) - len(line[len(mark) :].lstrip(" "))))
            self.advance()
        settle(node, self.source, 1)
        return node

    def indent(self) -> int:
        """How many blanks the next line begins with."""
        line = self.lines[self.place]
        return len(line) - len(line.lstrip(" "))


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


def _value(source: str, text: str, at: int) -> Node:
    """The value that is written as `text` from `at` on."""
    end = at + len(text)
    match text[0]:
        case '"':
            return leaf(at, end, "double", _double(text))
        case "'":
            return leaf(at, end, "single", _single(text))
        case "[":
            return _list(source, text, at)
        case first if first in _INDICATORS or text[-1] == ":" or ": " in text or " #" in text or text == "<<":
            raise Unusual
    return leaf(at, end, "plain", resolved(text))


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


def _list(source: str, text: str, at: int) -> Node:
    """A list in brackets that holds no further ones."""
    inner = text[1:-1]
    if text[-1] != "]" or not _BRACKETS.isdisjoint(inner):
        raise Unusual
    node = Node(at, at, "flow", None)
    end = at + 1
    for part in inner.split(",") if inner.strip(" ") else ():
        end += len(part)
        item = part.strip(" ")
        if not item:
            raise Unusual
        node.items.append(_value(source, item, end - len(part.lstrip(" "))))
        end += 1
    settle(node, source, 1, at + len(text))
    return node
