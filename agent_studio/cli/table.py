"""Rows in aligned columns, measured in the cells that a terminal gives each character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from agent_studio.cli.output import BOLD, Piece
from agent_studio.cli.plain import plain_line

GAP = "  "
LEAST, LEAST_LAST = 4, 12
"""Cells that a column keeps however narrow the terminal is, and the last one while others can give way."""


def cells(text: str) -> int:
    """The cells that a terminal gives to `text`."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def cut(text: str, most: int) -> str:
    """`text` on at most so many cells, with `…` where something is left out."""
    if cells(text) <= most:
        return text
    kept = ""
    room = most - 1
    for char in text:
        room -= _cells(char)
        if room < 0:
            break
        kept += char
    return kept + "…"


def aligned(
    titles: Sequence[str], rows: Sequence[Sequence[Piece]], width: int | None, numbers: int = 0
) -> Iterator[list[Piece]]:
    """The titles and the rows as lines of pieces; columns wider than their share of `width` are cut.

    The first columns, as many as `numbers`, are aligned at the right.
    """
    table = [[Piece(title, BOLD) for title in titles], *map(_plain, rows)]
    widths = _fitted([max(cells(piece.text) for piece in column) for column in zip(*table, strict=True)], width)
    for row in table:
        yield _line(row, widths, numbers)


def _plain(row: Sequence[Piece]) -> list[Piece]:
    """A row as it can be measured; an empty cell that is not the last shows a dash, so that no column is missing."""
    pieces = [Piece(plain_line(piece.text), piece.style) for piece in row]
    return [piece if piece.text else Piece("-", piece.style) for piece in pieces[:-1]] + pieces[-1:]


def _fitted(widths: list[int], total: int | None) -> list[int]:
    """The widths of columns that fit into `total` cells: first the last one gives way, then the widest."""
    if total is None:
        return widths
    room = max(total - len(GAP) * (len(widths) - 1), LEAST * len(widths))
    *others, last = widths
    widths = [*others, min(last, max(room - sum(others), LEAST_LAST))]
    most = max(widths)
    while sum(min(width, most) for width in widths) > room:
        most -= 1
    return [min(width, most) for width in widths]


def _line(row: list[Piece], widths: list[int], numbers: int) -> list[Piece]:
    pieces: list[Piece] = []
    blank = ""
    for place, (piece, width) in enumerate(zip(row, widths, strict=True)):
        text = cut(piece.text, width)
        rest = " " * (width - cells(text))
        if place < numbers:
            blank, rest = blank + rest, ""
        if text:
            pieces += [Piece(blank), Piece(text, piece.style)]
            blank = ""
        blank += rest + GAP
    return pieces
