"""Text from files, paths and errors on its way to a terminal or a pipe: no control character gets through."""

from __future__ import annotations

import re

from agent_studio.model.visible import one_line, visible

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def encodable(text: str) -> str:
    """`text` with bytes of a file name that are not UTF-8 as backslash escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def plain(text: str) -> str:
    """`text` with every control and invisible character made visible; line breaks and tabs stay."""
    return visible(encodable(text))


def plain_line(text: str) -> str:
    """`text` visible and on one line."""
    return one_line(encodable(text))


def escaped(text: str) -> str:
    """`text` on one line with control characters as backslash escapes; every other character stays what it is."""
    return _CONTROL.sub(lambda match: _SHORT.get(match[0]) or _code(match[0]), text)


def _code(char: str) -> str:
    return f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}"
