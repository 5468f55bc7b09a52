"""What there is to see where no agent is: where the studio looked, and what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from agent_studio.ui.offer import bindings
from agent_studio.ui.shown import near, shown_line

_KEYS = (
    ("n", "create your first agent"),
    ("o", "open another folder…"),
    ("d", "try the demo collection (a temporary copy, nothing is saved)"),
    ("?", "all keys"),
)


class EmptyState(Widget, can_focus=True):
    """A calm page instead of an empty list."""

    DEFAULT_CSS = "EmptyState { align: center middle; content-align: center middle; height: 1fr; width: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = bindings("empty")

    library: reactive[Library] = reactive(Library())

    def render(self) -> Content:
        """The places looked at, the keys, a tip."""
        looked = [self._looked(root) for root in self.library.roots]
        keys = [Content.assemble("     ", (key.rjust(2), "bold $text-accent"), f"   {label}") for key, label in _KEYS]
        lines = [
            Content.styled("No agent files found here.", "bold"),
            Content(""),
            *looked,
            Content(""),
            *keys,
            Content(""),
            Content.styled("Tip: agent-studio ~/some/folder opens any folder of .md agents.", "$text-muted"),
        ]
        width = max(line.cell_length for line in lines)
        return Content("\n").join(Content.assemble(line, " " * (width - line.cell_length)) for line in lines)

    @staticmethod
    def _looked(root: Root) -> Content:
        found = "no agent files" if root.exists else "does not exist"
        return Content.assemble(
            (f"  {root.scope:<8} ", "$text-muted"), shown_line(near(root.path)), (f"   {found}", "$text-muted")
        )
