"""Text as an editor may hold it, and the way back: a widget never owns the bytes.

An editor knows one line ending and splits lines at characters that are no line ends to the host. So it is given a
view, and what a person changed in the view is carried over to the text: every line that was left alone keeps its own
characters and ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .ends import common_ends
from .visible import SUSPECT, is_hidden

_BREAK = re.compile(r"\r\n|\n|\r")


class Splice(NamedTuple):
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
    return SUSPECT.sub(lambda match: _shown(match[0]), line)


def view_of(text: str) -> str:
    """`text` with every line ending as a line feed and every hidden character as one visible one."""
    return "\n".join(_line_view(line) for line in _BREAK.split(text))


class _Line(NamedTuple):
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
    found = _splices(text, view)
    if view_of(applied(text, found)) == view:
        return found
    # A lone carriage return came to stand before a line feed: the two would be one line end.
    plain = re.sub(r"\r(?!\n)", "\n", text)
    return [Splice(0, len(text), applied(plain, _splices(plain, view)))]


def applied(text: str, found: Iterable[Splice]) -> str:
    """`text` with splices made."""
    parts: list[str] = []
    at = 0
    for splice in found:
        parts += [text[at : splice.start], splice.new]
        at = splice.end
    return "".join([*parts, text[at:]])


def _splices(text: str, view: str) -> list[Splice]:
    lines = _lines(text)
    old = [_line_view(line.text) for line in lines]
    new = view.split("\n")
    # Imported where something was edited: reading agents needs no diff.
    from .compare.subsequence import changes  # noqa: PLC0415

    found: list[Splice] = []
    for start, end, other, other_end in changes(old, new)[0]:
        found += _replaced(text, lines, old, (start, end), new[other:other_end])
    return found


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
    first, last = common_ends(old, new)
    return [Splice(line.start + first, line.start + len(line.text) - last, new[first : len(new) - last])]
