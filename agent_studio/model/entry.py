"""One field of a header, and where it stands."""

from __future__ import annotations

from typing import NamedTuple

from .nodes import Node, Style


class Entry(NamedTuple):
    """One field of a header. All offsets are characters of the file's text.

    `[start, key_end)` is the key, `[value_start, value_end)` the value as written (empty for a null). `literal`
    marks a value that the host takes as it stands because it repaired the line. `node` is the YAML node (its own
    offsets count from `shift`), None where the value is only known as text or its header was read by lines.

    A tuple: a collection has several times as many of them as files, and a frozen dataclass takes five times as long.
    """

    key: str
    value: object
    start: int
    key_end: int
    value_start: int
    value_end: int
    style: Style
    literal: bool = False
    node: Node | None = None
    shift: int = 0
