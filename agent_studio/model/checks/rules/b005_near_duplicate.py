"""The instructions are nearly those of another agent: whoever mends one will forget the other.

Copies drift apart, and the model that chooses between two agents of one text chooses by chance. Two bodies count as
near-duplicates when four fifths of all their runs of five words are the same; damage by a wrong encoding is mended
first. Agents of one name are not compared: that only one of them counts is said already (N002, N003).

Fix: by hand. Compare the two, keep what is best of both, and let one go.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.checks import copies
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Each agent that has near-duplicates of other names, with all of them, the most alike first."""
    for agent, found in copies.copies(library):
        near = [(share, other.ref) for share, other in found if other.name != agent.name]
        if near:
            share, nearest = near[0]
            alike = "the same" if share == 1 else f"{share:.0%} the same"
            more = f" (and {len(near) - 1} more)" if len(near) > 1 else ""
            message = f"its instructions are {alike} as those of {nearest}{more}"
            others = tuple(other for _, other in near)
            document = agent.document
            yield Problem(RULE.id, agent.ref, document.body_at, len(document.text), message, others=others)


RULE = Rule("B005", "near-duplicate", "warning", __doc__, library=check, prepare=copies.prepare, compare=copies.compare)
