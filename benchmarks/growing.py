"""R2: what one agent more costs in a great collection; I: what one changed file costs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from agent_studio.model.checks import copies, routing
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker
from agent_studio.model.document import Document
from agent_studio.model.duplicates import trace
from agent_studio.model.duplicates.nearness import Nearness
from agent_studio.model.facts import Facts
from agent_studio.model.library import Library
from agent_studio.model.query.query import parse
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from benchmarks.bench import Bench
from benchmarks.collection import build
from benchmarks.curating import searched
from benchmarks.figure import Figure, absent, ratio, target
from benchmarks.loading import FLOOR, floor, loaded
from benchmarks.timing import Sample, Work

Job = Callable[[tuple[Root, ...], Library], object]

_NUMBERS = count()
JOBS: dict[str, Job] = {
    "load": lambda roots, _: loaded(roots),
    "filter": lambda _, library: parse(f"review{next(_NUMBERS)} | catalog").select(library.ordered, Facts(library)),
    "duplicates": lambda _, library: searched(library),
    "lint": lambda _, library: checked(library),
}
"""What is done to all agents: its name, and how."""


@target("R2", "time for each agent does not grow with their number")
def growth(bench: Bench) -> Iterator[Figure]:
    if not bench.grown:
        yield absent("growth", "no greater collection")
        return
    small, large = bench.usual, bench.grown[-1]
    libraries = {size: _read(bench.roots(size)) for size in (small, large)}
    for name, job in JOBS.items():
        took = bench.paired(_each(job, bench, libraries, large), _each(job, bench, libraries, small))
        share = small / large
        each = Sample(took.own, took.ratio * share, took.low * share, took.high * share, took.rounds)
        yield ratio(f"{name}, each of {large:,}", each, f"each of {small:,}", 1.3)


def _each(job: Job, bench: Bench, libraries: dict[int, Library], size: int) -> Work:
    return lambda: job(bench.roots(size), libraries[size])


def _read(roots: tuple[Root, ...]) -> Library:
    library = Store(roots).load()
    for agent in library:
        _ = agent.verdict
    return library


@target("I1", "one changed file costs that file")
def again(bench: Bench) -> Iterator[Figure]:
    size = bench.usual
    folder = build(bench.fresh("changed"), size)
    store = Store((Root("folder", "folder", str(folder)),))
    library = store.load()
    path = Path(library.ordered[size // 2].path)

    def reloaded() -> object:
        with path.open("ab") as file:
            file.write(b"More.\n")
        return store.reload_some(library, [os.fspath(path)])

    yield ratio(f"read again, one of {size:,} changed", bench.paired(reloaded, floor(bench, size)), FLOOR)
    yield ratio(f"lint {size:,}", bench.paired(lambda: checked(library), floor(bench, size)), FLOOR)
    yield ratio(f"lint again, one of {size:,} changed", bench.paired(_linted(library), floor(bench, size)), FLOOR)


def checked(library: Library) -> object:
    """Check a library from nothing: what was found of prompts and descriptions before is found again."""
    trace._KNOWN.clear()  # noqa: SLF001  # it outlives a check, and so do the others
    copies.nearness = Nearness()
    routing.alike.cache_clear()
    return Checker(RULES).check(library)


def _linted(library: Library) -> Work:
    """Check a library in which the body of one agent is another one each time."""
    checker, numbers = Checker(RULES), count()
    checker.check(library)
    agent = library.ordered[len(library) // 2]

    def check() -> object:
        document = Document(agent.document.data + b"Step %d.\n" % next(numbers))
        return checker.check(library.replaced([replace(agent, document=document)]))

    return check
