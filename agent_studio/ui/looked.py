"""What was found of duplicates, as the interface shows it: groups, and agents that are described alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from agent_studio.model.duplicates.group import Duplicates
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref

if TYPE_CHECKING:
    from agent_studio.model.duplicates.purpose import Overlap


@dataclass(frozen=True)
class Looked:
    """The duplicates of a library, and pairs of it that are described alike, the likest first.

    `done` is false before anything was looked for.
    """

    library: Library = field(default_factory=Library)
    duplicates: Duplicates = field(default_factory=Duplicates)
    overlaps: tuple[Overlap, ...] = ()
    done: bool = False

    @cached_property
    def sizes(self) -> Mapping[Ref, int]:
        """Each agent that is in a group, with how many the largest of its groups has."""
        found: dict[Ref, int] = {}
        for group in self.duplicates.groups:
            for ref in group.refs:
                found[ref] = max(found.get(ref, 0), len(group.refs))
        return found
