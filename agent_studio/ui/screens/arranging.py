"""What the list shows and how: sections, saved views, and all of it, and where in it, as it was the last time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from textual import events, work
from textual.content import Content
from textual.reactive import reactive

from agent_studio.model.grouping import Grouping
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.arrangement import Arrangement, arrangement, keep
from agent_studio.store.disk import Store
from agent_studio.store.whereabouts import Whereabouts, remember, whereabouts
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.screens.importing import ImportScreen
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


class ArrangeScreen(ImportScreen):
    """Sections and views of the list; what was chosen last, and where the person was, comes back unless `fresh`."""

    fresh = False
    zoomed: reactive[bool] = reactive(False, repaint=False)
    """Whether the pane in front has the whole width."""
    broad: reactive[bool] = reactive(False, repaint=False)
    """Whether the list has more than half of the width."""
    _was = Whereabouts()

    def _on_mount(self, event: events.Mount) -> None:
        """As the list was the last time; from now on what is chosen is remembered."""
        super()._on_mount(event)
        if not self.fresh:
            held = arrangement()
            self.session = self.session.arranged(held.sort, held.group)
        self.watch(self, "session", self._follow_arrangement, init=False)

    def watch_zoomed(self, zoomed: bool) -> None:
        """Give the whole width to the pane in front, or share it again."""
        self.place_panes({"-zoomed": zoomed})

    def place_panes(self, classes: Mapping[str, bool]) -> None:
        """Set classes that only say where panes stand: what is in them need not look for its styles again."""
        before = self.classes
        self.update_classes(classes, update=False)
        if self.is_attached and self.classes != before:
            self.app.stylesheet.update_nodes(self.query("MainScreen > *, #panes > *"))

    def watch_broad(self, broad: bool) -> None:
        """Give the list more room, or less again."""
        self.place_panes({"-broad": broad})

    def do_zoom(self) -> None:
        """Whole width, or shared."""
        self.zoomed = not self.zoomed

    def do_broaden(self) -> None:
        """More room for the list, or less again."""
        self.broad = not self.broad

    def _follow_arrangement(self, before: Session, session: Session) -> None:
        if (session.sort, session.listing.group) != (before.sort, before.listing.group):
            self._remember_arrangement(Arrangement(session.sort, session.listing.group))

    @work(group="arrangement")
    async def _remember_arrangement(self, held: Arrangement) -> None:
        try:
            await asyncio.to_thread(keep, held)
        except OSError as error:
            self.log.warning(error)

    def loaded(self, news: list[str]) -> None:
        """Go where the person was the last time."""
        if not self.fresh:
            self._was = whereabouts(self.store.roots)
            if self._was.filter and not self.session.filter:
                self.filter(self._was.filter)
            self.zoomed, self.broad = self._was.zoomed, self._was.broad
            cursor = Ref.parse(self._was.cursor)
            if cursor in self.session.listing.places:
                self.session = self.session.picked(cursor)
        super().loaded(news)

    def open_store(self, store: Store) -> None:
        """Remember where the person was here."""
        self._remember_whereabouts()
        super().open_store(store)

    def _on_unmount(self) -> None:
        """Remember where the person was."""
        super()._on_unmount()
        self._remember_whereabouts()

    def _remember_whereabouts(self) -> None:
        """Remember where the person is; nothing else may fail because of it."""
        session = self.session
        here = Whereabouts(session.filter, str(session.cursor or self._was.cursor), self.zoomed, self.broad)
        if here != self._was and session.library.roots:
            try:
                remember(self.store.roots, here)
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
        names = [shown_line(name, "bold") for name, _ in saved]
        wide = max(name.cell_length for name in names)
        rows = [
            Content.assemble(name, " " * (wide - name.cell_length + 2), shown_line(query))
            for name, (_, query) in zip(names, saved, strict=True)
        ]
        place = await self.app.push_screen_wait(Rows(Content("saved views"), rows, "show"))
        if place is not None:
            self.filter(saved[place][1])
