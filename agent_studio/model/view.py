"""Text as an editor may hold it, and the way back: a widget never owns the bytes.

An editor knows one line ending and splits lines at characters that are no line ends to the host. So it is given a
view, and what a person changed in the view is carried over to the text: every line that was left alone keeps its own
characters and ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .visible import is_hidden

_BREAK = re.compile(r"\r\n|\n|\r")
_STRANGE = re.compile(r"[^\n\t\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]")
_ALIGNED = 4_000
"""Lines in the changed middle up to which they are aligned one by one; beyond, the middle is taken as replaced."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def _shown(char: str) -> str:
    if char in "\n\t" or not is_hidden(char):
        return char
    code = ord(char)
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\u25af"


def _line_view(line: str) -> str:
    """One line without its ending, each strange character replaced by one visible character."""
    return _STRANGE.sub(lambda match: _shown(match[0]), line)


def view_of(text: str) -> str:
    """`text` with every line ending as a line feed and every hidden character as one visible one."""
    return "\n".join(_line_view(line) for line in _BREAK.split(text))


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    ending: str


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for match in _BREAK.finditer(text):
        lines.append(_Line(start, text[start : match.start()], match[0]))
        start = match.end()
    return [*lines, _Line(start, text[start:], "")]


def splices(text: str, view: str) -> list[Splice]:
    """The changes to `text` that were made by editing `view_of(text)` into `view`, first to last."""
    lines = _lines(text)
    old = [_line_view(line.text) for line in lines]
    new = view.split("\n")
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    found: list[Splice] = []
    for a, b, c, d in _changed(old[first : len(old) - last], new[first : len(new) - last]):
        found += _replaced(text, lines, old, (first + a, first + b), new[first + c : first + d])
    return found


def _changed(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    if max(len(old), len(new)) > _ALIGNED:
        return [(0, len(old), 0, len(new))]
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(a, b, c, d) for tag, a, b, c, d in opcodes if tag != "equal"]


def _ending(lines: list[_Line], place: int) -> str:
    """The line ending in use at a line: its own, or that of the nearest line before or after."""
    near = [line.ending for line in [*reversed(lines[: place + 1]), *lines[place + 1 :]] if line.ending]
    return near[0] if near else "\n"


def _replaced(text: str, lines: list[_Line], old: list[str], span: tuple[int, int], new: list[str]) -> list[Splice]:
    """The splices that put the view lines `new` in the place of the text lines `span`."""
    start, end = span
    if end - start == len(new):
        return [
            s
            for place, view in zip(range(start, end), new, strict=True)
            for s in _within(lines[place], old[place], view)
        ]
    newline = _ending(lines, min(start, len(lines) - 1))
    if start == end:
        if start == len(lines):
            return [Splice(len(text), len(text), "".join(newline + view for view in new))]
        at = lines[start].start
        return [Splice(at, at, "".join(view + newline for view in new))]
    if not new:
        if end < len(lines):
            return [Splice(lines[start].start, lines[end].start, "")]
        at = lines[start - 1].start + len(lines[start - 1].text) if start else 0
        return [Splice(at, len(text), "")]
    final = lines[end - 1]
    return [Splice(lines[start].start, final.start + len(final.text), newline.join(new))]


def _within(line: _Line, old: str, new: str) -> list[Splice]:
    """The splice inside one line: what its view has in common at both ends stays as it is."""
    if old == new:
        return []
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return [Splice(line.start + first, line.start + len(line.text) - last, new[first : len(new) - last])]
