"""Long text: a text area that grows with it, and how long it is."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static, TextArea

from agent_studio.model.schema import Field, IllegalValue, Value
from agent_studio.model.visible import visible

from .field_editor import HIDDEN, FieldEditor
from .field_state import FieldState, handed_on, hides
from .line import checked

_KEPT = "\n\t"


class Prose(FieldEditor):
    """Text of several lines, shown as the host hands it on; `tokens` is what it costs, where that is known."""

    DEFAULT_CSS = """
    Prose > TextArea, Prose > TextArea.-textual-compact {
        height: auto; min-height: 3; max-height: 8; padding: 0 1; background: transparent;
    }
    Prose > TextArea:focus { background: $surface; }
    Prose > Static { color: $text-muted; height: 1; padding: 0 1; }
    Prose:nocolor > Static { text-style: dim; }
    """

    tokens: reactive[int | None] = reactive(None)

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._area = TextArea(compact=True, tab_behavior="focus", highlight_cursor_line=False)
        self._area.cursor_blink = False
        self._length = Static()

    def compose(self) -> ComposeResult:
        """The text, and its length."""
        yield self._area
        yield self._length

    @property
    def target(self) -> Widget:
        """The text area."""
        return self._area

    @property
    def entered(self) -> str:
        """The text as it stands."""
        return self._area.text

    def put(self, state: FieldState) -> None:
        """Show the text; one that a text area would damage is shown only."""
        text = state.text
        nested = isinstance(state.value, list | dict)
        self.note = "nested YAML: edit in Raw" if nested else HIDDEN if hides(text, _KEPT) else None
        self._area.read_only = self.note is not None
        self._area.load_text(visible(text))
        self._measure()

    def parse(self, entered: object) -> Value | None:
        """Nothing where the field may be absent, else the text."""
        text = checked(str(entered), _KEPT)
        if self.field.required and not text.strip():
            raise IllegalValue(f"{self.field.name} cannot be empty: Claude Code drops the agent")
        return text or None

    def means(self, state: FieldState) -> object:
        """The text as it is handed on; absent and empty are the same."""
        return state.text or None

    def meant(self, value: Value | None) -> object:
        """The text as it is handed on."""
        return handed_on(self.field, str(value)) if value else None

    def watch_tokens(self) -> None:
        """Another draft costs another number of tokens."""
        self._measure()

    def _measure(self) -> None:
        text = self._area.text
        examples = text.count("<example>")
        parts = [f"{len(text)} chars"]
        parts += [f"≈{self.tokens} tok"] if self.tokens and text else []
        parts += [f"{examples} example{'s' * (examples != 1)}"] if examples else []
        self._length.update(Content(" · ".join(parts)), layout=False)

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed()
        self._measure()
