"""What the descriptions of agents cost in every conversation, against what the host warns at."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from .agent import Agent
from .hosts.releases import LATEST
from .library import Library
from .ref import Ref


class Budget(NamedTuple):
    """The agents that are told to the model, each with its estimated tokens, the costliest first.

    Source: the start-up warning of Claude Code 2.1.329, which counts every agent that it takes and that is not built
    in: name and description, a quarter of the characters each. `limit` is in the same tokens.
    """

    costs: tuple[tuple[Agent, int], ...]
    limit: int = LATEST.budget

    @property
    def total(self) -> int:
        """All tokens together."""
        return sum(tokens for _, tokens in self.costs)

    @property
    def over(self) -> bool:
        """Whether the host warns."""
        return self.total > self.limit

    def amended(self, before: Library, after: Library, names: Iterable[str]) -> Budget:
        """The budget of a library in which, since it had this one, only agents of some names became others."""

        def place(cost: tuple[Agent, int]) -> tuple[object, ...]:
            return -cost[1], after.place(cost[0])

        costs = list(self.costs)
        for name in names:
            for cost in _costs(before, before.in_read_order(name)):
                del costs[bisect_left(costs, place(cost), key=place)]
            for cost in _costs(after, after.in_read_order(name)):
                insort(costs, cost, key=place)
        return Budget(tuple(costs))


def _costs(library: Library, agents: Iterable[Agent]) -> Iterator[tuple[Agent, int]]:
    """Those of some agents that are told to the model, each with its tokens."""
    return ((agent, agent.reading.warned_tokens) for agent in agents if library.standing(agent).active)


def budget(library: Library, without: Collection[Ref] = ()) -> Budget:
    """The budget of a library, or what it would be if some files were gone or parked (a namesake may take over)."""
    library = library.replaced(gone=without)
    return Budget(tuple(sorted(_costs(library, library), key=lambda cost: -cost[1])))
