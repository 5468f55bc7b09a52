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

    A heading has the same cell on both sides. `hunk` is the number of the difference that the row belongs to. `quiet`
    marks rows that differ in spelling or line ending alone. `moved` says that the line stands elsewhere on the other
    side; its marks are the words that differ there. `section` is the place among the sections of the one whose heading
    the row is. A fold stands for the rows in `folded`: equal ones, or (`moved`) ones equal to those elsewhere.
    """

    kind: RowKind
    status: Status
    left: Cell | None
    right: Cell | None
    hunk: int | None = None
    quiet: bool = False
    folded: tuple[Row, ...] = ()
    moved: bool = False
    section: int | None = None


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


def line_rows(lines: Alignment, first: tuple[int, int], hunk: int, quiet: bool = True) -> Iterator[Row]:
    """The rows of aligned lines; `first` are the numbers of the first lines, `hunk` that of the first difference.

    Lines that only end otherwise are marked where that is `quiet`.
    """
    starts = {pair.left.start: n for n, pair in enumerate(lines.sections) if pair.left and pair.left.level}
    others = {pair.right.start: n for n, pair in enumerate(lines.sections) if pair.right and pair.right.level}
    for pair in lines.pairs:
        left = Cell("", first[0] + pair.left.place, pair.left_pieces) if pair.left else None
        right = Cell("", first[1] + pair.right.place, pair.right_pieces) if pair.right else None
        number = None if pair.region is None else hunk + pair.region
        section = starts.get(pair.left.place) if pair.left else others.get(pair.right.place) if pair.right else None
        yield Row("line", pair.status, left, right, number, quiet and pair.respelled, moved=pair.moved, section=section)


def folded(rows: Sequence[Row], context: int | None, kept: int = 0) -> Iterator[Row]:
    """The rows, with runs of equal ones farther than `context` rows from a difference put into folds.

    Below its heading a section that has moved is folded where it is the same there. The first `kept` rows stay out of
    folds, and a single row is never folded; without a `context` none is.
    """
    if context is None:
        yield from rows
        return
    end = 0
    for kind, group in groupby(rows, _kind):
        run = list(group)
        start, end = end, end + len(run)
        head = context if start else kept
        tail = len(run) - (context if end < len(rows) else 0)
        if kind == "moved":
            head, tail = 0, len(run)
        if kind == "differing" or tail - head < 2:
            yield from run
            continue
        yield from run[:head]
        yield _fold(run[head:tail])
        yield from run[tail:]


def _kind(row: Row) -> str:
    """Whether a row may be folded, and with which others."""
    if row.status == "same":
        return "same"
    pieces = [piece for cell in (row.left, row.right) if cell for piece in cell.pieces]
    return "moved" if row.moved and row.section is None and not any(p.changed for p in pieces) else "differing"


def _fold(rows: list[Row]) -> Row:
    first = rows[0]
    quiet = any(row.quiet for row in rows)
    return Row("fold", first.status, None, None, first.hunk, quiet, tuple(rows), first.moved)
