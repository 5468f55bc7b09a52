"""The groups of a library, given which texts are the same, and which nearly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.compare import values
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.schema import ORDER

from .family import families
from .group import KINDS, Duplicates, Group, Kind
from .nearness import Texts
from .trace import Key


class _Compared(NamedTuple):
    """Agents by their documents, and what came out when they were compared."""

    documents: list[Document]
    similarity: float
    differs: tuple[str, ...]


class Groups:
    """The groups of one library after the other; agents that did not change are not compared again."""

    def __init__(self) -> None:
        self._compared: dict[tuple[Ref, ...], _Compared] = {}

    def of(self, library: Library, texts: Texts) -> Duplicates:
        """The duplicates among the agents that have a key."""
        agents = [agent for agent in library if agent.ref in texts.keys]
        places = {agent.ref: place for place, agent in enumerate(agents)}
        compared: dict[tuple[Ref, ...], _Compared] = {}
        groups: list[Group] = []
        for kind, members in _members(agents, texts):
            members.sort(key=lambda agent: places[agent.ref])
            refs = tuple(agent.ref for agent in members)
            compared[refs] = found = compared.get(refs) or self._of(members, refs, texts)
            similarity = found.similarity if kind != "near" else _linked(members, texts)
            groups.append(Group(kind, refs, similarity, *outcome(library, members), found.differs))
        self._compared = compared
        groups.sort(key=lambda group: (KINDS.index(group.kind), places[group.refs[0]]))
        return Duplicates(tuple(groups), _pairs(agents, texts))

    def _of(self, members: Sequence[Agent], refs: tuple[Ref, ...], texts: Texts) -> _Compared:
        """What members of a group have in common, and in which fields they differ."""
        known = self._compared.get(refs)
        if known and all(agent.document is document for agent, document in zip(members, known.documents, strict=True)):
            return known
        first, *others = dict.fromkeys(texts.keys[ref] for ref in refs)
        similarity = min((texts.share(first, other) for other in others), default=1.0)
        differs = (*differences(members), "body") if others else differences(members)
        return _Compared([agent.document for agent in members], similarity, differs)


def _members(agents: Sequence[Agent], texts: Texts) -> Iterable[tuple[Kind, list[Agent]]]:
    """What belongs together, by name and by text; of a text only the strongest kind that holds all of it is told."""
    named: dict[str, list[Agent]] = {}
    bodies: dict[Key, list[Agent]] = {}
    for agent in agents:
        bodies.setdefault(texts.keys[agent.ref], []).append(agent)
        if agent.reading.name is not None:
            named.setdefault(agent.reading.name, []).append(agent)
    yield from (("same-name", members) for members in named.values() if len(members) > 1)
    for key, members in bodies.items():
        if len(members) > 1:
            written: dict[bytes, list[Agent]] = {}
            for agent in members:
                written.setdefault(agent.document.data, []).append(agent)
            yield from (("identical", same) for same in written.values() if len(same) > 1)
            if key and len(written) > 1:
                yield "same-body", members
    pairs = ((one, other) for one, others in texts.near.items() for other in others)
    yield from (("near", [agent for key in family for agent in bodies[key]]) for family in families(pairs))


def _linked(members: Iterable[Agent], texts: Texts) -> float:
    """The least by which one of some near-duplicates is near to another."""
    return min(max(texts.near[texts.keys[agent.ref]].values()) for agent in members)


def outcome(library: Library, agents: Sequence[Agent]) -> tuple[Ref | None, str]:
    """Which of some agents the host takes where that is a single one, and why in words."""
    active = [agent for agent in agents if library.standing(agent).active]
    if len(active) == 1:
        return active[0].ref, library.standing(active[0]).why or "the only one of them that is loaded"
    if not active:
        return None, "none of them is loaded"
    number = "all" if len(active) == len(agents) else f"{len(active)} of {len(agents)}"
    apart = len({agent.reading.name for agent in active}) > 1
    return None, f"{number} are loaded, {'by names of their own' if apart else 'but never together'}"


def differences(agents: Sequence[Agent]) -> tuple[str, ...]:
    """The fields that are not the same in all of some agents, as the host reads them: known ones, then the others."""
    keys = dict.fromkeys(key for agent in agents for key in agent.document.values)
    ordered = sorted(keys, key=lambda key: ORDER.get(key, len(ORDER)))
    return tuple(key for key in ordered if _differs(key, [agent.document.get(key) for agent in agents]))


def _differs(key: str, held: Sequence[object]) -> bool:
    if all(type(value) is type(held[0]) and value == held[0] for value in held):
        return False
    return len({None if value is None else values.meaning(key, value) for value in held}) > 1


def _pairs(agents: Iterable[Agent], texts: Texts) -> dict[Ref, tuple[tuple[Ref, float], ...]]:
    """Each agent that has near-duplicates, with those, the likest first."""
    holders: dict[Key, list[Ref]] = {}
    for agent in agents:
        if (key := texts.keys[agent.ref]) in texts.near:
            holders.setdefault(key, []).append(agent.ref)
    found: dict[Ref, tuple[tuple[Ref, float], ...]] = {}
    for key, refs in holders.items():
        others = [(ref, share) for other, share in texts.near[key].items() for ref in holders[other]]
        others.sort(key=lambda pair: (-pair[1], pair[0]))
        for ref in refs:
            found[ref] = (*((twin, 1.0) for twin in refs if twin != ref), *others)
    return found
