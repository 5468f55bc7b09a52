"""How alike the bodies of agents are, as the shares of runs of five words that two of them have in common."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from agent_studio.model.agent import Agent
from agent_studio.model.checks import mojibake
from agent_studio.model.document import Document

_WORD = re.compile(r"\w+")
_LENGTH = 5
_FEWEST = 20
"""Shingles below which a body is too short to be called a copy."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two agents and the share of shingles that they have in common, 0 to 1."""

    one: Agent
    other: Agent
    share: float


@lru_cache(maxsize=4_096)
def shingles(document: Document) -> array[int]:
    """The runs of five words of a body with its damage mended, as distinct hashes in order."""
    words = _WORD.findall(mojibake.repaired(document.body).lower())
    runs = zip(*(words[start:] for start in range(_LENGTH)), strict=False)
    return array("q", sorted(set(map(hash, runs))))


def alike(agents: Sequence[Agent], least: float) -> Iterator[Likeness]:
    """The pairs of agents whose bodies have at least that share of shingles in common.

    Two sets that have so much in common also share one of the first elements of each, in any fixed order: only pairs
    that do are compared in full.
    """
    holders: dict[int, list[int]] = {}
    held = [shingles(agent.document) for agent in agents]
    for place in sorted(range(len(agents)), key=lambda place: len(held[place])):
        mine = held[place]
        if len(mine) < _FEWEST:
            continue
        met: set[int] = set()
        for shingle in mine[: len(mine) - ceil(least * len(mine)) + 1]:
            places = holders.setdefault(shingle, [])
            met.update(places)
            places.append(place)
        near = [other for other in met if len(held[other]) >= least * len(mine)]
        kept = set(mine) if near else set()
        for other in sorted(near):
            common = len(kept.intersection(held[other]))
            share = common / (len(mine) + len(held[other]) - common)
            if share >= least:
                yield Likeness(agents[min(place, other)], agents[max(place, other)], share)
