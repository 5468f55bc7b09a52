"""An agent as Claude Code takes it by `--agents`: JSON in place of a file."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .agent import Agent
from .fences import JS_SPACE
from .schema import FIELDS, items_of

_LEFT_OUT = frozenset({"name", "description", "color", "experimental"})
"""Fields that stand elsewhere, or that `--agents` does not take (Claude Code's documentation and SDK, 2.1.329)."""


def definition(agent: Agent) -> dict[str, object]:
    """What `--agents` takes of an agent: its description, its prompt, and the fields whose values the host takes."""
    found: dict[str, object] = {"description": agent.description, "prompt": agent.document.body.strip(JS_SPACE)}
    for field in FIELDS:
        value = agent.document.get(field.name)
        if field.name in _LEFT_OUT or value is None or field.problem(value):
            continue
        items = items_of(value)
        if field.kind != "list":
            found[field.name] = value
        elif "*" not in items:
            found[field.name] = list(items)
    return found


def agents_json(agents: Iterable[Agent]) -> str:
    """The text for `--agents` that gives these agents; of one name the last counts."""
    return json.dumps({agent.name: definition(agent) for agent in agents}, ensure_ascii=False, indent=2)
