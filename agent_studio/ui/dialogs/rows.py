"""One of a list of rows: moved over with the arrows, taken with enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agent_studio.ui.shown import shown_line


class _List(OptionList):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]


class Rows(ModalScreen[int | None]):
    """Asks for one of some rows; dismissed with its place, or None on escape."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave", show=False)]
    DEFAULT_CSS = """
    Rows { align: center middle; background: $background 60%; }
    Rows > Vertical { width: 90; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 0; }
    Rows Static { padding: 0 2; }
    Rows #keys { color: $text-muted; }
    Rows OptionList { height: auto; max-height: 65vh; border: none; padding: 0 1; margin: 1 0; }
    Rows OptionList { background: transparent; }
    Rows OptionList:focus { border: none; }
    Rows OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self, title: Content, rows: Sequence[Content], verb: str = "compare") -> None:
        super().__init__()
        self._question = title
        self._contents = rows
        self._verb = verb

    def compose(self) -> ComposeResult:
        """The title, the rows, the keys."""
        with Vertical():
            yield Static(self._question.stylize("bold"))
            yield _List()
            yield Static(
                Content.assemble(("⏎", "bold"), " ", shown_line(self._verb), "  ", ("esc", "bold"), " back"), id="keys"
            )

    def on_mount(self) -> None:
        """The first row first."""
        rows = self.query_one(_List)
        for content in self._contents:
            rows.add_option(Option(Content.assemble(content)))
        rows.highlighted = 0
        rows.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)

    def action_leave(self) -> None:
        """Back without a choice."""
        self.dismiss(None)
