"""Finding duplicates in a library, anew only where something changed."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from agent_studio.model.checks.subject import judged
from agent_studio.model.document import Document
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

from .family import families
from .group import Duplicates
from .groups import Groups, Texts
from .index import Index, Key
from .text import alike, runs, sketch

LEAST = 0.8
"""The share of runs of five words from which on two prompts are nearly the same."""

Progress = Callable[[int, int], None]
"""Told how many files of how many are done; what it raises ends the search, and the next one goes on there."""

_EACH = 64
"""Files between two reports of progress."""
_KEPT = 256
"""Texts whose runs are kept at hand during a search."""


class _Held(NamedTuple):
    """A file as it was looked at, and what stands for its prompt."""

    document: Document
    key: Key


class Finder:
    """The duplicates of a library, with what is known of files that have not changed since; for one thread at a time.

    `least` is the share of runs from which on two prompts are nearly the same.
    """

    def __init__(self, least: float = LEAST) -> None:
        self._least = least
        self._held: dict[Ref, _Held] = {}
        self._refs: dict[Key, set[Ref]] = {}
        self._index = Index(0.9 * least / (1 + least))
        self._shares: dict[Key, dict[Key, float]] = {}
        """How much each text has in common with others that it was held against."""
        self._runs: dict[Key, frozenset[int]] = {}
        self._groups = Groups()
        self._last: tuple[Library, Duplicates] = Library(), Duplicates()

    def find(self, library: Library, progress: Progress | None = None) -> Duplicates:
        """The duplicates of a library."""
        if library is not self._last[0]:
            self._look(library, progress or (lambda _done, _of: None))
            keys = {ref: held.key for ref, held in self._held.items()}
            self._last = library, self._groups.of(library, Texts(keys, self._near(), self._share))
            self._runs.clear()
        return self._last[1]

    def _look(self, library: Library, progress: Progress) -> None:
        """Take in what changed."""
        agents = [agent for agent in library if judged(agent)]
        for ref in self._held.keys() - {agent.ref for agent in agents}:
            self._leave(ref)
        for done, agent in enumerate(agents):
            if not done % _EACH:
                progress(done, len(agents))
            held = self._held.get(agent.ref)
            if held is None or held.document is not agent.document:
                self._take(agent.ref, agent.document)
        self._compare(lambda: progress(len(agents), len(agents)))

    def _take(self, ref: Ref, document: Document) -> None:
        key = _key(document)
        held = self._held.get(ref)
        if held and held.key != key:
            self._leave(ref)
        self._held[ref] = _Held(document, key)
        refs = self._refs.setdefault(key, set())
        if not refs:
            self._index.add(key, sketch(document.body))
        refs.add(ref)

    def _leave(self, ref: Ref) -> None:
        key = self._held.pop(ref).key
        self._refs[key].discard(ref)
        if not self._refs[key]:
            del self._refs[key]
            self._index.discard(key)
            self._part(key)

    def _part(self, key: Key) -> None:
        """Forget what a text has in common with others."""
        for other in self._shares.pop(key, {}):
            del self._shares[other][key]

    def _compare(self, progress: Callable[[], None]) -> None:
        """Hold the texts that have other candidates now against those, family by family."""
        changed = self._index.changed
        candidates = {key: self._index.near(key) for key in changed}
        found: list[tuple[Key, Key, float]] = []
        for family in families((key, other) for key, others in candidates.items() for other in others):
            progress()
            for key in family:
                found += (
                    (key, other, self._share(key, other))
                    for other in candidates.get(key, ())
                    if key < other or other not in changed
                )
        for key in changed:
            self._part(key)
        for one, other, share in found:
            self._shares.setdefault(one, {})[other] = self._shares.setdefault(other, {})[one] = share
        changed.clear()

    def _share(self, one: Key, other: Key) -> float:
        """How much two texts have in common."""
        known = self._shares.get(one, {}).get(other)
        return alike(self._runs_of(one), self._runs_of(other)) if known is None else known

    def _near(self) -> dict[Key, dict[Key, float]]:
        """The texts that have enough in common with others."""
        near = {
            key: {other: share for other, share in others.items() if share >= self._least}
            for key, others in self._shares.items()
        }
        return {key: others for key, others in near.items() if others}

    def _runs_of(self, key: Key) -> frozenset[int]:
        if key not in self._runs:
            if len(self._runs) >= _KEPT:
                self._runs.clear()
            self._runs[key] = runs(self._held[next(iter(self._refs[key]))].document.body)
        return self._runs[key]


def _key(document: Document) -> Key:
    """What stands for the prompt as the model gets it, whatever its line ends; empty for none."""
    text = document.body.replace("\r\n", "\n").strip(JS_SPACE)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() if text else b""
