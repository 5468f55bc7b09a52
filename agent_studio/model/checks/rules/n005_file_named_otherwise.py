"""The file is not called as the agent is.

Claude Code goes by the `name` alone. People look for the file, and other programs take its name for the agent's; an
`.agent` at its end (`reviewer.agent.md`) does not count.

Fix: rename the file, where the name can be one and no other file has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library
from agent_studio.model.ref import EXTENSION, Ref

_KIND = ".agent"
"""What some programs put before the ending of every agent's file."""


def check(library: Library) -> Iterator[Problem]:
    """Agents whose files are called otherwise."""
    taken = {_place(ref) for ref in library.agents}
    for agent in library:
        if agent.verdict.loads and not agent.plugin and agent.reading.name != stem(agent.ref):
            message = (
                f"the agent {agent.name} lies in {agent.ref.path}: programs that go by file names call it otherwise"
            )
            span = place.of_value(agent.document, "name")
            yield Problem(RULE.id, agent.ref, *span, message, _fix(agent, taken))


def stem(ref: Ref) -> str:
    """What a file calls its agent."""
    return ref.stem.removesuffix(_KIND)


def _fix(agent: Agent, taken: set[tuple[str, str]]) -> Fix | None:
    """The rename, where nothing is in its way; a name that only differs by case waits for a hand."""
    try:
        kind = _KIND if agent.ref.path.endswith(f"{_KIND}{EXTENSION}") else ""
        target = agent.ref.beside(f"{plans.checked_stem(agent.name)}{kind}{EXTENSION}")
    except plans.PlanRefused:
        return None
    if _place(target) in taken:
        return None
    return Fix(f"rename the file to {target.path}", safe=True, rename=target.path)


def _place(ref: Ref) -> tuple[str, str]:
    """Where a file lies on a disk that knows no case."""
    return ref.root, ref.path.lower()


RULE = Rule("N005", "file-named-otherwise", "info", __doc__, library=check)
