"""What a save will write: the lines that change, exactly, with a little of what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .compare.subsequence import changes, grouped

Sign = Literal["+", "-", " ", "⋯"]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line of a file before (`-`) or after (`+`) a change, or one that stays; `number` counts from 1 on its side.

    `⋯` stands for lines that are left out. `text` is without its line ending, except that a change of the ending
    alone shows it.
    """

    sign: Sign
    number: int
    text: str


def written(before: str, after: str, context: int = 1) -> tuple[WrittenLine, ...]:
    """The lines that differ between two texts, each group with `context` lines around it."""
    old, new = before.split("\n"), after.split("\n")
    lines: list[WrittenLine] = []
    for group in grouped(changes(old, new)[0], context):
        if lines:
            lines.append(WrittenLine("⋯", 0, ""))
        at = group[0][2] - min(context, group[0][0])
        for start, end, other, other_end in group:
            lines += _numbered(" ", new, at, other)
            lines += _numbered("-", old, start, end)
            lines += _numbered("+", new, other, other_end)
            at = other_end
        lines += _numbered(" ", new, at, min(at + context, len(new)))
    return tuple(lines)


def _numbered(sign: Sign, lines: list[str], start: int, end: int) -> list[WrittenLine]:
    return [WrittenLine(sign, number + 1, lines[number]) for number in range(start, end)]
