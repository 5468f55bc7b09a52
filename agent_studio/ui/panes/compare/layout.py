"""Layout: the rows of a comparison at a width, each with the screen lines it takes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest
from types import MappingProxyType
from typing import Literal

from rich.cells import cell_len

from agent_studio.model.compare import Cell, Row
from agent_studio.model.visible import one_line, visible
from agent_studio.ui.swatches import tag

from .wrapping import Span, wrap

View = Literal["side", "unified", "fields"]

Notes = Mapping[int, tuple[str, str]]
"""What is said beside the headings of sections, by their places: at the left, and at the right."""

NONE: Notes = MappingProxyType({})

LABEL = (13, 20)
"""Cells that field names take at least and at most, the gap behind them counted."""

Part = tuple[str, Literal["", "changed", "swatch", "note"]]
"""A stretch of a cell's text and what it is."""


def parts(cell: Cell, note: str = "") -> list[Part]:
    """What is drawn of a cell: every hidden character visible, a tab as an arrow, a color behind its tag, a note."""
    found: list[Part] = [(_shown(piece.text), "changed" if piece.changed else "") for piece in cell.pieces]
    if cell.label == "color":
        color = "".join(piece.text for piece in cell.pieces)
        found[:0] = [(tag(color or None), "swatch"), (" ", "")]
    return [*found, (f"  {note}", "note")] if note else found


def text_of(cell: Cell | None, note: str = "") -> str:
    """All that is drawn of a cell, on one line."""
    return "".join(text for text, _ in parts(cell, note)) if cell else ""


