"""One color is used for many agents while others are hardly used, so the color tells nothing.

The color is the one thing that tells running agents apart at a glance. There are eight; a place with many colored
agents is judged where one of them is used more than twice as often as its share, and at least four times.

Fix: the color that is used least, for each agent beyond the share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.library import Library

_FEW = 4
"""Agents of one color that are always fine, less one."""


def check(library: Library) -> Iterator[Problem]:
    """The agents beyond the share of their color, with the one each might have."""
    by_root: dict[str, list[Agent]] = {}
    for agent in library:
        if agent.verdict.loads and not agent.plugin and agent.reading.color in schema.COLORS:
            by_root.setdefault(agent.ref.root, []).append(agent)
    for agents in by_root.values():
        yield from _surplus(agents)


def _surplus(agents: list[Agent]) -> Iterator[Problem]:
    """What a place has too much of; colors are given away one by one, so that all fixes together are even."""
    counts = Counter(dict.fromkeys(schema.COLORS, 0))
    counts.update(str(agent.reading.color) for agent in agents)
    share = -(-len(agents) // len(schema.COLORS))
    crowded = {color: number for color, number in counts.items() if number >= _FEW and number > 2 * share}
    for agent in agents:
        color = str(agent.reading.color)
        if color in crowded and counts[color] > share:
            rarest = min(schema.COLORS, key=lambda name: counts[name])
            counts[color] -= 1
            counts[rarest] += 1
            message = f"{crowded[color]} of {len(agents)} agents here are {color}: the color tells nothing"
            fix = Fix(f"make it {rarest}", False, _colored(rarest))
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "color"), message, fix)


def _colored(color: str) -> Step:
    def step(document: Document) -> Document:
        return fieldedit.with_field(document, "color", color)

    return step


RULE = Rule("M004", "unbalanced-colors", "info", __doc__, library=check)
