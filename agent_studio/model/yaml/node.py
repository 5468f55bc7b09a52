"""One YAML node with its span, and the value it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "single", "double", "literal", "folded", "flow", "block", "alias", "empty"]

MAX_DEPTH = 64
TOO_DEEP = "…"
"""What stands for a collection below `MAX_DEPTH`."""
TEXT_WEIGHT = 100
"""Characters of text that weigh as much as a node."""
MAX_WEIGHT = 10_000
"""Nodes that a value may unfold to through its aliases; beyond, the value is kept as its source text."""

COLON = "a colon and a blank in unquoted text"
"""The commonest error of people: both readers know it."""


class BadYaml(Exception):
    """The text is not YAML to the host; the message says why in words about the text, `offset` where."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


@dataclass(slots=True)
class Node:
    """One YAML node: its span, its style, the value it stands for, and its parts.

    The span is in characters of the text that was parsed and ends where the value ends, before the blank lines that
    follow. `height` counts the collections inside one another; `is_open` marks a collection that is still being read,
    and an alias to one.
    """

    start: int
    end: int
    style: Style
    value: object
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
    weight: int = 1
    height: int = 0
    is_mapping: bool = False
    is_open: bool = False


def leaf(start: int, end: int, style: Style, value: object) -> Node:
    """A node without parts."""
    return Node(start, end, style, value, weight=1 + len(value) // TEXT_WEIGHT if isinstance(value, str) else 1)


def settle(node: Node, source: str, depth: int, end: int | None = None) -> None:
    """Give a collection that has all its parts its value; what is too deep or unfolds to too much stays source text.

    `end` is where it ends; without, it is a block and ends with its last part.
    """
    last = node.pairs[-1] if node.pairs else node.items[-1:]
    parts = [part for pair in node.pairs for part in pair] or node.items
    node.is_open = False
    node.end = max([node.start, *(part.end for part in last)]) if end is None else end
    node.weight = 1 + sum(part.weight for part in parts)
    if depth >= MAX_DEPTH:
        node.value = TOO_DEEP
        return
    node.height = 1 + max((part.height for part in parts), default=0)
    if node.weight > MAX_WEIGHT:
        node.value = source[node.start : node.end]
    elif node.is_mapping:
        node.value = {key_text(key): value.value for key, value in node.pairs}
    else:
        node.value = [item.value for item in node.items]


def alias(start: int, end: int, source: str, target: Node, depth: int) -> Node:
    """A node that stands for another; kept as it is written where it would unfold to itself, too much or too deep."""
    if target.is_open or target.weight > MAX_WEIGHT or depth + target.height > MAX_DEPTH:
        return Node(start, end, "alias", source[start:end], is_open=target.is_open)
    node = Node(start, end, "alias", target.value, target.items, target.pairs, target.weight, target.height)
    node.is_mapping = target.is_mapping
    return node


def key_text(node: Node) -> str:
    """A mapping key as text: what JavaScript makes of its value."""
    return node.value if isinstance(node.value, str) else _js_text(node.value)


def _js_text(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case float() if value.is_integer() and abs(value) < 1e21:
            return str(int(value))
        case float():
            return str(value).replace("inf", "Infinity").replace("nan", "NaN")
        case list():
            return ",".join("" if item is None else _js_text(item) for item in value)
        case dict():
            return "[object Object]"
        case _:
            return str(value)
