"""How a list of agents can be sorted: one set of orders for the interface and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from .agent import Agent
from .checks.problem import SEVERITIES
from .facts import NOTHING, Facts
from .library import Library
from .schema import COLORS

Order = Literal[
    "scope",
    "name",
    "model",
    "color",
    "cost",
    "age",
    "state",
    "tools",
    "tokens",
    "body-tokens",
    "lines",
    "bytes",
    "problems",
]
"""`scope` is the library's own order, `cost` what the model is told of, costliest first, `age` newest first, `state`
and `problems` worst first, numbers largest first, all tools before any list; those without a model or color come last.
"""

ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the list, from its other end where `reverse` is set."""

    by: Order = "scope"
    reverse: bool = False

    def chosen(self, by: Order) -> Sort:
        """After an order was chosen: the same again is reversed."""
        return Sort(by, by == self.by and not self.reverse)

    def of(self, library: Library, agents: Iterable[Agent], facts: Facts = NOTHING) -> tuple[Agent, ...]:
        """Agents, given in the library's order, in this one; equal ones keep their order."""
        if self.by == "scope":
            ordered = tuple(agents)
            return ordered[::-1] if self.reverse else ordered
        key = partial(_worst, facts) if self.by == "problems" else partial(_KEYS[self.by], library)
        return tuple(sorted(agents, key=key, reverse=self.reverse))


_STATES = {"dropped": 0, "degraded": 1, "tolerated": 3}
"""Status -> place among the states; one that depends on read order comes in between, calm ones behind."""


def _color(_: Library, agent: Agent) -> tuple[bool, int, str]:
    """The colors as the schema has them, then words that are none."""
    color = agent.reading.color
    return color is None, COLORS.index(color) if color in COLORS else len(COLORS), color or ""


def _cost(library: Library, agent: Agent) -> tuple[bool, int]:
    return not library.standing(agent).active, -agent.reading.warned_tokens


def _state(library: Library, agent: Agent) -> int:
    standing = library.standing(agent)
    calm = 4 if agent.verdict.loads and not standing.active else 5 if agent.verdict.status == "parked" else 6
    return min(_STATES.get(agent.verdict.status, calm), 2 if standing.undefined else calm)


def _worst(facts: Facts, agent: Agent) -> list[int]:
    """How often each severity was found, the most pressing first, as negative numbers."""
    found = Counter(problem.severity for problem in facts.problems.get(agent.ref, ()))
    return [-found[severity] for severity in SEVERITIES]


def _tools(_: Library, agent: Agent) -> tuple[bool, int]:
    tools = agent.reading.tools
    return tools is not None, -len(tools or ())


_KEYS: Mapping[Order, Callable[[Library, Agent], Any]] = {
    "name": lambda _, agent: (agent.name.casefold(), agent.name),
    "model": lambda _, agent: (agent.reading.model is None, agent.reading.model or ""),
    "color": _color,
    "cost": _cost,
    "age": lambda _, agent: -agent.mtime,
    "state": _state,
    "tools": _tools,
    "tokens": lambda _, agent: -agent.tokens[0],
    "body-tokens": lambda _, agent: -agent.tokens[1],
    "lines": lambda _, agent: -agent.lines,
    "bytes": lambda _, agent: -agent.size,
}
