"""A key is no field of Claude Code, but nearly one: what it says is ignored.

`disallowed-tools`, `permission_mode`, or `descripton` do nothing. Keys of other programs (`category`, `version`) do
nothing either, but nobody expects it of them: they are left alone. So is a key without a value, with the one that the
field has anyway, or with a mapping where the field takes a word. A field in the wrong case is L008.

Fix: the name of the field.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import l008_key_misspelt
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.hosts.losses import meant
from agent_studio.model.view import Splice


def check(agent: Agent) -> Iterator[Problem]:
    """Keys that are slips for a field which the file does not have."""
    for loss in agent.reading.lost("key") if agent.verdict.loads else ():
        entry, field = agent.document.entry(loss.key), meant(loss.key)
        if entry and field and l008_key_misspelt.intended(loss.key) is None:
            fix = Fix(f"call it {field}", False, _renamed(entry, field))
            yield Problem(RULE.id, agent.ref, entry.start, entry.key_end, loss.words, fix)


def _renamed(entry: Entry, field: str) -> Step:
    def step(document: Document) -> Document:
        result = document.spliced([Splice(entry.start, entry.key_end, field)])
        if repr(result.get(field)) != repr(document.get(entry.key)) or result.has(entry.key):
            raise EditRefused(f"{entry.key} cannot be renamed without changing other fields")
        return result

    return step


RULE = Rule("T009", "unknown-key", "warning", __doc__, check)
