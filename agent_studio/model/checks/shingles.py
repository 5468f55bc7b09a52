"""How alike the bodies of agents are, as the shares of runs of five words that two of them have in common."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain, product
from math import inf
from operator import xor
from weakref import WeakKeyDictionary

from agent_studio.model.agent import Agent
from agent_studio.model.checks.subject import judged
from agent_studio.model.document import Document
from agent_studio.model.duplicates.text import runs

LEAST = 0.8
"""The share of shingles from which on two bodies are near-duplicates."""
_FEWEST = 20
"""Shingles below which a body is too short to be called a copy."""
_KEPT = 256
_INDEXED = 16
_APART = 0.242
"""Bodies are not compared in full where at most one of the 16 least shingles of one is among those of the other, or
where of their 256 least so large a share stands in one of them only that at most 0.61 can be in common. The chance that
they are near-duplicates all the same is below one in 10^9."""
_POWERS = tuple(1 << place for place in range(2_048))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two agents and the share of shingles that they have in common, 0 to 1."""

    one: Agent
    other: Agent
    share: float


@lru_cache(maxsize=1_024)
def shingles(document: Document) -> array[int]:
    """The runs of five words of a body with its damage mended, as distinct hashes."""
    return array("q", runs(document.body))


_SKETCHES: WeakKeyDictionary[Document, array[int]] = WeakKeyDictionary()


def sketch(document: Document) -> array[int]:
    """The least shingles of a body, in order: all of them where it has no more than `_KEPT`."""
    held = _SKETCHES.get(document)
    if held is None:
        held = _SKETCHES[document] = array("q", _least(runs(document.body)))
    return held


def prepare(agent: Agent) -> None:
    """Make the sketch of an agent that will be compared."""
    if judged(agent):
        sketch(agent.document)


def known(document: Document) -> array[int] | None:
    """The sketch of a body where it was made."""
    return _SKETCHES.get(document)


def remember(document: Document, least: array[int]) -> None:
    """Take over the sketch of a body that a fork of this process made: others cut words into other hashes."""
    _SKETCHES[document] = least


def _least(found: frozenset[int]) -> list[int]:
    # Hashes are spread evenly, so those below a bound are nearly always enough: only they are sorted.
    bound = 5 * _KEPT * 2**62 // max(len(found), 1) - 2**63
    few = [shingle for shingle in found if shingle < bound]
    return sorted(few if len(few) >= _KEPT else found)[:_KEPT]


def alike(agents: Sequence[Agent]) -> Iterator[Likeness]:
    """The pairs of agents whose bodies are near-duplicates."""
    places: dict[Document, list[int]] = {}
    for place, agent in enumerate(agents):
        places.setdefault(agent.document, []).append(place)
    _compared.follow(places.keys())
    for document, mine in places.items():
        for other, share in _compared.near(document):
            for one, two in product(mine, places[other]):
                if one < two:
                    yield Likeness(agents[one], agents[two], share)


class _Body:
    """A body, its least shingles, and the bodies that are near."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.least = sketch(document)
        self.end = self.least[-1] if len(self.least) == _KEPT else inf
        """How far the shingles go."""
        self.near: dict[_Body, float] = {self: 1.0} if len(self.least) >= _FEWEST else {}

    @cached_property
    def parity(self) -> int:
        """Bits that differ from those of another body for no more shingles than the two have not in common."""
        return reduce(xor, [_POWERS[shingle % len(_POWERS)] for shingle in self.least], 0)

    def may_be_near(self, other: _Body) -> bool:
        """Whether so many of the least shingles are in common that a comparison in full is worth while."""
        end = min(self.end, other.end)
        both = bisect_right(self.least, end) + bisect_right(other.least, end)
        beyond = len(self.least) + len(other.least) - both
        return (self.parity ^ other.parity).bit_count() - beyond <= _APART * both


class _Compared:
    """The bodies that were compared last: one that is new costs no more than itself."""

    def __init__(self) -> None:
        self._bodies: dict[Document, _Body] = {}
        self._holders: defaultdict[int, dict[_Body, None]] = defaultdict(dict)
        """Shingle -> the bodies among whose least it is."""

    def near(self, document: Document) -> Iterator[tuple[Document, float]]:
        """The bodies that are near, itself included, with what they have in common; nothing of a short one."""
        return ((other.document, share) for other, share in self._bodies[document].near.items())

    def follow(self, documents: AbstractSet[Document]) -> None:
        """Hold exactly these."""
        for document in self._bodies.keys() - documents:
            self._forget(self._bodies.pop(document))
        for document in documents:
            if document not in self._bodies:
                body = self._bodies[document] = _Body(document)
                if body.near:
                    self._compare(body)

    def _compare(self, body: _Body) -> None:
        held = [self._holders[shingle] for shingle in body.least[:_INDEXED]]
        for other, times in Counter(chain.from_iterable(held)).items():
            if times > 1 and body.may_be_near(other) and (share := _share(body.document, other.document)) >= LEAST:
                body.near[other] = other.near[body] = share
        for bodies in held:
            bodies[body] = None

    def _forget(self, body: _Body) -> None:
        for other in body.near:
            if other is not body:
                del other.near[body]
        for shingle in body.least[:_INDEXED] if body.near else ():
            del self._holders[shingle][body]
            if not self._holders[shingle]:
                del self._holders[shingle]


_compared = _Compared()


def _share(one: Document, other: Document) -> float:
    if one.body == other.body:
        return 1.0
    mine, theirs = shingles(one), shingles(other)
    common = len(set(mine).intersection(theirs))
    return common / (len(mine) + len(theirs) - common)
