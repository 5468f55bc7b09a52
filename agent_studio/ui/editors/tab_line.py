"""The line that names the three views of an agent."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

TABS = ("Fields", "Body", "Raw")


class TabLine(Widget):
    """`[1 Fields]  2 Body  3 Raw`, and whether there are edits that are not saved."""

    DEFAULT_CSS = """
    TabLine { height: 1; padding: 0 1; background: $panel; color: $text-muted; }
    TabLine:nocolor { text-style: reverse; }
    """

    tab: reactive[int] = reactive(0)
    modified: reactive[bool] = reactive(False)

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, tab: int) -> None:
            super().__init__()
            self.tab = tab

    def render(self) -> Content:
        """The tabs, then the sign of edits at the right."""
        left = Content("").join(self._labels())
        right = Content("● modified" if self.modified else "").stylize("bold $text-accent")
        gap = max(self.size.width - left.cell_length - right.cell_length, 1)
        return Content.assemble(left, " " * gap, right)

    def _labels(self) -> list[Content]:
        labels: list[Content] = []
        for place, name in enumerate(TABS):
            active = place == self.tab
            text = f"[{place + 1} {name}]" if active else f" {place + 1} {name} "
            labels.append(Content.styled(text, "bold $text" if active else ""))
        return labels

    def on_click(self, event: events.Click) -> None:
        """Tell which tab was clicked."""
        offset = event.get_content_offset(self)
        x = 0
        for place, label in enumerate(self._labels()):
            if offset is not None and x <= offset.x < x + label.cell_length:
                self.post_message(self.Picked(place))
            x += label.cell_length
