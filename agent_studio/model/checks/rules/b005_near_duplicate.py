"""The instructions are nearly those of another agent: whoever mends one will forget the other.

Copies drift apart, and the model that chooses between two agents of one text chooses by chance. Two bodies count as
near-duplicates when four fifths of all their runs of five words are the same; damage by a wrong encoding is mended
first, and what Claude Code itself wrote into them about memory (B002) does not count. Agents of one name are not
compared: that only one of them counts is said already (N002, N003).

Fix: by hand. Compare the two, keep what is best of both, and let one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from agent_studio.model.agent import Agent
from agent_studio.model.checks import copies, pasted
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.duplicates.nearness import LEAST
from agent_studio.model.duplicates.text import alike, runs
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Each agent that has near-duplicates of other names, with all of them, the most alike first."""
    for agent, found in copies.copies(library):
        near = [(share, other.ref) for share, other in _own(agent, found) if other.name != agent.name]
        if near:
            share, nearest = near[0]
            part = "the same" if share == 1 else f"{share:.0%} the same"
            more = f" (and {len(near) - 1} more)" if len(near) > 1 else ""
            message = f"its instructions are {part} as those of {nearest}{more}"
            others = tuple(other for _, other in near)
            document = agent.document
            yield Problem(RULE.id, agent.ref, document.body_at, len(document.text), message, others=others)


def _own(agent: Agent, found: list[copies.Copy]) -> list[copies.Copy]:
    """The copies of an agent by what is its own, without instructions that Claude Code wrote."""
    if pasted.section(agent.document) is None:
        return found
    own = [(alike(_runs(agent.document), _runs(other.document)), other) for _, other in found]
    return sorted((copy for copy in own if copy[0] >= LEAST), key=lambda copy: (-copy[0], copy[1].ref))


@lru_cache(maxsize=256)
def _runs(document: Document) -> frozenset[int]:
    return runs(pasted.without_section(document))


RULE = Rule("B005", "near-duplicate", "warning", __doc__, library=check, prepare=copies.prepare, compare=copies.compare)
