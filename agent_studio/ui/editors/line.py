"""One line of text, and the input that other editors use for theirs."""

from __future__ import annotations

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from agent_studio.model.schema import Field, IllegalValue, Value
from agent_studio.model.visible import visible

from .field_editor import HIDDEN, FieldEditor
from .field_state import FieldState, hides


class LineInput(Input):
    """A compact input without selection on focus; enter goes on to the next field."""

    DEFAULT_CSS = """
    LineInput, LineInput.-textual-compact { background: transparent; padding: 0 1; height: 1; }
    LineInput:focus { background: $surface; }
    """

    def __init__(self, placeholder: str = "", suggester: Suggester | None = None) -> None:
        super().__init__(placeholder=placeholder, suggester=suggester, compact=True, select_on_focus=False)
        self.cursor_blink = False

    async def action_submit(self) -> None:
        """On to the next field."""
        self.screen.focus_next()

    def action_page_left(self) -> None:
        """Leave the key to the pane, even where the text is wider than the input."""
        raise SkipAction

    def action_page_right(self) -> None:
        """Leave the key to the pane."""
        raise SkipAction


def checked(text: str, keep: str = "") -> str:
    """`text` where it has no hidden character; raises `IllegalValue`."""
    if hides(text, keep):
        raise IllegalValue(f"hidden characters can only be written in Raw: {visible(text, '')[:60]}")
    return text


class Line(FieldEditor):
    """A text or a whole number on one line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._input = LineInput("" if field.required else field.default)

    def compose(self) -> ComposeResult:
        """The input."""
        yield self._input

    @property
    def target(self) -> Widget:
        """The input."""
        return self._input

    @property
    def entered(self) -> str:
        """The text as it stands."""
        return self._input.value

    def put(self, state: FieldState) -> None:
        """Show the text; one that a line cannot hold is shown only."""
        text = state.text
        nested = isinstance(state.value, list | dict)
        self.note = "nested YAML: edit in Raw" if nested else HIDDEN if hides(text) else None
        self._input.disabled = self.note is not None
        self._input.value = visible(text, keep="")

    def parse(self, entered: object) -> Value | None:
        """Nothing where the field may be absent, else what the field makes of the text; blanks around it go."""
        text = checked(str(entered)).strip()
        return self.field.parse(text) if text or self.field.required else None

    def means(self, state: FieldState) -> object:
        """The text; absent and empty are the same."""
        return state.text or None

    def meant(self, value: Value | None) -> object:
        """The text of a value."""
        return None if value in {None, ""} else str(value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed()
