"""An agent as the JSON that scripts rely on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root

SCHEMA = 1
"""Version of every JSON shape: keys are added under the same number, never renamed or taken away."""
HOST = "claude-code"


def near(path: str) -> str:
    """An absolute path as seen from the working directory: relative where it lies below."""
    here = os.getcwd()
    return os.curdir if path == here else path.removeprefix(os.path.join(here, ""))


def unknown_fields(agent: Agent) -> list[str]:
    """The keys in an agent's header that the host does not know."""
    return [key for key in agent.document.values if key not in schema.BY_NAME]


Problems = Mapping[Ref, Sequence[dict[str, object]]]
"""The records of what is wrong, for each file where anything is."""


def of_agent(library: Library, agent: Agent, problems: Problems) -> dict[str, object]:
    """Everything that is known of an agent."""
    reading, document = agent.reading, agent.document
    root = library.root_of(agent.ref)
    standing = library.standing(agent)
    described, body = agent.tokens
    return {
        "ref": str(agent.ref),
        "path": near(agent.path),
        "scope": root.scope if root else None,
        "host": HOST,
        "name": reading.name,
        "description": reading.description,
        "model": reading.model,
        "color": reading.color,
        "tools": reading.tools,
        "roster": reading.roster,
        "fields": document.values,
        "unknown_fields": unknown_fields(agent),
        "verdict": {"status": agent.verdict.status, "reason": agent.verdict.reason, "cause": agent.verdict.cause},
        "losses": reading.losses,
        "active": standing.active,
        "shadowed_by": str(standing.winner) if standing.winner else None,
        "standing": standing.why,
        "undefined": standing.undefined,
        "same_name": [str(other.ref) for other in library.same_name(agent)],
        "problems": problems.get(agent.ref, ()),
        "tokens": {"description": described, "body": body, "listed": reading.warned_tokens},
        "bytes": agent.size,
        "lines": agent.lines,
        "sha256": agent.sha256 if document.whole and not agent.trouble else None,
        "read_only": agent.read_only,
        "parked": agent.ref.parked,
        "plugin": agent.plugin,
    }


def of_root(root: Root) -> dict[str, object]:
    """A place that was read."""
    return {"scope": root.scope, "path": near(root.path), "read_only": root.read_only}
