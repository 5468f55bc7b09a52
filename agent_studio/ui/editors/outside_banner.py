"""The line that says another program wrote to the file under edit, and takes the answer."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.session import Outside


class OutsideBanner(Widget, can_focus=True):
    """Not there while nothing happened; its keys act while it has the focus, its words when they are clicked."""

    DEFAULT_CSS = """
    OutsideBanner { height: auto; padding: 0 1; display: none; background: $warning-muted; color: $text-warning; }
    OutsideBanner.-shown { display: block; }
    OutsideBanner:focus { text-style: bold; background: $warning; color: $text; }
    OutsideBanner:nocolor { text-style: reverse; }
    OutsideBanner:nocolor:focus { text-style: reverse bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "screen.do('form.keep')", "Keep mine", show=False),
        Binding("t", "screen.do('form.take')", "Take disk", show=False),
        Binding("m", "screen.do('form.merge')", "Merge", show=False),
        Binding("equals_sign", "screen.do('form.compare_disk')", "Compare", show=False),
    ]

    outside: reactive[Outside | None] = reactive[Outside | None](None, layout=True)

    def watch_outside(self, outside: Outside | None) -> None:
        """Appear and go."""
        self.set_class(outside is not None, "-shown")

    def render(self) -> Content:
        """What happened, and the keys."""
        if self.outside == "gone":
            return Content.from_markup(
                "deleted on disk — ctrl+s writes it again · [@click=screen.do('form.take')]t discard[/]"
            )
        return Content.from_markup(
            "changed on disk while you edit — [@click=screen.do('form.merge')]m merge[/]"
            " · [@click=screen.do('form.keep')]k keep mine[/]"
            " · [@click=screen.do('form.take')]t take disk[/]"
            " · [@click=screen.do('form.compare_disk')]= compare[/]"
        )
