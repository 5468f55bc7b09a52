"""A field stands twice; Claude Code takes the last one and ignores the others.

YAML forbids it, and readers differ: some take the first, some refuse the file.

Fix: remove the lines that do not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.view import Splice


def check(agent: Agent) -> Iterator[Problem]:
    """Each key that stands more than once, where it stands first."""
    if not agent.verdict.loads:
        return
    first = {entry.key: entry for entry in reversed(agent.document.fields)}
    for loss in agent.reading.lost("twice"):
        entry = first[loss.key]
        fix = Fix("remove the lines that do not count", safe=False, step=_single(entry.key))
        yield Problem(RULE.id, agent.ref, entry.start, entry.key_end, loss.words, fix)


def _single(key: str) -> Step:
    def step(document: Document) -> Document:
        entries = [entry for entry in document.fields if entry.key == key]
        result = document.spliced(Splice(*place.of_line(document, entry), "") for entry in entries[:-1])
        if _read(result) != _read(document) or len(result.fields) != len(document.fields) - len(entries) + 1:
            raise EditRefused(f"{key} cannot be removed line by line: edit it in the raw view")
        return result

    return step


def _read(document: Document) -> tuple[dict[str, str], str]:
    """What a document means, in any order."""
    return {key: repr(value) for key, value in document.values.items()}, document.body


RULE = Rule("L009", "duplicate-key", "warning", __doc__, check)
