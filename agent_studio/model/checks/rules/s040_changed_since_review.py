"""What the agent may do has changed since you looked at it and called it reviewed.

Tools, hooks, servers, permissions, skills, and memory decide what an agent can do to your machine. An update of a
plugin or a pull from a repository can change them without a word. This rule compares with what you reviewed; it says
nothing of agents that you never did.

Fix: by hand. Look at the fields again, then mark the agent as reviewed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import readable
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document

FIELDS = ("tools", "disallowedTools", "permissionMode", "mcpServers", "hooks", "skills", "memory", "isolation")
"""The fields that decide what an agent can do."""


def fingerprint(document: Document) -> str:
    """The hash, in hex, of what an agent may do, however it is written: equal for equal rights."""
    rights = {key: _meant(key, document.get(key)) for key in FIELDS if document.has(key)}
    import hashlib  # noqa: PLC0415  # loads OpenSSL

    return hashlib.sha256(json.dumps(rights, sort_keys=True, default=str).encode()).hexdigest()


def _meant(key: str, value: object) -> object:
    """A value without what makes no difference: how a list is written, and in which order."""
    return sorted(schema.items_of(value)) if key in {"tools", "disallowedTools", "skills"} else value


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """An agent whose rights are not those that were reviewed."""
    reviewed = around.reviewed.get(agent.ref)
    if reviewed is None or not readable(agent) or reviewed == fingerprint(agent.document):
        return
    now = [f"{key}: {_shown(agent.document.get(key))}" for key in FIELDS if agent.document.has(key)]
    message = f"what it may do has changed since you reviewed it; now {'; '.join(now) or 'nothing restricts it'}"
    yield Problem(RULE.id, agent.ref, *place.of_head(agent.document), message)


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


RULE = Rule("S040", "changed-since-review", "medium", __doc__, placed=check)
