"""Ordinary headers, read by libyaml: several times faster than our own parser, where both read alike."""

from __future__ import annotations

import re
from typing import Any

import yaml

from .node import MAX_DEPTH, Node, Style, leaf, settle
from .plain import resolved

_Parser: Any = getattr(yaml, "CBaseLoader", None)

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_MARKS = re.compile(r"\n(?:[ -]*+[?:][ \n]|\.\.\.|---)")
"""A key behind a question mark, a colon without a key, the end of a document."""

_BLOCK = re.compile(r"[|>][-+1-9]*+(?: [^\n]*+)?+\n *+[^ \n]")
"""A block scalar whose first line is not blank."""


class Unusual(Exception):
    """A text that libyaml refuses, or may read otherwise than the host."""


def parse(source: str) -> Node | None:
    """The root node of an ordinary text, None for one without content; raises `Unusual`."""
    # A tab, a control character and what else YAML 1.1 takes for a line break are not printable.
    printable = source.endswith("\n") and source.replace("\n", "").isprintable()
    if _Parser is None or not printable or _MARKS.search("\n" + source):
        raise Unusual
    parser = _Parser(source)
    try:
        return _Builder(source).read(parser)
    except yaml.YAMLError:
        raise Unusual from None
    finally:
        parser.dispose()


class _Builder:
    """Makes nodes of events."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []

    def read(self, parser: Any) -> Node | None:
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.place(self.scalar(event))
            elif kind in {yaml.MappingStartEvent, yaml.SequenceStartEvent}:
                self.open(event, kind is yaml.MappingStartEvent)
            elif kind in {yaml.MappingEndEvent, yaml.SequenceEndEvent}:
                self.place(self.closed(event.end_mark.index))
            elif kind is yaml.AliasEvent:
                raise Unusual
        return self.root

    def scalar(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        style = _STYLES[event.style]
        if event.anchor or event.tag or event.value in {"-", "<<"}:
            raise Unusual
        if style == "plain":
            return leaf(start, end, "empty" if start == end else "plain", resolved(event.value))
        if style in {"literal", "folded"}:
            end = start + len(self.source[start:end].rstrip(" \n"))
            alone = not self.source[self.source.rfind("\n", 0, start) + 1 : start].strip(" ")
            unusual = alone or not _BLOCK.match(self.source, start)
        else:
            unusual = self.ends_oddly(start, end)
        if unusual:
            raise Unusual
        return leaf(start, end, style, event.value)

    def ends_oddly(self, start: int, end: int) -> bool:
        """Whether quotes or brackets go over several lines, or a comment follows without a blank."""
        return self.source.find("\n", start, end) >= 0 or self.source[end] == "#"

    def open(self, event: Any, mapping: bool) -> None:
        if event.anchor or event.tag or len(self.stack) >= MAX_DEPTH or (event.flow_style and mapping):
            raise Unusual
        start = event.start_mark.index
        self.stack.append(Node(start, start, "flow" if event.flow_style else "block", None, is_mapping=mapping))
        self.keys.append(None)

    def closed(self, end: int) -> Node:
        node = self.stack.pop()
        self.keys.pop()
        settle(node, self.source, len(self.stack), end if node.style == "flow" else None)
        if node.style == "flow" and self.ends_oddly(node.start, end):
            raise Unusual
        return node

    def place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self.keys[-1] = None
