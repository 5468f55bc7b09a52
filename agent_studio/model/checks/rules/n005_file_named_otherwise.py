"""The file is not called as the agent is.

Claude Code goes by the `name` alone. People look for the file, and other programs take its name for the agent's. Case
and separators do not count, nor does `.agent` at the end (`reviewer.agent.md`), nor a folder that one of the two names
begins with (`testing/testing-reviewer.md`). A folder of three or more agents most of which are called otherwise has its
own way, and is left alone.

Fix: rename the file, where the name is made of lower-case words and hyphens and no other file has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import n007_not_kebab_case
from agent_studio.model.library import Library
from agent_studio.model.ref import EXTENSION, Ref

_KIND = ".agent"
"""What some programs put before the ending of every agent's file."""


def check(library: Library) -> Iterator[Problem]:
    """Agents whose files are called otherwise."""
    taken = {_place(ref) for ref in library.agents}
    for agents in n007_not_kebab_case.by_folder(library):
        odd = [agent for agent in agents if not agent.plugin and not _is_called_so(agent)]
        if n007_not_kebab_case.stand_out(odd, agents):
            yield from (_problem(agent, taken) for agent in odd)


def stem(ref: Ref) -> str:
    """What a file calls its agent."""
    return ref.stem.removesuffix(_KIND)


def _is_called_so(agent: Agent) -> bool:
    """Whether file and agent have one name, but for case, separators, and a folder that one of them begins with."""
    name, file = _letters(agent.name), _letters(stem(agent.ref))
    if name == file:
        return True
    folders = [_letters(folder) for folder in agent.ref.folder.split("/")]
    return any(folder and (name == folder + file or file == folder + name) for folder in folders)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _problem(agent: Agent, taken: set[tuple[str, str]]) -> Problem:
    message = f"the agent {agent.name} lies in {agent.ref.path}: programs that go by file names call it otherwise"
    span = place.of_value(agent.document, "name")
    return Problem(RULE.id, agent.ref, *span, message, _fix(agent, taken))


def _fix(agent: Agent, taken: set[tuple[str, str]]) -> Fix | None:
    """The rename, where nothing is in its way."""
    if not n007_not_kebab_case.is_kebab(agent.name):
        return None
    kind = _KIND if agent.ref.stem.endswith(_KIND) else ""
    try:
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
