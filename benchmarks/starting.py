"""S: from the command to the first rows, and what can be done meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.figure import Figure, amount, ratio, target
from benchmarks.terminal import KEYS, Terminal, app, studio
from benchmarks.timing import sample, single, worst

BLANK = "blank Textual app"
ROW = b"agent-0"
HELD = 1 / 30
"""Seconds between two keys while one is held."""
PRESSED = 60


def against_blank(bench: Bench, shown: Callable[[], float]) -> list[tuple[float, float]]:
    """Seconds to a blank app's first frame, and to whatever is shown, in turn."""
    pairs = []
    for _ in range(bench.rounds):
        with bench.open(*app("blank")) as blank:
            floor = blank.up()
        pairs.append((floor, shown()))
    return pairs


def _up(bench: Bench, size: int, home: Path, text: bytes = ROW) -> float:
    with bench.open(*studio(str(bench.project(size))), home=home) as terminal:
        return terminal.up(text)


def _first_time(bench: Bench, size: int) -> float:
    return _up(bench, size, bench.fresh("home"))


@target("S1", "first rows, opened before")
def warm(bench: Bench) -> Iterator[Figure]:
    for size in bench.sizes:
        home = bench.fresh("home")
        with bench.open(*studio(str(bench.project(size))), home=home) as terminal:
            terminal.first(ROW)
            terminal.rest()
            terminal.type(b"q")
            terminal.ended()
        took = sample(against_blank(bench, partial(_up, bench, size, home)))
        yield ratio(f"first rows of {size:,}, opened before", took, BLANK, 1.25 if size <= 10_000 else 1.4)


@target("S2", "first rows, never opened before")
def cold(bench: Bench) -> Iterator[Figure]:
    for size in bench.sizes:
        took = sample(against_blank(bench, partial(_first_time, bench, size)))
        yield ratio(f"first rows of {size:,}, never opened", took, BLANK, 1.35 if size <= 10_000 else None)


@target("S3", "first frame of the whole interface")
def frame(bench: Bench) -> Iterator[Figure]:
    home = bench.fresh("home")
    _up(bench, bench.usual, home)
    took = sample(against_blank(bench, lambda: _up(bench, bench.usual, home, b"")))
    yield ratio(f"first frame, {bench.usual:,}", took, BLANK, 1.3)


def held_down(terminal: Terminal, keys: int = PRESSED) -> list[float]:
    """Seconds from each key to its frame, while one is held."""
    found = []
    for number in range(keys):
        start = time.perf_counter()
        found.append(terminal.press(KEYS["up" if number // 10 % 2 else "down"]))
        time.sleep(max(0.0, HELD - (time.perf_counter() - start)))
    return found


@target("S4", "keys while everything is read and judged")
def busy(bench: Bench) -> Iterator[Figure]:
    size = bench.sizes[-1]
    pairs, slowest = [], []
    for _ in range(bench.rounds):
        idle = held_down(bench.resting(bench.sizes[0]))
        with bench.open(*studio(str(bench.project(size))), home=bench.fresh("home")) as terminal:
            terminal.first(ROW)
            found = held_down(terminal)
        pairs.append((worst(idle), worst(found)))
        slowest.append(max(found) * 1_000)
    yield ratio(f"key, 95 of 100, just after {size:,} were opened", sample(pairs), "at rest", 2)
    yield amount("slowest of them", single(slowest), "ms", 20)


@target("S5", "quitting while everything is read and judged")
def leaving(bench: Bench) -> Iterator[Figure]:
    size = bench.sizes[-1]
    pairs = []
    for _ in range(bench.rounds):
        with bench.open(*app("blank")) as terminal:
            floor = _left(terminal, b"")
        with bench.open(*studio(str(bench.project(size))), home=bench.fresh("home")) as terminal:
            pairs.append((floor, _left(terminal, ROW)))
    yield ratio(f"quit just after {size:,} were opened", sample(pairs), BLANK)


def _left(terminal: Terminal, text: bytes) -> float:
    """Seconds from `q` to the end, half a second after a text shows."""
    terminal.first(text)
    time.sleep(0.5)
    start = time.perf_counter()
    terminal.type(b"q")
    return terminal.ended() - start
