"""The part of the main screen that finds duplicates beside it, then has the rules run: nothing waits for them."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import events, work
from textual.css.query import NoMatches
from textual.reactive import reactive
from textual.timer import Timer

from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.disk import Store
from agent_studio.store.reviews import Review, reviews
from agent_studio.ui.findings import Findings
from agent_studio.ui.looked import Looked
from agent_studio.ui.panes.agent_list import AgentList
from agent_studio.ui.panes.detail import DetailStrip
from agent_studio.ui.panes.title_bar import TitleBar
from agent_studio.ui.screens.drafts import DraftScreen

if TYPE_CHECKING:
    from agent_studio.model.checks.surroundings import Surroundings
    from agent_studio.store.machine import Machine
    from agent_studio.ui.checks import Checks
    from agent_studio.ui.panes.duplicates import DuplicatesPane
    from agent_studio.ui.panes.problems import ProblemsPane
    from agent_studio.ui.twins import Twins

_PAUSE = 0.2
"""Seconds without a change of the library after which it is checked."""


_NEAR = 40
"""Agents before and behind the one under the cursor that are checked first."""


class CheckingScreen(DraftScreen):
    """Checks the library whenever it has changed; a newer one stops the check of an older."""

    findings: reactive[Findings] = reactive(Findings(), init=False, repaint=False)
    looked: reactive[Looked] = reactive(Looked(), init=False, repaint=False)
    """What was found of duplicates."""

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        super().__init__(store, now)
        self.reviews: dict[str, Review] = {}
        self._machine: Machine | None = None
        self._checks: Checks | None = None
        self._twins: Twins | None = None
        self._misconfigured: str | None = None
        """What is wrong with the configuration, as it was last said."""
        self._checking = asyncio.Lock()
        self._outdated = Event()
        self._pause: Timer | None = None

    @property
    def problems(self) -> ProblemsPane:
        """The pane of what the rules found."""
        from agent_studio.ui.panes.problems import ProblemsPane

        return self.query_one(ProblemsPane)

    @property
    def duplicates(self) -> DuplicatesPane:
        """The pane of agents that are there more than once."""
        from agent_studio.ui.panes.duplicates import DuplicatesPane

        return self.query_one(DuplicatesPane)

    @property
    def around(self) -> Surroundings:
        """What was known of the machine last."""
        from agent_studio.model.checks.surroundings import NOTHING_KNOWN

        return self._checks.around if self._checks else NOTHING_KNOWN

    def _on_mount(self, event: events.Mount) -> None:
        """Check what is read, when it is read."""
        super()._on_mount(event)
        self.watch(self, "session", self._follow_library, init=False)

    def _on_unmount(self) -> None:
        """Keep nobody waiting."""
        super()._on_unmount()
        self._outdated.set()

    def _follow_library(self, before: Session, session: Session) -> None:
        if session.library is not before.library:
            self.check_soon()

    def check_soon(self) -> None:
        """Check once nothing has changed for a moment; what is checked now is out of date."""
        self._outdated.set()
        self.set_class(True, "-checking", update=False)  # no style hangs on it
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._check)

    @work(group="check")
    async def _check(self) -> None:
        await self.ready.wait()
        async with self._checking:
            self._outdated = outdated = Event()
            library = self.session.library
            # Duplicates first: they are found in a fraction of the time that the rules take.
            looked = await asyncio.to_thread(self._looked, library, outdated)
            if looked is not None and self._is_awaited(outdated):
                self.looked = looked
                found = await asyncio.to_thread(self._found, library, outdated)
                if found is not None and self._is_awaited(outdated):
                    self.findings = found
                    self.set_class(False, "-checking", update=False)
                    await self.prepare()

    async def prepare(self) -> None:
        """Called when all is read and judged: get ready for what a person may ask for."""

    def _is_awaited(self, outdated: Event) -> bool:
        """Whether there is still somebody to show what was found to."""
        return not outdated.is_set() and self.app.is_running

    def _found(self, library: Library, outdated: Event) -> Findings | None:
        self._tell(0, len(library))
        if self._machine is None:
            # Only now: the rules take longer to load than the first picture may.
            self._machine = import_module("agent_studio.store.machine").Machine(os.getcwd(), os.environ, Path.home())
        self._checks, trouble = import_module("agent_studio.ui.checks").Checks.configured(self._checks)
        if trouble and trouble != self._misconfigured:
            self.app.call_from_thread(self.say, trouble, wrong=True)
        self._misconfigured = trouble
        self.reviews = reviews()
        if not self.findings.checked:
            self.call_later(self._has_begun, self._checks.first(library, self._seen))
        return self._checks.of(library, self._machine.looked(library, self.reviews), outdated, self._tell)

    @property
    def _seen(self) -> list[Ref]:
        """The agents around the cursor."""
        shown, cursor = self.session.shown, self.session.cursor
        at = self.session.listing.places.get(cursor, 0) if cursor else 0
        return [agent.ref for agent in shown[max(at - _NEAR, 0) : at + _NEAR]]

    def _tell(self, done: int, of: int) -> None:
        if not self.findings.checked:
            self.call_later(self._has_checked, done, of)

    def _has_begun(self, findings: Findings) -> None:
        """Show what is known of the agents in sight, as long as nothing is known of all."""
        if not self.findings.checked:
            self.findings = findings

    def _has_checked(self, done: int, of: int) -> None:
        """Say how far the first check is."""
        with suppress(NoMatches):
            if not self.findings.checked:
                self._show_progress((done, of))

    def _show_progress(self, progress: tuple[int, int] | None) -> None:
        self.query_one(TitleBar).progress = self.problems.progress = progress

    def watch_findings(self, findings: Findings) -> None:
        """Hand them to whoever shows them, and to the filter."""
        self.session = self.session.knowing(replace(self.session.known, problems=findings.facts, now=self.now()))
        with suppress(NoMatches):  # as the studio ends, one pane goes after the other
            self.query_one(TitleBar).findings = findings
            if findings.checked:
                self._show_progress(None)
            self.query_one(AgentList).findings = findings
            self.query_one(DetailStrip).findings = findings
            self.problems.findings = findings
            self.editor.found = findings.of(self.session.cursor) if self.session.cursor else ()

    # Duplicates

    def _looked(self, library: Library, outdated: Event) -> Looked | None:
        if self._twins is None:
            self._twins = import_module("agent_studio.ui.twins").Twins()

        def told(done: int, of: int) -> None:
            self.call_later(self._has_looked, done, of)

        return self._twins.of(library, outdated, told)

    def _has_looked(self, done: int, of: int) -> None:
        """Say how far the search is."""
        with suppress(NoMatches):
            self.duplicates.progress = (done, of)

    def watch_looked(self, looked: Looked) -> None:
        """Hand it to whoever shows it, and to the filter."""
        with suppress(NoMatches):  # as the studio ends, one pane goes after the other
            self.duplicates.progress = None
            self.duplicates.looked = looked
            self.query_one(AgentList).alike = looked.sizes
        self.session = self.session.knowing(replace(self.session.known, duplicates=looked.duplicates))
