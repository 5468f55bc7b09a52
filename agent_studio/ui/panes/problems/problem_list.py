"""The list of problems: only the visible rows are ever drawn."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.offer import bindings

from .rows import By, Group, Piece, Row, drawn, rows

_LEAD = 2
"""Cells of the cursor sign."""


class ProblemList(ScrollView, can_focus=True, inherit_bindings=False):
    """The findings in groups, and a cursor. `findings` is everything, `found` what is listed of it."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("problems")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"problems--{kind}" for kind in ("plain", "strong", "muted", "error", "warning", "cursor", "cursor-blurred")
    }
    DEFAULT_CSS = """
    ProblemList {
        overflow-x: hidden; scrollbar-gutter: stable;
        & > .problems--strong { text-style: bold; }
        & > .problems--muted { color: $text-muted; }
        & > .problems--error { color: $text-error; text-style: bold; }
        & > .problems--warning { color: $text-warning; text-style: bold; }
        & > .problems--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .problems--cursor-blurred {
            color: $block-cursor-blurred-foreground; background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:ansi > .problems--muted { text-style: dim; }
        &:ansi > .problems--cursor-blurred, &:nocolor > .problems--cursor-blurred { text-style: bold; }
        &:nocolor > .problems--cursor { color: $foreground; background: $background; text-style: bold reverse; }
        &:nocolor > .problems--error, &:nocolor > .problems--warning { color: $foreground; }
    }
    """

    by: reactive[By] = reactive[By]("rule")
    row: reactive[int] = reactive(0)

    class Moved(Message):
        """Another row is under the cursor."""

    class Opened(Message):
        """A problem was asked for by a click on the row under the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self._findings = Findings()
        self._found: tuple[Finding, ...] = ()
        self._folded: set[str] = set()
        self._rows: list[Row] = []

    @property
    def current(self) -> Row | None:
        """What is under the cursor."""
        return self._rows[self.row] if self.row < len(self._rows) else None

    def show(self, findings: Findings, found: tuple[Finding, ...], anew: bool = False) -> None:
        """List these; the cursor stays at its problem, else near its place, or goes to the first (`anew`)."""
        before = None if anew else self.current
        self._findings, self._found = findings, found
        self._list(before)

    def _list(self, before: Row | None) -> None:
        self._rows = list(rows(self._found, self.by, self._folded))
        self.virtual_size = Size(0, len(self._rows))
        self.set_reactive(ProblemList.row, self._place(before))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def _place(self, before: Row | None) -> int:
        """Where to put the cursor: on the same problem or group, else on the row that took its place."""
        if before is None:  # on the first problem: there is something to see there
            return min(1, max(len(self._rows) - 1, 0))
        names = [_name(row) for row in self._rows]
        name = _name(before)
        return names.index(name) if name in names else min(self.row, max(len(names) - 1, 0))

    def watch_by(self) -> None:
        """Group anew."""
        self._folded.clear()
        self._list(self.current)

    def watch_row(self, before: int, row: int) -> None:
        """Show the cursor."""
        self.refresh_line(before)
        self.refresh_line(row)
        self._reveal()
        self.post_message(self.Moved())

    def validate_row(self, row: int) -> int:
        """Within the rows."""
        return max(0, min(row, len(self._rows) - 1))

    def _reveal(self) -> None:
        page = max(self.size.height, 1)
        top = min(max(self.scroll_offset.y, self.row - page + 1), self.row, max(len(self._rows) - page, 0))
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
        self.row = len(self._rows) - 1

    def action_group(self) -> None:
        """By file, or by rule."""
        self.by = "file" if self.by == "rule" else "rule"

    def action_fold(self) -> None:
        """Fold the group of the cursor, or unfold it; the cursor goes to its title."""
        place = next((place for place in range(self.row, -1, -1) if isinstance(self._rows[place], Group)), None)
        group = None if place is None or not self._rows else self._rows[place]
        if isinstance(group, Group):
            self._folded ^= {group.key}
            self._list(group)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; go to what is under it already."""
        row = self.scroll_offset.y + event.y
        if row >= len(self._rows):
            return
        if row == self.row:
            self.post_message(self.Opened())
        self.row = row

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A group, a problem, or nothing."""
        width, place = self.scrollable_content_region.width, self.scroll_offset.y + y
        if place >= len(self._rows):
            return self._strip([Piece(self._emptiness if place == 0 else "", "muted")], width, under_cursor=False)
        row = self._rows[place]
        folded = isinstance(row, Group) and row.key in self._folded
        under_cursor = place == self.row
        pieces = drawn(row, self._findings, self.by, width - _LEAD, folded)
        return self._strip([Piece("▶ " if under_cursor else "  "), *pieces], width, under_cursor)

    @property
    def _emptiness(self) -> str:
        if not self._findings.checked:
            return "  checking…"
        if self._findings.all:
            return "  nothing matches — / changes the filter"
        return "  nothing found in what the rules look at"

    def _strip(self, pieces: list[Piece], width: int, under_cursor: bool) -> Strip:
        strip = Strip([Segment(text, self._style(kind, under_cursor)) for text, kind in pieces])
        return strip.adjust_cell_length(width, self._style("", under_cursor))

    def _style(self, kind: str, under_cursor: bool) -> Style:
        style = self.get_component_rich_style(f"problems--{kind or 'plain'}")
        if not under_cursor:
            return style
        cursor = self.get_component_rich_style(f"problems--cursor{'' if self.has_focus else '-blurred'}")
        return cursor if self.has_focus or not kind else cursor + Style(color=style.color, bold=style.bold)


def _name(row: Row) -> tuple[object, ...]:
    """What a row is known by when the files have changed."""
    if isinstance(row, Group):
        return (row.key,)
    return row.problem.ref, row.rule.id, row.problem.start
