"""A page of text to read, in the middle of the screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.shown import shown


class Page(Dialog[None]):
    """A title and a text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,enter", "leave", "Leave", show=False)]
    DEFAULT_CSS = """
    Page > VerticalScroll { width: 84; }
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
