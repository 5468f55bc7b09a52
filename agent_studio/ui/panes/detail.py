"""What the list cannot hold about the agent under the cursor, in a strip below it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.visible import one_line
from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.shown import near, shown_line, tail, topmost
from agent_studio.ui.swatches import swatch

_SIGNS = {
    "dropped": ("✖", "$text-error"),
    "degraded": ("⚠", "$text-warning"),
    "tolerated": ("~", "$text-warning"),
    "parked": ("○", "dim"),
}
_LOUD = {"error": "$text-error", "warning": "$text-warning", "muted": "$text-muted"}


class DetailStrip(Widget):
    """Path, scope and color; the description; why it does not load as written; who else has its name."""

    DEFAULT_CSS = "DetailStrip { height: 5; padding: 0 1; }"

    agent: reactive[Agent | None] = reactive[Agent | None](None)
    library: reactive[Library] = reactive(Library())
    findings: reactive[Findings] = reactive(Findings())

    def render(self) -> Content:
        """As many lines as there are: the description gives way to what is wrong."""
        width, height = self.size
        if self.agent is None or not width:
            return Content("")
        notes = [*self._wrong(self.agent), *self._twins(self.agent)]
        description = self._description(self.agent, height - 1 - len(notes))
        return Content("\n").join([self._place(self.agent), *description, *notes])

    def _place(self, agent: Agent) -> Content:
        """Where the file is, and what its color is."""
        root = self.library.root_of(agent.ref)
        color = agent.reading.color
        right = Content(" · ").join(
            [
                *([Content.styled(root.scope, "$text-muted")] if root else []),
                *([Content.styled("read-only", "$text-muted")] if agent.read_only else []),
                Content.assemble(swatch(color, self.app.native_ansi_color), " ", shown_line(color or "no color")),
            ]
        )
        right = right.truncate(max(self.size.width - 10, 1), ellipsis=True)
        room = self.size.width - right.cell_length - 2
        path = Content.styled(tail(one_line(near(agent.path)), room), "bold")
        gap = max(self.size.width - path.cell_length - right.cell_length, 1)
        return Content.assemble(path, " " * gap, right)

    def _description(self, agent: Agent, height: int) -> list[Content]:
        """The first lines of the description, an ellipsis where there are more, blank ones where fewer."""
        width = self.size.width
        text = shown_line(agent.description[: width * (height + 1) * 2])
        lines = text.wrap(width) if text else [Content.styled("no description", "$text-muted")]
        lines = topmost(lines, width, height)
        return [*lines, *[Content("")] * (height - len(lines))]

    def _wrong(self, agent: Agent) -> list[Content]:
        """The worst that was found in it; before anything was, why the host does not load it."""
        found = self.findings.of(agent.ref)
        return [self._worst(found)] if found and not agent.ref.parked else self._verdict(agent)

    def _worst(self, found: tuple[Finding, ...]) -> Content:
        """The worst problem on one line; right of it the key of a fix, or of all the others."""
        problem, more = found[0].problem, len(found) - 1
        keys = [("f", "fix")] if found[0].can_be_fixed_blind else []
        keys += [("!", f"{more} more")] if more else []
        right = Content("  ").join(Content.assemble((key, "bold $accent"), f" {label}") for key, label in keys)
        left = Content.assemble(f"{found[0].sign} ", shown_line(problem.message)).stylize(_LOUD[found[0].kind])
        left = left.truncate(max(self.size.width - right.cell_length - 2, 8), ellipsis=True)
        return Content.assemble(left, " " * max(self.size.width - left.cell_length - right.cell_length, 1), right)

    def _verdict(self, agent: Agent) -> list[Content]:
        """Why the host does not load it, or not as written."""
        verdict = agent.verdict
        sign, style = _SIGNS.get(verdict.status, ("", ""))
        if not sign or not verdict.reason:
            return []
        line = Content.assemble(f"{sign} ", shown_line(verdict.reason)).stylize(style)
        return [line.truncate(self.size.width, ellipsis=True)]

    def _twins(self, agent: Agent) -> list[Content]:
        """Who else has its name and which one is taken, and the key to compare with."""
        twins, standing = self.library.same_name(agent), self.library.standing(agent)
        if not twins and not standing.why:
            return []
        more = f" and {len(twins) - 1} more" if len(twins) > 1 else ""
        right = Content.assemble(("=", "bold $accent"), " to compare") if twins else Content("")
        said = standing.why or f"{twins[0].ref}{more}: same name"
        left = Content.assemble("⇄ ", shown_line(said)).stylize("$text-warning" if standing.undefined else "")
        left = left.truncate(max(self.size.width - right.cell_length - 2, 8), ellipsis=True)
        return [Content.assemble(left, " " * max(self.size.width - left.cell_length - right.cell_length, 1), right)]
