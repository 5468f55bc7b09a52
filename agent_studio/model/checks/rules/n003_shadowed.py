"""A stronger place has an agent of this name, so this file does not count here.

Managed agents win over those of a project, the project over the user; of several project folders the nearest to where
Claude Code starts wins. The same file may well count elsewhere.

Fix: none; rename one of them, or park the one that should not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Agents that lose against one of another place."""
    for agent in library:
        standing = library.standing(agent)
        winner = library.get(standing.winner) if standing.winner and not standing.undefined else None
        if winner and not (agent.file and agent.file == winner.file):
            span = place.of_value(agent.document, "name")
            message = f"Claude Code takes another {agent.name}: {standing.why}"
            yield Problem(RULE.id, agent.ref, *span, message, others=(winner.ref,))


RULE = Rule("N003", "shadowed", "warning", __doc__, library=check)
