"""Two agents, or two files, are called the same but for case, separators, or the form of accents.

Claude Code loads both (`Reviewer` and `reviewer` are two agents), but since 2.1.140 it finds an agent without regard to
case and separators, so one may be asked for the other. Of two files whose names differ only so, a disk that knows no
case (macOS, Windows) keeps one.

Fix: none; which of the two is to be renamed is yours to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from agent_studio.model import precedence
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library


def check(library: Library) -> Iterator[Problem]:
    """Agents with nearly the name of another, and files with nearly the path of another."""
    active = [agent for agent in library if library.standing(agent).active]
    for group in _groups((re.sub(r"[ _-]", "", _folded(agent.name)), agent) for agent in active):
        for agent in group:
            others = [other for other in group if other.name != agent.name and _meet(library, agent, other)]
            if others:
                message = f"{agent.name} and {others[0].name} are hard to tell apart: one may be asked for the other"
                yield _problem(agent, message, others)
    for group in _groups((f"{agent.ref.root}:{_folded(agent.ref.path)}", agent) for agent in library):
        for agent in group:
            others = [other for other in group if other is not agent]
            message = f"{agent.ref.path} and {others[0].ref.path} are one file on a disk that knows no case"
            yield _problem(agent, message, others)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _groups(keyed: Iterable[tuple[str, Agent]]) -> Iterator[list[Agent]]:
    """The agents of each key that has several."""
    found: dict[str, list[Agent]] = {}
    for key, agent in keyed:
        found.setdefault(key, []).append(agent)
    return (group for group in found.values() if len(group) > 1)


def _meet(library: Library, one: Agent, other: Agent) -> bool:
    """Whether one session of the host sees both."""
    mine, theirs = library.root_of(one.ref), library.root_of(other.ref)
    return mine is not None and theirs is not None and precedence.meet(mine, theirs)


def _problem(agent: Agent, message: str, others: list[Agent]) -> Problem:
    span = place.of_value(agent.document, "name")
    return Problem(RULE.id, agent.ref, *span, message, others=tuple(other.ref for other in others))


RULE = Rule("N006", "nearly-same-name", "warning", __doc__, library=check)
