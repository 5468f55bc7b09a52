"""Strips: the lines of a layout as they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from agent_studio.model.compare import Cell, Row
from agent_studio.model.visible import one_line, visible
from agent_studio.ui.swatches import ANSI, SHADES

from .layout import Block, Grid, parts
from .wrapping import Span, hang

Styled = Callable[..., Style]
"""The style of the pane with some of its components over it, named without their prefix."""

Which = Literal["left", "right"]

_SIDE_SIGNS = {"same": " ", "changed": "▌", "left": "◀", "right": "▶"}
_UNIFIED_SIGNS = {"left": "-", "right": "+"}


def swatch_style(color: str, ansi: bool) -> Style:
    """The style of a color's tag; dim where the word is no color."""
    shade = (ANSI if ansi else SHADES).get(color)
    return Style.from_color(Color.parse(shade).rich_color) + Style(bold=True) if shade else Style(dim=True)


def selected(strip: Strip, cells: tuple[int, int], style: Style) -> Strip:
    """A strip with the selection's style over some of its cells."""
    start, end = cells
    middle = strip.crop(start, end).apply_style(style)
    return Strip.join([strip.crop(0, start), middle, strip.crop(end)])


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the lines of blocks are drawn on a grid; `swatch` is the style of a color's tag."""

    grid: Grid
    style: Styled
    swatch: Callable[[str], Style]

    def strip(self, block: Block, n: int, current: bool, key: bool) -> Strip:
        """Line `n` of a block; `current` marks it, `key` says that a fold is the one that opens by key."""
        match block.row.kind:
            case "heading":
                strip = self._heading(block.row)
            case "fold":
                strip = self._fold(block.row, current, key)
            case _ if self.grid.side:
                rule = Strip([Segment("│", self.style("rule"))])
                strip = Strip.join([self._half(block, n, "left", current), rule, self._half(block, n, "right")])
            case _:
                strip = self._unified(block, n, current)
        return strip.adjust_cell_length(self.grid.width, self.style())

    def _heading(self, row: Row) -> Strip:
        cell = row.left or Cell("", None, ())
        said = visible(f"  {_text_of(cell)} ", keep="")
        ruled, title = self.style("rule"), self.style("title")
        strip = Strip([Segment("── ", ruled), Segment(one_line(cell.label), title), Segment(said, self.style())])
        if strip.cell_length > self.grid.width - 2:
            strip = Strip([*strip.crop(0, self.grid.width - 4), Segment("… ", self.style())])
        return Strip([*strip, Segment("─" * max(self.grid.width - strip.cell_length, 0), ruled)])

    def _fold(self, row: Row, current: bool, key: bool) -> Strip:
        of_field = row.folded[0].kind == "field"
        but = (" but for spelling" if of_field else " but for line endings") if row.quiet else ""
        indent = " " * (self.grid.gutter - 1 + self.grid.label * of_field)
        folded = f"{indent}⋯ {len(row.folded)} identical lines{but} ⋯"
        strip = Strip([self._mark(current), Segment(folded, self.style("fold"))])
        hint = "⏎ expand " if key else ""
        strip = strip.adjust_cell_length(self.grid.width - cell_len(hint), self.style())
        return Strip([*strip, Segment(hint, self.style("key"))])

    def _half(self, block: Block, n: int, which: Which, current: bool = False) -> Strip:
        """Line `n` of one column."""
        row = block.row if which == "left" else block.beside
        cell, lines = getattr(row, which), getattr(block, which)
        width = self.grid.left if which == "left" else self.grid.right
        gutter = [self._mark(current), self._number(cell, n), Segment(" ", self.style())]
        if cell is None:
            gap = Segment("  ", self.style())
            hatch = Segment("╱" * (width - self.grid.gutter - 1), self.style("hatch"))
            return Strip([*gutter, gap, hatch]).adjust_cell_length(width, self.style())
        going_on = row.status == "changed" and n < len(lines)
        sign = _SIDE_SIGNS[row.status] if n == 0 or going_on else " "
        drawn = [*gutter, self._sign(row, cell, n, sign, row.status), *self._text(row, cell, lines, n, which)]
        return Strip(drawn).adjust_cell_length(width, self.style())

    def _unified(self, block: Block, n: int, current: bool) -> Strip:
        row, split = block.row, len(block.left)
        which: Which = "left" if n < split else "right"
        n = n if which == "left" else n - split
        cell = getattr(row, which) or Cell("", None, ())
        both = row.status == "same"
        blank = Segment(" ", self.style())
        return Strip(
            [
                self._mark(current),
                self._number(row.left if both or which == "left" else None, n),
                blank,
                self._number(row.right if both or which == "right" else None, n),
                blank,
                self._sign(row, cell, n, " " if n else _UNIFIED_SIGNS[which], which),
                *self._text(row, cell, getattr(block, which), n, which),
            ]
        )

    def _mark(self, current: bool) -> Segment:
        return Segment("┃" if current else " ", self.style("mark"))

    def _number(self, cell: Cell | None, n: int) -> Segment:
        number = cell.number if cell and n == 0 else None
        return Segment(f"{'' if number is None else number:>{self.grid.digits}}", self.style("number"))

    def _sign(self, row: Row, cell: Cell, n: int, sign: str, status: str) -> Segment:
        """A sign and a blank; where nothing differs but the spelling, a quiet one on the first line."""
        if row.status != "same":
            return Segment(f"{sign} ", self.style(f"sign-{status}"))
        quiet = row.quiet and n == 0 and (row.kind == "line" or bool(cell.label))
        return Segment("≈ " if quiet else "  ", self.style("quiet"))

    def _text(self, row: Row, cell: Cell, lines: tuple[Span, ...], n: int, which: Which) -> Iterator[Segment]:
        """The field's name and line `n` of the text, tinted over the whole width where the other side lacks it."""
        if row.kind == "field":
            yield from self._label(cell.label if n == 0 else "")
        plain = self.style() if row.status in {"same", "changed"} else self.style(which)
        if n >= len(lines):
            yield Segment(" " * self.grid.room(row), plain)
            return
        changed = self.style("removed" if which == "left" else "added")
        found = parts(cell)
        indent = hang("".join(text for text, _ in found), self.grid.room(row)) if n else 0
        segments = [Segment(" " * indent, plain)]
        at, (start, end) = 0, lines[n]
        for text, kind in found:
            style = changed if kind == "changed" else plain
            if kind == "swatch":
                style = plain + self.swatch(_text_of(cell))
            segments.append(Segment(text[max(start - at, 0) : max(end - at, 0)], style))
            at += len(text)
        yield from Strip(segments).adjust_cell_length(self.grid.room(row), plain)

    def _label(self, label: str) -> Strip:
        """A field's name in its column, cut where it is too long."""
        name, style = one_line(label), self.style("label")
        strip = Strip([Segment(name, style)])
        if strip.cell_length >= self.grid.label:
            strip = Strip([*strip.crop(0, self.grid.label - 2), Segment("…", style)])
        return strip.adjust_cell_length(self.grid.label, self.style())


def _text_of(cell: Cell) -> str:
    return "".join(piece.text for piece in cell.pieces)
