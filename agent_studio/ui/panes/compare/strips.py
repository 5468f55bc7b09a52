"""Strips: the lines of a layout as they are drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from agent_studio.model.compare import Cell, Row
from agent_studio.model.merge import Choice, Own
from agent_studio.model.visible import one_line, visible
from agent_studio.ui.swatches import ANSI, SHADES

from .layout import Block, Grid, parts, text_of
from .wrapping import Span, hang

Styled = Callable[..., Style]
"""The style of the pane with some of its components over it, named without their prefix."""

Which = Literal["left", "right"]

_SIDE_SIGNS = {"same": " ", "changed": "▌", "left": "◀", "right": "▶"}
_UNIFIED_SIGNS = {"left": "-", "right": "+"}


class Mark(NamedTuple):
    """What tells a block apart besides its text.

    `current`: it belongs to the current difference; `key`: it is the fold that opens by key; `choice`: what was chosen
    for its difference; `found`: it is the one that was found last.
    """

    current: bool = False
    key: bool = False
    choice: Choice | None = None
    found: bool = False


def swatch_style(color: str, ansi: bool) -> Style:
    """The style of a color's tag; dim where the word is no color."""
    shade = (ANSI if ansi else SHADES).get(color)
    return Style.from_color(Color.parse(shade).rich_color) + Style(bold=True) if shade else Style(dim=True)


