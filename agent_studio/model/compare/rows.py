"""Rows: a comparison as a flat sequence that can be drawn side by side as well as unified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from .alignment import Alignment, LinePair, Status
from .fields import FieldPair, FieldStatus
from .values import Written
from .words import Piece, whole

RowKind = Literal["heading", "field", "line", "fold"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row: a label (a field's name on its first row), the line in the file where known, and the text."""

    label: str
    number: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a side is None where the line, or the field, is absent there.

    A heading has the same cell on both sides. `hunk` counts the differences from 1: each run of differing lines is one,
    and each differing field, where it stands on all rows of the field. `quiet` marks rows that differ in spelling or
    line ending alone. A fold stands for the equal rows in `folded`.
    """

    kind: RowKind
    status: Status
    left: Cell | None
    right: Cell | None
    hunk: int | None = None
    quiet: bool = False
    folded: tuple[Row, ...] = ()


def heading(label: str, text: str, status: Status) -> Row:
    """The row above a part of the comparison, with what there is to say about the whole of it."""
    cell = Cell(label, None, whole(text, False))
    return Row("heading", status, cell, cell)


_STATUS: dict[FieldStatus, Status] = {"same": "same", "changed": "changed", "only-a": "left", "only-b": "right"}


def field_rows(field: FieldPair, hunk: int | None) -> list[Row]:
    """The rows of one field: one for each line of its value, and at least one."""
    pairs = field.shown.pairs or (LinePair(_STATUS[field.status], None, None),)
    left = _cells(field.name, field.left, [pair.left_pieces if pair.left else None for pair in pairs])
    right = _cells(field.name, field.right, [pair.right_pieces if pair.right else None for pair in pairs])
    sides = zip(pairs, left, right, strict=True)
    return [Row("field", pair.status, old, new, hunk, field.respelled) for pair, old, new in sides]


def _cells(name: str, written: Written | None, texts: list[tuple[Piece, ...] | None]) -> list[Cell | None]:
    """A field's cells on one side: the first one has its name and its line in the file."""
    if written is None:
        return [None] * len(texts)
    first = next((place for place, pieces in enumerate(texts) if pieces is not None), 0)
    cells = [None if pieces is None else Cell("", None, pieces) for pieces in texts]
    cells[first] = Cell(name, written.line, texts[first] or ())
    return cells


def line_rows(lines: Alignment, first: tuple[int, int], hunk: int) -> Iterator[Row]:
    """The rows of aligned lines; `first` are the numbers of the first lines, `hunk` that of the first difference."""
    for same, run in groupby(lines.pairs, lambda pair: pair.status == "same"):
        for pair in run:
            left = Cell("", first[0] + pair.left.place, pair.left_pieces) if pair.left else None
            right = Cell("", first[1] + pair.right.place, pair.right_pieces) if pair.right else None
            yield Row("line", pair.status, left, right, None if same else hunk, pair.respelled)
        hunk += not same


def folded(rows: Sequence[Row], context: int | None, kept: int = 0) -> Iterator[Row]:
    """The rows, with runs of equal ones farther than `context` rows from a difference put into folds.

    The first `kept` rows stay out of them, and a single row is never folded; without a `context` none is.
    """
    if context is None:
        yield from rows
        return
    end = 0
    for same, group in groupby(rows, lambda row: row.status == "same"):
        run = list(group)
        start, end = end, end + len(run)
        head = context if start else kept
        tail = len(run) - (context if end < len(rows) else 0)
        if not same or tail - head < 2:
            yield from run
            continue
        yield from run[:head]
        yield _fold(run[head:tail])
        yield from run[tail:]


def _fold(rows: list[Row]) -> Row:
    return Row("fold", "same", None, None, rows[0].hunk, any(row.quiet for row in rows), tuple(rows))
