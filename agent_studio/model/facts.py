"""What is known of agents beside their files, as far as a front end looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .checks.problem import Severity
from .duplicates.group import Duplicates
from .library import Library
from .ref import Ref

Need = Literal["marks", "drafts", "problems", "duplicates", "now"]
"""What a query or an order may ask for beyond the agents."""


class Found(NamedTuple):
    """One problem of an agent: the rule that found it, by id and name, and how much it weighs."""

    rule: str
    name: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Facts:
    """The library, and what a person and the studio know of its agents; what is not known matches nothing.

    `outside` are edited agents whose file was changed by another program; `now` is in seconds since the epoch, 0 where
    nobody looked.
    """

    library: Library = field(default_factory=Library)
    marks: Collection[Ref] = frozenset()
    drafts: Collection[Ref] = frozenset()
    outside: Collection[Ref] = frozenset()
    problems: Mapping[Ref, Sequence[Found]] = field(default_factory=dict)
    duplicates: Duplicates = field(default_factory=Duplicates)
    now: float = 0.0


NOTHING = Facts()
"""Only what stands in the files counts."""
