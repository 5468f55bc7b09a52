"""How long work takes, and how many times as long as a floor that is measured in turn with it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

ROUNDS = 7
LONG = 60.0
"""Seconds from which on three rounds of something are enough; from three times as many on, those that were run."""

Work = Callable[[], object]
Clock = Callable[[], float]


class Sample(NamedTuple):
    """The medians of some rounds: what was measured in its own unit, and as a ratio with its quartiles."""

    own: float
    ratio: float
    low: float
    high: float
    rounds: int


def seconds(work: Work, clock: Clock = time.perf_counter) -> float:
    """How long `work` takes."""
    start = clock()
    work()
    return clock() - start


def paired(work: Work, floor: Work, rounds: int = ROUNDS, clock: Clock = time.process_time) -> Sample:
    """`work` against `floor`, run in turn: by default in processor time, which other programs do not lengthen."""
    pairs: list[tuple[float, float]] = []
    begun = time.perf_counter()
    while len(pairs) < rounds and (not pairs or time.perf_counter() - begun < (3 * LONG if len(pairs) < 3 else LONG)):
        gc.collect()
        gc.freeze()  # what is there already is not looked through again on account of the work
        pairs.append((seconds(floor, clock), seconds(work, clock)))
        gc.unfreeze()
    return sample(pairs)


def sample(pairs: Sequence[tuple[float, float]]) -> Sample:
    """What comes of (floor, own) in each round."""
    ratios = [own / floor for floor, own in pairs]
    low, high = quartiles(ratios)
    return Sample(statistics.median(own for _, own in pairs), statistics.median(ratios), low, high, len(pairs))


def single(values: Sequence[float]) -> Sample:
    """What comes of values that are no ratios."""
    low, high = quartiles(values)
    middle = statistics.median(values)
    return Sample(middle, middle, low, high, len(values))


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    """The first and the third quartile; of less than four values the least and the greatest."""
    if len(values) < 4:
        return min(values), max(values)
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def worst(values: Sequence[float]) -> float:
    """The value that 95 of a hundred stay below."""
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]
