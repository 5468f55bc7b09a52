"""The body or the whole file as text."""

from __future__ import annotations

from textual import on
from textual.actions import SkipAction
from textual.message import Message
from textual.widgets import TextArea

from agent_studio.model.ref import Ref

from .echo import Echo
from .stretch import differing

_WRAPPED = 300_000
"""Characters up to which a text is wrapped; wrapping 1 MiB takes half a second, and again for each new width."""
_LONG = 20_000
"""Characters in a line from which on a text is not wrapped: each key would take over a second."""


class TextEditor(TextArea):
    """A text area over the view of a document; it sends up the whole text when a person has changed it."""

    DEFAULT_CSS = """
    TextEditor, TextEditor.-textual-compact { height: 1fr; padding: 0; background: transparent; }
    """

    class Edited(Message):
        """A person changed the text."""

        def __init__(self, editor: TextEditor, ref: Ref, text: str) -> None:
            super().__init__()
            self.editor = editor
            self.ref = ref
            self.text = text

    def __init__(self, id: str) -> None:
        super().__init__(id=id, compact=True, show_line_numbers=True, tab_behavior="focus")
        self.cursor_blink = False
        self._ref: Ref | None = None
        self._echo = Echo("")
        self._seen = ""

    def show(self, ref: Ref, text: str, first_line: int, read_only: bool) -> None:
        """Show the text of an agent; where it stands there already, nothing is touched."""
        if self._ref is not None:
            self.changed()  # what was typed last still belongs to what was shown then
        other = ref != self._ref
        if other:
            self._echo = Echo(text)
        news = self._echo.returned(text)
        self._ref = ref
        if other:
            self._load(text)
        elif news and self.text != text:
            self._replace(text)
        self._seen = self.text
        self.line_number_start, self.read_only = first_line, read_only

    def changed(self) -> None:
        """Send up what a person has typed, unless the document says so already."""
        text = self.text
        if text == self._seen or self._ref is None:
            return
        self._seen = text
        if self._echo.typed(text):
            self.post_message(self.Edited(self, self._ref, text))

    def action_page_left(self) -> None:
        """Leave the key to the pane, even where lines are wider than the text area."""
        raise SkipAction

    def action_page_right(self) -> None:
        """Leave the key to the pane."""
        raise SkipAction

    def _load(self, text: str) -> None:
        longest = max(map(len, text.split("\n")))
        # Set without its watcher, which would wrap the text that is about to go.
        self.set_reactive(TextArea.soft_wrap, len(text) <= _WRAPPED and longest <= _LONG)
        self.load_text(text)

    def _replace(self, text: str) -> None:
        """Make the text `text` by replacing only what differs: cursor and undo history stay."""
        old = self.text
        stretch = differing(old, text)
        start, end = _location(old, stretch.start), _location(old, stretch.one_end)
        self.replace(text[stretch.start : stretch.other_end], start, end, maintain_selection_offset=True)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed()


def _location(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
