"""The crew: this process and its forks, which look at many files side by side."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Sequence

from agent_studio.model.agent import Agent
from agent_studio.model.checks import shingles
from agent_studio.model.checks.engine import Checker
from agent_studio.model.checks.problem import Fix, Problem, Severity
from agent_studio.model.ref import Ref
from agent_studio.store.forks import side_by_side, spare

_FEWEST = 300
"""Files below which a fork costs more than it saves."""
_SHARE = 32
"""Files that are looked at between two looks at what is left to do."""

_Plain = tuple[str, int, int, str, tuple[str, bool, str | None] | None, list[tuple[str, str]], Severity | None]
"""A problem as it goes from one process to another, but for its file: of its fix no step, which nobody takes there."""


def look(alone: Checker, together: Checker, agents: Sequence[Agent]) -> None:
    """Let checkers know what many files say by themselves; few files they may as well look at by themselves."""
    forks = spare() if len(agents) >= _FEWEST else 0
    if not forks:
        return
    for agent in agents:
        _ = agent.reading  # all of them ask for it: those who look at files by themselves, and those who look at all
    shares = [agents[start : start + _SHARE] for start in range(0, len(agents), _SHARE)]
    done = side_by_side(lambda place: _looked(alone, together, shares[place]), len(shares), forks)
    for share, data in zip(shares, done, strict=True):
        for agent, (problems, sketch) in zip(share, marshal.loads(data), strict=True):  # noqa: S302  # a fork wrote it
            alone.remember(agent, [_problem(agent.ref, plain) for plain in problems])
            if sketch is not None:
                shingles.remember(agent.document, array("q", sketch))


def _looked(alone: Checker, together: Checker, agents: Sequence[Agent]) -> bytes:
    """What is said of some files, and what those who look at all of them together will ask for."""
    found = []
    for agent in agents:
        problems = [*alone.look(agent), *together.look(agent)]
        found.append((list(map(_plain, problems)), shingles.known(agent.document)))
    return marshal.dumps(found)


def _plain(problem: Problem) -> _Plain:
    fix = (problem.fix.title, problem.fix.safe, problem.fix.rename) if problem.fix else None
    others = [(other.root, other.path) for other in problem.others]
    return problem.rule, problem.start, problem.end, problem.message, fix, others, problem.severity


def _problem(ref: Ref, plain: _Plain) -> Problem:
    rule, start, end, message, mending, others, severity = plain
    fix = Fix(mending[0], mending[1], rename=mending[2]) if mending else None
    return Problem(rule, ref, start, end, message, fix, tuple(Ref(*other) for other in others), severity)
