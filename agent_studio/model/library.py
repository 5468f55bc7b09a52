"""All agents, in order, with the indexes over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from .agent import Agent
from .ref import SCOPES, Ref, Root


@dataclass(frozen=True)
class Library:
    """The agents below some roots. Iteration is by scope, root and path."""

    roots: tuple[Root, ...] = ()
    agents: Mapping[Ref, Agent] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def ordered(self) -> tuple[Agent, ...]:
        """The agents by scope (strongest first), root and path."""
        places = {root.name: (SCOPES.index(root.scope), place) for place, root in enumerate(self.roots)}
        last = (len(SCOPES), 0)
        return tuple(sorted(self.agents.values(), key=lambda agent: (places.get(agent.ref.root, last), agent.ref.path)))

    def __iter__(self) -> Iterator[Agent]:
        return iter(self.ordered)

    def __len__(self) -> int:
        return len(self.agents)

    def get(self, ref: Ref) -> Agent | None:
        """The agent at `ref`, or None."""
        return self.agents.get(ref)

    @cached_property
    def _by_name(self) -> dict[str, tuple[Agent, ...]]:
        found: dict[str, list[Agent]] = {}
        for agent in self.ordered:
            if agent.reading.name is not None:
                found.setdefault(agent.reading.name, []).append(agent)
        return {name: tuple(agents) for name, agents in found.items()}

    def same_name(self, agent: Agent) -> tuple[Agent, ...]:
        """The other agents that have this agent's name."""
        return tuple(other for other in self._by_name.get(agent.reading.name or "", ()) if other.ref != agent.ref)

    def named(self, text: str) -> tuple[Agent, ...]:
        """The agents that `text` can mean: by ref, else by name, else by file name without `.md`."""
        ref = Ref.parse(text)
        if ref is not None and ref in self.agents:
            return (self.agents[ref],)
        return self._by_name.get(text) or tuple(agent for agent in self.ordered if agent.ref.stem == text)

    def root_of(self, ref: Ref) -> Root | None:
        """The root that `ref` lies under."""
        return next((root for root in self.roots if root.name == ref.root), None)

    def replaced(self, agents: Iterable[Agent] = (), gone: Iterable[Ref] = ()) -> Library:
        """The library with some agents new or changed and some gone; itself where nothing is different."""
        left = set(gone)
        new = {agent.ref: agent for agent in agents}
        if not self.agents.keys() & left and all(self.agents.get(ref) is agent for ref, agent in new.items()):
            return self
        kept = {ref: agent for ref, agent in self.agents.items() if ref not in left}
        return replace(self, agents=MappingProxyType(kept | new))
