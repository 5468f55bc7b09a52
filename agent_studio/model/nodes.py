"""YAML as nodes with spans, as the host reads it."""

from __future__ import annotations

from .yaml import documents, ordinary
from .yaml.node import MAX_DEPTH, MAX_WEIGHT, TOO_DEEP, BadYaml, Node, Style, key_text
from .yaml.plain import resolved

__all__ = ["MAX_DEPTH", "MAX_WEIGHT", "TOO_DEEP", "BadYaml", "Node", "Style", "key_text", "parse", "resolved"]


def parse(source: str) -> Node | None:
    """The root node of a YAML text, None for one without content; raises `BadYaml`."""
    try:
        return ordinary.parse(source)
    except ordinary.Unusual:
        return documents.read(source)
