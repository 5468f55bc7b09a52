"""One of a list of rows: moved over with the arrows, taken with enter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agent_studio.ui.dialogs.dialog import ChoiceList, Dialog
from agent_studio.ui.offer import hints


class Rows(Dialog[int | None]):
    """Asks for one of some rows; dismissed with its place, or None on escape."""

    DEFAULT_CSS = """
    Rows > Vertical { width: 90; padding: 1 0; }
    Rows Static { padding: 0 2; }
    Rows ChoiceList { max-height: 65vh; text-wrap: nowrap; text-overflow: ellipsis; }
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
            yield ChoiceList()
            yield Static(hints((("⏎", self._verb), ("esc", "back"))), id="keys")

    def on_mount(self) -> None:
        """The first row first."""
        rows = self.query_one(ChoiceList)
        for content in self._contents:
            rows.add_option(Option(Content.assemble(content)))
        rows.highlighted = 0
        rows.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)
