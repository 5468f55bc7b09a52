"""A finding: a problem where a person finds it, by path, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from agent_studio.cli import record
from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.checks.engine import Configuration
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library

Place = tuple[int, int]
"""Line and column, both counted from 1, the column in characters."""


class Finding(NamedTuple):
    """A problem with its rule, how much it weighs here, and its place; `end` is behind its last character."""

    problem: Problem
    rule: Rule
    severity: Severity
    path: str
    start: Place
    end: Place

    @property
    def fix(self) -> str | None:
        """How it can be mended: `safe`, `unsafe`, or not by itself."""
        fix = self.problem.fix
        return None if fix is None else "safe" if fix.safe else "unsafe"

    @property
    def as_record(self) -> dict[str, object]:
        """What scripts are told of it beside its file."""
        return {
            "rule": self.rule.id,
            "severity": self.severity,
            "line": self.start[0],
            "column": self.start[1],
            "end_line": self.end[0],
            "end_column": self.end[1],
            "message": self.problem.message,
            "fix": self.fix,
            "others": [str(ref) for ref in self.problem.others],
        }

    @property
    def as_full_record(self) -> dict[str, object]:
        """What scripts are told of it, its file included."""
        return {"ref": str(self.problem.ref), "path": record.near(self.path), **self.as_record}


def located(library: Library, problems: Iterable[Problem], configuration: Configuration) -> Iterator[Finding]:
    """Problems of a library with their places; those of one file stand side by side, in its order."""
    for ref, found in groupby(problems, key=lambda problem: problem.ref):
        agent = library.agents[ref]
        text = agent.document.text
        line, at = (1, 0), 0
        for problem in found:
            line, at = _line(text, line, at, problem.start), problem.start
            last = _line(text, line, at, problem.end)
            places = (line[0], at - line[1] + 1), (last[0], problem.end - last[1] + 1)
            rule = BY_ID[problem.rule]
            yield Finding(problem, rule, configuration.severity(rule, problem), agent.path, *places)


def _line(text: str, line: tuple[int, int], at: int, offset: int) -> tuple[int, int]:
    """The number of the line of an offset, and where it begins, given those of an earlier offset."""
    breaks = text.count("\n", at, offset)
    return (line[0] + breaks, text.rfind("\n", at, offset) + 1) if breaks else line
