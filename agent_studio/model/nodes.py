"""YAML as nodes with spans: PyYAML's events, with the scalar types of YAML 1.2.

The spans are character offsets in the text that was parsed, and end where the value ends: PyYAML's own marks run on
to the next key after a block collection and over blank lines after a block scalar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

# With libyaml the same events come five times faster.
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Style = Literal["plain", "single", "double", "literal", "folded", "flow", "block", "alias", "empty"]

_STYLES: dict[str | None, Style] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
MAX_DEPTH = 64
MAX_NESTING = 1_000
"""Levels beyond which a text is not read at all: libyaml takes quadratic time over them."""
TOO_DEEP = "…"
"""What stands for a collection below `MAX_DEPTH`."""
TEXT_WEIGHT = 100
"""Characters of text that weigh as much as a node."""
MAX_WEIGHT = 10_000
"""Nodes that a value may unfold to through its aliases; beyond, the value is kept as its source text."""


class BadYaml(Exception):
    """The text is not YAML; the message says why, `offset` where (None when unknown)."""

    def __init__(self, reason: str, offset: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


@dataclass(slots=True)
class Node:
    """One YAML node: its span, its style, the value it stands for, and its parts."""

    start: int
    end: int
    style: Style
    value: object
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    weight: int = 1
    is_mapping: bool = False


_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(sign + "inf") for sign in ("", "-", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_LONG = 400
"""Digits beyond which a number is kept as text: Python refuses to convert thousands of them."""


def resolved(text: str) -> object:
    """The YAML 1.2 core value of a plain scalar."""
    if text in _SPECIAL:
        return _SPECIAL[text]
    if text[0] not in "+-.0123456789" or len(text) > _LONG:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def _scalar(event: Any, source: str, at: int) -> Node:
    style = _STYLES[event.style]
    start, end = at + event.start_mark.index, at + event.end_mark.index
    value: object = event.value
    if style == "plain":
        # An explicit tag (even `!`) makes a plain scalar text unless it names another type.
        value = resolved(event.value) if event.implicit[0] else _tagged(event.tag, event.value)
        if start == end:
            style = "empty"
    elif event.tag is not None and not event.implicit[1]:
        value = _tagged(event.tag, event.value)
    if style in {"literal", "folded"}:
        end = start + len(source[start:end].rstrip())
    return Node(start, end, style, value, weight=1 + len(event.value) // TEXT_WEIGHT)


def _tagged(tag: str, text: str) -> object:
    name = tag.removeprefix("tag:yaml.org,2002:")
    if name in {"int", "float", "bool", "null"}:
        return resolved(text)
    if name in {"str", "!"} or tag.startswith("!"):
        return text
    raise BadYaml(f"the tag {tag} is not known")


def _events(source: str) -> Iterator[Any]:
    parser = _Parser(source)
    try:
        while parser.check_event():
            yield parser.get_event()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYaml(error.problem or str(error), mark.index if mark else None) from None
    except yaml.YAMLError as error:
        raise BadYaml(str(error).partition("\n")[0], getattr(error, "position", None)) from None
    finally:
        parser.dispose()


class _Builder:
    """Makes nodes of events without recursion, whatever the depth."""

    def __init__(self, source: str) -> None:
        self.source = source
        # The two parsers of PyYAML count a BOM differently: neither is given one.
        self.at = len(source) - len(source.removeprefix("\ufeff"))
        self.root: Node | None = None
        self.anchors: dict[str, Node] = {}
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []

    def read(self) -> Node | None:
        documents = 0
        for event in _events(self.source.removeprefix("\ufeff")):
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise BadYaml("a second document begins here", event.start_mark.index)
            elif kind == "ScalarEvent":
                self.place(self.named(event, _scalar(event, self.source, self.at)))
            elif kind == "AliasEvent":
                self.place(self.alias(event))
            elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
                self.open(event, kind == "MappingStartEvent")
            elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
                self.close(event)
        return self.root

    def named(self, event: Any, node: Node) -> Node:
        if event.anchor:
            self.anchors[event.anchor] = node
        return node

    def alias(self, event: Any) -> Node:
        target = self.anchors.get(event.anchor)
        if target is None:
            raise BadYaml(f"the alias *{event.anchor} has no anchor before it", event.start_mark.index)
        start, end = self.at + event.start_mark.index, self.at + event.end_mark.index
        if target in self.stack or target.weight > MAX_WEIGHT:
            return Node(start, end, "alias", self.source[start:end])
        return Node(start, end, "alias", target.value, weight=target.weight)

    def open(self, event: Any, mapping: bool) -> None:
        if len(self.stack) >= MAX_NESTING:
            raise BadYaml("brackets nested too deeply", self.at + event.start_mark.index)
        start = self.at + event.start_mark.index
        style: Style = "flow" if event.flow_style else "block"
        node = Node(start, self.at + event.end_mark.index, style, {} if mapping else [], is_mapping=mapping)
        self.stack.append(self.named(event, node))
        self.keys.append(None)

    def close(self, event: Any) -> None:
        node = self.stack.pop()
        self.keys.pop()
        if node.style == "flow":
            node.end = self.at + event.end_mark.index
        else:
            last = node.pairs[-1] if node.pairs else node.items[-1:]
            node.end = max([node.end, *(part.end for part in last)])
        self.settle(node)
        self.place(node)

    def settle(self, node: Node) -> None:
        """Give a finished collection its value; what is too deep or unfolds to too much stays source text."""
        parts = [part for pair in node.pairs for part in pair] or node.items
        node.weight = 1 + sum(part.weight for part in parts)
        if len(self.stack) >= MAX_DEPTH:
            node.value = TOO_DEEP
        elif node.weight > MAX_WEIGHT:
            node.value = self.source[node.start : node.end]
        elif node.is_mapping:
            node.value = {key_text(key): value.value for key, value in node.pairs}
        else:
            node.value = [item.value for item in node.items]

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


def key_text(node: Node) -> str:
    """A mapping key as text; the few that are not text are named by what they mean."""
    return node.value if isinstance(node.value, str) else "null" if node.value is None else str(node.value)


def parse(source: str) -> Node | None:
    """The root node of a YAML text, None for an empty one; raises `BadYaml`."""
    return _Builder(source).read()