def selected(strip: Strip, cells: tuple[int, int], style: Style) -> Strip:
    """A strip with a style over some of its cells."""
    start, end = cells
    middle = Segment.apply_style(strip.crop(start, end), post_style=style)
    return Strip.join([strip.crop(0, start), Strip(middle), strip.crop(end)])


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the lines of blocks are drawn on a grid; `swatch` is the style of a color's tag, `sought` what to mark."""

    grid: Grid
    style: Styled
    swatch: Callable[[str], Style]
    sought: re.Pattern[str] | None = None

    def strip(self, block: Block, n: int, mark: Mark) -> Strip:
        """Line `n` of a block."""
        match block.row.kind:
            case "heading":
                strip = self._heading(block.row)
            case "fold":
                strip = self._fold(block.row, mark)
            case _ if self.grid.side:
                rule = Segment("│", self.style("rule"))
                line = [*self._half(block, n, "left", mark), rule, *self._half(block, n, "right", mark)]
                strip = Strip(Segment.simplify(line), self.grid.width)
            case _:
                strip = self._unified(block, n, mark)
        return strip.adjust_cell_length(self.grid.width, self.style())

    def _heading(self, row: Row) -> Strip:
        cell = row.left or Cell("", None, ())
        said = visible(f"  {_plain(cell)} ", keep="")
        ruled, title = self.style("rule"), self.style() + Style(bold=True)
        strip = Strip([Segment("── ", ruled), Segment(one_line(cell.label), title), Segment(said, self.style())])
        if strip.cell_length > self.grid.width - 2:
            strip = Strip([*strip.crop(0, self.grid.width - 4), Segment("… ", self.style())])
        return Strip([*strip, Segment("─" * max(self.grid.width - strip.cell_length, 0), ruled)])

    def _fold(self, row: Row, mark: Mark) -> Strip:
        """What is folded; lines that moved are folded in their own column."""
        label = self.grid.label if row.folded[0].kind == "field" else 0
        indent = Segment(" " * (self.grid.gutter - 3 + label), self.style())
        sign = Segment("⇅ " if row.moved else "  ", self.style("moved"))
        own = Strip([indent, sign, Segment(f"⋯ {_folded(row)} ⋯", self.style("muted"))])
        hint = Segment("⏎ expand " if mark.key else "", self.style("key"))
        if not (self.grid.side and row.moved):
            return Strip([self._mark(mark), *_ended(own, hint, self.grid.width - 1, self.style())])
        rule, blank = Segment("│", self.style("rule")), Segment(" ", self.style())
        widths = (self.grid.left - 1, self.grid.right - 1)
        gaps = (Strip([indent, blank, blank, self._hatch(width + 1, True)]) for width in widths)
        halves = [gap.adjust_cell_length(width, self.style()) for gap, width in zip(gaps, widths, strict=True)]
        place = int(row.status == "right")
        halves[place] = _ended(own, hint, widths[place], self.style())
        return Strip([self._mark(mark), *halves[0], rule, blank, *halves[1]])

    def _hatch(self, width: int, filled: bool) -> Segment:
        """The text of a column in which nothing stands."""
        return Segment(("╱" if filled else " ") * (width - self.grid.gutter - 1), self.style("rule"))

    def _half(self, block: Block, n: int, which: Which, mark: Mark) -> list[Segment]:
        """Line `n` of one column. Lists all the way: to make a strip takes longer than to draw what is on it."""
        n += block.skipped[which == "right"]
        row = block.row if which == "left" else block.beside
        cell, lines = block.cell(which == "right"), getattr(block, which)
        width = self.grid.left if which == "left" else self.grid.right
        current = self._mark(mark) if which == "left" else Segment(" ", self.style())
        gutter = [current, self._number(cell, n), self._chosen(mark, which, n)]
        if cell is None:
            hatch = self._hatch(width, row.status in {"left", "right"})
            return Segment.adjust_line_length([*gutter, Segment("  ", self.style()), hatch], width, self.style())
        going_on = row.status == "changed" and n < len(lines)
        sign = _SIDE_SIGNS[row.status] if n == 0 or going_on else " "
        drawn = [*gutter, self._sign(row, cell, n, sign, row.status), *self._text(block, n, which, mark)]
        return Segment.adjust_line_length(drawn, width, self.style())

    def _unified(self, block: Block, n: int, mark: Mark) -> Strip:
        row, split = block.row, len(block.left)
        which: Which = "left" if n < split else "right"
        n = n if which == "left" else n - split
        cell = getattr(row, which) or Cell("", None, ())
        both = row.status == "same" or (row.status == "changed" and not (block.left and block.right))
        return Strip(
            [
                self._mark(mark),
                self._number(row.left if both or which == "left" else None, n),
                Segment(" ", self.style()),
                self._number(row.right if both or which == "right" else None, n),
                self._chosen(mark, which, n),
                self._sign(row, cell, n, " " if n else _UNIFIED_SIGNS[which], which),
                *self._text(block, n, which, mark),
            ]
        )

    def _mark(self, mark: Mark) -> Segment:
        return Segment("┃" if mark.current else " ", self.style("key"))

    def _chosen(self, mark: Mark, which: Which, n: int) -> Segment:
        """Whether the result has this side of a difference."""
        if mark.choice is None or n:
            return Segment("  ", self.style())
        if isinstance(mark.choice, Own):
            return Segment(" ✎", self.style("key"))
        taken = mark.choice in {which, "both"}
        return Segment(" ●" if taken else " ○", self.style("key" if taken else "muted"))

    def _number(self, cell: Cell | None, n: int) -> Segment:
        number = cell.number if cell and n == 0 else None
        return Segment(f"{'' if number is None else number:>{self.grid.digits}}", self.style("muted"))

    def _sign(self, row: Row, cell: Cell, n: int, sign: str, status: str) -> Segment:
        """A sign and a blank; where nothing differs but the spelling, a quiet one on the first line."""
        if row.moved:
            return Segment("  " if n else "⇅ ", self.style("moved"))
        if row.status != "same":
            return Segment(f"{sign} ", self.style(status))
        quiet = row.quiet and n == 0 and (row.kind == "line" or bool(cell.label))
        return Segment("≈ " if quiet else "  ", self.style("muted"))

    def _text(self, block: Block, n: int, which: Which, mark: Mark) -> Iterator[Segment]:
        """The field's name and line `n` of the text, tinted over the whole width where the other side lacks it."""
        right = which == "right"
        row = block.beside if right else block.row
        cell, lines, note = getattr(row, which) or Cell("", None, ()), getattr(block, which), block.notes[right]
        if row.kind == "field":
            yield from self._label(cell.label if n == 0 else "")
        tint = "moved" if row.moved else which
        plain = self.style() if row.status in {"same", "changed"} else self.style(f"{tint}-line")
        changed = self.style("removed" if which == "left" else "added")
        if mark.choice not in {None, which, "both"}:
            plain = self.style("muted")
            changed = plain + Style(underline=True)
        if n >= len(lines):
            yield Segment(" " * self.grid.room(row), plain)
            return
        indent = hang(text_of(cell, note), self.grid.room(row)) if n else 0
        pieces = self._marked(list(self._pieces(cell, lines[n], note, plain, changed)), mark)
        yield from Segment.adjust_line_length([Segment(" " * indent, plain), *pieces], self.grid.room(row), plain)

    def _pieces(self, cell: Cell, line: Span, note: str, plain: Style, changed: Style) -> Iterator[Segment]:
        """The stretches of a cell's text that stand on one line."""
        start, end = line
        at = 0
        for text, kind in parts(cell, note):
            style = changed if kind == "changed" else plain
            if kind in {"note", "swatch"}:
                style = _over(plain, self.style("moved") if kind == "note" else self.swatch(_plain(cell)))
            if shown := text[max(start - at, 0) : max(end - at, 0)]:
                yield Segment(shown, style)
            at += len(text)

    def _marked(self, pieces: list[Segment], mark: Mark) -> Iterable[Segment]:
        """Stretches with what was sought marked."""
        if self.sought is None:
            return pieces
        strip = Strip(pieces)
        style = self.style("found-here" if mark.found else "found")
        text = strip.text
        for match in self.sought.finditer(text):
            cells = cell_len(text[: match.start()]), cell_len(text[: match.end()])
            strip = selected(strip, cells, style)
        return strip

    def _label(self, label: str) -> Strip:
        """A field's name in its column, cut where it is too long."""
        name, style = one_line(label), self.style("label")
        strip = Strip([Segment(name, style)])
        if strip.cell_length >= self.grid.label:
            strip = Strip([*strip.crop(0, self.grid.label - 2), Segment("…", style)])
        return strip.adjust_cell_length(self.grid.label, self.style())


def _over(style: Style, other: Style) -> Style:
    """A style with the text of another one on its own background."""
    return style + Style(color=other.color, bold=other.bold, dim=other.dim)


def _ended(strip: Strip, end: Segment, width: int, style: Style) -> Strip:
    """A strip of a width with something at its end."""
    return Strip([*strip.adjust_cell_length(width - end.cell_length, style), end])


def _plain(cell: Cell) -> str:
    return "".join(piece.text for piece in cell.pieces)


def _folded(row: Row) -> str:
    """What a fold hides."""
    count = f"{len(row.folded)} line{'s' * (len(row.folded) != 1)}"
    if row.moved:
        return f"{count} moved, else the same"
    but = (" but for spelling" if row.folded[0].kind == "field" else " but for line endings") if row.quiet else ""
    return f"{len(row.folded)} identical lines{but}"
