"""What the program made of a tree, in the form in which it is recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from oracle.debuglog import entries, reason
from oracle.host import Answer, Silent
from oracle.probe import Row
from oracle.roster import roster, tools
from oracle.tree import Tree

LONG = 400
"""Characters; a longer text is recorded by its hash."""


@dataclass(frozen=True, slots=True)
class Observation:
    """The agents that are not built in, and for each file whether it was loaded, or why it was not."""

    agents: tuple[Row, ...]
    files: dict[str, Row]


def observe(answer: Answer, tree: Tree, places: Iterable[str]) -> Observation:
    """One run's answer as it is recorded, with a verdict for the files at these places."""
    listed = {agent["name"]: agent for agent in answer.agents}
    text = roster(answer.requests)
    if not text:
        raise Silent("its requests list no agents")
    agents = tuple(_agent(listed.get(row["agentType"], {}), row, text, tree, listed) for row in answer.usage)
    loaded = {row.get("path") for row in answer.usage}
    messages = entries(answer.log)
    return Observation(agents, {place: _verdict(place, tree, loaded, messages) for place in places})


def recorded(text: Any) -> Any:
    """A value as it is recorded: a long text by its hash, anything else itself."""
    if not isinstance(text, str) or len(text) <= LONG:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return {"sha256": digest, "chars": len(text), "prefix": text[:200]}


def _agent(listed: Row, used: Row, text: str, tree: Tree, names: Iterable[str]) -> Row:
    name, description = used["agentType"], listed.get("description", "")
    return {
        "name": name,
        "description": recorded(description),
        "source": used["source"],
        "path": tree.marked(used.get("path", "")),
        "model": listed.get("model"),
        "tools": tools(text, name, description, names),
        "tokens": used["tokens"],
    }


def _verdict(place: str, tree: Tree, loaded: set[str | None], messages: tuple[str, ...]) -> Row:
    path = str(tree.top / place)
    if path in loaded:
        return {"verdict": "loaded"}
    why, message = reason(messages, path)
    return {"verdict": "dropped", "reason": why, "log": message and tree.marked(message)}
