"""What was found of duplicates: groups of agents, and the pairs that are nearly the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

from agent_studio.model.ref import Ref

Kind = Literal["same-name", "identical", "same-body", "near"]
"""same-name: one name, whatever the text. identical: the same bytes. same-body: the same prompt below another header.
near: most runs of five words in common."""

KINDS: tuple[Kind, ...] = get_args(Kind)

TITLES: Mapping[Kind, str] = {
    "same-name": "same name",
    "identical": "identical",
    "same-body": "same prompt",
    "near": "nearly the same prompt",
}
"""What a kind is called."""


@dataclass(frozen=True, slots=True)
class Group:
    """Agents that belong together, in the order of their library.

    `similarity` is the share of runs of five words in common, 0 to 1: the least by which one of some `near` ones is
    joined to another, else the least that one has in common with the first. `winner` is the agent that the host takes
    of them, None where it takes none or several; `why` says it in words. `differs` are the fields that are not the same
    in all of them, `body` last.
    """

    kind: Kind
    refs: tuple[Ref, ...]
    similarity: float
    winner: Ref | None
    why: str
    differs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duplicates:
    """The groups of a library, the strongest kind first, and for each agent its near-duplicates, the likest first."""

    groups: tuple[Group, ...] = ()
    near: Mapping[Ref, tuple[tuple[Ref, float], ...]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def kinds(self) -> Mapping[Ref, frozenset[Kind]]:
        """Each agent that is in a group, with the kinds of its groups."""
        found: dict[Ref, frozenset[Kind]] = {}
        for group in self.groups:
            for ref in group.refs:
                found[ref] = found.get(ref, frozenset()) | {group.kind}
        return found

    def of(self, ref: Ref) -> tuple[Group, ...]:
        """The groups that an agent is in."""
        return tuple(group for group in self.groups if ref in group.refs)
