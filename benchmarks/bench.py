"""One run of the benchmark: what it measures on, how often, and the studios that it has open."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from benchmarks import collection
from benchmarks.terminal import Terminal, environment, studio
from benchmarks.timing import ROUNDS, Clock, Sample, Work, paired

SIZES = (100, 1_000, 10_000, 50_000)
CPU = time.process_time
WALL = time.perf_counter


@dataclass
class Bench:
    """Collections of some sizes, smallest first, or one folder that was given; `scratch` holds whatever is written."""

    scratch: Path
    sizes: tuple[int, ...] = SIZES
    given: Path | None = None
    rounds: int = ROUNDS
    _resting: dict[int, Terminal] = field(default_factory=dict)
    _libraries: dict[int, Library] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.given is not None:
            self.sizes = (len(Store(self.roots(0)).load()),)

    def project(self, size: int) -> Path:
        """The project of a size."""
        return self.given or collection.project(size)

    def folder(self, size: int) -> Path:
        """Where its agents lie."""
        below = self.project(size) / ".claude" / "agents"
        return below if below.is_dir() else self.project(size)

    def roots(self, size: int) -> tuple[Root, ...]:
        """The agents of a size as the only root."""
        return (Root("folder", "folder", str(self.folder(size))),)

    def library(self, size: int) -> Library:
        """The agents of a size, each read as the host does; only that of the last size is kept."""
        if size not in self._libraries:
            self._libraries.clear()
            self._libraries[size] = Store(self.roots(size)).load()
            for agent in self._libraries[size]:
                _ = agent.verdict
        return self._libraries[size]

    @property
    def usual(self) -> int:
        """The size that is measured where one will do: 1,000, or what comes next to it."""
        return min(self.sizes, key=lambda size: abs(size - 1_000))

    @property
    def grown(self) -> tuple[int, ...]:
        """The sizes that are compared with the usual one: those above it."""
        return tuple(size for size in self.sizes if size > self.usual)

    @cached_property
    def home(self) -> Path:
        """A home folder that is kept for the whole run."""
        return self.fresh("home")

    def fresh(self, name: str) -> Path:
        """A new folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.scratch))

    def paired(self, work: Work, floor: Work, clock: Clock = CPU) -> Sample:
        """Work against a floor, in as many rounds as are asked for."""
        return paired(work, floor, self.rounds, clock)

    def process(self, *words: str, cwd: Path | None = None, codes: tuple[int, ...] = (0,)) -> Work:
        """A process to run from outside to its end."""

        def run() -> None:
            told = environment(self.home)
            done = subprocess.run(words, check=False, cwd=cwd or self.home, env=told, capture_output=True)
            assert done.returncode in codes, done.stderr.decode(errors="replace")[-500:]

        return run

    def python(self, *words: str, cwd: Path | None = None) -> Work:
        """A Python process."""
        return self.process(sys.executable, *words, cwd=cwd)

    @cached_property
    def aside(self) -> Path:
        """A project with one agent, which is open beside every collection: to change it without touching those."""
        folder = self.fresh("aside")
        (folder / ".claude" / "agents").mkdir(parents=True)
        (folder / ".claude" / "agents" / "aaa.md").write_text("---\nname: aaa\ndescription: Said first.\n---\nBody.\n")
        return folder

    def resting(self, size: int) -> Terminal:
        """A studio that is open on a size and does nothing."""
        if size not in self._resting:
            terminal = Terminal(*studio(str(self.aside), str(self.project(size))), home=self.fresh("home"))
            self._resting[size] = terminal
            terminal.first(b"agent-0")
            terminal.rest()
        return self._resting[size]

    def open(self, *words: str, home: Path | None = None) -> Terminal:
        """A program in a terminal of its own."""
        return Terminal(*words, home=home or self.home)

    def close(self) -> None:
        """End the studios."""
        for terminal in self._resting.values():
            terminal.close()
        self._resting.clear()


_BLOCK = 1 << 16
"""Bytes to read at once: a greater buffer costs more than most files, and how much depends on the state of the heap."""


def raw_read(folder: Path | str) -> int:
    """Walk and read every file, nothing else: the floor of loading."""
    read = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                read += raw_read(entry.path)
                continue
            descriptor = os.open(entry.path, os.O_RDONLY)
            while len(data := os.read(descriptor, _BLOCK)) == _BLOCK:
                read += _BLOCK
            read += len(data)
            os.close(descriptor)
    return read


def above(sizes: tuple[int, ...], least: int) -> Iterator[int]:
    """The sizes from one on, or the greatest where none is so great."""
    yield from [size for size in sizes if size >= least] or sizes[-1:]
