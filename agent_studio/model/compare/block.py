"""A block: lines of a text that belong together."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["heading", "prose", "lines"]
"""What a block is: a heading, running text (its line breaks mean nothing), or lines that each stand for themselves."""


class Block(NamedTuple):
    """Lines of a text from `start` up to `end`, counted from 0, that belong together; none of its ends is blank."""

    kind: Kind
    start: int
    end: int
