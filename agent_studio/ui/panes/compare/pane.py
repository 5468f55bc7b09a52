"""The compare pane: what two agents have in common and where they differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from agent_studio.model.compare import Difference, Row
from agent_studio.ui.offer import bindings

from .canvas import CONTEXTS, Canvas
from .layout import View, text_of
from .minimap import Minimap

_VIEWS: tuple[View, ...] = ("side", "unified", "fields")


class ComparePane(Canvas, can_focus=True):
    """A comparison in which a person goes from difference to difference, from section to section, and finds words."""

    @dataclass
    class HunkPicked(Message):
        """Another difference became the current one; 0 is none."""

        hunk: int

    @dataclass
    class Found(Message):
        """Lines hold what is sought: how many, and which of them is the one that was found last, counted from 1."""

        count: int
        number: int

    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")

    def watch_hunk(self, hunk: int) -> None:
        """Mark the current difference."""
        self.find_key()
        self.refresh()
        self.post_message(self.HunkPicked(hunk))

    @property
    def difference(self) -> Difference | None:
        """The current difference."""
        return self.comparison.differences[self.hunk - 1] if self.comparison and self.hunk else None

    def pick(self, hunk: int) -> None:
        """Make a difference the current one and bring it into the upper third of the screen."""
        if hunk in self._laid.hunks:
            self.hunk = hunk
            self.go(self._laid.hunks[hunk][0] - self.size.height // 4)

    # Finding

    @property
    def sought(self) -> bool:
        """Whether something is sought."""
        return self._sought is not None

    def seek(self, text: str) -> None:
        """Mark a text wherever it stands and go to the first place from here on; nothing is sought with an empty one.

        Capitals count only where the text has one.
        """
        self._sought = re.compile(re.escape(text), 0 if text != text.lower() else re.IGNORECASE) if text else None
        here = self._laid.at(self.window[0]).place if self._laid.blocks else 0
        start = here if self._found is None else self._found
        self._found = None
        self.redraw()
        places = list(self._places())
        self._go_found(places, next((place for place in places if place >= start), None))

    def _places(self) -> Iterator[int]:
        """The places of the rows in which what is sought stands."""
        if self._sought is None:
            return
        place = 0
        for row in self._rows:
            for inner in row.folded or (row,):
                if inner.kind != "heading" and any(map(self._sought.search, _texts(inner))):
                    yield place
                place += 1

    def _step_found(self, by: int) -> None:
        places = list(self._places())
        at = -1 if self._found is None else self._found
        ahead = [place for place in (places if by > 0 else reversed(places)) if (place - at) * by > 0]
        self._go_found(places, next(iter(ahead), None))

    def tell_found(self) -> None:
        """Say again what was found."""
        places = list(self._places())
        self.post_message(self.Found(len(places), places.index(self._found) + 1 if self._found in places else 0))

    def _go_found(self, places: list[int], place: int | None) -> None:
        """Go to a row in which something was found; after the last one comes the first, before the first the last."""
        if place is None and places:
            place = places[0] if self._found is None or self._found >= places[-1] else places[-1]
        self._found = place
        if place is not None:
            if (block := self._laid.of_place(place)).row.kind == "fold":
                self.unfold(block)
                block = self._laid.of_place(place)
            top, end = self.window
            if not top <= block.y < end - 1:
                self.go(block.y - self.size.height // 3)
            if block.row.hunk:
                self.hunk = block.row.hunk
        self.refresh()
        self.tell_found()

    # Actions

    def action_next_hunk(self) -> None:
        """To the next difference; while something is sought, to the next place where it stands."""
        if self.sought:
            self._step_found(1)
        else:
            self.pick(self.hunk + 1)

    def action_previous_hunk(self) -> None:
        """To the previous difference, or place of what is sought."""
        if self.sought:
            self._step_found(-1)
        else:
            self.pick(self.hunk - 1)

    def action_next_part(self) -> None:
        """To the next field or section that differs."""
        self.pick(next((hunk for hunk in self._parts() if hunk > self.hunk), 0))

    def action_previous_part(self) -> None:
        """To the start of this field or section that differs, then to the one before."""
        self.pick(next((hunk for hunk in reversed(list(self._parts())) if hunk < self.hunk), 0))

    def _parts(self) -> Iterator[int]:
        """The first difference of each field and section."""
        last: object = None
        for difference in self.comparison.differences if self.comparison else ():
            part = (difference.field is None, difference.name)
            if part != last:
                yield difference.number
            last = part

    def action_other_place(self) -> None:
        """To the other place of what moved."""
        if self.difference and self.difference.twin:
            self.pick(self.difference.twin)

    def action_down(self) -> None:
        """One line down."""
        self.go(self.scroll_offset.y + 1)

    def action_up(self) -> None:
        """One line up."""
        self.go(self.scroll_offset.y - 1)

    def action_top(self) -> None:
        """To the first line."""
        self.go(0)

    def action_bottom(self) -> None:
        """To the last line."""
        self.go(self._laid.height)

    def action_half_down(self) -> None:
        """Half a screen down."""
        self.go(self.scroll_offset.y + max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Half a screen up."""
        self.go(self.scroll_offset.y - max(self.size.height // 2, 1))

    def action_next_view(self) -> None:
        """Side by side, unified, fields alone, and again."""
        self._chosen = True
        self.view = _VIEWS[(_VIEWS.index(self.view) + 1) % len(_VIEWS)]

    def action_more_context(self) -> None:
        """More identical rows around the differences; after all of them the fewest again."""
        self.context = next((context for context in CONTEXTS if context > self.context), CONTEXTS[0])

    def action_expand(self) -> None:
        """Unfold the identical lines nearest to the current difference."""
        if self._key:
            self.unfold(self._key)

    def on_click(self, event: events.Click) -> None:
        """Unfold a fold, make a difference the current one, or go where the map was clicked."""
        event.prevent_default()  # a double click would select everything
        if self.screen.get_selected_text():
            return
        if event.x >= self.size.width - Minimap.WIDTH:
            self.go(self._map.line_of(event.y) - self.size.height // 2)
            return
        if self.scroll_offset.y + event.y >= self._laid.height:
            return
        block = self._laid.at(self.scroll_offset.y + event.y)
        if block.row.kind == "fold":
            self.unfold(block)
        elif block.row.hunk:
            self.hunk = block.row.hunk


def _texts(row: Row) -> tuple[str, str]:
    return text_of(row.left), text_of(row.right)
