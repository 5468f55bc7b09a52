"""Which prompts of a library are nearly the same, kept up to date file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.ref import Ref

from .family import families
from .index import Index
from .text import alike, runs
from .trace import Key, trace

LEAST = 0.8
"""The share of runs of five words from which on two prompts are nearly the same."""

Progress = Callable[[int, int], None]
"""Told how many files of how many are done; what it raises ends the search, and the next one goes on there."""

Share = Callable[[Key, Key], float]
"""Says how much two texts have in common, 0 to 1."""
Shares = list[tuple[Key, Key, float]]
"""Pairs of texts, and how much they have in common."""
Among = Callable[[Callable[[list[Key]], Shares], list[list[Key]]], Iterable[Shares]]
"""Asks of each of many families how much its texts have in common: a map, of which several processes may do a part."""

_EACH = 64
"""Files between two reports of progress."""
_KEPT = 256
"""Texts of a family whose runs are kept at hand: of few, which lie close together in memory."""


class Texts(NamedTuple):
    """What is known of the prompts of some agents.

    `keys` are equal for equal ones, and empty for an empty one. `near` is each that is nearly the same as others, with
    those and how much they have in common, 0 to 1; `share` says that of any two.
    """

    keys: Mapping[Ref, Key]
    near: Mapping[Key, Mapping[Key, float]]
    share: Share


class Nearness:
    """The prompts of some agents held against one another, those that changed since the last time anew.

    `least` is the share of runs from which on two prompts are nearly the same. Threads wait for one another.
    """

    def __init__(self, least: float = LEAST) -> None:
        self._least = least
        self._held: dict[Ref, tuple[Document, Key]] = {}
        self._refs: dict[Key, set[Ref]] = {}
        self._index = Index(least)
        self._shares: dict[Key, dict[Key, float]] = {}
        """How much each text has in common with others that it was held against."""
        self._lock = Lock()

    def texts(self, agents: Iterable[Agent], progress: Progress = lambda _done, _of: None, among: Among = map) -> Texts:
        """What is known of the prompts of exactly these agents."""
        with self._lock:
            self._look({agent.ref: agent.document for agent in agents}, progress, among)
            near, documents = self._near(), {key: self._document(key) for key in self._refs}
            keys = {ref: key for ref, (_, key) in self._held.items()}
        return Texts(keys, near, _sharing(near, documents.__getitem__))

    def _look(self, documents: Mapping[Ref, Document], progress: Progress, among: Among) -> None:
        """Take in what is new, forget what is gone, and compare what changed."""
        for ref in self._held.keys() - documents.keys():
            self._leave(ref)
        for done, (ref, document) in enumerate(documents.items()):
            if not done % _EACH:
                progress(done, len(documents))
            held = self._held.get(ref)
            if held is None or held[0] is not document:
                self._take(ref, document)
        self._compare(lambda: progress(len(documents), len(documents)), among)

    def _take(self, ref: Ref, document: Document) -> None:
        key, sketch = trace(document)
        _, before = self._held.get(ref, (None, key))
        if before != key:
            self._leave(ref)
        self._held[ref] = document, key
        refs = self._refs.setdefault(key, set())
        if not refs:
            self._index.add(key, sketch)
        refs.add(ref)

    def _leave(self, ref: Ref) -> None:
        _, key = self._held.pop(ref)
        self._refs[key].discard(ref)
        if not self._refs[key]:
            del self._refs[key]
            self._index.discard(key)
            self._part(key)

    def _part(self, key: Key) -> None:
        """Forget what a text has in common with others."""
        for other in self._shares.pop(key, {}):
            del self._shares[other][key]

    def _compare(self, progress: Callable[[], None], among: Among) -> None:
        """Hold the texts that have other candidates now against those, family by family."""
        changed = self._index.changed
        candidates = {key: self._index.near(key) for key in changed}

        def of_family(family: list[Key]) -> Shares:
            share = _sharing(self._shares, self._document)
            return [
                (key, other, share(key, other))
                for key in family
                for other in candidates.get(key, ())
                if key < other or other not in changed
            ]

        pairs = ((key, other) for key, others in candidates.items() for other in others)
        found: Shares = []
        for shares in among(of_family, families(pairs)):
            progress()
            found += shares
        for key in changed:
            self._part(key)
        for one, other, share in found:
            self._shares.setdefault(one, {})[other] = self._shares.setdefault(other, {})[one] = share
        changed.clear()

    def _document(self, key: Key) -> Document:
        """One that has a text."""
        return self._held[next(iter(self._refs[key]))][0]

    def _near(self) -> dict[Key, dict[Key, float]]:
        """The texts that have enough in common with others."""
        near = {
            key: {other: share for other, share in others.items() if share >= self._least}
            for key, others in self._shares.items()
        }
        return {key: others for key, others in near.items() if others}


def _sharing(known: Mapping[Key, Mapping[Key, float]], document: Callable[[Key], Document]) -> Share:
    """What says how much two texts have in common, and has some runs at hand as long as it is there."""

    @lru_cache(maxsize=_KEPT)
    def runs_of(key: Key) -> frozenset[int]:
        return runs(document(key).body)

    def share(one: Key, other: Key) -> float:
        found = known.get(one, {}).get(other)
        return alike(runs_of(one), runs_of(other)) if found is None else found

    return share
