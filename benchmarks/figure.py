"""Figures, and the targets that they are measured for: each is declared once, where it is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.timing import Sample

if TYPE_CHECKING:
    from benchmarks.bench import Bench


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: its median, and the quartiles of its rounds (0 rounds: it was counted).

    A `limit` is what it may be at most, or at least. `absent` says why there is nothing.
    """

    what: str
    value: float = 0.0
    unit: str = "×"
    limit: float | None = None
    low: float = 0.0
    high: float = 0.0
    rounds: int = 0
    against: str = ""
    least: bool = False
    absent: str = ""

    @property
    def held(self) -> bool | None:
        """Whether the target is held; None where there is none, or nothing was measured."""
        if self.limit is None or self.absent:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def missed(self) -> float:
        """By which share of the limit it is missed, below 0 where it is held."""
        assert self.limit is not None
        share = self.value / self.limit - 1 if self.limit else self.value
        return -share if self.least else share


def ratio(what: str, sample: Sample, against: str, limit: float | None = None) -> Figure:
    """How many times as long as something else."""
    return Figure(what, sample.ratio, "×", limit, sample.low, sample.high, sample.rounds, against)


def amount(what: str, sample: Sample, unit: str, limit: float | None = None) -> Figure:
    """How much of a unit."""
    return Figure(what, sample.ratio, unit, limit, sample.low, sample.high, sample.rounds)


def counted(what: str, value: float, unit: str = "", limit: float | None = None, *, least: bool = False) -> Figure:
    """Something that comes out the same every time."""
    return Figure(what, value, unit, limit, value, value, 0, "", least)


def absent(what: str, why: str) -> Figure:
    """Something that cannot be measured here."""
    return Figure(what, absent=why)


Measure = Callable[["Bench"], Iterator[Figure]]


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached, by the name that the design gives it; a `rare` one is only measured when asked for."""

    id: str
    text: str
    measure: Measure
    rare: bool = False


TARGETS: dict[str, Target] = {}
_ORDER = "LSKPDNWBCRHFIX"
"""The families in the order of the table: those of the design first."""


def target(id: str, text: str, *, rare: bool = False) -> Callable[[Measure], Measure]:
    """Declare what a function measures."""

    def declared(measure: Measure) -> Measure:
        assert id not in TARGETS
        TARGETS[id] = Target(id, text, measure, rare)
        return measure

    return declared


def targets() -> list[Target]:
    """All targets, in the order of the table."""
    return sorted(TARGETS.values(), key=lambda target: (_ORDER.index(target.id[0]), target.id))
