"""Marks: one by one, all that shows, and ranges."""

from __future__ import annotations

from typing import NamedTuple

from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui.actions.actions import Actions


class Range(NamedTuple):
    """Where a range of marks began, and what was marked before; `held` while shift is held for it."""

    start: Ref
    before: frozenset[Ref]
    held: bool = False


RANGING = frozenset({"list.range", "list.range_down", "list.range_up", "app.back", "list.preview", "list.given"})
"""Commands that leave a range open."""


class Marking(Actions):
    """Marks agents; a range that was begun goes along with the cursor."""

    _range: Range | None = None

    def do_mark(self) -> None:
        """Flip the mark and go on to the next agent."""
        session = self.session
        if session.cursor is None:
            return
        shown, place = session.shown, session.listing.places[session.cursor]
        self.session = session.toggled(session.cursor).picked(shown[min(place + 1, len(shown) - 1)].ref)

    def do_mark_all(self) -> None:
        """Mark all that the filter shows, or none where all are marked."""
        shown = self.session.listing.places.keys()
        marks = self.session.marks
        self.session = self.session.marked(marks - shown if shown <= marks else marks | shown)

    def do_invert(self) -> None:
        """Swap marked and unmarked among what the filter shows."""
        self.session = self.session.marked(self.session.marks ^ self.session.listing.places.keys())

    def do_range(self) -> None:
        """Begin a range here, or end it."""
        if not self.end_range() and self.session.cursor:
            self._range = Range(self.session.cursor, self.session.marks)
            self.session = self._ranged(self.session)
            self.say("range: go to its other end, then do what you want with it; v or esc ends it")

    def do_range_down(self) -> None:
        """Take the next agent into the range."""
        self._extend(1)

    def do_range_up(self) -> None:
        """Take the previous agent into the range, or leave the last one out again."""
        self._extend(-1)

    def _extend(self, by: int) -> None:
        session = self.session
        if session.cursor is None:
            return
        self._range = self._range or Range(session.cursor, session.marks, held=True)
        shown = session.shown
        place = min(max(session.listing.places[session.cursor] + by, 0), len(shown) - 1)
        self.session = self._ranged(session.picked(shown[place].ref))

    def end_range(self) -> bool:
        """Leave the range as it is marked; false where there is none."""
        ended, self._range = self._range, None
        if ended and not ended.held:
            self.say("")  # what was said of the range holds no more
        return ended is not None

    def moved(self, session: Session) -> Session:
        """`session` after its cursor was moved: a range goes with it, but for one that shift was held for."""
        if self._range and self._range.held:
            self.end_range()
        return self._ranged(session)

    def _ranged(self, session: Session) -> Session:
        """`session` with everything marked from where the range began to the cursor; without a range as it is."""
        places = session.listing.places
        if self._range is None or self._range.start not in places or session.cursor is None:
            self.end_range()
            return session
        first, last = sorted((places[self._range.start], places[session.cursor]))
        return session.marked(self._range.before | {agent.ref for agent in session.shown[first : last + 1]})
