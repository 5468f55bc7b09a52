"""The file is a copy of an agent that a plugin brings along, and updates of the plugin do not reach it.

Somebody copied the plugin's agent to change it, or before they installed the plugin. Both load, under two names. A copy
that is still the same can go; one that has drifted is worth a look at what the plugin changed since.

Fix: by hand. Compare the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.checks import place, shingles
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

_LEAST = 0.8


def check(library: Library) -> Iterator[Problem]:
    """Agents outside of plugins whose body is that of one inside, or was."""
    agents = [agent for agent in library if judged(agent)]
    if all(agent.plugin is None for agent in agents):
        return
    found: set[Ref] = set()
    for pair in shingles.alike(agents, _LEAST):
        one, other = (pair.other, pair.one) if pair.one.plugin else (pair.one, pair.other)
        if one.plugin or not other.plugin or one.ref in found:
            continue
        found.add(one.ref)
        share = "a copy" if one.document.body.split() == other.document.body.split() else f"{pair.share:.0%} a copy"
        message = f"it is {share} of {other.ref} of the plugin {other.plugin}, whose updates do not reach it"
        yield Problem(RULE.id, one.ref, *place.of_head(one.document), message, others=(other.ref,))


RULE = Rule("F002", "copy-of-plugin", "info", __doc__, library=check)
