"""The first line: what is open, and how much of it."""

from __future__ import annotations

from collections import Counter

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.ref import SCOPES
from agent_studio.ui.shown import shown_line


class TitleBar(Widget):
    """The program's name, the counts by scope, how many do not load, and how many edits are unsaved."""

    DEFAULT_CSS = "TitleBar { height: 1; padding: 0 1; background: $panel; }"

    library: reactive[Library] = reactive(Library())
    agents: reactive[tuple[Agent, ...]] = reactive[tuple[Agent, ...]](())
    unsaved: reactive[int] = reactive(0)
    place: reactive[str] = reactive("")

    def render(self) -> Content:
        """Left: name and counts; right: what needs attention."""
        left = Content.assemble(("agent studio", "bold $primary"), "  ", shown_line(self.place, "$text-muted"))
        right = Content("  ").join([*self._counts(), *self._signs()])
        gap = self.size.width - left.cell_length - right.cell_length
        if gap < 2:
            left = left.truncate(max(self.size.width - right.cell_length - 2, 12), ellipsis=True)
            gap = self.size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(gap, 1), right)

    def _counts(self) -> list[Content]:
        scopes = {root.name: root.scope for root in self.library.roots}
        counts = Counter(scopes.get(agent.ref.root, "folder") for agent in self.agents)
        return [Content.assemble(f"{scope} ", (str(counts[scope]), "bold")) for scope in SCOPES if counts[scope]]

    def _signs(self) -> list[Content]:
        statuses = Counter(agent.verdict.status for agent in self.agents)
        signs = [
            (f"✖{statuses['dropped']}", "$text-error", statuses["dropped"]),
            (f"⚠{statuses['degraded']}", "$text-warning", statuses["degraded"]),
            (f"●{self.unsaved} unsaved", "$text-accent", self.unsaved),
        ]
        return [Content.styled(text, style) for text, style, count in signs if count]
