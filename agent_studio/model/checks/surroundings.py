"""What stands around the agents on this machine, as far as a front end looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from agent_studio.model.ref import Ref


class Missing(Protocol):
    """Agents, each with a path that it names and that is not there."""

    def __contains__(self, named: tuple[Ref, str], /) -> bool:
        """Whether it is not there."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is there for the agents of each root, and what is not; nothing about a root means: not known, not judged.

    `skills` and `servers` (of MCP) are root -> their names there. `missing` holds what agents name and is not there,
    as their texts spell it; `reviewed` the fingerprint (S040) of what a person last
    looked at.
    """

    skills: Mapping[str, frozenset[str]] = field(default_factory=dict)
    servers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    missing: Missing = frozenset()
    reviewed: Mapping[Ref, str] = field(default_factory=dict)


NOTHING_KNOWN = Surroundings()
"""No rule that asks for the machine says anything."""
