"""The nearest twin of an agent: of all others the one that is most like it."""

from __future__ import annotations

from collections.abc import Iterable

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document

from .matching import overlap
from .words import words_of


def nearest(agent: Agent, others: Iterable[Agent]) -> Agent | None:
    """The likest of the agents that have its name, else of all; None where no other shares a word with it."""
    words = _words(agent.document)
    rivals = [other for other in others if other.ref != agent.ref and other.verdict.status != "not-agent"]
    named = [other for other in rivals if other.name == agent.name]
    likeness = {other.ref: overlap(words, _words(other.document)) for other in named or rivals}
    found = max(named or rivals, key=lambda other: likeness[other.ref], default=None)
    return found if found and (named or likeness[found.ref]) else None


def _words(document: Document) -> frozenset[str]:
    return frozenset(words_of(f"{document.get('description')}\n{document.body}"))
