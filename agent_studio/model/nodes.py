"""YAML as nodes with spans, as the host reads it."""

from __future__ import annotations

from .yaml import flat
from .yaml.node import MAX_DEPTH, MAX_WEIGHT, TOO_DEEP, BadYaml, Node, Style, key_text
from .yaml.plain import resolved

__all__ = [
    "MAX_DEPTH",
    "MAX_WEIGHT",
    "TOO_DEEP",
    "BadYaml",
    "Node",
    "Style",
    "key_text",
    "parse",
    "parse_flat",
    "parse_whole",
    "resolved",
]


def parse(source: str) -> Node | None:
    """The root node of a YAML text, None for one without content; raises `BadYaml`."""
    return parse_flat(source) or parse_whole(source)


def parse_flat(source: str) -> Node | None:
    """The root node of a text that can be read line by line; None for any other."""
    try:
        return flat.read(source)
    except flat.Unusual:
        return None


def parse_whole(source: str) -> Node | None:
    """The root node by the whole grammar; raises `BadYaml`."""
    from .yaml import documents  # noqa: PLC0415  # few headers ask for it

    return documents.read(source)
