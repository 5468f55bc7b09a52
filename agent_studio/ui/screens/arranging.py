"""What the list shows and how: sections, saved views, and all of it, and where in it, as it was the last time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual import events, work
from textual.reactive import reactive

from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.arrangement import Arrangement, arrangement, keep
from agent_studio.store.disk import Store
from agent_studio.store.whereabouts import Whereabouts, remember, whereabouts
from agent_studio.ui.screens.checking import CheckingScreen


class ArrangeScreen(CheckingScreen):
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

    def filter(self, text: str) -> None:
        """Filter the list by a text."""
        raise NotImplementedError

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
