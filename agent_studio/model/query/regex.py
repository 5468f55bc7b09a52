"""Searching by a regular expression in time that grows with the text alone, line by line.

A backtracking search can be made to run for ever by a file that knows the expression, or by a slip in it. So the
expression is followed in all its ways at once, one character after the other (partial derivatives; Antimirov, 1996),
and for each set of ways it is remembered where a character leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import getitem

from .expression import Chars, Edge, Either, Joined, Node, Repeat, literal, parse

_MOST = 20_000
"""Characters that are remembered of all sets together, before everything is forgotten."""
_END = Joined()


def _is_word(char: str) -> bool:
    return char == "_" or char.isalnum()


_KINDS: Mapping[str, Callable[[str], bool]] = {"d": str.isdecimal, "s": str.isspace, "w": _is_word}


class _Ways(dict[str, "_Ways"]):
    """The ways that are open behind a stretch of a line: character -> the ways behind that, too."""

    def __init__(self, search: Search, nodes: frozenset[Node], before: str) -> None:
        super().__init__()
        self._search = search
        self.nodes = nodes
        self.before = before

    def __missing__(self, char: str) -> _Ways:
        self[char] = ways = self._search.behind(self, char)
        return ways

    def end(self, char: str = "") -> bool:
        """Whether one of them is at its end before a character, or where the line ends."""
        return any(_passes(node, self.before, char) for node in self.nodes)


class Search:
    """What an expression finds, without regard to case; raises `BadExpression`."""

    def __init__(self, text: str) -> None:
        self._whole = parse(text)
        self._literal = literal(self._whole)
        self._found = _Ways(self, frozenset({_END}), " ")
        self._known: dict[tuple[frozenset[Node], str], _Ways] = {}
        self._steps = 0

    def __call__(self, text: str) -> bool:
        """Whether it stands in one of the lines of a text."""
        text = text.lower()
        return self._literal in text and any(map(self._in_line, text.split("\n")))

    def _in_line(self, line: str) -> bool:
        start: _Ways = self._ways(frozenset({self._whole}), "")
        return self._literal in line and reduce(getitem, line, start).end()

    def _ways(self, nodes: frozenset[Node], before: str) -> _Ways:
        key = nodes, before
        if key not in self._known:
            self._known[key] = _Ways(self, nodes, before)
        return self._known[key]

    def behind(self, ways: _Ways, char: str) -> _Ways:
        """The ways behind one more character, at which a match may also begin."""
        if ways.end(char):
            return self._found
        self._steps += 1
        if self._steps > _MOST:
            self._known, self._steps = {}, 0
        nodes = {left for node in ways.nodes for left in _after(node, ways.before, char)}
        return self._ways(frozenset({*nodes, self._whole}), "a" if _is_word(char) else " ")


def _passes(node: Node, before: str, char: str) -> bool:
    """Whether a part holds without a character, between these two (empty at the ends of the line)."""
    match node:
        case Chars():
            return False
        case Edge("^"):
            return not before
        case Edge("$"):
            return not char
        case Edge(kind):
            return (_is_word(before) != _is_word(char)) == (kind == "b")
        case Joined(parts):
            return all(_passes(part, before, char) for part in parts)
        case Either(parts):
            return any(_passes(part, before, char) for part in parts)
        case Repeat(part, least, _):
            return not least or _passes(part, before, char)


def _after(node: Node, before: str, char: str) -> Iterator[Node]:
    """What may be left of a part behind a character."""
    match node:
        case Chars() if _has(node, char):
            yield _END
        case Joined(parts):
            for place, part in enumerate(parts):
                for left in _after(part, before, char):
                    yield _joined(left, parts[place + 1 :])
                if not _passes(part, before, char):
                    break
        case Either(parts):
            for part in parts:
                yield from _after(part, before, char)
        case Repeat(part, least, most) if most != 0:
            again = Repeat(part, max(least - 1, 0), None if most is None else most - 1)
            for left in _after(part, before, char):
                yield _joined(left, (again,))


def _joined(first: Node, rest: tuple[Node, ...]) -> Node:
    """Parts one after the other, those that are joined themselves unfolded."""
    parts = (*(first.parts if isinstance(first, Joined) else (first,)), *rest)
    return parts[0] if len(parts) == 1 else Joined(parts)


def _has(chars: Chars, char: str) -> bool:
    """Whether a character, given in lower case, is one of these in either case."""
    return any(_is_in(chars, form) for form in {char, char.upper()}) != chars.negated


def _is_in(chars: Chars, char: str) -> bool:
    return any(first <= char <= last for first, last in chars.ranges) or any(
        _KINDS[kind.lower()](char) == kind.islower() for kind in chars.kinds
    )
