"""Regular expressions as Python spells them, without what cannot be searched for in a bounded time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

LONGEST = 200
"""Characters of an expression, and places in it that can be open at once."""
_COUNT = 100
"""What a counted repeat may say at most."""


class BadExpression(Exception):
    """An expression that cannot be searched for; the message says why."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character: in one of the ranges, or of one of the kinds `dswDSW`; or (`negated`) none of these."""

    ranges: tuple[tuple[str, str], ...] = ()
    kinds: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between two characters: `^`, `$`, `b`, or `B`."""

    kind: str


@dataclass(frozen=True, slots=True)
class Joined:
    """One part after the other; none is the empty expression."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part `least` times or more, at most `most` times where that is a number."""

    part: Node
    least: int
    most: int | None


Node = Chars | Edge | Joined | Either | Repeat


def parse(text: str) -> Node:
    """What an expression means; raises `BadExpression`."""
    if len(text) > LONGEST:
        raise BadExpression(f"an expression has {LONGEST} characters at most")
    node = _Reader(text).whole()
    if _size(node) > LONGEST:
        raise BadExpression("its repeats multiply to too many places: make the numbers smaller")
    return node


def _size(node: Node) -> int:
    match node:
        case Joined(parts) | Either(parts):
            return sum(map(_size, parts))
        case Repeat(part, least, most):
            return _size(part) * max(most or least, 1)
        case _:
            return 1


def literal(node: Node) -> str:
    """The longest text that stands in every match, in lower case."""
    parts = node.parts if isinstance(node, Joined) else (node,)
    runs = [""]
    for part in parts:
        match part:
            case Chars(((first, last),), "", False) if first == last and first.isascii():
                runs[-1] += first.lower()
            case _:
                runs.append("")
    return max(runs, key=len)


_REPEAT = re.compile(r"[*+?]|\{([0-9]*)(,?)([0-9]*)\}")
_GROUP = re.compile(r"\((\?:|\?P<\w+>|(?!\?))")
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_ANY = Chars((("\n", "\n"),), negated=True)


class _Reader:
    """An expression, and how far it was read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> Node:
        """All of it."""
        node = self._either()
        if self.at < len(self.text):
            raise BadExpression("it closes a parenthesis that was not opened")
        return node

    @property
    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self) -> str:
        char = self._next
        self.at += 1
        return char

    def _either(self) -> Node:
        parts = [self._joined()]
        while self._next == "|":
            self.at += 1
            parts.append(self._joined())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _joined(self) -> Node:
        parts: list[Node] = []
        while self._next not in {"", "|", ")"}:
            parts.append(self._repeated(self._one()))
        return parts[0] if len(parts) == 1 else Joined(tuple(parts))

    def _repeated(self, node: Node) -> Node:
        found = _REPEAT.match(self.text, self.at)
        if found is None or (found[0][0] == "{" and not (found[1] or found[3])):
            return node
        self.at = found.end()
        if self._next == "?":
            self.at += 1  # a lazy repeat finds the same lines
        if _REPEAT.match(self.text, self.at):
            raise BadExpression("one repeat stands behind another")
        return Repeat(node, *_counts(found))

    def _one(self) -> Node:
        match char := self._take():
            case "(":
                return self._group()
            case "[":
                return self._set()
            case ".":
                return _ANY
            case "^" | "$":
                return Edge(char)
            case "*" | "+" | "?":
                raise BadExpression(f"{char} has nothing to repeat")
            case "\\":
                return self._escaped(in_set=False)
            case _:
                return Chars(((char, char),))

    def _group(self) -> Node:
        found = _GROUP.match(self.text, self.at - 1)
        if found is None:
            raise BadExpression("(?…) can only be (?:…): neither looking ahead or behind nor flags")
        self.at = found.end()
        node = self._either()
        if self._take() != ")":
            raise BadExpression("a parenthesis is not closed")
        return node

    def _escaped(self, in_set: bool) -> Chars | Edge:
        char = self._take()
        if char in {"d", "s", "w", "D", "S", "W"}:
            return Chars(kinds=char)
        if char in {"b", "B"} and not in_set:
            return Edge(char)
        if not char or (char.isascii() and char.isalnum() and char not in _PLAIN):
            _refuse_escape(char)
        plain = _PLAIN.get(char, char)
        return Chars(((plain, plain),))

    def _set(self) -> Node:
        negated = self._next == "^"
        self.at += negated
        ranges: list[tuple[str, str]] = []
        kinds = ""
        first = True
        while first or self._next != "]":
            first = False
            low = self._member()
            if self._next == "-" and self.text[self.at + 1 : self.at + 2] not in {"]", ""}:
                self.at += 1
                high = self._member()
                ranges.append(_range(low, high))
            else:
                ranges += low.ranges
                kinds += low.kinds
        self.at += 1
        return Chars(tuple(ranges), kinds, negated)

    def _member(self) -> Chars:
        char = self._take()
        if not char:
            raise BadExpression("a [ is not closed")
        found = self._escaped(in_set=True) if char == "\\" else Chars(((char, char),))
        assert isinstance(found, Chars)
        return found


def _refuse_escape(char: str) -> NoReturn:
    if char.isdigit():
        raise BadExpression(f"\\{char} cannot be searched for: what a group found is not remembered")
    raise BadExpression(f"\\{char} means nothing here" if char else "it ends in a backslash")


def _counts(found: re.Match[str]) -> tuple[int, int | None]:
    if found[0] in {"*", "+", "?"}:
        return int(found[0] == "+"), 1 if found[0] == "?" else None
    least = int(found[1] or 0)
    most = least if not found[2] else int(found[3]) if found[3] else None
    if max(least, most or 0) > _COUNT:
        raise BadExpression(f"a repeat counts to {_COUNT} at most")
    if most is not None and most < least:
        raise BadExpression(f"{found[0]} counts backwards")
    return least, most


def _range(low: Chars, high: Chars) -> tuple[str, str]:
    if low.kinds or high.kinds or low.ranges[0][0] > high.ranges[0][0]:
        raise BadExpression("a range in [ ] goes from one character to a later one")
    return low.ranges[0][0], high.ranges[0][0]
