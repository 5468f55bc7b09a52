"""A change before it is written: what it does to how many files, and every line of it."""

from __future__ import annotations

from typing import ClassVar

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
from agent_studio.model.visible import one_line
from agent_studio.ui.editors.written_view import Row, WrittenView, rows_of
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
            count = sum(row.line.sign == "+" for row in rows)
            found.append((f"{edit.ref}  {count} line{'' if count == 1 else 's'}", rows))
    return tuple(found)


class ChangeLines(WrittenView, inherit_bindings=True):
    """The lines of all files, one below the other, each file under its title."""

    DEFAULT_CSS = """
    ChangeLines { height: 1fr; max-height: 100%; }
    ChangeLines:focus > .written--title { color: $text-accent; text-style: bold; }
    """

    def __init__(self, files: tuple[tuple[str, tuple[Row, ...]], ...]) -> None:
        super().__init__()
        self._listed: list[Row | str] = []
        for title, rows in files:
            self._listed += [title, *rows]
        self._digits = max([3, *(len(str(row.line.number)) for _, rows in files for row in rows)])

    def on_mount(self) -> None:
        """Take the height of all of it."""
        self.virtual_size = Size(0, len(self._listed))

    def allow_focus(self) -> bool:
        """Always: it has the keys."""
        return True

    def render_line(self, y: int) -> Strip:
        """A title, or a line."""
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if place >= len(self._listed):
            return Strip.blank(width, self.rich_style)
        content = self._content(place, width)
        return Strip(content.render_segments(self.visual_style), content.cell_length).adjust_cell_length(width)

    def _content(self, place: int, width: int) -> Content:
        row = self._listed[place]
        if isinstance(row, Row):
            return self._line(row, width)
        title = f"─ {one_line(row)} "
        title += "─" * max(width - cell_len(title), 0)
        return Content.styled(title, self.get_visual_style("written--title")).truncate(width, ellipsis=True)


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

    def __init__(self, plan: Plan, files: tuple[tuple[str, tuple[Row, ...]], ...]) -> None:
        super().__init__()
        self._plan = plan
        self._files = files

    def compose(self) -> ComposeResult:
        """What will be done, what is left out and why, the lines, the keys."""
        lines = sum(row.line.sign == "+" for _, rows in self._files for row in rows)
        many = f"{len(self._files)} file{'' if len(self._files) == 1 else 's'}"
        counts = f"{lines} new line{'' if lines == 1 else 's'} in {many}, one undo. Nothing is written yet."
        with Vertical():
            yield Static(shown_line(self._plan.change.title), id="change-title")
            yield Static(Content(counts))
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
