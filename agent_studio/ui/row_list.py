"""A list of rows in groups that fold: only the visible rows are ever drawn."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar, Generic, NamedTuple, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

_LEAD = 2
"""Cells of the cursor sign."""
_Row = TypeVar("_Row")


class Piece(NamedTuple):
    """A text and what it is: error, warning, muted, strong, marked; empty for plain."""

    text: str
    kind: str = ""


class RowList(ScrollView, Generic[_Row], can_focus=True, inherit_bindings=False):
    """Rows and a cursor; who has rows says which there are, what each is known by, and how it looks."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"rows--{kind}"
        for kind in ("plain", "strong", "muted", "error", "warning", "marked", "cursor", "cursor-blurred")
    }
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden; scrollbar-gutter: stable;
        & > .rows--strong { text-style: bold; }
        & > .rows--muted { color: $text-muted; }
        & > .rows--error { color: $text-error; text-style: bold; }
        & > .rows--warning { color: $text-warning; text-style: bold; }
        & > .rows--marked { color: $text-primary; text-style: bold; }
        & > .rows--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .rows--cursor-blurred {
            color: $block-cursor-blurred-foreground; background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:ansi > .rows--muted { text-style: dim; }
        &:ansi > .rows--cursor-blurred, &:nocolor > .rows--cursor-blurred { text-style: bold; }
        &:nocolor > .rows--cursor { color: $foreground; background: $background; text-style: bold reverse; }
        &:nocolor > .rows--error, &:nocolor > .rows--warning, &:nocolor > .rows--marked { color: $foreground; }
    }
    """

    row: reactive[int] = reactive(0)

    class Moved(Message):
        """Another row is under the cursor."""

    class Opened(Message):
        """A row was asked for by a click on it while it was under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._folded: set[Hashable] = set()
        self._lines: list[_Row] = []

    def _listed(self) -> Iterable[_Row]:
        """The rows, without what is folded away."""
        raise NotImplementedError

    def _known_by(self, row: _Row) -> Hashable:
        """What a row is known by when the files have changed."""
        raise NotImplementedError

    def _folds(self, row: _Row) -> bool:
        """Whether a row is the title of others."""
        raise NotImplementedError

    def _pieces(self, row: _Row, width: int) -> list[Piece]:
        """A row in at most `width` cells."""
        raise NotImplementedError

    @property
    def _emptiness(self) -> str:
        """What is said where there are no rows."""
        raise NotImplementedError

    @property
    def current(self) -> _Row | None:
        """What is under the cursor."""
        return self._lines[self.row] if self.row < len(self._lines) else None

    def list_again(self, before: _Row | None) -> None:
        """List what is there now; the cursor stays on the row `before`, else on the next that is still there."""
        old, self._lines = self._lines, list(self._listed())
        self.virtual_size = Size(0, len(self._lines))
        self.set_reactive(RowList.row, self._place(before, old))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def _place(self, before: _Row | None, old: list[_Row]) -> int:
        """Where to put the cursor: on the same row, else on the one in its place; a title's is the next title.

        Where a title came into the place of what was none, on the first below it: there is something to see there.
        """
        last = max(len(self._lines) - 1, 0)
        if before is None:
            return min(1, last)
        names = {self._known_by(row): place for place, row in reversed([*enumerate(self._lines)])}
        below = [row for row in old[self.row :] if type(row) is type(before)] if self._folds(before) else []
        found = (names[name] for row in (before, *below) if (name := self._known_by(row)) in names)
        place = next(found, min(self.row, last))
        strayed = not self._folds(before) and any(map(self._folds, self._lines[place : place + 1]))
        return min(place + 1, last) if strayed else place

    def watch_row(self, before: int, row: int) -> None:
        """Show the cursor."""
        self.refresh_line(before)
        self.refresh_line(row)
        self._reveal()
        self.post_message(self.Moved())

    def validate_row(self, row: int) -> int:
        """Within the rows."""
        return max(0, min(row, len(self._lines) - 1))

    def _reveal(self) -> None:
        page = max(self.size.height, 1)
        top = min(max(self.scroll_offset.y, self.row - page + 1), self.row, max(len(self._lines) - page, 0))
        if self.row == 1:  # the first group's title comes along
            top = 0
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal()

    # Keys

    def action_down(self) -> None:
        """Next row."""
        self.row += 1

    def action_up(self) -> None:
        """Previous row."""
        self.row -= 1

    def action_half_down(self) -> None:
        """Half a page down."""
        self.row += max(self.size.height // 2, 1)

    def action_half_up(self) -> None:
        """Half a page up."""
        self.row -= max(self.size.height // 2, 1)

    def action_top(self) -> None:
        """First row."""
        self.row = 0

    def action_bottom(self) -> None:
        """Last row."""
        self.row = len(self._lines) - 1

    def action_fold(self) -> None:
        """Fold the group of the cursor, or unfold it; the cursor goes to its title."""
        above = self._lines[self.row :: -1] if self._lines else []
        if title := next((row for row in above if self._folds(row)), None):
            self._folded ^= {self._known_by(title)}
            self.list_again(title)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; go to what is under it already."""
        row = self.scroll_offset.y + event.y
        if row >= len(self._lines):
            return
        if row == self.row:
            self.post_message(self.Opened())
        self.row = row

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A row, or nothing."""
        width, place = self.scrollable_content_region.width, self.scroll_offset.y + y
        if place >= len(self._lines):
            return self._strip([Piece(self._emptiness if place == 0 else "", "muted")], width, under_cursor=False)
        under_cursor = place == self.row
        pieces = self._pieces(self._lines[place], width - _LEAD - 1)  # the last cell stays free, beside a scrollbar
        return self._strip([Piece("▶ " if under_cursor else "  "), *pieces], width, under_cursor)

    def _strip(self, pieces: list[Piece], width: int, under_cursor: bool) -> Strip:
        strip = Strip([Segment(text, self._style(kind, under_cursor)) for text, kind in pieces])
        return strip.adjust_cell_length(width, self._style("", under_cursor))

    def _style(self, kind: str, under_cursor: bool) -> Style:
        style = self.get_component_rich_style(f"rows--{kind or 'plain'}")
        if not under_cursor:
            return style
        cursor = self.get_component_rich_style(f"rows--cursor{'' if self.has_focus else '-blurred'}")
        return cursor if self.has_focus or not kind else cursor + Style(color=style.color, bold=style.bold)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, an ellipsis at the end where it does not fit."""
    if width <= 0:
        return ""
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1).rstrip()}…"


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells."""
    return set_cell_size(cut(text, width), max(width, 0))
