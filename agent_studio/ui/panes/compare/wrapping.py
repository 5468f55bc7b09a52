"""Wrapping: a text in lines of a width, cut at blanks, each line after the first indented like the text."""

from __future__ import annotations

import re

from rich.cells import chop_cells

Span = tuple[int, int]

_NARROW = re.compile(r"[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2199\u2500-\u25a1]*")
"""A text of characters that take one cell each."""
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60\U0001f000-\U0003ffff]")
"""A character beside which a line may end without a blank."""
_BLANKS = re.compile(" *")
_HANG = re.compile(r" *(?:(?:[-*+>]|\d{1,3}[.)]) +(?:\[[ xX]\] +)?)*")


def hang(text: str, width: int) -> int:
    """How far the lines after the first are indented: as deep as the text of a list item, at most half of the width."""
    found = _HANG.match(text)
    return min(found.end() if found else 0, width // 2)


def wrap(text: str, width: int) -> tuple[Span, ...]:
    """Where the lines of `text` start and end, at least one; the blanks at which it is cut belong to none.

    The first line has `width` cells (at least 4), the others `hang` less.
    """
    narrow = text.isascii() or _NARROW.fullmatch(text) is not None
    spans: list[Span] = []
    start, room, rest = 0, width, width - hang(text, width)
    while (end := _fitting(text, start, room, narrow)) < len(text):
        after = _cut(text, start, end, narrow)
        if after == start or (end - after > 1 and _word(text, after) > rest):
            after = end  # a word longer than any line goes on here
        following = _word_at(text, after)
        if following == len(text):
            break
        spans.append((start, start + len(text[start:after].rstrip(" "))))
        start, room = following, rest
    return (*spans, (start, len(text)))


def _word(text: str, start: int) -> int:
    """The characters from `start` up to the next blank."""
    end = text.find(" ", start)
    return (len(text) if end < 0 else end) - start


def _word_at(text: str, start: int) -> int:
    """The first place from `start` on that is no blank."""
    found = _BLANKS.match(text, start)
    return found.end() if found else start


def _fitting(text: str, start: int, room: int, narrow: bool) -> int:
    """The end of what fits into `room` cells."""
    if narrow or len(text) == start:
        return min(start + room, len(text))
    stretch = text[start : start + 2 * room]
    return start + len(next(iter(chop_cells(stretch, room)), stretch))


def _cut(text: str, start: int, end: int, narrow: bool) -> int:
    """The last place up to `end` where a line may end; `start` where there is none."""
    blank = max(text.rfind(" ", start, end + 1) + 1, start)
    if narrow:
        return blank
    return next((at for at in range(end, blank, -1) if _WIDE.match(text, at - 1) or _WIDE.match(text, at)), blank)
