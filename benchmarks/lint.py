"""Linting: cold, as a process; once more after a change; and beside cclint, where that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from benchmarks.timing import Figure, Work, paired, process, python

CCLINT = "AGENT_STUDIO_CCLINT"
"""The environment variable that names the program of cclint (npm: @carlrannaberg/cclint 0.2.10)."""


def figures(library: Library, project: Path, small: Path, floor: Work) -> Iterator[Figure]:
    """What linting takes; `project` is a project of as many agents as the library, and `floor` reads them."""
    imports = python("-c", "import yaml, click")
    everything = python("-m", "agent_studio", "lint", "--no-config", "--exit-zero", str(project), cwd=project)
    few = python("-m", "agent_studio", "lint", "--no-config", "--exit-zero", str(small), cwd=small)
    yield Figure("lint all, in memory", *paired(lambda: Checker(RULES).check(library), floor), "walk and read")
    yield Figure("lint again, one changed", *paired(_again(library), floor), "walk and read")
    yield Figure("lint 50 files (process)", *paired(few, imports), "import yaml, click")
    yield Figure("lint all (process)", *paired(everything, imports), "import yaml, click")
    if program := os.environ.get(CCLINT):
        other = process("sh", "-c", '"$0" agents || true', program, cwd=project)
        yield Figure("lint all (process)", *paired(everything, other), "cclint")


def _again(library: Library) -> Work:
    """Check a library in which the body of one agent is another one each time."""
    checker, numbers = Checker(RULES), count()
    checker.check(library)
    agent = library.ordered[len(library) // 2]

    def check() -> object:
        document = Document(agent.document.data + b"Step %d.\n" % next(numbers))
        return checker.check(library.replaced([replace(agent, document=document)]))

    return check
