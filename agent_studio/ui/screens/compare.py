"""The screen of a comparison in which a merge is made: each difference from one side, from both, or one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, Protocol

from textual import events, on, work
from textual.app import App, ComposeResult
from textual.content import Content
from textual.css.query import NoMatches

from agent_studio.model.compare import compare
from agent_studio.model.document import Document
from agent_studio.model.merge import OTHER, Merging, Place, Writing, own, own_text, three_way
from agent_studio.model.merge.choice import Choice
from agent_studio.model.merge.choice import Side as Which
from agent_studio.model.merge.own import listed
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref
from agent_studio.model.schema import IllegalValue
from agent_studio.ui.dialogs import own_text as dialog
from agent_studio.ui.dialogs.merge_view import MergeView
from agent_studio.ui.dialogs.own_text import OwnText
from agent_studio.ui.dialogs.pick import Choice as Answer
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.panes.compare import ComparePane, ResultStrip, Side
from agent_studio.ui.screens.comparing import ComparingScreen
from agent_studio.ui.shown import shown, shown_line

TALL = 30
"""Lines of the screen from which the result takes several of them."""


class Desk(Protocol):
    """Who asked for a comparison: writes what comes of it."""

    async def put(self, plan: Plan, done: Collection[Ref]) -> str | None:
        """Write a merge and drop the edits that are `done` by it; why it was not written, None where it was."""

    def again(self, side: Side) -> Side:
        """A side as it is now."""

    def compare_with(self, ref: Ref) -> None:
        """Ask what else to compare an agent with, and do it."""

    def free(self, stem: str, beside: Place | None) -> Place:
        """The place of a new file, beside another one where that can be; raises `PlanRefused`."""


class CompareScreen(ComparingScreen):
    """Two agents, field by field and word by word, and what becomes of them together.

    With a `base` the left side already has what only the right one changed, and only what both changed is asked.
    Dismissed with whether something was written.
    """

    KEPT: ClassVar[str] = "compare"
    """The name of the screen that an app keeps."""

    def __init__(self) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self._base: Document | None = None
        self._merging: Merging | None = None
        self._before: list[Merging] = []

    @classmethod
    def keep(cls, app: App[None]) -> None:
        """Build the screen that an app keeps, if it has none, so that the first comparison need not wait for it.

        To be called by the app's own messages, before which no key is taken then.
        """
        if not app.is_screen_installed(cls.KEPT):
            app.install_screen(cls(), cls.KEPT)
            # Textual has no public way to mount a screen but to show it, for which the one below is drawn anew.
            app._get_screen(cls.KEPT)  # noqa: SLF001

    @classmethod
    def of(
        cls, app: App[None], left: Side, right: Side, desk: Desk | None = None, base: Document | None = None
    ) -> CompareScreen:
        """A screen for two sides, to be shown next: the one that an app keeps, or where that shows already a new one.

        What is shown a second time need not be built and styled again.
        """
        if not app.is_screen_installed(cls.KEPT):
            app.install_screen(cls(), cls.KEPT)
        screen = app.get_screen(cls.KEPT, cls)
        if screen in app.screen_stack:
            screen = cls()
        elif screen.sides:
            screen.clear()
        screen.sides, screen._desk, screen._base = (left, right), desk, base
        if screen.is_mounted:
            screen.begin()
        return screen

    def compose(self) -> ComposeResult:
        """The comparison, and the result above the last line."""
        for widget in super().compose():
            yield widget
            if isinstance(widget, ComparePane):
                yield ResultStrip(classes="-tall" if self.app.size.height >= TALL else None)

    def begin(self) -> None:
        """Start comparing the sides, with the result where something can come of it."""
        self.query_one(ResultStrip).display = self._desk is not None
        super().begin()

    def clear(self) -> None:
        """Be as new: no merge, either."""
        super().clear()
        self._desk, self._base, self._merging, self._before = None, None, None, []
        strip = self.query_one(ResultStrip)
        strip.merging, strip.hunk = None, 0

    def on_resize(self, event: events.Resize) -> None:
        """Give the result what room there is."""
        for strip in self.query(ResultStrip):
            strip.set_class(event.size.height >= TALL, "-tall")

    @work(exclusive=True, group="compare")
    async def compare(self) -> None:
        """Compare the sides anew, keep what was chosen where it still can be, and show what comes of it."""
        if not self.sides:  # it was left before the first frame was drawn
            return
        merging = await asyncio.to_thread(self._compared)
        self._before = []
        with suppress(NoMatches):  # as the studio ends, one pane goes after the other
            self._show(merging)

    def _compared(self) -> Merging:
        left, right = (side.document for side in self.sides)
        held = self._merging
        if self._base is not None:
            found = three_way(self._base, left, right)
            return replace(found, choices={**found.choices, **(held.over(found.comparison).choices if held else {})})
        comparison = compare(left, right, loose=self.loose)
        if held is None:
            return Merging(comparison, self._writable)
        if (held.comparison.left, held.comparison.right) == (right, left):
            same = held.comparison.loose == self.loose
            held = held.mirrored(comparison if same else compare(left, right, loose=held.comparison.loose))
        return held.over(comparison)

    @property
    def _writable(self) -> Which:
        """The side that a merge goes to until a choice says otherwise."""
        left, right = (side.place is not None and not side.place.locked for side in self.sides)
        return "right" if right and not left else "left"

    def _show(self, merging: Merging) -> None:
        """Show a merge: its comparison where that is another one, and the choices."""
        if self._merging is None or merging.comparison is not self._merging.comparison:
            self.show(merging.comparison)
        self._merging = merging
        pane = self.query_one(ComparePane)
        pane.choices = merging.choices
        strip = self.query_one(ResultStrip)
        strip.merging, strip.hunk = merging, pane.hunk

    @on(ComparePane.HunkPicked)
    def _picked(self) -> None:
        self.query_one(ResultStrip).hunk = self.query_one(ComparePane).hunk

    # Choosing

    def _set(self, merging: Merging) -> None:
        """Go on with other choices."""
        if self._merging is not None:
            self._before.append(self._merging)
        self._show(merging)

    def _current(self) -> tuple[Merging, int] | None:
        """The merge and the current difference; None, and a word about it, where there is nothing to choose."""
        hunk = self.query_one(ComparePane).hunk
        if self._merging is None or not hunk:
            return None
        if self._desk is None:
            self.say("nothing can be merged here", wrong=True)
            return None
        return self._merging, hunk

    def _choose(self, merging: Merging, hunk: int, choice: Choice) -> None:
        found = merging.chosen(hunk, choice)
        self._set(found)
        if reason := found.result.refused.get(hunk):
            self.say(f"cannot be taken: {reason}", wrong=True)

    def _aimed(self, merging: Merging, side: Which) -> Merging:
        """The first choice says where the merge goes: what is taken from one side is taken to the other."""
        if merging.choices or self._base is not None:
            return merging
        place = self.sides[side == "left"].place
        return replace(merging, into=OTHER[side]) if place and not place.locked else merging

    def do_take_left(self) -> None:
        """Take the current difference from A."""
        if current := self._current():
            self._choose(self._aimed(current[0], "left"), current[1], "left")

    def do_take_right(self) -> None:
        """Take the current difference from B."""
        if current := self._current():
            self._choose(self._aimed(current[0], "right"), current[1], "right")

    def do_choose(self) -> None:
        """The next choice for the current difference."""
        if current := self._current():
            merging, hunk = current
            choice = merging.toggled(hunk).choices[hunk]
            self._choose(merging, hunk, choice)

    def do_all_left(self) -> None:
        """Take all that is undecided from A."""
        if current := self._current():
            self._set(self._aimed(current[0], "left").all("left"))

    def do_all_right(self) -> None:
        """Take all that is undecided from B."""
        if current := self._current():
            self._set(self._aimed(current[0], "right").all("right"))

    def do_unchoose(self) -> None:
        """Take the last choice back."""
        if self._before:
            self._show(self._before.pop())
        else:
            self.say("no choice to take back")

    def do_own(self) -> None:
        """Write the current difference oneself."""
        current = self._current()
        if current is None:
            return
        merging, hunk = current
        difference = merging.difference(hunk)
        text = own_text(merging, hunk)
        if not dialog.holds(text):
            self.say("this text has characters that cannot be edited here: take one side", wrong=True)
            return

        def check(text: str) -> str | None:
            try:
                return merging.chosen(hunk, own(difference, text)).result.refused.get(hunk)
            except IllegalValue as illegal:
                return str(illegal)

        def written(text: str | None) -> None:
            if text is not None:
                self._choose(merging, hunk, own(difference, text))

        where = difference.name or "the beginning"
        note = "One item on a line." if listed(difference) else "What the result will have here."
        title = Content.assemble("your own: ", shown_line(where))
        self.app.push_screen(OwnText(title, note, text, check), written)

    # Writing

    def do_write(self) -> None:
        """Show the bytes of the result, then write them."""
        desk, merging = self._desk, self._merging
        if desk is None or merging is None:
            self.say("nothing can be merged here", wrong=True)
            return
        left, right = (side.place for side in self.sides)
        writing = Writing(merging, left, right)

        def chosen(answer: Writing | None) -> None:
            if answer:
                self._put(desk, answer)

        self.app.push_screen(MergeView(writing, lambda stem: desk.free(stem, writing.target)), chosen)

    @work(group="put", exclusive=True)
    async def _put(self, desk: Desk, writing: Writing) -> None:
        plan = writing.plan
        done = [side.place.ref for side in self.sides if side.draft and side.place]
        refused = await desk.put(plan, [ref for ref in done if ref in plan.change.refs])
        if refused is None:
            self.dismiss(True)
            return
        self.sides = tuple(map(desk.again, self.sides))
        self.say(f"{refused} This is how it is now.", wrong=True)
        self.compare()

    # Commands

    def do_swap(self) -> None:
        """Put the left side to the right; what was chosen stays chosen."""
        if self._base is not None:
            self.say("the left side has both sides' changes already: it stays there", wrong=True)
            return
        self.sides = self.sides[::-1]
        self.compare()

    def do_other(self) -> None:
        """Compare the left file, or where it is none the right one, with something else."""
        place = next((side.place for side in self.sides if side.place), None)
        if self._desk and place:
            self._desk.compare_with(place.ref)

    def do_spelling(self) -> None:
        """Ignore spelling and white space, or count them again."""
        if self._base is not None:
            self.say("every difference counts where two edits are merged", wrong=True)
        else:
            super().do_spelling()

    def leave(self) -> None:
        """Back to where the comparison was asked for; choices that were not written are asked about."""
        chosen_here = self._before or (self._base is None and self._merging and self._merging.choices)
        if not chosen_here:
            super().leave()
            return

        def chosen(answer: str | None) -> None:
            if answer:
                self.dismiss(False)

        title = shown_line("leave, and forget what was chosen? Nothing was written.")
        self.app.push_screen(Pick(title, [Answer("y", "yes", shown("leave"))]), chosen)
