"""Where the reading of a text stands, and what the host remembers of the line it stands on."""

from __future__ import annotations

import re
from typing import Literal

from .node import BadYaml

Context = Literal["out", "in", "flow", "key"]
"""What is open: nothing or the first entry of a block, a block, brackets, or a key in brackets."""

_BLANKS = re.compile(r" *+")
_MARGIN = re.compile(r"( *+)(\t?)[ \t]*+")
_LINE = re.compile(r"[^\r\n]*+")


class Cursor:
    """A place in a text.

    `indent` counts the blanks that begin the line, or the column of what stands behind a dash; `tab` says that a tab
    stands there, too. `blocks` are the indents of the blocks that are open, `contexts` what is open altogether.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = self.line_at = len(text) - len(text.removeprefix("\ufeff"))
        self.line = 0
        self.indent = 0
        self.tab = False
        self.blocks: list[int] = []
        self.contexts: list[Context] = ["out"]

    @property
    def char(self) -> str:
        """The character that stands here, nothing at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def context(self) -> Context:
        """What was opened last."""
        return self.contexts[-1]

    @property
    def in_flow(self) -> bool:
        """Whether brackets or braces are open."""
        return self.contexts[-1] in {"flow", "key"}

    def bad(self, reason: str) -> BadYaml:
        """The error that the text cannot be read from here on."""
        return BadYaml(reason, self.at)

    def at_break(self) -> bool:
        """Whether a line ends here."""
        return self.char in {"\r", "\n"}

    def at_mark(self) -> bool:
        """Whether a line begins here with three dots or dashes and nothing right behind them."""
        return self.at == self.line_at and self.text[self.at : self.at + 3] in {"...", "---"} and self.is_blank(3)

    def is_blank(self, ahead: int) -> bool:
        """Whether white space or the end of the text stands some characters ahead."""
        return self.text[self.at + ahead : self.at + ahead + 1] in {"", " ", "\t", "\r", "\n"}

    def is_outside(self, indent: int) -> bool:
        """Whether what is indented so far does not belong to the innermost block."""
        return bool(self.blocks) and indent <= self.blocks[-1]

    def skip(self, pattern: re.Pattern[str], most: int | None = None) -> re.Match[str]:
        """Step over what matches here, at most so many characters; returns the match, of a pattern that always does."""
        found = pattern.match(self.text, self.at, len(self.text) if most is None else self.at + most)
        assert found is not None
        self.at = found.end()
        return found

    def skip_blanks(self, most: int | None = None) -> int:
        """Step over the blanks that stand here, at most so many; returns how many."""
        return len(self.skip(_BLANKS, most)[0])

    def skip_line(self) -> str:
        """Step over the rest of the line, and return it."""
        return self.skip(_LINE)[0]

    def skip_break(self) -> None:
        """Step over the line break that stands here."""
        self.at += 2 if self.text.startswith("\r\n", self.at) else 1
        self.line += 1
        self.line_at = self.at
        self.indent = 0
        self.tab = False

    def fold(self) -> int:
        """Step over a line break, blank lines and indentation; returns how many blank lines."""
        lines = -1
        while self.at_break():
            self.skip_break()
            margin = self.skip(_MARGIN)
            self.indent = len(margin[1])
            self.tab = bool(margin[2])
            lines += 1
        return lines
