"""Block scalars, literal and folded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .cursor import Cursor

_HEADER = re.compile(r"([1-9+\- \t]*+)(?:(?<=[ \t])#[^\r\n]*+)?+")


def block(cursor: Cursor) -> str:
    """The text of the block scalar whose `|` or `>` stands at the cursor, which goes past it."""
    lines = _Lines(cursor.char == ">")
    cursor.at += 1
    marks = cursor.skip(_HEADER)[1]
    digits, chomping = re.findall("[1-9]", marks), re.findall("[-+]", marks)
    if len(digits) > 1 or len(chomping) > 1 or (cursor.char and not cursor.at_break()):
        raise cursor.bad("text right behind | or >, which begin a text of several lines")
    if cursor.char:
        cursor.skip_break()
        _read(cursor, lines, int("".join(digits) or 0))
    return lines.chomped("".join(chomping))


@dataclass(slots=True)
class _Lines:
    """The lines of a block scalar so far; `breaks` counts the line breaks after the last one."""

    folded: bool
    parts: list[str] = field(default_factory=list)
    breaks: int = 0
    deeper: bool = False

    def add(self, line: str) -> None:
        deeper = line[0] in " \t"
        folds = self.folded and self.parts and not (deeper or self.deeper)
        self.parts += ["\n" * (self.breaks - 1) or " " if folds else "\n" * self.breaks, line]
        self.deeper = deeper
        self.breaks = 0

    def chomped(self, chomping: str) -> str:
        breaks = max(self.breaks, 1) if self.parts else self.breaks
        kept = {"-": 0, "+": breaks}.get(chomping, 1 if self.parts else 0)
        return "".join(self.parts) + "\n" * kept


def _read(cursor: Cursor, lines: _Lines, digit: int) -> None:
    """Take in the lines; `digit` says how much deeper than their block they stand, 0 that the first line shows it."""
    outer = cursor.blocks[-1] if cursor.blocks else -1
    indent = max(outer, 0) + digit if digit else None
    deepest = 0
    after_empty = True
    while cursor.char:
        if after_empty and cursor.char == "\t":
            raise cursor.bad("a tab where blanks must indent")
        cursor.indent = cursor.skip_blanks(indent)
        cursor.tab = cursor.char == "\t"
        if cursor.at_break():
            after_empty = not lines.parts or not cursor.indent
            deepest = max(deepest, cursor.indent)
            cursor.skip_break()
            lines.breaks += 1
        elif not cursor.char:
            lines.breaks += not lines.parts and cursor.indent >= (indent or 1)
        else:
            indent = cursor.indent if indent is None else indent
            if cursor.indent < max(indent, outer + 1) or cursor.at_mark():
                return
            if not lines.parts and not digit and indent < deepest:
                raise cursor.bad("a first line that is indented less than a blank line before it")
            lines.add(cursor.skip_line())
            after_empty = False
            if cursor.char:
                cursor.skip_break()
                lines.breaks = 1
