"""A page of text to read, in the middle of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agent_studio.ui.shown import shown


class Page(ModalScreen[None]):
    """A title and a text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "close", "Close", show=False)]
    DEFAULT_CSS = """
    Page { align: center middle; background: $background 60%; }
    Page > VerticalScroll { width: 84; max-width: 96%; height: auto; max-height: 92%; }
    Page > VerticalScroll { padding: 1 2; background: $panel; }
    Page Static { margin-bottom: 1; }
    """

    def __init__(self, title: Content, text: str) -> None:
        super().__init__()
        self._heading = title
        self._text = text

    def compose(self) -> ComposeResult:
        """The title, the text, how to leave."""
        with VerticalScroll():
            yield Static(self._heading)
            yield Static(shown(self._text))
            yield Static(Content.styled("esc closes this", "dim"))

    def action_close(self) -> None:
        """Back."""
        self.dismiss()
