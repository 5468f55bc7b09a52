"""Who has which color, and where two that are used together have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agent_studio.model.agent import Agent
from agent_studio.model.palette import ORDER, Pair
from agent_studio.model.visible import one_line
from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.offer import hints
from agent_studio.ui.shown import shown_line
from agent_studio.ui.swatches import swatch

_MOST = 40
"""Names and clashes that are told at most of each kind."""


class Colors(Dialog[bool]):
    """Shows the colors in use; dismissed with whether they shall be balanced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "balance", "Balance", show=False),
        Binding("C", "leave", "Leave", show=False),
        Binding("j,down", "scroll(1)", "Down", show=False),
        Binding("k,up", "scroll(-1)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    Colors > Vertical { width: 100; }
    Colors VerticalScroll { height: auto; max-height: 34; margin: 1 0; }
    Colors Static { height: auto; }
    Colors #rows { text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, title: Content, usage: Mapping[str | None, tuple[Agent, ...]], clashes: Sequence[Pair]) -> None:
        super().__init__()
        self._question = title
        self._usage = usage
        self._clashes = clashes

    def compose(self) -> ComposeResult:
        """The colors with their agents, the clashes, the keys."""
        with Vertical():
            yield Static(self._question.stylize("bold"))
            with VerticalScroll():
                yield Static(Content("\n").join([*self._colors(), Content(""), *self._clashing()]), id="rows")
            keys = (("b", "balance, after a look"), ("esc", "back"))
            yield Static(hints(keys), id="keys")

    def _colors(self) -> list[Content]:
        """A line for each color, for none, and for words that are no color."""
        colors = dict.fromkeys([*ORDER, *self._usage])
        return [self._color(color, self._usage.get(color, ())) for color in colors]

    def _color(self, color: str | None, agents: Sequence[Agent]) -> Content:
        names = ", ".join(agent.name for agent in agents[:_MOST])
        label = one_line(color or "no color")[:10]
        return Content.assemble(
            swatch(color, self.app.native_ansi_color), f" {label:10} {len(agents):5,}  ", shown_line(names, "dim")
        )

    def _clashing(self) -> list[Content]:
        """The pairs that have one color."""
        if not self._clashes:
            return [Content("Of those that are used together no two have one color.")]
        rows = [
            Content.assemble("  ", swatch(one.reading.color, self.app.native_ansi_color), " ", shown_line(one.name),
                             (" and ", "dim"), shown_line(other.name))
            for one, other in self._clashes[:_MOST]
        ]  # fmt: skip
        many = len(self._clashes)
        title = f"{many:,} pair{'' if many == 1 else 's'} used together with one color"
        more = [Content.styled(f"  {many - _MOST:,} more", "dim")] if many > _MOST else []
        return [Content.styled(title, "$text-warning"), *rows, *more]

    def action_balance(self) -> None:
        """Back, to balance them."""
        self.dismiss(True)

    def action_scroll(self, by: int) -> None:
        """Scroll the lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
