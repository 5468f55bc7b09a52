"""The first line: what is open, how much of it, and what it costs."""

from __future__ import annotations

from collections import Counter

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.ref import SCOPES, Ref, Scope
from agent_studio.model.visible import one_line
from agent_studio.ui.findings import SIGNS, Findings
from agent_studio.ui.gauge import Gauge
from agent_studio.ui.shown import shown_line, tail

_NAME = "agent studio"
_LEAST = (12, 4, 0)
"""Cells of the place that stay in front of each way to draw the gauge."""


class TitleBar(Widget):
    """The program's name, the counts by scope, the budget, how much was found, and how many edits are unsaved."""

    DEFAULT_CSS = "TitleBar { height: 1; padding: 0 1; background: $panel; }"

    library: reactive[Library] = reactive(Library())
    agents: reactive[tuple[Agent, ...]] = reactive[tuple[Agent, ...]](())
    marks: reactive[frozenset[Ref]] = reactive[frozenset[Ref]](frozenset())
    unsaved: reactive[int] = reactive(0)
    findings: reactive[Findings] = reactive(Findings())
    place: reactive[str] = reactive("")

    def __init__(self) -> None:
        super().__init__()
        self._held: Counter[str] = Counter()
        """How many agents each root holds."""

    def watch_agents(self, agents: tuple[Agent, ...]) -> None:
        """Count them, once."""
        self._held = Counter(agent.ref.root for agent in agents)

    def render(self) -> Content:
        """Left: name and place; right: counts, the budget where there is room, and what needs attention."""
        counts, signs, place = self._counts(), self._signs(), one_line(self.place)
        gauges = Gauge.of(self.library, self.library.budget, self.marks).drawn()
        tries = [(least, [*counts, gauge, *signs]) for least, gauge in zip(_LEAST, gauges, strict=False)]
        rights = [(least, Content("  ").join(parts)) for least, parts in (*tries, (0, [*counts, *signs]))]
        fitting = (right for least, right in rights if self._room(right) >= min(cell_len(place), least))
        right = next(fitting, Content("  ").join(signs))
        room = self._room(right)
        cut = tail(place, room) if "/" in place else shown_line(place).truncate(max(room, 0), ellipsis=True).plain
        left = Content.assemble((_NAME, "bold $primary"), "  ", (cut if room > 3 else "", "dim"))
        gap = self.size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * max(gap, 1), right)

    def _room(self, right: Content) -> int:
        """Cells that are left for the place."""
        return self.size.width - len(_NAME) - 2 - 2 - right.cell_length

    def _counts(self) -> list[Content]:
        scopes = {root.name: root.scope for root in self.library.roots}
        counts: Counter[Scope] = Counter()
        for root, count in self._held.items():
            counts[scopes.get(root, "folder")] += count
        return [Content.assemble(f"{scope} ", (str(counts[scope]), "bold")) for scope in SCOPES if counts[scope]]

    def _signs(self) -> list[Content]:
        counts = self.findings.counts
        signs = [
            (f"{SIGNS['error']}{counts['error']}", "$text-error", counts["error"]),
            (f"{SIGNS['warning']}{counts['warning']}", "$text-warning", counts["warning"]),
            (f"{SIGNS['high']}{counts['high']}", "$text-error", counts["high"]),
            (f"●{self.unsaved} unsaved", "$text-accent", self.unsaved),
        ]
        return [Content.styled(text, style) for text, style, count in signs if count]
