"""The line under which the rarer fields are folded."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_LEFT = 14
_LINES = 2


class More(Widget, can_focus=True):
    """Names the fields that are folded away; enter or → opens, ← folds those that are not set."""

    DEFAULT_CSS = """
    More { height: auto; color: $text-muted; }
    More:focus { color: $text-accent; text-style: bold; }
    More:nocolor:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn", "Open or fold", show=False),
        Binding("right", "turn(True)", "Open", show=False),
        Binding("left", "turn(False)", "Fold", show=False),
    ]

    folded: reactive[tuple[str, ...]] = reactive((), layout=True)
    """The names of the fields that are not set."""
    opened: reactive[bool] = reactive(False, layout=True)

    class Turned(Message):
        """A person opened or folded the fields."""

    def action_turn(self, opened: bool | None = None) -> None:
        """Open, fold, or the other way round."""
        opened = not self.opened if opened is None else opened
        if opened != self.opened:
            self.opened = opened
            self.post_message(self.Turned())

    def on_click(self) -> None:
        """Open or fold."""
        self.action_turn()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, or as many as the names take."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The sign, and the names."""
        lines = self._lines(self.size.width)
        sign = "▾ more" if self.opened else "▸ more"
        rest = [Content.assemble(" " * (_LEFT + 1), line) for line in lines[1:]]
        return Content("\n").join([Content.assemble(sign.ljust(_LEFT + 1), lines[0]), *rest])

    def _lines(self, width: int) -> list[Content]:
        if self.opened:
            return [Content("← folds what is not set")]
        room = max(width - _LEFT - 4, 20)
        lines = [""]
        for place, name in enumerate(self.folded):
            more = f" · … {len(self.folded) - place} more"
            if len(lines[-1]) + 3 + len(name) > (room if len(lines) < _LINES else room - len(more)):
                if len(lines) == _LINES:
                    lines[-1] += more
                    break
                lines.append("")
            lines[-1] += f" · {name}" if lines[-1] else name
        return [Content(line) for line in lines] if self.folded else [Content("every field is set")]
