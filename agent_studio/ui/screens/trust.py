"""The screen of trust: what an agent runs, hides, and may do, and the mark that a person has looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.visible import one_line
from agent_studio.store.reviews import Review
from agent_studio.ui.commands import BY_ID
from agent_studio.ui.dialogs.keys import Keys
from agent_studio.ui.offer import bindings
from agent_studio.ui.panes.key_bar import KeyBar
from agent_studio.ui.shown import near, shown, shown_line, tail
from agent_studio.ui.trust import Item, Part, count, parts, review_of

report = parts

_END = "Nothing found means that no rule knows a pattern for what is there: read the body, too."
_ABOUT = (
    "What to look at before an agent is trusted. r remembers what it may do now, outside of the file: when that "
    f"changes, rule S040 and this screen say so. {_END}"
)
_STYLES = {
    "error": "bold $text-error",
    "warning": "$text-warning",
    "muted": "",
    "gone": "$text-error",
    "new": "$text-success",
    "": "",
}
_SIGNS = {"gone": "-", "new": "+", "error": "⚑", "warning": "⚐", "muted": "⚐", "": " "}
_LEAD = 25
"""Cells in front of a text: sign, line, word."""


class TrustReport(Widget):
    """The parts, one below the other, each text in full."""

    DEFAULT_CSS = "TrustReport { height: auto; padding: 0 1; }"

    def __init__(self, agent: Agent, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._agent = agent
        self._parts = parts

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the text takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """All of it."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        if trouble := self._agent.trouble or self._agent.document.locked:
            return shown_line(f"the file cannot be read, so nothing was looked for: {trouble}", "$text-error").wrap(
                width
            )
        lines = [line for part in self._parts for line in self._part(part, width)]
        return [*lines, *Content.styled(_END, "dim").wrap(width)]

    def _part(self, part: Part, width: int) -> Iterator[Content]:
        facts = f" {count(part.items)}" if part.counted else ""
        rule = "─" * max(width - len(part.title) - len(facts) - 5, 0)
        yield Content.assemble(
            ("─ ", "dim"), (part.title, "bold"), (f" {rule}", "dim"), (facts, "bold" if part.items else "dim")
        )
        if part.note:
            yield shown_line(part.note, "dim")
        for item in part.items:
            yield from self._item(item, width)
        yield Content("")

    @staticmethod
    def _item(item: Item, width: int) -> Iterator[Content]:
        place = f"line {item.line}" if item.line else ""
        head = f"{_SIGNS[item.kind]} {place:<9} {item.word:<{_LEAD - 13}} "
        text = shown(item.text, _STYLES[item.kind])
        for number, line in enumerate(text.wrap(max(width - len(head), 8))):
            yield Content.assemble((head if number == 0 else " " * len(head), _STYLES[item.kind] or "dim"), line)


class TrustScreen(Screen[Review | None]):
    """The report on one agent; dismissed with a review where the person has made one."""

    AUTO_FOCUS = "TrustScroll"
    CSS = """
    TrustScreen { layout: vertical; }
    #trust-title { height: 1; padding: 0 1; background: $panel; }
    #trust-state { height: auto; padding: 0 1; }
    TrustScreen > VerticalScroll { height: 1fr; border-top: hkey $panel-lighten-2; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(binding for binding in bindings("trust") if isinstance(binding, Binding) and "do(" in binding.action),
        Binding(BY_ID["app.help"].keys, BY_ID["app.help"].action, "help", id="app.help", show=False),
    ]

    def __init__(self, agent: Agent, review: Review | None, parts: tuple[Part, ...], now: float) -> None:
        super().__init__()
        self._agent = agent
        self._review = review
        self._parts = parts
        self._now = now

    def compose(self) -> ComposeResult:
        """What it is, whether it was reviewed, the report, the keys."""
        yield Static(id="trust-title")
        yield Static(self._state(), id="trust-state")
        with TrustScroll():
            yield TrustReport(self._agent, self._parts)
        yield KeyBar("trust")

    def on_resize(self) -> None:
        """The title, as far as it fits."""
        name = Content.assemble(("TRUST  ", "bold"), (one_line(self._agent.name), "bold $text-primary"))
        name = name.truncate(max(self.size.width // 2, 1), ellipsis=True)
        path = tail(one_line(near(self._agent.path)), self.size.width - name.cell_length - 4)
        gap = max(self.size.width - 2 - name.cell_length - cell_len(path), 1)
        self.query_one("#trust-title", Static).update(Content.assemble(name, " " * gap, (path, "dim")))

    def _state(self) -> Content:
        if self._review is None:
            return Content.assemble(("never reviewed", "bold"), " · r remembers what it may do now")
        ago = age(self._now - self._review.at)
        if self._parts and self._parts[0].title.startswith("Changed"):
            return Content.styled(f"⚐ changed since you reviewed it ({ago})", "bold $text-warning")
        return Content.styled(f"reviewed ({ago}); what it may do is the same since", "$text-success")

    def action_do(self, command_id: str) -> None:
        """Run a command of this screen."""
        getattr(self, f"do_{BY_ID[command_id].verb}")()

    def do_review(self) -> None:
        """Remember what it may do now."""
        self.dismiss(review_of(self._agent, self._now))

    def do_back(self) -> None:
        """Back to where it was asked for."""
        self.dismiss(None)

    def do_help(self) -> None:
        """The keys of this screen."""
        self.app.push_screen(Keys("trust", _ABOUT))


class TrustScroll(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Scrolls the report."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("trust")
