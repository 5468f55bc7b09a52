"""A few choices, one of which opens a line to type in."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input

from agent_studio.model.schema import Field

from .field_editor import FieldEditor
from .line import LineInput
from .options import Look, Options


class OpenChoice(FieldEditor):
    """Choices and a line. A subclass says which choice opens the line, and what that and the line together mean."""

    OPENING: ClassVar[str]
    """The key of the choice that opens the line."""

    def __init__(self, field: Field, look: Look, placeholder: str, suggester: Suggester | None) -> None:
        super().__init__(field)
        self._options = Options(look)
        self._input = LineInput(placeholder, suggester)

    def compose(self) -> ComposeResult:
        """The choices, and the line."""
        yield self._options
        yield self._input

    @property
    def target(self) -> Widget:
        """The choices."""
        return self._options

    @property
    def entered(self) -> tuple[str | None, str]:
        """The choice that holds, and what stands in the line."""
        return self._options.chosen_key, self._input.value

    @on(Options.Chosen)
    def _chosen(self, event: Options.Chosen) -> None:
        event.stop()
        self._input.display = event.key == self.OPENING
        if event.key == self.OPENING:
            self._input.focus()
        self.changed()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed()
