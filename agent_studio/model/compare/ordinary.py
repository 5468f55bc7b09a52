"""Ordinary Markdown: headings, paragraphs, list items, tables, rules and fences as nearly every prompt has them.

They are found line by line, many times faster than by the parser, which is asked wherever a line could be read
otherwise: quotations, HTML, code by indentation, fences and tables in lists, underlined headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .block import Block
from .lines import Line

HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
"""A heading at the start of a line: whatever stands above it has ended, a fence or HTML aside."""

_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ITEM = re.compile(r" *(?P<mark>[-*+]|([0-9]{1,9})[.)]) {1,4}(?=\S)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})$")
_COLUMNS = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_ODD = re.compile(r"[<>\t]|```|~~~|#{1,6}(?:\s|$)|(?:[-*+]|[0-9]{1,9}[.)])(?:\s|$)|[-=:|*_+ \t]+$")
"""How a line, or the text of an item, begins that is or could be anything but running text."""

_MOST_CELLS = 10_000
_DEEPEST = 8
"""Items inside of one another that are still ordinary."""


class Unusual(Exception):
    """A line that only the parser can read."""


class Ordinary:
    """The blocks of some lines from a place on, up to the next heading."""

    def __init__(self, lines: Sequence[Line], start: int) -> None:
        self.blocks: list[Block] = []
        self._lines = lines
        self._at = start
        self._items: list[int] = []  # where the texts of the items begin that are open, outermost first
        self._first: int | None = None  # line of an open paragraph, and where what holds it begins
        self._base = 0
        if HEADING.match(lines[start].text):
            self.blocks.append(Block("heading", start, start + 1))
            self._at += 1

    def read(self) -> int:
        """Find the blocks, and say at which line they end; raises `Unusual`."""
        lines, end = self._lines, len(self._lines)
        while self._at < end:
            text = lines[self._at].text
            sign = text[:1]
            if sign.isalpha():  # nothing but running text begins like this
                if self._first is None:
                    self._begin(0, 0)
            elif sign == "#" and HEADING.match(text):
                break
            elif not text.strip(" \t"):
                self._end()
            elif sign in "`~" and (fence := _FENCE.match(text)):
                self._fence(fence[1] or fence[2])
            elif item := _ITEM.match(text):
                self._item(text, item)
            elif text.startswith("|"):
                self._table(text)
            else:
                self._text(text)
            self._at += 1
        self._end()
        return self._at

    def _end(self) -> None:
        """The end of an open paragraph."""
        if self._first is not None:
            self.blocks.append(Block("prose", self._first, self._at))
            self._first = None

    def _begin(self, indent: int, base: int) -> None:
        """A paragraph, in the items whose texts begin at or before its indentation."""
        self._items = [place for place in self._items if place <= indent] if indent else []
        self._first, self._base = self._at, base

    def _fence(self, mark: str) -> None:
        self._end()
        self._items = []
        first = self._at
        closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        last = len(self._lines) - 1
        while self._at < last:
            self._at += 1
            if closing.match(self._lines[self._at].text):
                break
        self.blocks.append(Block("lines", first, self._at + 1))

    def _table(self, text: str) -> None:
        """A table whose rows all have a bar at both ends: a row, the line below it, and what follows up to a blank."""
        below = self._lines[self._at + 1].text if self._at + 1 < len(self._lines) else ""
        alike = text.rstrip(" \t").endswith("|") and text.count("|") == below.count("|")
        if self._first is not None or "\\" in text or not alike or not _COLUMNS.match(below):
            raise Unusual
        self._items = []
        first = self._at
        while self._at < len(self._lines) and self._lines[self._at].text.startswith("|"):
            self._at += 1
        self.blocks += (Block("lines", place, place + 1) for place in range(first, self._at))
        after = self._lines[self._at].text.strip(" \t") if self._at < len(self._lines) else ""
        if (after and not HEADING.match(after)) or text.count("|") * (self._at - first) > _MOST_CELLS:
            raise Unusual
        self._at -= 1

    def _item(self, text: str, item: re.Match[str]) -> None:
        indent = item.start("mark")
        # An item that does not begin its list with 1 goes on with a paragraph rather than end it.
        goes_on = self._first is not None and item[2] is not None and int(item[2]) != 1 and indent >= self._base
        if goes_on or _ODD.match(text, item.end()) or len(self._items) == _DEEPEST:
            raise Unusual
        self._check(indent)
        self._end()
        self._begin(indent, item.end())
        self._items.append(item.end())

    def _text(self, text: str) -> None:
        indent = len(text) - len(text.lstrip(" "))
        if self._first is None and _RULE.match(text):
            self._items = []
            self.blocks.append(Block("lines", self._at, self._at + 1))
        elif _ODD.match(text, indent):
            raise Unusual
        elif self._first is None:
            self._begin(indent, self._check(indent))

    def _check(self, indent: int) -> int:
        """Where the innermost item begins that a line can be in; raises `Unusual` where it could be code."""
        base = max((place for place in self._items if place <= indent), default=0) if indent else 0
        if indent - base > 3:
            raise Unusual
        return base
