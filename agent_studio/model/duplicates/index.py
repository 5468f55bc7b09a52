"""Which texts share a part of their sketches, kept up to date text by text."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from .text import Sketch
from .trace import Key

_MOST = 64
"""Texts that may share a hash before it says little: then each of them is only held against the first of all."""


class Index:
    """Sketches by what is in them; candidates are texts that may have the share `least` of their runs in common.

    What it finds depends on the texts alone, not on the order in which they came. `changed` collects the texts for
    which it may find others now than before.
    """

    def __init__(self, least: float) -> None:
        self._least = least
        self._enough = 1.1 * least / (1 + least)
        """The share of the smaller of two sketches that they must have in common."""
        self._sketches: dict[Key, Sketch] = {}
        self._holders: dict[int, tuple[Key, ...]] = {}
        """Hash -> the texts that have it, the first in their order before the others."""
        self.changed: set[Key] = set()

    def add(self, key: Key, sketch: Sketch) -> None:
        """Take in a text that is not there yet."""
        self._sketches[key] = sketch
        alone = (key,)
        for gram in sketch.least:
            before = self._holders.get(gram, ())
            self._holders[gram] = after = alone + before if before and key < before[0] else before + alone
            if len(after) > _MOST:
                self._note(before, after)
        self.changed.add(key)

    def discard(self, key: Key) -> None:
        """Forget a text."""
        for gram in self._sketches.pop(key).least:
            before = self._holders[gram]
            after = self._holders[gram] = tuple(sorted(other for other in before if other != key))
            if len(before) > _MOST:
                self._note(before, after)
            if not after:
                del self._holders[gram]
        self.changed.discard(key)

    def _note(self, before: tuple[Key, ...], after: tuple[Key, ...]) -> None:
        """Remember who is held against others than before, where there were or are many; who came or went is known."""
        if min(len(before), len(after)) <= _MOST or before[0] != after[0]:
            self.changed.update(after)

    def near(self, key: Key) -> list[Key]:
        """The texts that may be nearly the same, in their order."""
        mine, sketches = self._sketches[key], self._sketches
        held = [holders for gram in mine.least if len(holders := self._holders[gram]) > 1]
        if not held:  # so it is with most texts
            return []
        shared = Counter(chain.from_iterable(_met(holders, key) for holders in held))
        del shared[key]
        enough, size = self._enough, len(mine.least)
        close = [other for other, common in shared.items() if common >= enough * min(size, len(sketches[other].least))]
        return sorted(other for other in close if mine.may_be_near(sketches[other], self._least))


def _met(holders: tuple[Key, ...], key: Key) -> tuple[Key, ...]:
    """The texts that one of those which share a hash is held against, itself maybe among them."""
    return holders if len(holders) <= _MOST or key == holders[0] else holders[:1]
