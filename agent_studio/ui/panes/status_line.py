"""The line above the keys: what happened last, and what verbs act on."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer
from textual.widget import Widget

from agent_studio.ui.shown import shown_line

FRESH = 8.0
"""Seconds for which a message stands out."""


class StatusLine(Widget):
    """The last message: it stands out like a toast at first, then stays. Right of it, how many agents are marked."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $text-muted; }
    StatusLine.-fresh { background: $success-muted; color: $text-success; text-style: bold; }
    StatusLine.-fresh.-wrong { background: $error-muted; color: $text-error; }
    StatusLine:ansi.-fresh { background: ansi_default; text-style: bold reverse; }
    """

    message: reactive[str] = reactive("")
    marked: reactive[int] = reactive(0)
    hidden: reactive[int] = reactive(0)
    """Of the marked ones, how many the filter leaves out."""

    def __init__(self) -> None:
        super().__init__()
        self._fading: Timer | None = None

    def say(self, message: str, wrong: bool) -> None:
        """Show a message, or (`wrong`) what did not work and why."""
        self.message = message
        self.set_class(bool(message), "-fresh")
        self.set_class(wrong, "-wrong")
        if self._fading:
            self._fading.stop()
        self._fading = self.set_timer(FRESH, lambda: self.set_class(False, "-fresh"))

    def render(self) -> Content:
        """Message left, scope of the verbs right."""
        hidden = f", {self.hidden:,} not shown" if self.hidden else ""
        right = f"on {self.marked:,} marked{hidden}" if self.marked else ""
        room = self.size.width - len(right) - 2
        left = shown_line(self.message).truncate(max(room, 1), ellipsis=True)
        gap = max(self.size.width - left.cell_length - len(right), 0)
        return Content.assemble(left, " " * gap, (right, "$text-accent"))
