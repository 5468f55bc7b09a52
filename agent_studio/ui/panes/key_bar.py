"""The last line: the keys that matter here, as many as fit."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.ui.commands import Context
from agent_studio.ui.offer import footer, hints


class KeyBar(Widget):
    """Keys and labels for one context; what does not fit is left out, help never is."""

    DEFAULT_CSS = "KeyBar { height: 1; padding: 0 1; background: $panel; color: $text-muted; }"

    context: reactive[Context] = reactive[Context]("list")

    def __init__(self, context: Context = "list") -> None:
        super().__init__()
        self.set_reactive(KeyBar.context, context)

    def render(self) -> Content:
        """`key label` pairs, two blanks apart."""
        return hints(footer(self.context, self.size.width))
