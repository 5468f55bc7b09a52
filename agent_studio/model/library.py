"""All agents, in order, with the indexes over them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import precedence
from .agent import Agent
from .precedence import Standing
from .ref import SCOPES, Ref, Root

if TYPE_CHECKING:
    from .budget import Budget


@dataclass(frozen=True)
class Library:
    """The agents below some roots. Iteration is by scope, root and path.

    `agents` stand in the order in which the host reads the files. `given` are the names of agents that the host is
    started with (`--agents`).
    """

    roots: tuple[Root, ...] = ()
    agents: Mapping[Ref, Agent] = field(default_factory=lambda: MappingProxyType({}))
    given: frozenset[str] = frozenset()

    @cached_property
    def ordered(self) -> tuple[Agent, ...]:
        """The agents by scope (strongest first), root and path."""
        return tuple(sorted(self.agents.values(), key=self.place))

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        return {root.name: (SCOPES.index(root.scope), place) for place, root in enumerate(self.roots)}

    def place(self, agent: Agent) -> tuple[tuple[int, int], str]:
        """What agents are in order by."""
        return self._places.get(agent.ref.root, (len(SCOPES), 0)), agent.ref.path

    def __iter__(self) -> Iterator[Agent]:
        return iter(self.ordered)

    def __len__(self) -> int:
        return len(self.agents)

    def get(self, ref: Ref) -> Agent | None:
        """The agent at `ref`, or None."""
        return self.agents.get(ref)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Agent, ...]]:
        """The agents of each name in the order in which the host reads them."""
        found: dict[str, list[Agent]] = {}
        for agent in self.agents.values():
            if agent.reading.name is not None:
                found.setdefault(agent.reading.name, []).append(agent)
        return {name: tuple(agents) for name, agents in found.items()}

    @cached_property
    def _roots(self) -> dict[str, Root]:
        return {root.name: root for root in self.roots}

    def standing(self, agent: Agent) -> Standing:
        """Whether the host takes this agent, which one it takes instead, and why."""
        name = agent.reading.name
        if name is None or agent.ref.root not in self._roots:
            return Standing(agent.verdict.loads)
        if name not in self._standings:
            twins = [twin for twin in self._by_name.get(name, ()) if twin.ref.root in self._roots]
            self._standings[name] = precedence.standings(twins, self._roots, name in self.given)
        return self._standings[name].get(agent.ref, Standing(agent.verdict.loads))

    @cached_property
    def _standings(self) -> dict[str, dict[Ref, Standing]]:
        """Name -> the standings that were asked for so far."""
        return {}

    @cached_property
    def budget(self) -> Budget:
        """What its descriptions cost."""
        from .budget import budget  # noqa: PLC0415  # it counts libraries

        return budget(self)

    def same_name(self, agent: Agent) -> tuple[Agent, ...]:
        """The other agents that have this agent's name."""
        return tuple(twin for twin in self.bearing(agent.reading.name or "") if twin.ref != agent.ref)

    def in_read_order(self, name: str) -> tuple[Agent, ...]:
        """The agents of a name, in the order in which the host reads them."""
        return self._by_name.get(name, ())

    def bearing(self, name: str) -> tuple[Agent, ...]:
        """The agents of a name, by scope, root and path."""
        if name not in self._bearing:
            self._bearing[name] = tuple(sorted(self._by_name.get(name, ()), key=self.place))
        return self._bearing[name]

    @cached_property
    def _bearing(self) -> dict[str, tuple[Agent, ...]]:
        """The agents of the names that were asked for so far."""
        return {}

    def rivals(self, agent: Agent) -> int:
        """How many other agents have this agent's name and are not parked."""
        name = agent.reading.name or ""
        if name not in self._rivals:
            self._rivals[name] = sum(not twin.ref.parked for twin in self._by_name.get(name, ()))
        return self._rivals[name] - (name in self._by_name and not agent.ref.parked)

    @cached_property
    def _rivals(self) -> dict[str, int]:
        """Name -> how many have it, for those that were asked for so far."""
        return {}

    def named(self, text: str) -> tuple[Agent, ...]:
        """The agents that `text` can mean: by ref, else by name, else by file name without `.md`."""
        ref = Ref.parse(text)
        if ref is not None and ref in self.agents:
            return (self.agents[ref],)
        return self.bearing(text) or tuple(agent for agent in self.ordered if agent.ref.stem == text)

    def root_of(self, ref: Ref) -> Root | None:
        """The root that `ref` lies under."""
        return self._roots.get(ref.root)

    def reread(self, agents: Iterable[Agent]) -> Library:
        """The library with exactly these agents, in this order; itself where nothing is different."""
        found = {agent.ref: agent for agent in agents}
        same = len(found) == len(self.agents) and all(
            mine is other for mine, other in zip(self.agents.values(), found.values(), strict=True)
        )
        return self if same else replace(self, agents=MappingProxyType(found))

    def replaced(self, agents: Iterable[Agent] = (), gone: Iterable[Ref] = ()) -> Library:
        """The library with some agents new or changed and some gone; itself where nothing is different."""
        left = set(gone)
        new = {agent.ref: agent for agent in agents}
        if not self.agents.keys() & left and all(self.agents.get(ref) is agent for ref, agent in new.items()):
            return self
        kept = {ref: agent for ref, agent in self.agents.items() if ref not in left} if left else self.agents
        library = replace(self, agents=MappingProxyType({**kept, **new}))
        if not left and new.keys() <= self.agents.keys():
            self._hand_over(library, new)
        return library

    def _hand_over(self, after: Library, changed: Mapping[Ref, Agent]) -> None:
        """Let the library `after` some files changed know what is known of this one and still holds.

        So a changed file costs no look at all the others.
        """
        held, known = after.__dict__, self.__dict__
        if "ordered" in known:
            agents = list(self.ordered)
            for agent in changed.values():
                agents[bisect_left(agents, self.place(agent), key=self.place)] = agent
            held["ordered"] = tuple(agents)
        if known.keys().isdisjoint(("_by_name", "_standings")):  # nor need the changed ones be read now
            return
        if any(self.agents[ref].reading.name != agent.reading.name for ref, agent in changed.items()):
            return
        names = {name for agent in changed.values() if (name := agent.reading.name) is not None}
        if "_by_name" in known:
            new = {name: tuple(changed.get(twin.ref, twin) for twin in self._by_name[name]) for name in names}
            held["_by_name"] = {**self._by_name, **new}
        if "_standings" in known:
            held["_standings"] = {name: standing for name, standing in self._standings.items() if name not in names}
        if "budget" in known:
            held["budget"] = self.budget.amended(self, after, names)
