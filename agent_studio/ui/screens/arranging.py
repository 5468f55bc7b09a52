"""What the list shows and how: sections, saved views, and all of it as it was the last time."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual import events, work
from textual.content import Content

from agent_studio.model.grouping import Grouping
from agent_studio.model.session import Session
from agent_studio.store.arrangement import Arrangement, arrangement, keep
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.screens.carrying import CarryScreen
from agent_studio.ui.shown import near, shown_line

_GROUP_KEYS: dict[str, Grouping] = {
    "s": "scope",
    "d": "duplicates",
    "m": "model",
    "c": "color",
    "f": "folder",
    "t": "status",
}
_NONE = "none"


class ArrangeScreen(CarryScreen):
    """Sections and views of the list; the order and sections that were chosen last come back, unless `fresh`."""

    fresh = False

    def _on_mount(self, event: events.Mount) -> None:
        """As the list was the last time; from now on what is chosen is remembered."""
        super()._on_mount(event)
        if not self.fresh:
            held = arrangement()
            self.session = self.session.arranged(held.sort, held.group)
        self.watch(self, "session", self._follow_arrangement, init=False)

    def _follow_arrangement(self, before: Session, session: Session) -> None:
        if (session.sort, session.listing.group) != (before.sort, before.listing.group):
            self._remember(Arrangement(session.sort, session.listing.group))

    @work(group="arrangement")
    async def _remember(self, held: Arrangement) -> None:
        try:
            await asyncio.to_thread(keep, held)
        except OSError as error:
            self.log.warning(error)

    def filter(self, text: str) -> None:
        """Filter the list by a text."""
        raise NotImplementedError

    def do_group(self) -> None:
        """Ask what to group the list by."""
        now = self.session.listing.group
        choices = [Choice(key, by, Content(f"{by} ✓" if by == now else by)) for key, by in _GROUP_KEYS.items()] + [
            Choice("0", _NONE, Content(_NONE))
        ]

        def chosen(value: str | None) -> None:
            if value is not None:
                self.session = self.session.grouped(next((by for by in _GROUP_KEYS.values() if by == value), None))

        self.app.push_screen(Pick(Content("group by"), choices), chosen)

    @work(group="views", exclusive=True)
    async def do_views(self) -> None:
        """Ask for one of the saved views, and show it."""
        from agent_studio.store.settings import BadSettings, own_path, views
        from agent_studio.ui.dialogs.rows import Rows

        try:
            saved = list((await asyncio.to_thread(views, os.environ, Path.home())).items())
        except BadSettings as bad:
            self.say(str(bad), wrong=True)
            return
        if not saved:
            file = near(own_path(os.environ, Path.home()))
            self.say(f'no saved views: write them below [views] in {file}, as risky = "tools:Bash"', wrong=True)
            return
        wide = max(len(name) for name, _ in saved)
        rows = [Content.assemble(shown_line(f"{name:<{wide}}  ", "bold"), shown_line(query)) for name, query in saved]
        place = await self.app.push_screen_wait(Rows(Content("saved views"), rows, "show"))
        if place is not None:
            self.filter(saved[place][1])
