"""A header as Claude Code repairs it, so that its second parse (2.1.329) can read it; only where the first one fails.

Every line that looks like `key: value` with a character that YAML could stumble over is read as if the value stood in
double quotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from . import nodes
from .entry import Entry
from .fences import JS_SPACE
from .nodes import BadYaml, Node

_CANDIDATE = re.compile(rf"([a-zA-Z_-]+):[{JS_SPACE}]++([^\n\r\u2028\u2029]+)")
_STUMBLES = re.compile(r"[{}\[\]*&#!|>%@`]|: ")


def column(line: str) -> int | None:
    """Where the value starts that the host puts in quotes; None where it leaves a line alone."""
    match = _CANDIDATE.fullmatch(line)
    return match.start(2) if match and not _quoted(match[2]) and _STUMBLES.search(match[2]) else None


def _is_list(value: str) -> bool:
    if not (value.startswith("[") and value.endswith("]")):
        return False
    try:
        root = nodes.parse(value)
    except BadYaml:
        return False
    return root is not None and root.style == "flow" and not root.is_mapping


def _quoted(value: str) -> bool:
    return (value[0] in "\"'" and value[-1] == value[0]) or _is_list(value)


class Repaired:
    """A header as the host rewrites it, line for line, and the way from its offsets back to the source's."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.starts: list[int] = []
        self.new_starts: list[int] = []
        self.tabs: list[int] = []
        self.values: list[int | None] = []
        lines: list[str] = []
        start = new_start = 0
        for line in source.split("\n"):
            text, value = self._line(line)
            self.starts.append(start)
            self.new_starts.append(new_start)
            self.tabs.append(len(line) - len(line.lstrip("\t")))
            self.values.append(value)
            lines.append(text)
            start += len(line) + 1
            new_start += len(text) + 1
        self.text = "\n".join(lines)

    @staticmethod
    def _line(line: str) -> tuple[str, int | None]:
        """The rewritten line, and where its value starts in the source line when it was put in quotes."""
        bare = line.lstrip("\t")
        line = "  " * (len(line) - len(bare)) + bare
        start = column(line)
        if start is None:
            return line, None
        escaped = line[start:].replace("\\", "\\\\").replace('"', '\\"')
        return f'{line.partition(":")[0]}: "{escaped}"', start

    def _row(self, offset: int) -> int:
        return bisect_right(self.new_starts, offset) - 1

    def _back(self, offset: int) -> int:
        """The source offset of an offset outside rewritten values."""
        line = self._row(offset)
        place = offset - self.new_starts[line]
        return self.starts[line] + max(place - self.tabs[line], min(place // 2, self.tabs[line]))

    def entry(self, key: Node, value: Node, at: int) -> Entry:
        """The entry of a field of the rewritten header."""
        line = self._row(key.start)
        start = at + self._back(key.start)
        key_end = start + (key.end - key.start)
        if (begun := self.values[line]) is not None:
            first = self.starts[line] + begun
            last = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.source)
            name = nodes.key_text(key)
            return Entry(name, value.value, start, key_end, at + first, at + last, "plain", literal=True)
        first, last = at + self._back(value.start), at + self._back(value.end)
        if value.style == "empty":
            first = last = key_end
        return Entry(
            nodes.key_text(key),
            value.value,
            start,
            key_end,
            first,
            last,
            value.style,
            node=value,
            shift=first - value.start,
        )
