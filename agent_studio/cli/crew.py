"""The crew: this process and its forks, which look at many files side by side."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterable, Sequence, Sized
from itertools import chain

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.engine import Checker
from agent_studio.model.checks.problem import Fix, Problem, Severity
from agent_studio.model.duplicates import trace
from agent_studio.model.duplicates.nearness import Shares
from agent_studio.model.duplicates.text import Sketch
from agent_studio.model.duplicates.trace import Key, Trace
from agent_studio.model.hosts.claude_code import Reading
from agent_studio.model.hosts.losses import Kind, Loss
from agent_studio.model.hosts.verdict import Cause, Status, Verdict
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.store.forks import side_by_side, spare

_FEWEST = 300
"""Files below which a fork costs more than it saves."""
_SHARE = 16
"""Files that are looked at between two looks at what is left to do."""
_PARTS = 64
"""Parts in which families of texts are compared, at most."""

_Problem = tuple[str, int, int, str, tuple[str, bool, str | None] | None, list[tuple[str, str]], Severity | None]
"""A problem as it goes from one process to another, but for its file: of its fix no step, which nobody takes there."""
_Verdict = tuple[Status, str | None, Cause | None]
_Losses = list[tuple[Kind, str, str, tuple[int, int] | None]]
_Texts = tuple[str | None, str | None, str | None, str | None]
_Tools = tuple[tuple[str, ...] | None, tuple[str, ...]]
_Reading = tuple[_Texts, _Tools, _Verdict, _Losses]
_Trace = tuple[bytes, tuple[tuple[int, ...], int, int]]
_Looked = tuple[list[_Problem], _Reading, dict[str, place.Span], _Trace | None]
"""What one process tells another of a file: its problems, and what rules ask for that look at all files together."""


def look(alone: Checker, together: Checker, agents: Sequence[Agent]) -> None:
    """Let checkers know what many files say by themselves; few files they may as well look at by themselves."""
    forks = _forks(agents)
    if not forks:
        return
    shares = [agents[start : start + _SHARE] for start in range(0, len(agents), _SHARE)]
    here = os.getpid()

    def work(number: int) -> bytes:
        for agent in shares[number]:
            alone.look(agent)
            together.look(agent)
        return b"" if os.getpid() == here else marshal.dumps([_told(alone, agent) for agent in shares[number]])

    for share, data in zip(shares, side_by_side(work, len(shares), forks), strict=True):
        for agent, looked in zip(share, marshal.loads(data)) if data else ():  # noqa: S302, B905  # a fork wrote it
            _remember(alone, agent, looked)


def compare(together: Checker, library: Library) -> None:
    """Let a checker of all files together hold many of them against one another, and ask its other rules meanwhile."""
    forks = _forks(library)
    if not forks:
        return
    rules = [rule for rule in together.rules if not rule.compare]

    def among(shares: Callable[[list[Key]], Shares], families: list[list[Key]]) -> Iterable[Shares]:
        parts = min(_PARTS, len(families))

        def work(number: int) -> bytes:
            if number < parts:
                return marshal.dumps([shares(family) for family in families[number::parts]])
            problems = together.said(rules[number - parts], library)
            return marshal.dumps([((*problem.ref,), _of_problem(problem)) for problem in problems])

        done = list(map(marshal.loads, side_by_side(work, parts + len(rules), forks)))
        for rule, said in zip(rules, done[parts:], strict=True):
            together.remember_said(rule, library, [_problem(Ref(*ref), problem) for ref, problem in said])
        return chain.from_iterable(done[:parts])

    together.compare(library, among)


def _forks(agents: Sized) -> int:
    return spare() if len(agents) >= _FEWEST else 0


def _told(alone: Checker, agent: Agent) -> _Looked:
    known = trace.known(agent.document)
    problems = [_of_problem(problem) for problem in alone.look(agent)]
    places = place.of_values(agent.document)
    return problems, _of_reading(agent.reading), places, (known.key, (*known.sketch,)) if known else None


def _remember(alone: Checker, agent: Agent, looked: _Looked) -> None:
    problems, reading, places, known = looked
    agent.remember(_reading(reading))
    place.remember(agent.document, places)
    if known:
        trace.remember(agent.document, Trace(known[0], Sketch(*known[1])))
    alone.remember(agent, [_problem(agent.ref, problem) for problem in problems])


def _of_problem(problem: Problem) -> _Problem:
    fix = (problem.fix.title, problem.fix.safe, problem.fix.rename) if problem.fix else None
    others = [(other.root, other.path) for other in problem.others]
    return problem.rule, problem.start, problem.end, problem.message, fix, others, problem.severity


def _problem(ref: Ref, told: _Problem) -> Problem:
    rule, start, end, message, mending, others, severity = told
    fix = Fix(mending[0], mending[1], rename=mending[2]) if mending else None
    return Problem(rule, ref, start, end, message, fix, tuple(Ref(*other) for other in others), severity)


def _of_reading(reading: Reading) -> _Reading:
    verdict = (reading.verdict.status, reading.verdict.reason, reading.verdict.cause)
    losses = [(loss.kind, loss.key, loss.words, loss.span) for loss in reading.losses]
    texts = reading.name, reading.description, reading.model, reading.color
    return texts, (reading.tools, reading.denied), verdict, losses


def _reading(told: _Reading) -> Reading:
    texts, tools, verdict, losses = told
    return Reading(*texts, *tools, Verdict(*verdict), tuple(Loss(*loss) for loss in losses))
