"""A text as tokens, cut as the host cuts it: what a character means depends on what is open around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .block import block
from .cursor import Cursor
from .node import BadYaml, Style
from .plain import plain
from .quoted import double, single

_NAME = re.compile(r"[&*][^\x00-\x20\x7f,\[\]{}]++(?=[ \t\r\n]|\Z|(?P<flow>[,\[\]{}]))")
_CHAR = r"(?:[#;/?:@&=+$_.~*'()0-9A-Za-z-]|%[0-9a-fA-F]{2})"
_TAG = re.compile(
    rf"!(?:(?=[ \t\r\n]|\Z)"
    rf"|<(?:!|{_CHAR})(?:{_CHAR}|[,!\[\]])*+>"
    rf"|!{_CHAR}++(?=[ \t\r\n]|\Z|(?P<flow>[,\[\]{{}}]))"
    rf"|[0-9A-Za-z-]++(?!!){_CHAR}*+)"
)
TAB = "a tab where blanks must indent"


@dataclass(slots=True)
class Token:
    """A piece of a text.

    `kind` is what it is or begins with: one of `- ? : , [ ] { } & * !`, three dots, `text` for a scalar, nothing for
    the end. `text` is that of a scalar, the name of an anchor or alias, the type that a tag names. `indent` and `tab`
    are those of the line that it begins, or of its column behind a dash.
    """

    kind: str
    start: int
    line: int
    indent: int
    end: int = 0
    tab: bool = False
    text: str = ""
    style: Style = "plain"


class Tokens(Cursor):
    """The tokens of a text; `token` is the next one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.token = Token("", 0, 0, 0)

    def advance(self, column: int | None = None, *, key: bool = False, freely: bool = False) -> None:
        """Go to the next token.

        `column` is where blanks begin to count as indentation, behind a dash; `key` says that a colon may follow a key
        in brackets at once; `freely` that brackets may go on without indentation.
        """
        before = self.token.line
        if key:
            self.contexts.append("key")
        self._skip(column)
        self.token = token = Token("", self.at, self.line, self.indent)
        if self.char:
            self._scan(token)
        token.end = token.end or self.at
        token.tab = self.tab
        if key:
            self.contexts.pop()
        goes_on = self.in_flow and token.line != before and token.kind not in {"]", "}"}
        if goes_on and not freely and self.is_outside(token.indent):
            raise BadYaml("brackets that go on without indentation", token.start)

    def _skip(self, column: int | None) -> None:
        """Step over white space, line breaks and comments, and count the indentation."""
        indents = counts = column is not None
        if indents:
            self.tab = False
        while True:
            match self.char:
                case " ":
                    blanks = self.skip_blanks()
                    if counts:
                        self.indent = (column or 0) + blanks
                    counts = False
                case "\t":
                    if counts and column is None and self.context == "in":
                        raise self.bad(TAB)
                    self.tab = self.tab or indents
                    counts = False
                    self.at += 1
                case "\r" | "\n":
                    self.skip_break()
                    column = None
                    indents = counts = True
                case "#" if self.at == self.line_at or self.text[self.at - 1] in " \t\r\n":
                    self.skip_line()
                case _:
                    return

    def _scan(self, token: Token) -> None:
        """Read the token that begins here."""
        match self.char:
            case "[" | "]" | "{" | "}" as char:
                token.kind = char
                self.at += 1
            case "," as char if self.in_flow:
                token.kind = char
                self.at += 1
            case "-" | "?" | ":" as char if self._indicates(char):
                token.kind = char
                self.at += 1
            case "&" | "*" as char:
                token.kind, token.text = char, self._named(_NAME)[1:]
            case "!":
                token.kind, token.text = "!", self._named(_TAG).lstrip("!") or "!"
            case "." if self.at_mark():
                token.kind = "..."
                self.at += 3
            case "#":
                raise self.bad("a # without a blank before it")
            case "%" | "@" | "`" as char:
                raise self.bad(f"text that starts with {char}")
            case _:
                token.kind = "text"
                self._read(token)

    def _indicates(self, char: str) -> bool:
        """Whether a dash, question mark or colon is one by itself."""
        if self.at_mark():
            raise self.bad("a line of three dashes")
        if self.in_flow and char == ":" and self.context == "key":
            return True
        alone = self.is_blank(1) or (self.in_flow and self.text[self.at + 1] in ",[]{}")
        if alone and self.in_flow and char == "-":
            raise self.bad("a dash inside brackets")
        return alone

    def _named(self, pattern: re.Pattern[str]) -> str:
        """The anchor, alias or tag that begins here."""
        found = pattern.match(self.text, self.at)
        if found is None or (found["flow"] and not self.in_flow):
            raise self.bad(f"text that starts with {self.char}")
        self.at = found.end()
        return found[0]

    def _read(self, token: Token) -> None:
        """Read the scalar that begins here."""
        match self.char:
            case "'":
                token.style, token.text = "single", single(self)
            case '"':
                token.style, token.text = "double", double(self)
            case "|" | ">" as char:
                if self.in_flow:
                    raise self.bad(f"text that starts with {char}")
                token.style, token.text = "literal" if char == "|" else "folded", block(self)
                token.end = token.start + len(self.text[token.start : self.at].rstrip(" \t\r\n"))
            case _:
                token.text, token.end = plain(self)
