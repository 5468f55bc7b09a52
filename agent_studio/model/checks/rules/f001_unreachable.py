"""The agent loads and is never used: another one always takes its place, or nothing says when to call it.

An agent of the same name that the administrator manages is taken instead in every project. And the model chooses agents
by their description: one of nothing but the agent's own name and words such as "agent" or "helper" is no reason to
choose it.

Fix: by hand. Rename or remove the one, describe the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.library import Library

_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    """
    a an the and or of for to in on with is are be this that it its my your our agent agents subagent helper assistant
    bot ai claude description todo tbd test new custom use used using when you i general
    expert specialist specialized specialised helpful powerful smart advanced simple default sub subagents needed
    add insert write enter put fill describe describes describing brief short one line placeholder here does do what
    which should will can
    """.split()
)
"""Words that give no reason to choose an agent."""


def check(library: Library) -> Iterator[Problem]:
    """Agents that nothing leads to; namesakes of one folder are another rule's matter (N002)."""
    for agent in library:
        if not agent.verdict.loads:
            continue
        standing = library.standing(agent)
        winner = None if standing.active or standing.winner is None else library.root_of(standing.winner)
        if winner and winner.scope == "managed" and winner.name != agent.ref.root:
            message = f"no project ever uses it: {standing.winner} is managed, has its name, and is always taken"
            others = (standing.winner,) if standing.winner else ()
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "name"), message, others=others)
        elif not _says_when(agent):
            message = f"nothing says when to call it: its description is {quoted(agent.description)}"
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message)


def _says_when(agent: Agent) -> bool:
    """Whether the description has a word that is neither empty nor the agent's own name."""
    own = _EMPTY.union(_WORD.findall(agent.name.lower().replace("_", " ")))
    return any(found[0] not in own for found in _WORD.finditer(agent.description.lower().replace("_", " ")))


RULE = Rule("F001", "unreachable", "warning", __doc__, library=check)
