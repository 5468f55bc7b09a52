"""A rule: what it is called, how much it weighs, and the function that looks."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.checks.surroundings import NOTHING_KNOWN, Surroundings
from agent_studio.model.duplicates.nearness import Among
from agent_studio.model.library import Library

AgentCheck = Callable[[Agent], Iterator[Problem]]
"""Looks at one file; the same file gives the same problems."""
PlacedCheck = Callable[[Agent, Surroundings], Iterator[Problem]]
"""Looks at one file on this machine."""
LibraryCheck = Callable[[Library], Iterator[Problem]]
"""Looks at all agents together."""
Preparation = Callable[[Agent], None]
"""Reads and remembers what takes long of one file, before all agents are looked at together."""
Comparison = Callable[[Library, Among], None]
"""Does and remembers what takes long of looking at all agents together, and can be shared."""


class Rule(NamedTuple):
    """One rule. `id` is stable and `name` says it in words; `about` is its page (the docstring of its module).

    Exactly one of `agent`, `library` and `placed` looks; `prepare` and `compare` go before `library`. `experimental`
    ones run only when they are asked for by id.
    """

    id: str
    name: str
    severity: Severity
    about: str
    agent: AgentCheck | None = None
    library: LibraryCheck | None = None
    placed: PlacedCheck | None = None
    experimental: bool = False
    prepare: Preparation | None = None
    compare: Comparison | None = None

    @property
    def family(self) -> str:
        """The letter of its id."""
        return self.id[0]

    @property
    def summary(self) -> str:
        """The first sentence of its page."""
        return inspect.cleandoc(self.about).partition("\n")[0].rstrip(".")

    def of(self, agent: Agent, around: Surroundings = NOTHING_KNOWN) -> Iterator[Problem]:
        """What it says of one file by itself; nothing where it looks at all of them together."""
        return self.looking(around)(agent)

    def looking(self, around: Surroundings) -> AgentCheck:
        """What looks at one file by itself on a machine."""
        if placed := self.placed:
            return lambda agent: placed(agent, around)
        return self.agent or (lambda _: iter(()))
