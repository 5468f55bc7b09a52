"""The compare pane: what two agents have in common and where they differ, word by word."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from agent_studio.model.compare import Comparison, Row
from agent_studio.ui.offer import bindings

from .layout import Block, Grid, Layout, View
from .minimap import Minimap
from .strips import Drawing, selected, swatch_style

SIDE_FROM = 100
"""Columns from which the sides stand beside each other unless the person chose otherwise."""

CONTEXTS = (3, 10, sys.maxsize)
"""Identical rows around a difference that are shown, least first; at last all."""

_COMPONENTS = (
    *("title", "rule", "mark", "number", "label", "quiet", "fold", "key", "hatch", "window"),
    *("sign-changed", "sign-left", "sign-right", "left", "right", "removed", "added"),
    *("map-changed", "map-left", "map-right", "map-both"),
)

_VIEWS: tuple[View, ...] = ("side", "unified", "fields")


class ComparePane(ScrollView, can_focus=True):
    """A comparison drawn side by side or unified, with folds, a current difference and a map of the whole."""

    @dataclass
    class HunkPicked(Message):
        """Another difference became the current one; 0 is none."""

        hunk: int

    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"compare--{name}" for name in _COMPONENTS}
    DEFAULT_CSS = """
    ComparePane {
        overflow-x: hidden; overflow-y: scroll; scrollbar-size: 0 0;
        .compare--title { text-style: bold; }
        .compare--rule, .compare--hatch { color: $foreground 20%; }
        .compare--number, .compare--fold, .compare--quiet, .compare--window { color: $text-muted; }
        .compare--label { color: $text-primary; }
        .compare--mark, .compare--key { color: $text-primary; text-style: bold; }
        .compare--sign-changed { color: $text-warning; }
        .compare--sign-left { color: $text-error; text-style: bold; }
        .compare--sign-right { color: $text-success; text-style: bold; }
        .compare--left { background: $error 12%; }
        .compare--right { background: $success 10%; }
        .compare--removed { background: $error 40%; text-style: bold; }
        .compare--added { background: $success 32%; text-style: bold; }
        .compare--map-changed { color: $warning; }
        .compare--map-left { color: $error; }
        .compare--map-right { color: $success; }
        .compare--map-both { color: $error; background: $success; }
        &:nocolor .compare--removed, &:nocolor .compare--added { text-style: bold underline; }
        &:ansi {
            .compare--rule, .compare--hatch, .compare--number, .compare--fold, .compare--quiet { text-style: dim; }
            .compare--sign-changed, .compare--map-changed { color: ansi_yellow; }
            .compare--left, .compare--removed { background: ansi_default; color: $error; }
            .compare--right, .compare--added { background: ansi_default; color: $success; }
            .compare--removed, .compare--added { text-style: bold underline; }
        }
    }
    """

    comparison: reactive[Comparison | None] = reactive[Comparison | None](None)
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
        self._strips: LRUCache[tuple[int, bool, bool], Strip] = LRUCache(1024)
        self._styles: dict[tuple[str, ...], Style] = {}

    # From a comparison to lines

    def watch_comparison(self, comparison: Comparison | None) -> None:
        """Show another comparison; the number of the current difference stays where it can."""
        self.hunk = min(max(self.hunk, 1), comparison.hunks) if comparison else 0
        self._read()

    def watch_context(self) -> None:
        """Fold anew."""
        self._unfolded = frozenset()
        self._read()

    def watch_view(self) -> None:
        """Lay out anew."""
        self._lay_out()

    def on_resize(self) -> None:
        """Lay out for another size."""
        if not self._chosen:
            self.set_reactive(ComparePane.view, "side" if self.size.width >= SIDE_FROM else "unified")
        self._lay_out()

    def _read(self) -> None:
        self._rows = self.comparison.rows(self.context) if self.comparison else ()
        self._lay_out()

    def _lay_out(self, fixed: Block | None = None) -> None:
        """Lay the rows out; `fixed`, else the current difference or the first line, stays where it is on the screen."""
        if not self.size:
            return
        fixed = fixed or self._looked_at()
        at = fixed.y - self.scroll_offset.y if fixed else 0
        side = self.view == "side" or (self.view == "fields" and self.size.width >= SIDE_FROM)
        rows = _without_body(self._rows) if self.view == "fields" else self._rows
        self._laid = Layout.of(rows, Grid.of(rows, max(self.size.width - Minimap.WIDTH, 1), side), self._unfolded)
        self._map = Minimap.of(self._laid, self.size.height)
        self._strips.clear()
        self.virtual_size = Size(self.size.width, self._laid.height)
        if fixed and self._laid.blocks:
            self._go(self._laid.of_place(fixed.place).y - at)
        self._look()
        self.refresh()

    def _looked_at(self) -> Block | None:
        top, end = self._window
        first, _ = self._laid.hunks.get(self.hunk, (top, top))
        return self._laid.at(first if top <= first < end else top) if self._laid.blocks else None

    # Where the person is

    @property
    def _window(self) -> tuple[int, int]:
        """The lines on the screen: the first, and the one behind the last."""
        top = self.scroll_offset.y
        return top, top + self.size.height

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the current difference in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def watch_hunk(self, hunk: int) -> None:
        """Mark the current difference."""
        self._find_key()
        self.refresh()
        self.post_message(self.HunkPicked(hunk))

    def _look(self) -> None:
        """Make the first difference in sight the current one where the current one is out of sight."""
        top, end = self._window
        lines = self._laid.hunks.get(self.hunk)
        if not lines or lines[0] >= end or lines[1] <= top:
            hunks = (block.row.hunk for block in self._laid.within(top, end))
            self.hunk = next((hunk for hunk in hunks if hunk), self.hunk)
        self._find_key()

    def _find_key(self) -> None:
        """Find the fold that the key unfolds: of those in sight the one nearest to the current difference."""
        window = self._window
        first, end = self._laid.hunks.get(self.hunk, window[:1] * 2)
        folds = [block for block in self._laid.within(*window) if block.row.kind == "fold"]
        self._key = min(folds, key=lambda fold: max(first - fold.y, fold.y - end + 1), default=None)

    def _go(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True)

    def _step(self, by: int) -> None:
        """Make the next difference the current one and bring it into the upper third of the screen."""
        target = self.hunk + by
        if target in self._laid.hunks:
            self.hunk = target
            self._go(self._laid.hunks[target][0] - self.size.height // 4)

    # Actions

    def action_next_hunk(self) -> None:
        """To the next difference."""
        self._step(1)

    def action_previous_hunk(self) -> None:
        """To the previous difference."""
        self._step(-1)

    def action_down(self) -> None:
        """One line down."""
        self._go(self.scroll_offset.y + 1)

    def action_up(self) -> None:
        """One line up."""
        self._go(self.scroll_offset.y - 1)

    def action_top(self) -> None:
        """To the first line."""
        self._go(0)

    def action_bottom(self) -> None:
        """To the last line."""
        self._go(self._laid.height)

    def action_half_down(self) -> None:
        """Half a screen down."""
        self._go(self.scroll_offset.y + max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Half a screen up."""
        self._go(self.scroll_offset.y - max(self.size.height // 2, 1))

    def action_next_view(self) -> None:
        """Side by side, unified, fields alone, and again."""
        self._chosen = True
        self.view = _VIEWS[(_VIEWS.index(self.view) + 1) % len(_VIEWS)]

    def action_more_context(self) -> None:
        """More identical rows around the differences; after all of them the fewest again."""
        self.context = next((context for context in CONTEXTS if context > self.context), CONTEXTS[0])

    def action_expand(self) -> None:
        """Unfold the identical lines nearest to the current difference."""
        if self._key:
            self._unfold(self._key)

    def _unfold(self, fold: Block) -> None:
        self._unfolded |= {fold.place}
        self._lay_out(fold)

    def on_click(self, event: events.Click) -> None:
        """Unfold a fold, make a difference the current one, or go where the map was clicked."""
        event.prevent_default()  # a double click would select everything
        if self.screen.get_selected_text():
            return
        if event.x >= self.size.width - Minimap.WIDTH:
            self._go(self._map.line_of(event.y) - self.size.height // 2)
            return
        if self.scroll_offset.y + event.y >= self._laid.height:
            return
        block = self._laid.at(self.scroll_offset.y + event.y)
        if block.row.kind == "fold":
            self._unfold(block)
        elif block.row.hunk:
            self.hunk = block.row.hunk

    # Drawing

    def notify_style_update(self) -> None:
        """Draw anew in other styles."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the screen: of the comparison, and of the map at its right."""
        top, end = self._window
        strip = self._line(top + y) if top + y < self._laid.height else Strip([])
        if (selection := self.text_selection) and (cells := self._cells(top + y, selection)):
            strip = selected(strip, cells, self.screen.get_component_rich_style("screen--selection"))
        strip = strip.adjust_cell_length(self.size.width - Minimap.WIDTH, self._style()).apply_offsets(0, top + y)
        return Strip.join([strip, self._map.strip(y, top, end, self._style)])

    def _line(self, line: int) -> Strip:
        block = self._laid.at(line)
        current = bool(block.row.hunk) and block.row.hunk == self.hunk
        key = (line, current, block is self._key)
        if (strip := self._strips.get(key)) is None:
            drawing = Drawing(self._laid.grid, self._style, self._swatch)
            strip = self._strips[key] = drawing.strip(block, line - block.y, *key[1:])
        return strip

    def _style(self, *names: str) -> Style:
        if (style := self._styles.get(names)) is None:
            visual = self.get_visual_style(*(f"compare--{name}" for name in names))
            style = self._styles[names] = visual.rich_style
        return style

    def _swatch(self, color: str) -> Style:
        return swatch_style(color, self.app.native_ansi_color)

    # Selection: text of one column, without gutters, rules and hatches

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is drawn, line by line."""
        lines = range(
            selection.start.y if selection.start else 0,
            min(selection.end.y + 1 if selection.end else self._laid.height, self._laid.height),
        )
        found = [self._line(line).crop(*cells).text for line in lines if (cells := self._cells(line, selection))]
        return "\n".join(text.rstrip() for text in found), "\n"

    def _cells(self, line: int, selection: Selection) -> tuple[int, int] | None:
        """The selected cells of a line."""
        span = selection.get_span(line)
        if span is None or line >= self._laid.height:
            return None
        block, column = self._laid.at(line), self._column(selection)
        sides = (block.row.left, block.beside.right)
        if block.row.kind in {"heading", "fold"} or (self._laid.grid.side and sides[column] is None):
            return None
        strip, (first, last) = self._line(line), self._laid.grid.columns[column]
        start = max(strip.index_to_cell_position(span[0]), first)
        end = last if span[1] < 0 else min(strip.index_to_cell_position(span[1]), last)
        return (start, end) if start < end else None

    def _column(self, selection: Selection) -> int:
        """The column in which the selection began."""
        offset = selection.start or selection.end
        columns = self._laid.grid.columns
        if offset is None or len(columns) == 1 or offset.y >= self._laid.height:
            return 0
        return int(self._line(offset.y).index_to_cell_position(offset.x) > columns[0][1])


def _without_body(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of the fields, and what there is to say about the body."""
    headings = [place for place, row in enumerate(rows) if row.kind == "heading"]
    return rows[: headings[-1] + 1] if headings else ()
