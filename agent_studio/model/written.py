"""What a save will write: the lines that change, exactly, with a little of what stands around them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

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
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if first == len(old) == len(new):
        return ()
    start = max(first - context, 0)
    stop = (min(len(old), len(old) - last + context), min(len(new), len(new) - last + context))
    matcher = SequenceMatcher(None, old[start : stop[0]], new[start : stop[1]], autojunk=len(old) + len(new) > 4_000)
    lines: list[WrittenLine] = []
    for group in matcher.get_grouped_opcodes(context):
        if lines:
            lines.append(WrittenLine("⋯", 0, ""))
        for tag, a, b, c, d in group:
            if tag == "equal":
                lines += [WrittenLine(" ", start + n + 1, old[start + a + n - c]) for n in range(c, d)]
                continue
            lines += [WrittenLine("-", start + n + 1, old[start + n]) for n in range(a, b)]
            lines += [WrittenLine("+", start + n + 1, new[start + n]) for n in range(c, d)]
    return tuple(lines)
