"""Finding duplicates in a library, anew only where something changed."""

from __future__ import annotations

from agent_studio.model.checks.subject import judged
from agent_studio.model.library import Library

from .group import Duplicates
from .groups import Groups
from .nearness import LEAST, Among, Nearness, Progress

__all__ = ["LEAST", "Finder", "Progress"]


class Finder:
    """The duplicates of a library, with what is known of files that have not changed since; for one thread at a time.

    What of prompts is compared already is asked of `nearness`, which says from which share on two are nearly the same.
    """

    def __init__(self, nearness: Nearness | None = None) -> None:
        self._nearness = nearness or Nearness()
        self._groups = Groups()
        self._last: tuple[Library, Duplicates] = Library(), Duplicates()

    def find(self, library: Library, progress: Progress = lambda _done, _of: None, among: Among = map) -> Duplicates:
        """The duplicates of a library; what `progress` raises ends the search, and the next one goes on there."""
        if library is not self._last[0]:
            texts = self._nearness.texts((agent for agent in library if judged(agent)), progress, among)
            self._last = library, self._groups.of(library, texts)
        return self._last[1]
