"""A change before it is written: what it does to how many files, and every line of it."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Static

from agent_studio.model.change import Change
from agent_studio.model.document import Document
from agent_studio.model.plans import Plan
from agent_studio.model.visible import one_line, visible
from agent_studio.ui.editors.written_view import Row, WrittenView, marked, rows_of
from agent_studio.ui.shown import shown_line


def lines_of(change: Change) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """A title for each file that a change touches, and the lines that change there."""
    found: list[tuple[str, tuple[Row, ...]]] = []
    data = {edit.after: edit.ref for edit in change.edits if edit.before is None}
    gone = {edit.before for edit in change.edits if edit.after is None}
    for edit in change.edits:
        if edit.before is None and edit.after in gone:
            continue
        if edit.after is None:
            target = data.get(edit.before)
            found.append((f"{edit.ref} → {target.path if target else 'the trash'}", ()))
        else:
            rows = rows_of((Document(edit.before or b"").text, Document(edit.after).text))
            signs = [row.line.sign for row in rows]
            found.append((f"{edit.ref}  +{signs.count('+')} −{signs.count('-')}", rows))
    return tuple(found)


class _Stretch(NamedTuple):
    """What one line of the screen shows: a stretch of a row's text, or a whole title."""

    place: int
    start: int
    end: int


class ChangeLines(WrittenView, inherit_bindings=True):
    """Every line that goes or comes in full, each file under its title; of those around them what fits."""

    DEFAULT_CSS = """
    ChangeLines { height: 1fr; max-height: 100%; scrollbar-gutter: stable; }
    ChangeLines:focus > .written--title { color: $text-accent; text-style: bold; }
    """

    def __init__(self, files: tuple[tuple[str, tuple[Row, ...]], ...] = ()) -> None:
        super().__init__()
        self._listed: list[Row | str] = []
        self._laid: list[_Stretch] = []
        self.show(files)

    def show(self, files: tuple[tuple[str, tuple[Row, ...]], ...]) -> None:
        """Show these files, from the top."""
        self._listed = []
        for title, rows in files:
            self._listed += [title, *rows]
        self._digits = max([3, *(len(str(row.line.number)) for _, rows in files for row in rows)])
        if self.size:
            self.on_resize()
            self.scroll_to(0, 0, animate=False)

    @property
    def _lead(self) -> int:
        """Cells in front of a text: sign and line number."""
        return self._digits + 5

    def on_resize(self) -> None:
        """Lay the lines out for this width."""
        room = max(self.scrollable_content_region.width - self._lead, 8)
        self._laid = [
            _Stretch(place, *span)
            for place, row in enumerate(self._listed)
            for span in (folded(row.line.text, room) if isinstance(row, Row) and row.line.sign in "+-" else ((0, 0),))
        ]
        self.virtual_size = Size(0, len(self._laid))
        self.refresh()  # a single title is as many lines as there were before

    def allow_focus(self) -> bool:
        """Always: it has the keys."""
        return True

    def render_line(self, y: int) -> Strip:
        """A title, or a stretch of a line."""
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if place >= len(self._laid):
            return Strip.blank(width, self.rich_style)
        content = self._drawn(self._laid[place], width)
        return Strip(content.render_segments(self.visual_style), content.cell_length).adjust_cell_length(
            width, self.rich_style
        )

    def _drawn(self, stretch: _Stretch, width: int) -> Content:
        row = self._listed[stretch.place]
        if isinstance(row, str):
            title = f"─ {one_line(row)} "
            title += "─" * max(width - cell_len(title), 0)
            return Content.styled(title, self.get_visual_style("written--title")).truncate(width, ellipsis=True)
        if row.line.sign not in "+-":
            return self._line(row, width)
        style = self.style_of(row)
        head = f" {row.line.sign} {row.line.number:>{self._digits}}  "
        text = marked(row, stretch.start, min(stretch.end, len(row.line.text))).stylize_before(style)
        return Content.assemble((" " * self._lead if stretch.start else head, style), text)


def folded(text: str, room: int) -> list[tuple[int, int]]:
    """The stretches of a text that fit in `room` cells each, as it is shown; one that is empty for no text."""
    if text.isascii() and text.isprintable():
        return [(start, start + room) for start in range(0, len(text), room)] or [(0, 0)]
    spans: list[tuple[int, int]] = []
    start = used = 0
    for place, char in enumerate(text):
        cells = cell_len(visible(char, keep=""))
        if used + cells > room and place > start:
            spans.append((start, place))
            start, used = place, 0
        used += cells
    return [*spans, (start, len(text))]


class ChangeView(ModalScreen[bool]):
    """Asks whether a change shall be written; dismissed with the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", show=False),
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("j", "down", "Down", show=False),
        Binding("k", "up", "Up", show=False),
    ]
    DEFAULT_CSS = """
    ChangeView { background: $background; }
    ChangeView > Vertical { height: 1fr; }
    ChangeView Static { height: auto; padding: 0 1; }
    ChangeView #change-title { background: $panel; text-style: bold; }
    ChangeView #change-keys { background: $panel; color: $text-muted; }
    ChangeView ChangeLines { border-top: hkey $panel-lighten-2; border-bottom: hkey $panel-lighten-2; }
    """

    def __init__(self, plan: Plan, files: tuple[tuple[str, tuple[Row, ...]], ...], warning: str = "") -> None:
        super().__init__()
        self._plan = plan
        self._files = files
        self._warning = warning

    def compose(self) -> ComposeResult:
        """What will be done, what is left out and why, the lines, the keys."""
        signs = Counter(row.line.sign for _, rows in self._files for row in rows)
        many = f"{len(self._files):,} file{'' if len(self._files) == 1 else 's'}"
        lines = f"+{signs['+']:,} −{signs['-']:,} lines in " if signs else ""
        with Vertical():
            yield Static(shown_line(self._plan.change.title), id="change-title")
            yield Static(Content(f"{lines}{many}, one undo. Nothing is written yet."))
            if self._warning:
                yield Static(shown_line(self._warning, "$text-warning"))
            if skipped := self._plan.skipped:
                first = f"{len(skipped)} left out: {skipped[0].ref}: {skipped[0].reason}"
                yield Static(shown_line(first, "$text-warning"))
            yield ChangeLines(self._files)
            yield Static(Content.assemble(("⏎", "bold $text"), f" write {many}  ", ("j k", "bold $text"), " scroll  ",
                                          ("esc", "bold $text"), " leave"), id="change-keys")  # fmt: skip

    def action_write(self) -> None:
        """Yes."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """No."""
        self.dismiss(False)

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one(ChangeLines).scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one(ChangeLines).scroll_relative(y=-1, animate=False)
