"""A nested value: shown as it is written."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from agent_studio.model.schema import Field, Value
from agent_studio.ui.shown import shown

from .field_editor import FieldEditor
from .field_state import FieldState

_LINES = 8


class Nested(FieldEditor):
    """The source of a value, which only the raw view edits."""

    DEFAULT_CSS = "Nested > Static { color: $text-muted; padding: 0 1; width: 1fr; }"

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._source = Static()

    def compose(self) -> ComposeResult:
        """The source."""
        yield self._source

    @property
    def entered(self) -> None:
        """Nothing is ever entered."""
        return

    def put(self, state: FieldState) -> None:
        """Show the first lines of the source."""
        lines = [line[:200] for line in state.source.splitlines()]
        more = [f"⋯ {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
        self.note = "nested YAML: edit in Raw" if state.present else None
        self._source.update(shown("\n".join(lines[:_LINES] + more) or "–"))

    def parse(self, entered: object) -> Value | None:
        """Nothing is ever sent up."""
        return None

    def means(self, state: FieldState) -> object:
        """The source."""
        return state.source
