"""YAML as nodes with spans, as the host reads it."""

from __future__ import annotations

from .yaml import flat
from .yaml.node import MAX_DEPTH, MAX_WEIGHT, TOO_DEEP, BadYaml, Node, Style, key_text
from .yaml.plain import resolved

__all__ = ["MAX_DEPTH", "MAX_WEIGHT", "TOO_DEEP", "BadYaml", "Node", "Style", "key_text", "parse", "resolved"]


def parse(source: str) -> Node | None:
    """The root node of a YAML text, None for one without content; raises `BadYaml`."""
    try:
        return flat.read(source)
    except flat.Unusual:
        from .yaml import documents  # noqa: PLC0415  # few headers ask for the whole grammar

        return documents.read(source)