def _shown(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return visible(text, keep="\t").replace("\t", "→   ")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where things stand: the width, one column or two, and how wide numbers, field names and text are."""

    width: int
    side: bool
    digits: int = 2
    label: int = LABEL[0]

    @property
    def left(self) -> int:
        """Cells of the left column, or of the only one."""
        return (self.width - 1) // 2 if self.side else self.width

    @property
    def right(self) -> int:
        """Cells of the right column, behind the rule between the two."""
        return self.width - self.left - 1

    @property
    def gutter(self) -> int:
        """Cells before the text: the mark of the current difference, the numbers, what was chosen, the sign."""
        return 1 + self.digits + 4 if self.side else 1 + 2 * self.digits + 5

    @property
    def text(self) -> int:
        """Cells of text in a column; before the rule between two columns one stays empty."""
        return max(self.left - self.gutter - self.side, 8)

    @property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """The cells (first, end) of text in each column."""
        left = (self.gutter, self.left)
        return (left, (self.left + 1 + self.gutter, self.width)) if self.side else (left,)

    def room(self, row: Row) -> int:
        """Cells for the text of a row: a field has its name in front."""
        return self.text - self.label if row.kind == "field" else self.text

    @classmethod
    def of(cls, rows: Iterable[Row], width: int, side: bool) -> Grid:
        """The grid for some rows: numbers and field names get what the longest of them needs, folded ones too."""
        every = [inner for row in rows if row.kind != "heading" for inner in row.folded or (row,)]
        cells = [cell for row in every for cell in (row.left, row.right) if cell]
        digits = len(str(max((cell.number or 0 for cell in cells), default=0)))
        longest = max((cell_len(one_line(cell.label)) for cell in cells if cell.label), default=0)
        grid = cls(width, side, max(digits, 2))
        label = min(max(longest + 2, LABEL[0]), LABEL[1], max(grid.text // 2, 4))
        return cls(width, side, max(digits, 2), label)


@dataclass(frozen=True, slots=True)
class Block:
    """One row on the screen, from line `y` on: the lines of each side as stretches of its text.

    `place` is its number among all rows with every fold unfolded, which no view, width or fold alters. In one column
    the lines of the right side stand below those of the left, and a row that is the same has those of the left alone.
    In two columns `beside` is the row at the right: another one where lines of the left alone have been replaced. Then
    a row may go on in the next block: `skipped` are the lines of each side that stand in those above. `notes` are what
    is said beside the text of each side.
    """

    row: Row
    beside: Row
    place: int
    y: int
    height: int
    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    notes: tuple[str, str] = ("", "")
    skipped: tuple[int, int] = (0, 0)

    def cell(self, right: bool) -> Cell | None:
        """The cell of a side."""
        return self.beside.right if right else self.row.left


@dataclass(frozen=True, slots=True)
class Layout:
    """All blocks from top to bottom, and the lines (first, end) of every difference."""

    grid: Grid
    blocks: tuple[Block, ...] = ()
    hunks: dict[int, tuple[int, int]] = field(default_factory=dict)
    tops: tuple[int, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Row], grid: Grid, unfolded: Collection[int] = (), notes: Notes = NONE) -> Layout:
        """The layout of rows of which the folds at some places are unfolded, with notes beside some headings."""
        blocks: list[Block] = []
        hunks: dict[int, tuple[int, int]] = {}
        y = 0
        for found in _blocks(_placed(rows, unfolded), grid, notes):
            block = replace(found, y=y)
            blocks.append(block)
            y += block.height
            if (hunk := block.row.hunk) is not None:
                hunks[hunk] = (hunks.get(hunk, (block.y, y))[0], y)
        return cls(grid, tuple(blocks), hunks, tuple(block.y for block in blocks))

    @property
    def height(self) -> int:
        """Lines in all."""
        return self.blocks[-1].y + self.blocks[-1].height if self.blocks else 0

    def at(self, y: int) -> Block:
        """The block that line `y` belongs to; the nearest one where there is no such line."""
        return self.blocks[max(bisect_right(self.tops, y) - 1, 0)]

    def within(self, top: int, end: int) -> Iterator[Block]:
        """The blocks that have a line from `top` up to `end`."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        last = bisect_right(self.tops, end - 1)
        yield from self.blocks[first:last]

    def of_place(self, place: int) -> Block:
        """The first block that shows the row at `place`, or the fold that hides it."""
        found = bisect_left(self.blocks, place, key=lambda block: block.place)
        if found == len(self.blocks) or self.blocks[found].place > place:
            found = max(found - 1, 0)
        return self.blocks[found]


_Placed = tuple[int, Row]
"""A row, and its place."""


def _placed(rows: Iterable[Row], unfolded: Collection[int]) -> Iterator[_Placed]:
    place = 0
    for row in rows:
        if row.kind == "fold" and place in unfolded:
            yield from enumerate(row.folded, place)
        else:
            yield place, row
        place += len(row.folded) or 1


def _blocks(placed: Iterable[_Placed], grid: Grid, notes: Notes) -> Iterator[Block]:
    """The blocks of rows, all at line 0."""
    if not grid.side:
        yield from (_block(place, row, row, grid, notes) for place, row in placed)
        return
    for run, others in _replaced(placed):
        if others and len(run) != len(others):
            yield from _packed(run, others, grid, notes)
            continue
        for pair, other in zip_longest(run, others):
            place, row = pair or other
            yield _block(place, row, other[1] if other else row, grid, notes)


def _replaced(placed: Iterable[_Placed]) -> Iterator[tuple[list[_Placed], list[_Placed]]]:
    """The rows in runs, those of the left alone with those of the right alone that follow them."""
    runs = deque(list(run) for _, run in groupby(placed, lambda pair: (pair[1].kind, pair[1].hunk, pair[1].status)))
    while runs:
        run = runs.popleft()
        first = run[0][1]
        yield run, runs.popleft() if first.status == "left" and runs and _follows(first, runs[0][0][1]) else []


def _packed(run: Iterable[_Placed], others: Iterable[_Placed], grid: Grid, notes: Notes) -> Iterator[Block]:
    """Rows of the left beside those of the right that have nothing to do with them: each column without gaps."""
    left, right = (deque(_block(*pair, pair[1], grid, notes) for pair in side) for side in (run, others))
    done, other_done = 0, 0
    while left and right:
        one, other = left[0], right[0]
        height = min(one.height - done, other.height - other_done)
        said = one.notes[0], other.notes[1]
        both = replace(one, beside=other.row, right=other.right, notes=said)
        yield replace(both, height=height, skipped=(done, other_done))
        done, other_done = done + height, other_done + height
        if done == one.height:
            left.popleft()
            done = 0
        if other_done == other.height:
            right.popleft()
            other_done = 0
    for block in left or right:
        yield replace(block, height=block.height - done - other_done, skipped=(done, other_done))
        done = other_done = 0


def _follows(row: Row, other: Row) -> bool:
    return other.status == "right" and (other.kind, other.hunk) == (row.kind, row.hunk)


def _note(notes: Notes, row: Row) -> tuple[str, str]:
    return ("", "") if row.section is None else notes.get(row.section, ("", ""))


def _block(place: int, row: Row, beside: Row, grid: Grid, notes: Notes) -> Block:
    """A block with its lines."""
    said = _note(notes, row)[0], _note(notes, beside)[1]
    if row.kind in {"heading", "fold"}:
        return Block(row, beside, place, 0, 1, notes=said)
    room = grid.room(row)
    left = _lines(row.left, room, said[0])
    if row.status != "same" or (grid.side and row.left != row.right):
        right = _lines(beside.right, room, said[1])
    else:
        right = left if grid.side else ()
    if not grid.side and not any(said):
        left, right = _told_once(row, left, right)
    height = max(len(left), len(right)) if grid.side else len(left) + len(right)
    return Block(row, beside, place, 0, height, left, right, said)


def _told_once(row: Row, left: tuple[Span, ...], right: tuple[Span, ...]) -> tuple[tuple[Span, ...], ...]:
    """The lines of both sides in one column: where words are marked on one side alone, that one tells it all."""
    if row.status == "changed" and row.left and row.right:
        old, new = (any(piece.changed for piece in cell.pieces) for cell in (row.left, row.right))
        if old != new:
            return (left, ()) if old else ((), right)
    return left, right


def _lines(cell: Cell | None, room: int, note: str) -> tuple[Span, ...]:
    return wrap(text_of(cell, note), room) if cell else ()
