"""What the rules found, as the interface shows it: with its rule, how much it weighs, and a sign for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agent_studio.model.checks.problem import SEVERITIES, Problem, Severity
from agent_studio.model.document import Document
from agent_studio.model.facts import Found
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

if TYPE_CHECKING:
    from agent_studio.model.checks.rule import Rule

SIGNS: Mapping[Severity, str] = {"error": "✖", "high": "⚑", "warning": "⚠", "medium": "⚐", "low": "⚐", "info": "·"}
"""A flag is something to look at before the agent is trusted."""
KINDS: Mapping[Severity, str] = {
    "error": "error",
    "high": "error",
    "warning": "warning",
    "medium": "warning",
    "low": "muted",
    "info": "muted",
}
"""How loud each is: error, warning, muted."""


class Finding(NamedTuple):
    """A problem with its rule, and how much it weighs."""

    problem: Problem
    rule: Rule
    severity: Severity

    @property
    def sign(self) -> str:
        """Its sign."""
        return SIGNS[self.severity]

    @property
    def kind(self) -> str:
        """How loud it is."""
        return KINDS[self.severity]

    @property
    def weight(self) -> int:
        """Its place among all severities, the most pressing first."""
        return SEVERITIES.index(self.severity)

    @property
    def can_be_fixed_blind(self) -> bool:
        """Whether its fix may be written without a look at it."""
        return self.problem.fix is not None and self.problem.fix.safe

    def field_in(self, document: Document) -> str | None:
        """The field of a document that it lies in; what is said of absent tools stands at the name."""
        start = self.problem.start
        key = next((e.key for e in document.fields if e.start <= start <= max(e.key_end, e.value_end)), None)
        return "tools" if key == "name" and self.rule.family == "T" else key


@dataclass(frozen=True)
class Findings:
    """Everything that was found in a library, by file and place; `checked` is false before anything was looked at."""

    library: Library = field(default_factory=Library)
    all: tuple[Finding, ...] = ()
    checked: bool = False

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many there are of each severity."""
        return Counter(finding.severity for finding in self.all)

    @cached_property
    def _by_ref(self) -> dict[Ref, tuple[Finding, ...]]:
        found: dict[Ref, list[Finding]] = {}
        for finding in self.all:
            found.setdefault(finding.problem.ref, []).append(finding)
        return {ref: tuple(sorted(held, key=lambda finding: finding.weight)) for ref, held in found.items()}

    @cached_property
    def facts(self) -> Mapping[Ref, tuple[Found, ...]]:
        """What a query may ask of it."""
        return {
            ref: tuple(Found(one.rule.id, one.rule.name, one.severity) for one in held)
            for ref, held in self._by_ref.items()
        }

    def of(self, ref: Ref) -> tuple[Finding, ...]:
        """What was found in a file, the most pressing first."""
        return self._by_ref.get(ref, ())

    def worst(self, ref: Ref) -> Finding | None:
        """The most pressing that was found in a file."""
        return next(iter(self.of(ref)), None)

    def line(self, finding: Finding) -> int:
        """The line of its file on which it begins, counted from 1."""
        agent = self.library.get(finding.problem.ref)
        return agent.document.line_at(finding.problem.start) if agent else 1
