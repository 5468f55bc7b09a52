"""A row of choices of which one holds: arrows move, space or enter chooses, so does a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

Look = Literal["radio", "tags"]
"""`(•) word`, or `[TA word]`; tags without their words where the words do not fit into two lines."""


@dataclass(frozen=True)
class Item:
    """One choice: what it is called in messages, how it looks, and how it looks where there is little room."""

    key: str | None
    label: Content
    short: Content | None = None


class Options(Widget, can_focus=True):
    """Some choices, wrapped at the width; `chosen` is the place of the one that holds."""

    DEFAULT_CSS = """
    Options { height: auto; width: 1fr; padding: 0 1; }
    Options > .options--chosen { text-style: bold; }
    Options > .options--cursor {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: $block-cursor-text-style;
    }
    Options:nocolor > .options--cursor { text-style: reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"options--chosen", "options--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous choice", show=False),
        Binding("right", "move(1)", "Next choice", show=False),
        Binding("home", "move(-99)", "First choice", show=False),
        Binding("end", "move(99)", "Last choice", show=False),
        Binding("space,enter", "choose", "Choose", show=False),
    ]

    items: reactive[tuple[Item, ...]] = reactive((), layout=True)
    chosen: reactive[int] = reactive(0, layout=True)
    cursor: reactive[int] = reactive(0)

    class Chosen(Message):
        """A choice was made."""

        def __init__(self, key: str | None) -> None:
            super().__init__()
            self.key = key

    def __init__(self, look: Look = "radio") -> None:
        super().__init__()
        self._look = look

    def offer(self, items: Sequence[Item], chosen: int) -> None:
        """Show these choices with the cursor on the one that holds."""
        self.items = tuple(items)
        self.chosen = self.cursor = chosen

    def validate_cursor(self, cursor: int) -> int:
        """A place that there is."""
        return max(0, min(cursor, len(self.items) - 1))

    @property
    def chosen_key(self) -> str | None:
        """What the choice that holds is called."""
        return self.items[self.chosen].key if self.items else None

    def action_move(self, step: int) -> None:
        """Move the cursor; nothing is chosen yet."""
        self.cursor += step

    def action_choose(self) -> None:
        """Choose what is under the cursor."""
        if self.items:
            self.chosen = self.cursor
            self.post_message(self.Chosen(self.chosen_key))

    def on_blur(self) -> None:
        """A cursor that was only moved goes back."""
        self.cursor = self.chosen

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for place, x, y, label in self._places(self.size.width):
            if y == offset.y and x <= offset.x < x + label.cell_length:
                self.cursor = place
                self.action_choose()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that the choices take at this width."""
        return max((y for _, _, y, _ in self._places(width)), default=0) + 1

    def render(self) -> Content:
        """All choices, the one that holds marked, the cursor shown while this has the focus."""
        rows: list[Content] = []
        for place, x, y, label in self._places(self.size.width):
            if y == len(rows):
                rows.append(Content(""))
            rows[y] += Content(" " * (x - rows[y].cell_length)) + self._styled(place, label)
        return Content("\n").join(rows)

    def _styled(self, place: int, label: Content) -> Content:
        if place == self.cursor and self.has_focus:
            return Content.styled(label.plain, self.get_visual_style("options--cursor"))
        if place == self.chosen:
            return label.stylize_before("bold")
        return label

    def _places(self, width: int) -> list[tuple[int, int, int, Content]]:
        """(place in items, x, y, label) of every choice, in lines that are no wider than `width`."""
        places = self._wrapped(width, short=frozenset())
        if self._look == "radio" or not places or places[-1][2] <= 1:
            return places
        everything = frozenset(range(len(self.items)))
        places = self._wrapped(width, short=everything - {self.chosen})
        return self._wrapped(width, short=everything) if places[-1][2] else places

    def _wrapped(self, width: int, short: frozenset[int]) -> list[tuple[int, int, int, Content]]:
        gap = 0 if self._look == "tags" else 2
        x = y = 0
        places: list[tuple[int, int, int, Content]] = []
        for place in range(len(self.items)):
            label = self._label(place, place in short).truncate(max(width, 1), ellipsis=True)
            if x and x + label.cell_length > width:
                x, y = 0, y + 1
            places.append((place, x, y, label))
            x += label.cell_length + gap
        return places

    def _label(self, place: int, short: bool) -> Content:
        item = self.items[place]
        chosen = place == self.chosen
        if self._look == "radio":
            return Content.assemble("(•) " if chosen else "( ) ", item.label)
        label = item.short if short and item.short else item.label
        return Content.assemble("[" if chosen else " ", label, "]" if chosen else " ")
