"""Drafts outlive the studio: they lie on the disk a moment after they were typed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Container

from textual.message_pump import MessagePump
from textual.timer import Timer

from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.disk import Store
from agent_studio.ui.safekeeping import Safekeeping
from agent_studio.ui.screens.writing import WritingScreen

SOON = 0.3
"""Seconds after which what is typed is on its way to the disk, also while typing goes on."""


class KeepingScreen(WritingScreen):
    """Writes drafts down while they are edited, and brings those back that a run before has left."""

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        super().__init__(store, now)
        self._safe = Safekeeping()
        self._keeping = asyncio.Lock()
        self._soon: Timer | None = None
        self._adopted = False
        self._trouble = ""
        self.renamed: dict[Ref, Ref] = {}
        """Old ref -> new ref of drafts that went along with their file: what is typed just then still has the old."""

    def on_unmount(self) -> None:
        """Whatever made the studio end: what is unsaved waits for the next run."""
        if self._soon:
            self._soon.stop()
        try:
            self._safe.keep(self._safe.wanted(self.session.drafts.values()))
            self._safe.close()
        except OSError as error:
            self.log.warning(error)

    async def recover(self) -> list[str]:
        """Take back what was half-written, and take over the drafts that runs before have left."""
        news = await super().recover()
        if not self._adopted:
            self._adopted = True
            try:
                await asyncio.to_thread(self._safe.adopt)
            except OSError as error:
                news.append(f"unsaved edits of the last time could not be looked for: {error}")
        self._bring_back(self.session.library.agents.keys())
        return news

    def loaded(self, news: list[str]) -> None:
        """Bring back the drafts of what was opened."""
        self._bring_back()
        if count := len(self.session.drafts):
            edits = "1 unsaved edit is" if count == 1 else f"{count} unsaved edits are"
            news = [*news, f"{edits} back · ^s writes, ^r drops"]
            first = next((agent.ref for agent in self.session.shown if agent.ref in self.session.drafts), None)
            self.session = self.session.picked(first or self.session.cursor)
        super().loaded(news)

    def _bring_back(self, refs: Container[Ref] | None = None) -> None:
        """Take drafts of files below the roots into the session: of all of them, or of some."""
        drafts = self._safe.returned(self.store.roots, self.session.library, refs)
        self.session = self.session.restored(drafts)

    def open_store(self, store: Store) -> None:
        """Put what is unsaved aside until its folder is opened again."""
        self._safe.put_aside(self.session.drafts.values())
        super().open_store(store)

    def _watch_session(self, before: Session, session: Session) -> None:
        """Write drafts down soon after one has changed; say where one went with its file."""
        if session.drafts is before.drafts or not self.is_mounted:
            return
        if self._soon is None:
            self._soon = self.set_timer(SOON, self._keep_soon)
        came = {id(session.drafts[ref].document): ref for ref in session.drafts.keys() - before.drafts.keys()}
        for ref in before.drafts.keys() - session.drafts.keys():
            if new := came.get(id(before.drafts[ref].document)):
                self.renamed[ref] = new
                self.say(f"{ref} was renamed on disk: your edit went along to {new}")

    def _keep_soon(self) -> None:
        self._soon = None
        self.run_worker(self.keep(), group="keep")

    async def keep(self) -> bool:
        """Write down what is unsaved now; that it cannot be (False) is said once."""
        async with self._keeping:
            wanted = self._safe.wanted(self.session.drafts.values())
            try:
                await asyncio.to_thread(self._safe.keep, wanted)
            except OSError as error:
                if self._trouble != str(error):
                    self._trouble = str(error)
                    self.say(f"unsaved edits would be lost with the studio, they cannot be kept: {error}", wrong=True)
                return False
            self._trouble = ""
            return True

    async def put_away(self) -> None:
        """Bring everything to the disk that is on its way there: unsaved edits, what was typed last, a write."""
        await self.keep()
        for node in self._way_up():
            passed = asyncio.Event()
            if node.call_later(passed.set):
                await passed.wait()
        await self.keep()
        async with self._disk:
            self._stop.set()

    def _way_up(self) -> list[MessagePump]:
        """Whose messages bring a key to what has the focus, and from there an edit to this screen."""
        focused = self.app.focused
        above = list(focused.ancestors_with_self) if focused else []
        return [self.app, self.app.screen, *above, *above, self]
