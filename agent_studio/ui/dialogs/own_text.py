"""A text of one's own, written in the middle of the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.shown import shown

Check = Callable[[str], str | None]
"""What is wrong with a text, in words; None when it will do."""


class OwnText(Dialog[str | None]):
    """Asks for lines; dismissed with them, or None on escape. What will not do is refused with the reason."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "take", "Take", show=False, priority=True),
        Binding("escape", "leave", "Leave", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    OwnText > Vertical { width: 100; }
    OwnText TextArea { height: auto; min-height: 3; max-height: 24; margin: 1 0; border: none; background: $surface; }
    """

    def __init__(self, title: Content, note: str, text: str, check: Check) -> None:
        super().__init__()
        self._question = title
        self._note = note
        self._text = text
        self._check = check

    def compose(self) -> ComposeResult:
        """What is written, the lines, and a note that turns into the reason for a refusal."""
        with Vertical():
            yield Static(self._question.stylize("bold"))
            area = TextArea(self._text, compact=True, tab_behavior="focus")
            area.cursor_blink = False
            yield area
            yield Static(id="note")

    def on_mount(self) -> None:
        """Take the keys, at the end of what stands there."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self._say(self._note)

    def _say(self, text: str, refused: bool = False) -> None:
        note = self.query_one("#note", Static)
        note.set_class(refused, "-refused")
        note.update(Content.assemble(shown(text), ("   ^s take   esc cancel", "dim")))

    def action_take(self) -> None:
        """Leave with what is written."""
        text = self.query_one(TextArea).text
        if reason := self._check(text):
            self._say(reason, refused=True)
        else:
            self.dismiss(text)


def holds(text: str) -> bool:
    """Whether a text comes back as it went in: some characters are line ends to a text area and to nobody else."""
    return "\r" not in text and len(text.splitlines()) in {text.count("\n"), text.count("\n") + 1}
