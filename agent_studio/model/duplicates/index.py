"""Which texts share a part of their sketches, kept up to date text by text."""

from __future__ import annotations

from collections import Counter

Key = bytes
"""What stands for a text: equal for equal texts."""

_MOST = 64
"""Texts that may share a hash before it says little: then each of them is only held against the first of all."""


class Index:
    """Sketches by what is in them. `share` is the part of a sketch that candidates have in common at least.

    What it finds depends on the texts alone, not on the order in which they came. `changed` collects the texts for
    which it may find others now than before.
    """

    def __init__(self, share: float) -> None:
        self._share = share
        self._sketches: dict[Key, tuple[int, ...]] = {}
        self._holders: dict[int, tuple[Key, ...]] = {}
        self.changed: set[Key] = set()

    def add(self, key: Key, sketch: tuple[int, ...]) -> None:
        """Take in a text that is not there yet."""
        self._sketches[key] = sketch
        alone = (key,)
        for gram in sketch:
            before = self._holders.get(gram, ())
            self._holders[gram] = after = before + alone
            if len(after) > _MOST:
                self._note(before, after)
        self.changed.add(key)

    def discard(self, key: Key) -> None:
        """Forget a text."""
        for gram in self._sketches.pop(key):
            before = self._holders[gram]
            after = self._holders[gram] = tuple(other for other in before if other != key)
            if len(before) > _MOST:
                self._note(before, after)
            if not after:
                del self._holders[gram]
        self.changed.discard(key)

    def _note(self, before: tuple[Key, ...], after: tuple[Key, ...]) -> None:
        """Remember who is held against others than before, where there were or are many; who came or went is known."""
        if min(len(before), len(after)) <= _MOST or min(before) != min(after):
            self.changed.update(after)

    def near(self, key: Key) -> list[Key]:
        """The texts that may be nearly the same, in their order."""
        mine = self._sketches[key]
        shared: Counter[Key] = Counter()
        for gram in mine:
            holders = self._holders[gram]
            if len(holders) > 1:
                shared.update(_met(holders, key))
        del shared[key]
        return sorted(other for other, common in shared.items() if common >= self._least(mine, self._sketches[other]))

    def _least(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        """How much of two sketches is the same in candidates."""
        return self._share * min(len(one), len(other))


def _met(holders: tuple[Key, ...], key: Key) -> tuple[Key, ...]:
    """The texts that one of those which share a hash is held against, itself maybe among them."""
    if len(holders) <= _MOST or key == (first := min(holders)):
        return holders
    return (first,)
