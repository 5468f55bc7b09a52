"""The descriptions of all agents together come near what Claude Code warns at.

Name and description of every agent that counts are part of every conversation. Claude Code warns at its start above
15.0k tokens (by its estimate, a quarter of the characters); this rule from 80 % of that. It counts what one session
sees: the user's agents, plugins, and one project with the folders above it. The problem stands at the agent that costs
most, and names the next ones.

Fix: none; shorten descriptions (see D003), or park agents.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import precedence
from agent_studio.model.agent import Agent
from agent_studio.model.budget import budget
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library
from agent_studio.model.ref import Root

_SHARE = 0.8
_NAMED = 5
"""Agents that are named."""


def check(library: Library) -> Iterator[Problem]:
    """Each set of agents that one session sees and that costs too much."""
    costs = budget(library)
    seen: set[frozenset[str]] = set()
    for start in _starts(library.roots):
        roots = frozenset(root.name for root in library.roots if _is_seen(root, start))
        told = [(agent, tokens) for agent, tokens in costs.costs if agent.ref.root in roots]
        total = sum(tokens for _, tokens in told)
        if roots not in seen and total > _SHARE * costs.limit:
            yield _problem(told, total, costs.limit)
        seen.add(roots)


def _starts(roots: tuple[Root, ...]) -> Iterator[Root]:
    """The roots that stand for a session: each project, each folder opened by hand, or whatever else there is."""
    projects = [root for root in roots if root.scope == "project" and not root.added]
    yield from projects
    yield from (root for root in roots if root.scope == "folder")
    if not projects:
        yield from (root for root in roots if root.scope != "folder")


def _is_seen(root: Root, start: Root) -> bool:
    """Whether a session that starts at one root sees another: of projects only those above it."""
    below = root.scope == "project" and not root.added and len(root.path) > len(start.path)
    return precedence.meet(root, start) and not (below and start.scope == "project")


def _problem(told: list[tuple[Agent, int]], total: int, limit: int) -> Problem:
    first = told[0][0]
    named = ", ".join(f"{agent.name} {tokens:,}" for agent, tokens in told[:_NAMED])
    state = "Claude Code warns" if total > limit else "Claude Code is about to warn"
    message = f"{len(told)} descriptions cost {total:,} tokens in every conversation, {state} above {limit:,}: {named}"
    others = tuple(agent.ref for agent, _ in told[1:_NAMED])
    return Problem(RULE.id, first.ref, *place.of_value(first.document, "description"), message, others=others)


RULE = Rule("D002", "over-budget", "warning", __doc__, library=check)
