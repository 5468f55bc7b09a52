"""Duplicates as a session looks for them: what changed is looked at again, and whoever waits no longer can stop it."""

from __future__ import annotations

from threading import Event

from agent_studio.model.checks import copies
from agent_studio.model.duplicates.finder import Finder, Progress
from agent_studio.model.duplicates.purpose import overlaps
from agent_studio.model.library import Library
from agent_studio.ui.aside import aside
from agent_studio.ui.looked import Looked


class _Outdated(Exception):
    """Nobody waits for these duplicates any more."""


class Twins:
    """The finder with what it found so far. It is used by one thread at a time."""

    def __init__(self) -> None:
        self._finder = Finder(copies.nearness)  # the rules will ask for the same
        self._last = Looked()

    def of(self, library: Library, outdated: Event, told: Progress) -> Looked | None:
        """The duplicates of a library; None where `outdated` was set before all was looked at."""

        def go_on(done: int, of: int) -> None:
            if outdated.is_set():
                raise _Outdated
            told(done, of)

        if self._last.done and library is self._last.library:
            return self._last
        try:
            with aside(not self._last.done):
                found = self._finder.find(library, go_on)
                go_on(len(library), len(library))
                alike = sorted(overlaps(library), key=lambda pair: -pair.similarity)
        except _Outdated:
            return None
        self._last = Looked(library, found, tuple(alike), done=True)
        _ = self._last.sizes  # counted here, beside the interface
        return self._last
