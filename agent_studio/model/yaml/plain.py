"""Plain scalars: how far they go, and what they stand for by YAML 1.2."""

from __future__ import annotations

import re

from .cursor import Cursor

_BLOCK_WORD = r"(?:[^ \t\r\n:#]++|:(?![ \t\r\n]|\Z)|(?<![ \t\r\n])#)++"
_FLOW_WORD = r"(?:[^ \t\r\n:#,\[\]{}]++|:(?![ \t\r\n,\[\]{}]|\Z)|(?<![ \t\r\n])#)++"
_BLOCK_LINE = re.compile(rf"{_BLOCK_WORD}(?:[ \t]++{_BLOCK_WORD})*+")
_FLOW_LINE = re.compile(rf"{_FLOW_WORD}(?:[ \t]++{_FLOW_WORD})*+")
_WHITE = re.compile(r"[ \t]*+")

_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"([-+]?)(0o[0-7]+|0x[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
SPECIAL: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(sign + "inf") for sign in ("", "-", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
"""Words that stand for something else than text."""
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("int", "float"), (int, float)),
    "bool": (bool,),
    "null": (type(None),),
}
_LONG = 300
"""Digits beyond which a number is no integer to us: Python refuses to convert thousands of them."""
_TOO_LARGE = 2**64
"""From here on the host takes a hexadecimal or octal number for text."""


def resolved(text: str) -> object:
    """The YAML 1.2 core value of a plain scalar."""
    if text in SPECIAL:
        return SPECIAL[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text) and len(text) < _LONG:
        return int(text)
    if based := _BASED.fullmatch(text):
        number = int(based[2], 0)
        return text if number >= _TOO_LARGE else -number if based[1] == "-" else number
    return float(text) if _FLOAT.fullmatch(text) else text


def typed(text: str, tag: str | None) -> object:
    """The value of a plain scalar under a tag: text, unless the tag names the type that it has."""
    value = resolved(text)
    return value if tag is None or type(value) in _TYPES.get(tag, ()) else text


def plain(cursor: Cursor) -> tuple[str, int]:
    """The text of the plain scalar that begins at the cursor, and where it ends; the cursor goes past it."""
    line = _FLOW_LINE if cursor.in_flow else _BLOCK_LINE
    parts = [cursor.skip(line)[0]]
    while True:
        end = cursor.at
        cursor.skip(_WHITE)
        lines = cursor.fold()
        if lines < 0 or cursor.is_outside(cursor.indent) or cursor.at_mark():
            break
        found = line.match(cursor.text, cursor.at)
        if found is None:
            break
        parts += ["\n" * lines or " ", found[0]]
        cursor.at = found.end()
    return "".join(parts), end
