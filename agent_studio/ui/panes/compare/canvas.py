"""The canvas: a comparison laid out and drawn line by line, and the text that is selected on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from types import MappingProxyType

from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style as VisualStyle

from agent_studio.model.compare import Comparison, Row
from agent_studio.model.merge import Choice
from agent_studio.ui.ground import ground

from .inks import inks
from .layout import Block, Grid, Layout, View
from .minimap import Minimap
from .notes import notes
from .strips import Drawing, Mark, selected, swatch_style

SIDE_FROM = 100
"""Columns from which the sides stand beside each other unless the person chose otherwise."""

CONTEXTS = (3, 10, sys.maxsize)
"""Identical rows around a difference that are shown, least first; at last all."""


class Canvas(ScrollView):
    """A comparison drawn side by side or unified, with folds, a current difference and a map of the whole."""

    DEFAULT_CSS = "Canvas { height: 1fr; overflow: hidden; }"

    comparison: reactive[Comparison | None] = reactive[Comparison | None](None)
    choices: reactive[Mapping[int, Choice]] = reactive[Mapping[int, Choice]](MappingProxyType({}))
    """What was chosen for differences in a merge."""
    context: reactive[int] = reactive(CONTEXTS[0])
    view: reactive[View] = reactive[View]("unified")
    hunk: reactive[int] = reactive(0)
    """The current difference, counted from 1; 0 where there is none."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._chosen = False
        self._unfolded: frozenset[int] = frozenset()
        self._rows: tuple[Row, ...] = ()
        self._laid = Layout(Grid(0, side=False))
        self._map = Minimap()
        self._key: Block | None = None
        self._sought: re.Pattern[str] | None = None
        self._found: int | None = None
        self._strips: LRUCache[tuple[int, Mark], Strip] = LRUCache(1024)
        self._styles: dict[tuple[str, ...], Style] = {}

    def clear(self) -> None:
        """Show nothing, in the way that suits the width."""
        self._chosen, self._sought = False, None
        self.comparison, self.choices, self.context = None, {}, CONTEXTS[0]
        self._unfolded = frozenset()
        self.on_resize()

    @property
    def allow_vertical_scroll(self) -> bool:
        """Always: the map at the right is the scroll bar, and Textual's own, styled and drawn for nothing, is none."""
        return True

    # From a comparison to lines

    def watch_comparison(self, comparison: Comparison | None) -> None:
        """Show another comparison; the number of the current difference stays where it can."""
        self.hunk = min(max(self.hunk, 1), comparison.hunks) if comparison else 0
        self._found = None
        self.read()

    def watch_context(self) -> None:
        """Fold anew."""
        self._unfolded = frozenset()
        self.read()

    def watch_view(self) -> None:
        """Lay out anew."""
        self.lay_out()

    def on_resize(self) -> None:
        """Lay out for another width; another height alters no line."""
        if not self._chosen:
            self.set_reactive(Canvas.view, "side" if self.size.width >= SIDE_FROM else "unified")
        if self._laid.grid.width != self._width:
            self.lay_out()
        else:
            self._show()

    @property
    def _width(self) -> int:
        """Cells for the comparison, at the left of the map."""
        return max(self.size.width - Minimap.WIDTH, 1)

    def read(self) -> None:
        """Take the rows from the comparison."""
        self._rows = self.comparison.rows(self.context) if self.comparison else ()
        self.lay_out()

    def lay_out(self, fixed: Block | None = None) -> None:
        """Lay the rows out; `fixed`, else the current difference or the first line, stays where it is on the screen."""
        if not self.size:
            return
        fixed = fixed or self._looked_at()
        at = fixed.y - self.scroll_offset.y if fixed else 0
        side = self.view == "side" or (self.view == "fields" and self.size.width >= SIDE_FROM)
        rows = _without_body(self._rows) if self.view == "fields" else self._rows
        grid = Grid.of(rows, self._width, side)
        said = notes(self.comparison) if self.comparison else {}
        self._laid = Layout.of(rows, grid, self._unfolded, said)
        self._strips.clear()
        # Nothing around the canvas depends on its height, for which the whole screen would be laid out and drawn anew.
        self.set_reactive(Canvas.virtual_size, Size(self.size.width, self._laid.height))
        self.go(self._laid.of_place(fixed.place).y - at if fixed and self._laid.blocks else 0)
        self._show()

    def _show(self) -> None:
        """Show what was laid out, and a map of it."""
        self._map = Minimap.of(self._laid, self.size.height)
        self.look()
        self.refresh()

    def _looked_at(self) -> Block | None:
        top, end = self.window
        first, _ = self._laid.hunks.get(self.hunk, (top, top))
        return self._laid.at(first if top <= first < end else top) if self._laid.blocks else None

    # Where the person is

    @property
    def window(self) -> tuple[int, int]:
        """The lines on the screen: the first, and the one behind the last."""
        top = self.scroll_offset.y
        return top, top + self.size.height

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the current difference in sight."""
        super().watch_scroll_y(old_value, new_value)
        self.look()

    def look(self) -> None:
        """Make the first difference in sight the current one where the current one is out of sight."""
        top, end = self.window
        lines = self._laid.hunks.get(self.hunk)
        if not lines or lines[0] >= end or lines[1] <= top:
            hunks = (block.row.hunk for block in self._laid.within(top, end))
            self.hunk = next((hunk for hunk in hunks if hunk), self.hunk)
        self.find_key()

    def find_key(self) -> None:
        """Find the fold that the key unfolds: of those in sight the one nearest to the current difference."""
        window = self.window
        first, end = self._laid.hunks.get(self.hunk, window[:1] * 2)
        folds = [block for block in self._laid.within(*window) if block.row.kind == "fold"]
        self._key = min(folds, key=lambda fold: max(first - fold.y, fold.y - end + 1), default=None)

    def go(self, y: int) -> None:
        """Scroll so that line `y` is the first, as far as there are lines."""
        self.scroll_to(y=y, animate=False, force=True)

    def unfold(self, fold: Block) -> None:
        """Show the rows of a fold."""
        self._unfolded |= {fold.place}
        self.lay_out(fold)

    # Drawing

    def watch_choices(self) -> None:
        """Show what was chosen."""
        self.redraw()

    def redraw(self) -> None:
        """Draw every line anew."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw anew in other styles."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region, blank ones as long as there is no comparison."""
        return super().render_lines(crop) if self._laid.blocks else ground(self, crop)

    def render_line(self, y: int) -> Strip:
        """Line `y` of the screen: of the comparison, and of the map at its right."""
        top, end = self.window
        strip = self.line(top + y) if top + y < self._laid.height else Strip([])
        if (selection := self.text_selection) and (cells := self._cells(top + y, selection)):
            strip = selected(strip, cells, self.screen.get_component_rich_style("screen--selection"))
        strip = strip.adjust_cell_length(self.size.width - Minimap.WIDTH, self._style()).apply_offsets(0, top + y)
        return Strip([*strip, *self._map.segments(y, top, end, self._style)], self.size.width)

    def line(self, line: int) -> Strip:
        """Line `line` of the comparison."""
        block = self._laid.at(line)
        hunk = block.row.hunk
        current = bool(hunk) and hunk == self.hunk
        choice = self.choices.get(hunk) if hunk else None
        mark = Mark(current, block is self._key, choice, block.place == self._found)
        if (strip := self._strips.get((line, mark))) is None:
            drawing = Drawing(self._laid.grid, self._style, self._swatch, self._sought)
            strip = self._strips[line, mark] = drawing.strip(block, line - block.y, mark)
        return strip

    def _style(self, *names: str) -> Style:
        if (style := self._styles.get(names)) is None:
            styles = inks(self.app)
            inked = sum((VisualStyle.parse(styles[name]) for name in names), start=self.visual_style)
            style = self._styles[names] = inked.rich_style
        return style

    def _swatch(self, color: str) -> Style:
        return swatch_style(color, self.app.native_ansi_color)

    # Selection: text of one column, without gutters, rules, hatches and notes

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is drawn, line by line."""
        lines = range(
            selection.start.y if selection.start else 0,
            min(selection.end.y + 1 if selection.end else self._laid.height, self._laid.height),
        )
        found = [self.line(line).crop(*cells).text for line in lines if (cells := self._cells(line, selection))]
        return "\n".join(text.rstrip() for text in found), "\n"

    def _cells(self, line: int, selection: Selection) -> tuple[int, int] | None:
        """The selected cells of a line."""
        span = selection.get_span(line)
        if span is None or line >= self._laid.height:
            return None
        block, column = self._laid.at(line), self._column(selection)
        cell = block.cell(bool(column))
        if block.row.kind in {"heading", "fold"} or (self._laid.grid.side and cell is None):
            return None
        strip, (first, last) = self.line(line), self._laid.grid.columns[column]
        start = max(strip.index_to_cell_position(span[0]), first)
        end = last if span[1] < 0 else min(strip.index_to_cell_position(span[1]), last)
        if any(block.notes) and (at := strip.crop(first, last).text.find(f"  {block.notes[column]}")) >= 0:
            end = min(end, first + at)
        return (start, end) if start < end else None

    def _column(self, selection: Selection) -> int:
        """The column in which the selection began."""
        offset = selection.start or selection.end
        columns = self._laid.grid.columns
        if offset is None or len(columns) == 1 or offset.y >= self._laid.height:
            return 0
        return int(self.line(offset.y).index_to_cell_position(offset.x) > columns[0][1])


def _without_body(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of the fields, and what there is to say about the body."""
    headings = [place for place, row in enumerate(rows) if row.kind == "heading"]
    return rows[: headings[-1] + 1] if headings else ()
