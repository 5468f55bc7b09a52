"""What becomes of each of many agents, one line each, of which only the visible ones are made."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import set_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agent_studio.model.reassign import Outcome
from agent_studio.model.visible import one_line
from agent_studio.ui.agent_row import fitted
from agent_studio.ui.swatches import swatch, tag


class OutcomeList(ScrollView, can_focus=False):
    """Names, what is done to each, and why one is skipped. `pending` ones tell a value that nothing changes yet."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"outcome--muted", "outcome--skipped", "outcome--header"}
    DEFAULT_CSS = """
    OutcomeList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    OutcomeList > .outcome--muted { color: $text-muted; }
    OutcomeList > .outcome--header { color: $text-muted; }
    OutcomeList > .outcome--skipped { color: $text-warning; }
    OutcomeList:nocolor > .outcome--skipped { color: $foreground; text-style: underline; }
    """

    outcomes: reactive[tuple[Outcome, ...]] = reactive[tuple[Outcome, ...]](())
    field: reactive[str] = reactive("")
    pending: reactive[bool] = reactive(True)

    def watch_outcomes(self, outcomes: tuple[Outcome, ...]) -> None:
        """Show them from the top."""
        self.virtual_size = Size(0, len(outcomes) + 1)
        self.scroll_to(0, 0, animate=False)

    def render_line(self, y: int) -> Strip:
        """The header, or one agent."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y - 1
        if y and place >= len(self.outcomes):
            return Strip.blank(width, self.rich_style)
        content = self._row(self.outcomes[place], width) if y else self._header(width)
        return Strip(content.render_segments(self.visual_style), content.cell_length).adjust_cell_length(
            width, self.rich_style
        )

    @staticmethod
    def _named(width: int) -> int:
        return min(max(width // 3, 16), 40)

    def _header(self, width: int) -> Content:
        text = f"    {set_cell_size('NAME', self._named(width))}  {one_line(self.field).upper()}"
        return Content.styled(set_cell_size(text, width), self.get_visual_style("outcome--header"))

    def _row(self, outcome: Outcome, width: int) -> Content:
        named = self._named(width)
        color = outcome.agent.reading.color
        drawn = Content.styled(tag(color), "bold") if self.app.no_color else swatch(color, self.app.native_ansi_color)
        return Content.assemble(
            " ", drawn, " ", fitted(one_line(outcome.agent.name), named), "  ", self._said(outcome, width - named - 6)
        )

    def _said(self, outcome: Outcome, width: int) -> Content:
        muted = self.get_visual_style("outcome--muted")
        if outcome.skipped is not None:
            words = fitted(f"skipped: {one_line(outcome.skipped)}", width).rstrip()
            return Content.styled(words, self.get_visual_style("outcome--skipped"))
        if self.pending or not outcome.words:
            return Content.styled(fitted(one_line(outcome.words or "so already"), width), muted)
        return Content(fitted(one_line(outcome.words), width))
