r"""Where the frontmatter and the body lie in a text, by the host's own rule.

Claude Code 2.1.329 matches the JavaScript expression `^---\s*\n([\s\S]*?)---\s*\n?` at the very start of the
text: nothing may stand before the fence, and the header ends at the next three dashes anywhere, even inside a value.
"""

from __future__ import annotations

import re
from typing import NamedTuple

JS_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
r"""What JavaScript's `\s` and `trim` take as white space."""

DASHES = "---"
DOTS = re.compile(r"^\.\.\.[ \t]*$", re.MULTILINE)
"""A line that ends a document in YAML, but no frontmatter."""
_SPACE = re.compile(f"[{JS_SPACE}]++")


class Fences(NamedTuple):
    """Character offsets of a frontmatter: the header is `[header, close)`, the body begins at `body`."""

    header: int
    close: int
    body: int


def opening(text: str) -> int | None:
    """Where the header begins, or None where the text does not begin with an opening fence."""
    if not text.startswith(DASHES):
        return None
    space = _SPACE.match(text, len(DASHES))
    newline = text.rfind("\n", len(DASHES), space.end() if space else 0)
    return None if newline < 0 else newline + 1


def find(text: str) -> Fences | None:
    """The fences of `text`, or None where the host sees no frontmatter."""
    header = opening(text)
    close = -1 if header is None else text.find(DASHES, header)
    if header is None or close < 0:
        return None
    body = close + len(DASHES)
    line = text.find("\n", body)
    line = len(text) if line < 0 else line + 1
    if not text[body:line].strip(JS_SPACE):
        body = line
    return Fences(header, close, body)
