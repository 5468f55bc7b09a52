"""What the descriptions of agents cost in every conversation, against what the host warns at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from .agent import Agent
from .hosts.releases import LATEST
from .library import Library
from .ref import Ref


@dataclass(frozen=True, slots=True)
class Budget:
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

    def amended(self, library: Library, names: Collection[str]) -> Budget:
        """The budget of a library in which only agents of some names are others."""
        costs = [(agent, tokens) for agent, tokens in self.costs if agent.reading.name not in names]
        for agent in (agent for name in names for agent in library.in_read_order(name)):
            if library.standing(agent).active:
                place = (-agent.reading.warned_tokens, library.place(agent))
                at = bisect_left(costs, place, key=lambda cost: (-cost[1], library.place(cost[0])))
                costs.insert(at, (agent, -place[0]))
        return Budget(tuple(costs))


def budget(library: Library, without: Collection[Ref] = ()) -> Budget:
    """The budget of a library, or what it would be if some files were gone or parked (a namesake may take over)."""
    library = library.replaced(gone=without)
    told = [(agent, agent.reading.warned_tokens) for agent in library if library.standing(agent).active]
    return Budget(tuple(sorted(told, key=lambda cost: -cost[1])))
