"""What stands around the agents on this machine, as far as a front end looked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from agent_studio.model.ref import Ref


class Missing(Protocol):
    """Agents, each with a path that it names and that is not there."""

    def __contains__(self, named: tuple[Ref, str], /) -> bool:
        """Whether it is not there."""


class Surroundings(NamedTuple):
    """What is there for the agents of each root, and what is not; nothing about a root means: not known, not judged.

    `skills` and `servers` (of MCP) are root -> their names there. `missing` holds what agents name and is not there,
    as their texts spell it; `reviewed` the fingerprint (S040) of what a person last
    looked at.
    """

    skills: Mapping[str, frozenset[str]] = MappingProxyType({})
    servers: Mapping[str, frozenset[str]] = MappingProxyType({})
    missing: Missing = frozenset()
    reviewed: Mapping[Ref, str] = MappingProxyType({})


NOTHING_KNOWN = Surroundings()
"""No rule that asks for the machine says anything."""
