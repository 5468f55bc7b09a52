"""What stands around the agents on this machine, as far as a front end looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_studio.model.ref import Ref


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Names of skills and MCP servers that are there, and paths that are not; empty means: not known, so not judged.

    `missing` holds paths as agents spell them that were looked for and not found; `reviewed` the fingerprint (S040) of
    what a person last looked at.
    """

    skills: frozenset[str] = frozenset()
    servers: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    reviewed: Mapping[Ref, str] = field(default_factory=dict)


NOTHING_KNOWN = Surroundings()
"""No rule that asks for the machine says anything."""
