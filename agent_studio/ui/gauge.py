"""How much of the budget for descriptions is used, drawn small."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from textual.content import Content

from agent_studio.model.budget import Budget, budget
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

_CELLS = 6


@dataclass(frozen=True, slots=True)
class Gauge:
    """Tokens used of a limit; `now` is what is used before the marked agents are parked, None without marks."""

    total: int
    limit: int
    now: int | None = None

    @classmethod
    def of(cls, library: Library, whole: Budget, marks: Collection[Ref]) -> Gauge:
        """The gauge of a library with this budget, or what it would show with the marked agents parked."""
        parked = {ref for ref in marks if (agent := library.get(ref)) and not agent.read_only}
        if not parked:
            return cls(whole.total, whole.limit)
        names = {name for ref in parked if (name := library.agents[ref].reading.name) is not None}
        # Only a namesake can take over from a parked agent: nothing else is counted again.
        agents = {agent.ref: agent for name in names for agent in library.in_read_order(name)}
        touched = Library(library.roots, MappingProxyType(agents), library.given)
        return cls(whole.total - budget(touched).total + budget(touched, parked).total, whole.limit, whole.total)

    def drawn(self) -> Iterator[Content]:
        """The gauge, the widest way to draw it first."""
        if not (self.now or self.total):
            return
        share = (f"{thousands(self.total)}/{thousands(self.limit)}", "bold $text-error" if self.over else "bold")
        before = f"desc {thousands(self.now)} → " if self.now is not None else "desc "
        figures = Content.assemble((before, "dim"), share)
        full = min(ceil(_CELLS * self.total / self.limit), _CELLS)
        bar = ("▓" * full, "$text-error" if self.over else "$text-primary"), ("░" * (_CELLS - full), "dim")
        yield Content.assemble(figures, " ", *bar)
        yield figures
        if self.now is not None:
            yield Content.assemble(("desc → ", "dim"), share)

    @property
    def over(self) -> bool:
        """Whether the host warns of it."""
        return self.total > self.limit


def thousands(number: int) -> str:
    """A number with one decimal of thousands: 812, 9.8k, 14.2k, 15k."""
    return str(number) if number < 1_000 else f"{number / 1_000:.1f}".removesuffix(".0") + "k"
