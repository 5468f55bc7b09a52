"""One line of text, asked for in the middle of the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.shown import shown

Check = Callable[[str], str | None]
"""What is wrong with an answer, in words; None when it will do."""


class Ask(Dialog[str | None]):
    """Asks for a line; dismissed with it, or None on escape. An answer that will not do is refused with the reason."""

    DEFAULT_CSS = """
    Ask > Vertical { width: 68; }
    Ask Input { margin-top: 1; border: none; height: 1; background: $surface; padding: 0 1; }
    Ask #note { margin-top: 1; }
    """

    def __init__(
        self, title: str, note: str, value: str = "", check: Check | None = None, suggestions: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._question = title
        self._note = note
        self._value = value
        self._check = check
        self._suggestions = suggestions

    def compose(self) -> ComposeResult:
        """Title, input, and a note that turns into the reason for a refusal."""
        with Vertical():
            yield Static(shown(self._question, "bold"))
            yield Input(
                self._value, suggester=SuggestFromList(self._suggestions) if self._suggestions else None, compact=True
            )
            yield Static(Content.assemble(shown(self._note), ("   ⏎ ok   esc cancel", "dim")), id="note")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._say(self._check(event.value) if self._check and event.value != self._value else None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        reason = self._check(event.value) if self._check else None
        if reason is None:
            self.dismiss(event.value)
        self._say(reason)

    def _say(self, reason: str | None) -> None:
        note = self.query_one("#note", Static)
        note.set_class(reason is not None, "-refused")
        note.update(Content.assemble(shown(reason or self._note), ("   ⏎ ok   esc cancel", "dim")))
