"""Several files of one folder give agents of the same name; Claude Code takes one of them, by no rule of yours.

Up to release 2.1.329 the file wins that the file system lists last, from 2.1.330 on the last one by its path. The other
agents are gone without a word, and which ones may differ from machine to machine. In a folder that is opened by hand,
such as a repository of plugins, each folder called `agents` is a place by itself.

Fix: none; compare the files, then merge, rename, or park the ones that should not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Every file whose name is taken in its own folder, too."""
    for agent in library:
        standing = library.standing(agent)
        if standing.undefined:
            winner = standing.winner or agent.ref
            rivals = (winner, *library.standing(library.agents[winner]).beaten)
            others = tuple(ref for ref in rivals if ref != agent.ref and ref.root == agent.ref.root)
            effect = "this file is taken" if winner == agent.ref else f"{winner.path} is taken, this file is not"
            message = f"another file here is called {agent.name}, too: {effect} ({standing.why})"
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "name"), message, others=others)


RULE = Rule("N002", "same-name", "error", __doc__, library=check)
