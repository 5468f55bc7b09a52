"""A finding: a problem where a person finds it, by path, line and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from agent_studio.cli import record
from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.checks.engine import Configuration
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library

Place = tuple[int, int]
"""Line and column, both counted from 1, the column in characters."""


@dataclass(frozen=True, slots=True)
class Finding:
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
    """Problems of a library, those of one file side by side, with their places."""
    for ref, found in groupby(problems, key=lambda problem: problem.ref):
        agent = library.agents[ref]
        lines = [0, *(match.end() for match in re.finditer("\n", agent.document.text))]
        for problem in found:
            rule = BY_ID[problem.rule]
            places = _place(lines, problem.start), _place(lines, problem.end)
            yield Finding(problem, rule, configuration.severity(rule, problem), agent.path, *places)


def _place(lines: list[int], offset: int) -> Place:
    """The place of an offset, given where each line begins."""
    line = bisect_right(lines, offset)
    return line, offset - lines[line - 1] + 1
