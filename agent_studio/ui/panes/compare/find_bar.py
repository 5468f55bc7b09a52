"""The find bar: what is sought in a comparison, and where one is among the lines that hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FindBar(Horizontal):
    """A line to type in, shown while something is sought; what is typed is found at once."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "end", "End", show=False)]
    DEFAULT_CSS = """
    FindBar { display: none; height: 1; padding: 0 1; background: $panel; }
    FindBar.-seeking { display: block; }
    FindBar #sign { width: 2; color: $text-accent; text-style: bold; }
    FindBar Input { width: 1fr; border: none; height: 1; padding: 0; background: $panel; }
    FindBar #count { width: auto; color: $text-muted; padding-left: 2; }
    """

    @dataclass
    class Typed(Message):
        """Another text is sought; none with an empty one."""

        text: str

    @dataclass
    class Left(Message):
        """The keys go back to the comparison."""

    def compose(self) -> ComposeResult:
        """The sign, the line, the count."""
        yield Static("/", id="sign")
        yield Input(compact=True)
        yield Static(id="count")

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def begin(self) -> None:
        """Take the keys, with what was sought before selected."""
        self.add_class("-seeking")
        self._input.action_select_all()
        self._input.focus()

    def action_end(self) -> None:
        """Seek nothing any more."""
        self.clear()
        self.post_message(self.Typed(""))
        self.post_message(self.Left())

    def clear(self) -> None:
        """Be empty, and not shown."""
        with self.prevent(Input.Changed):
            self._input.value = ""
        self.remove_class("-seeking")

    def show(self, count: int, number: int) -> None:
        """Say how many lines hold what is sought, and which of them is looked at."""
        if not self._input.value:
            self.query_one("#count", Static).update("")
            return
        said = f"{number} of {count} line{'s' * (count != 1)}" if count else "not found"
        more = "" if self._input.has_focus else "  n N go there, esc ends" if count else "  esc ends"
        self.query_one("#count", Static).update(Content(said + more))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value:
            self.post_message(self.Left())
        else:
            self.action_end()
