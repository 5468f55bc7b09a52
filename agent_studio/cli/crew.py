"""The crew: this process and its forks, which look at many files side by side."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.copies import prepare
from agent_studio.model.checks.engine import Checker
from agent_studio.model.checks.problem import Fix, Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.duplicates import trace
from agent_studio.model.duplicates.nearness import LEAST, Nearness, Shares
from agent_studio.model.duplicates.text import Sketch
from agent_studio.model.duplicates.trace import Key, Trace
from agent_studio.model.hosts.claude_code import Reading
from agent_studio.model.hosts.losses import Kind, Loss
from agent_studio.model.hosts.verdict import Cause, Status, Verdict
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.store.forks import side_by_side, spare

if TYPE_CHECKING:
    from agent_studio.model.duplicates.group import Duplicates

_FEWEST = 300
"""Files below which a fork costs more than it saves."""
_SHARE = 16
"""Files that are looked at between two looks at what is left to do."""
_SHARES = 4_096
"""Such shares at most."""
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
_Looked = tuple[list[_Problem], dict[str, place.Span], _Reading, _Trace | None]
"""What one process tells another of a file: its problems, and what rules ask for that look at all files together."""
_Told = TypeVar("_Told")
_Task = Callable[[], Any]


def look(alone: Checker, together: Checker, agents: Sequence[Agent]) -> None:
    """Let checkers know what many files say by themselves; few files they may as well look at by themselves."""

    def work(agent: Agent) -> None:
        alone.look(agent)
        together.look(agent)

    for agent, looked in _by_others(agents, work, lambda agent: _told(alone, agent)):
        _remember(alone, agent, looked)


def compare(together: Checker, library: Library) -> None:
    """Let a checker of all files together hold many of them against one another, and ask its other rules meanwhile."""
    forks = _forks(len(library))
    if not forks:
        return
    rules = [rule for rule in together.rules if not rule.prepare]  # the others may ask for what is compared

    def said(rule: Rule) -> list[tuple[tuple[str, str], _Problem]]:
        return [((*problem.ref,), _of_problem(problem)) for problem in together.said(rule, library)]

    done = _done([partial(said, rule) for rule in rules], forks, lambda: together.compare(library, _among))
    for rule, problems in zip(rules, done, strict=True):
        together.remember_said(rule, library, [_problem(Ref(*ref), problem) for ref, problem in problems])


def duplicates(library: Library, least: float = LEAST) -> Duplicates:
    """All duplicates of a library, those from the share `least` of their runs on nearly the same."""
    from agent_studio.model.duplicates.finder import Finder  # noqa: PLC0415  # who looks for problems needs none

    for agent, (reading, known) in _by_others(library.ordered, prepare, _traced):
        agent.remember(_reading(reading))
        _retrace(agent, known)
    return Finder(Nearness(least)).find(library, among=_among)


def _by_others(
    agents: Sequence[Agent], work: Callable[[Agent], None], told: Callable[[Agent], _Told]
) -> Iterator[tuple[Agent, _Told]]:
    """Do some work for each of many files, and say what was told of those for which another process did it."""
    forks = _forks(len(agents))
    size = max(_SHARE, -(-len(agents) // _SHARES))
    shares = [agents[start : start + size] for start in range(0, len(agents), size)] if forks else []
    here = os.getpid()

    def of_share(number: int) -> bytes:
        for agent in shares[number]:
            work(agent)
        return b"" if os.getpid() == here else marshal.dumps(list(map(told, shares[number])))

    for share, data in zip(shares, side_by_side(of_share, len(shares), forks), strict=True):
        yield from zip(share, marshal.loads(data)) if data else ()  # noqa: S302, B905  # a fork wrote it


def _among(shares: Callable[[list[Key]], Shares], families: list[list[Key]]) -> Iterable[Shares]:
    """What the texts of families have in common; every process compares some of many."""
    forks = _forks(sum(map(len, families)))
    return chain.from_iterable(_done(_comparisons(shares, families), forks)) if forks else map(shares, families)


def _comparisons(shares: Callable[[list[Key]], Shares], families: list[list[Key]]) -> list[_Task]:
    parts = min(_PARTS, len(families))

    def work(number: int) -> list[Shares]:
        return list(map(shares, families[number::parts]))

    return [partial(work, number) for number in range(parts)]


def _done(tasks: Sequence[_Task], forks: int, first: Callable[[], None] = lambda: None) -> list[Any]:
    """What comes of each task, in order, whichever process does it."""

    def work(number: int) -> bytes:
        return marshal.dumps(tasks[number]())

    return list(map(marshal.loads, side_by_side(work, len(tasks), forks, first)))


def _forks(files: int) -> int:
    return spare() if files >= _FEWEST else 0


def _told(alone: Checker, agent: Agent) -> _Looked:
    problems = [_of_problem(problem) for problem in alone.look(agent)]
    return problems, place.of_values(agent.document), *_traced(agent)


def _remember(alone: Checker, agent: Agent, looked: _Looked) -> None:
    problems, places, reading, known = looked
    agent.remember(_reading(reading))
    place.remember(agent.document, places)
    _retrace(agent, known)
    alone.remember(agent, [_problem(agent.ref, problem) for problem in problems])


def _traced(agent: Agent) -> tuple[_Reading, _Trace | None]:
    known = trace.known(agent.document)
    return _of_reading(agent.reading), (known.key, (*known.sketch,)) if known else None


def _retrace(agent: Agent, known: _Trace | None) -> None:
    if known:
        trace.remember(agent.document, Trace(known[0], Sketch(*known[1])))


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
