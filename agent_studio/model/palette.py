"""The colors of agents: who has which, where they clash, and how they are evenly given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from . import fieldedit, plans
from .agent import Agent
from .document import Document
from .plans import Plan
from .ref import Ref

ORDER = ("blue", "yellow", "orange", "pink", "red", "green", "cyan", "purple")
"""The colors, each as far as can be from those before it, for people who see no red or no green, too.

By the CIELAB distances of the shades that Claude Code 2.1.329 paints, the least of those under normal sight, protanopia
and deuteranopia (Machado et al., 2009).
"""

_WORD = re.compile(r"@?[\w:-]+")
Pair = tuple[Agent, Agent]


def usage(agents: Iterable[Agent]) -> dict[str | None, tuple[Agent, ...]]:
    """Who has which color, the most used first; None for those without one."""
    found: dict[str | None, list[Agent]] = {}
    for agent in agents:
        found.setdefault(agent.reading.color, []).append(agent)
    return {color: tuple(held) for color, held in sorted(found.items(), key=lambda pair: -len(pair[1]))}


def together(agents: Sequence[Agent]) -> tuple[Pair, ...]:
    """The pairs that are used together: of a few agents all, of more those of which one speaks of the other."""
    if len(agents) <= len(ORDER):
        return tuple(combinations(agents, 2))
    named = {agent.name: agent for agent in agents}
    places = {agent.ref: place for place, agent in enumerate(agents)}
    found: dict[tuple[int, int], Pair] = {}
    for agent in agents:
        for name in _spoken_of(agent) & named.keys() - {agent.name}:
            one, other = sorted((agent, named[name]), key=lambda held: places[held.ref])
            found[places[one.ref], places[other.ref]] = one, other
    return tuple(found[pair] for pair in sorted(found))


def _spoken_of(agent: Agent) -> set[str]:
    """What an agent may call others: words with a hyphen or colon, and what stands behind an `@`."""
    words = set(_WORD.findall(f"{agent.description}\n{agent.document.body}"))
    marked = {word[1:].removeprefix("agent-") for word in words if word[0] == "@"}
    return marked | {word for word in words if "-" in word or ":" in word}


def clashes(agents: Sequence[Agent]) -> tuple[Pair, ...]:
    """The pairs that are used together and have one color."""
    return tuple(
        (one, other)
        for one, other in together(agents)
        if one.reading.color in ORDER and one.reading.color == other.reading.color
    )


def balanced(agents: Sequence[Agent], others: Iterable[Agent] = ()) -> dict[Ref, str]:
    """A color for each agent that should have another one.

    Agents that are used together differ, as far as there are colors, and every color is used as often as the others.
    Who can keep a color keeps it. Of several colors the one comes first that fewer of `others` have.
    """
    share = -(-len(agents) // len(ORDER))
    tied: dict[Ref, set[Ref]] = {agent.ref: set() for agent in agents}
    for one, other in together(agents):
        tied[one.ref].add(other.ref)
        tied[other.ref].add(one.ref)
    elsewhere = Counter(agent.reading.color for agent in others)
    given: dict[Ref, str] = {}
    counts: Counter[str] = Counter()

    def clashing(agent: Agent, color: str) -> int:
        return sum(given.get(ref) == color for ref in tied[agent.ref])

    rest: list[Agent] = []
    for agent in sorted(agents, key=lambda agent: agent.locked is None):
        color = agent.reading.color
        if color in ORDER and (agent.locked or (counts[color] < share and not clashing(agent, color))):
            given[agent.ref] = color
            counts[color] += 1
        elif not agent.locked:
            rest.append(agent)
    for agent in sorted(rest, key=lambda agent: -len(tied[agent.ref])):
        color = min(ORDER, key=lambda name: (clashing(agent, name), counts[name], elsewhere[name], ORDER.index(name)))
        given[agent.ref] = color
        counts[color] += 1
    return {agent.ref: given[agent.ref] for agent in rest if given[agent.ref] != agent.reading.color}


def recolored(agents: Iterable[Agent], colors: Mapping[Ref, str]) -> Plan:
    """The agents with these colors."""
    wanted = [agent for agent in agents if agent.ref in colors]
    noun = wanted[0].name if len(wanted) == 1 else f"{len(wanted):,} agents"

    def step(agent: Agent) -> Document:
        return fieldedit.with_field(agent.document, "color", colors[agent.ref])

    return plans.edited(f"balance the colors of {noun}", wanted, step)
