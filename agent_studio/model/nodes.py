"""YAML as nodes with spans, as the host reads it."""

from __future__ import annotations

from .yaml.node import COLON, MAX_DEPTH, MAX_WEIGHT, TOO_DEEP, BadYaml, Node, Style, key_text
from .yaml.plain import SPECIAL, resolved

__all__ = [
    "COLON",
    "MAX_DEPTH",
    "MAX_WEIGHT",
    "SPECIAL",
    "TOO_DEEP",
    "BadYaml",
    "Node",
    "Style",
    "key_text",
    "parse",
    "resolved",
]


def parse(source: str) -> Node | None:
    """The root node of a YAML text, None for one without content; raises `BadYaml`."""
    from .yaml import documents  # noqa: PLC0415  # few headers ask for it

    return documents.read(source)
