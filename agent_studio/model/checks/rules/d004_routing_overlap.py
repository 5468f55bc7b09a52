"""Two agents say nearly the same about when to use them, so which one is asked is left to chance.

What stands before the examples of each description is compared by its words: a word counts more the fewer agents have
it (TF-IDF), and 1.00 is the same text. From 0.60 on two agents are named; from 0.90 on their routing is identical.
Agents of one name, and agents that no session sees together, are not compared; nor are two each of which says what its
name has and the other's has not (`go-tester`, `rust-tester`).

Fix: none; compare the two, say in each what only it does, or keep one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, routing
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.duplicates.purpose import Overlap, overlaps
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

IDENTICAL = 0.9


def check(library: Library) -> Iterator[Problem]:
    """Each agent with the others that are told to the model in nearly its words, the likest first."""
    likest: dict[Ref, list[tuple[float, Ref]]] = {}
    words = cache(lambda ref: routing.name_words(routing.lead(library.agents[ref].description)))
    for pair in overlaps(library):
        if not _is_written(pair) or _is_told_apart(pair, words):
            continue
        likest.setdefault(pair.one.ref, []).append((-pair.similarity, pair.other.ref))
        likest.setdefault(pair.other.ref, []).append((-pair.similarity, pair.one.ref))
    for agent in library:
        if found := likest.get(agent.ref):
            yield _problem(agent, [(-cosine, library.agents[ref]) for cosine, ref in sorted(found)])


def _is_written(pair: Overlap) -> bool:
    """Whether both descriptions stand in their files: what a plugin makes up is the same for all (L004)."""
    return all(loss.key != "description" for one in (pair.one, pair.other) for loss in one.reading.lost("filled"))


def _is_told_apart(pair: Overlap, words: Callable[[Ref], frozenset[str]]) -> bool:
    """Whether each description has a word of its agent's name that stands neither in the other nor in its name.

    `words` are those of a description.
    """
    one, other = routing.name_words(pair.one.name), routing.name_words(pair.other.name)
    if one <= other or other <= one:
        return False
    said, elsewhere = words(pair.one.ref), words(pair.other.ref)
    return not ((one - other) & said <= elsewhere or (other - one) & elsewhere <= said)


def _problem(agent: Agent, alike: list[tuple[float, Agent]]) -> Problem:
    cosine, likest = alike[0]
    word = "in the same words" if cosine >= IDENTICAL else "in much the same words"
    more = f", {len(alike) - 1} more" if len(alike) > 1 else ""
    message = f"{agent.name} and {likest.name} are described {word} ({cosine:.2f}{more}): either may be asked"
    span = place.of_value(agent.document, "description")
    return Problem(RULE.id, agent.ref, *span, message, others=tuple(other.ref for _, other in alike))


RULE = Rule("D004", "routing-overlap", "warning", __doc__, library=check)
