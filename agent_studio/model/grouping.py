"""How a list of agents can be cut into sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .agent import Agent
from .duplicates.group import TITLES
from .facts import NOTHING, Facts
from .ref import SCOPES
from .schema import COLORS

Grouping = Literal["scope", "folder", "model", "color", "status", "duplicates"]

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True, slots=True)
class Section:
    """Agents that have one thing in common, and what that is in words."""

    title: str
    agents: tuple[Agent, ...]


_Key = tuple[int, str]
"""Where a section stands, and its title; of those in one place the titles decide."""
_LAST = 1_000_000


def sections(agents: Iterable[Agent], by: Grouping, facts: Facts = NOTHING) -> tuple[Section, ...]:
    """Agents by what they have in common, in their order; those that have it not come last."""
    key = _duplicates(facts) if by == "duplicates" else _KEYS[by]
    found: dict[_Key, list[Agent]] = {}
    for agent in agents:
        found.setdefault(key(agent, facts), []).append(agent)
    return tuple(Section(place[1], tuple(found[place])) for place in sorted(found))


def _scope(agent: Agent, facts: Facts) -> _Key:
    root = facts.library.root_of(agent.ref)
    return (SCOPES.index(root.scope), root.scope) if root else (_LAST, "elsewhere")


def _folder(agent: Agent, _: Facts) -> _Key:
    return 0, f"{agent.ref.root}:{agent.ref.folder}".removesuffix(":")


def _model(agent: Agent, _: Facts) -> _Key:
    return (0, agent.reading.model) if agent.reading.model else (_LAST, "no model")


def _color(agent: Agent, _: Facts) -> _Key:
    color = agent.reading.color
    if color is None:
        return _LAST, "no color"
    return COLORS.index(color) if color in COLORS else len(COLORS), color


def _status(agent: Agent, _: Facts) -> _Key:
    status = agent.verdict.status
    return ("dropped", "degraded", "tolerated", "loads", "parked", "not-agent").index(status), status


def _duplicates(facts: Facts) -> Callable[[Agent, Facts], _Key]:
    """Each agent under the first of its groups, which is called by its kind and the commonest name in it."""
    titles: dict[object, _Key] = {}
    for place, group in enumerate(facts.duplicates.groups):
        names = Counter(agent.name for ref in group.refs if (agent := facts.library.get(ref)))
        title = ": ".join([TITLES[group.kind], *(name for name, _ in names.most_common(1))])
        for ref in group.refs:
            titles.setdefault(ref, (place, title))
    return lambda agent, _: titles.get(agent.ref, (_LAST, "no duplicate"))


_KEYS: Mapping[str, Callable[[Agent, Facts], _Key]] = {
    "scope": _scope,
    "folder": _folder,
    "model": _model,
    "color": _color,
    "status": _status,
}
