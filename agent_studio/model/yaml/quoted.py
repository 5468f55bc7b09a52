"""Scalars in quotes."""

from __future__ import annotations

import re

from .cursor import Cursor
from .node import BadYaml

_WHITE = re.compile(r"[ \t]*+")
_INNER = r"[ \t]++(?![\r\n])"
"""White space counts, unless a line ends with it."""
_SINGLE = re.compile(rf"(?:[^'\r\n \t]++|''|{_INNER})*+")
_HEX = "[0-9a-fA-F]"
_ESCAPE = (
    r"\\(?:[ \t0abtnvfre\"/\\N_LP]"
    rf"|x{_HEX}{{2}}"
    rf"|u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}"
    rf"|u(?![dD][89a-fA-F]){_HEX}{{4}}"
    rf"|U(?!0000[dD][89a-fA-F])(?:000{_HEX}|0010){_HEX}{{4}})"
)
_ESCAPES = re.compile(_ESCAPE)
_DOUBLE = re.compile(rf"(?:[^\"\\\r\n \t]++|{_ESCAPE}|{_INNER})*+")
_LETTERS = {
    **{char: char for char in ' \t"/\\'},
    **dict(zip("0abtnvfreN_LP", "\0\a\b\t\n\v\f\r\x1b\x85\xa0\u2028\u2029", strict=True)),
}


def single(cursor: Cursor) -> str:
    """The text of the single-quoted scalar that begins at the cursor, which goes past it."""
    return _read(cursor, _SINGLE).replace("''", "'")


def double(cursor: Cursor) -> str:
    """The text of the double-quoted scalar that begins at the cursor, which goes past it."""
    return _read(cursor, _DOUBLE)


def _read(cursor: Cursor, pattern: re.Pattern[str]) -> str:
    start, quote = cursor.at, cursor.char
    parts: list[str] = []
    cursor.at += 1
    while True:
        text = cursor.skip(pattern)[0]
        parts.append(_ESCAPES.sub(_unescaped, text) if quote == '"' else text)
        if cursor.char == quote:
            cursor.at += 1
            return "".join(parts)
        cursor.skip(_WHITE)
        escaped = cursor.char == "\\"
        cursor.at += escaped
        if not cursor.char:
            raise BadYaml("a quote that is never closed", start)
        if not cursor.at_break():
            raise cursor.bad("a backslash in double quotes that stands for nothing: write two")
        parts.append(_folded(cursor, start) or ("" if escaped else " "))


def _folded(cursor: Cursor, start: int) -> str:
    """The line breaks that one inside quotes and the blank lines after it stand for."""
    # The host takes the two characters of a CRLF for two breaks here.
    lines = int(cursor.text.startswith("\r\n", cursor.at)) + cursor.fold()
    if cursor.is_outside(cursor.indent):
        raise BadYaml("a quote that is not closed before a line without indentation", start)
    if cursor.at_mark():
        raise cursor.bad("a line of three dots inside quotes")
    return "\n" * lines


def _unescaped(found: re.Match[str]) -> str:
    escape = found[0]
    if escape[1] not in "xuU":
        return _LETTERS[escape[1]]
    if escape.count("u") == 2:
        return bytes.fromhex(escape[2:6] + escape[8:]).decode("utf-16-be")
    digits = escape[2:]
    return chr(int(digits, 16))
