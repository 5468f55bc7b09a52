"""A key differs from a field only in its spelling, and Claude Code ignores what it says.

Keys are case-sensitive. `Name:` is no name, so the file is dropped; `Model:` is no model. `allowedTools` and
`allowed-tools` belong to commands and the SDK: in an agent the field is `tools`, and without it the agent has all of
them.

Fix: the field's own spelling. Where the file loads already this changes what the agent may do, so it is shown first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.view import Splice

_FIELDS = {name.lower(): name for name in schema.BY_NAME} | dict.fromkeys(
    ("allowedtools", "allowed-tools", "allowed_tools"), "tools"
)
_NEEDED = {"no-name": "name", "description-missing": "description"}


def intended(key: str) -> str | None:
    """The field that a key is another spelling of; None for a field, and for any other key."""
    return None if key in schema.BY_NAME else _FIELDS.get(key.lower())


def check(agent: Agent) -> Iterator[Problem]:
    """Keys that mean a field which the file does not have; in a file that is dropped those that drop it, together."""
    if agent.verdict.loads:
        for loss in agent.reading.lost("key"):
            entry, field = agent.document.entry(loss.key), intended(loss.key)
            if entry and field:
                fix = Fix(f"spell it {field}", safe=False, step=_respelt({entry.key: field}))
                yield Problem(RULE.id, agent.ref, entry.start, entry.key_end, loss.words, fix)
    elif wrong := _dropping(agent):
        entries = [entry for entry in agent.document.fields if entry.key in wrong]
        keys, fields = " and ".join(wrong), " and ".join(wrong.values())
        words = f"{keys} is no field, {fields} is" if len(wrong) == 1 else f"{keys} are no fields, {fields} are"
        fix = Fix(f"spell {'it' if len(wrong) == 1 else 'them'} {fields}", safe=True, step=_respelt(wrong))
        message = f"{words}: Claude Code drops the file"
        yield Problem(RULE.id, agent.ref, entries[0].start, entries[-1].key_end, message, fix)


def _dropping(agent: Agent) -> dict[str, str]:
    """The keys of a file that is dropped for the lack of name or description -> which of the two they should be."""
    document, needed = agent.document, _NEEDED.get(agent.verdict.cause or "")
    meant = {key: field for key in document.values if (field := intended(key)) and not document.has(field)}
    if document.reading == "lines" or agent.verdict.status != "dropped" or needed not in meant.values():
        return {}
    return {key: field for key, field in meant.items() if schema.BY_NAME[field].required}


def _respelt(fields: Mapping[str, str]) -> Step:
    def step(document: Document) -> Document:
        entries = [entry for key in fields if (entry := document.entry(key))]
        result = document.spliced(Splice(entry.start, entry.key_end, fields[entry.key]) for entry in entries)
        values = {fields.get(key, key): repr(value) for key, value in document.values.items()}
        if {key: repr(value) for key, value in result.values.items()} != values:
            raise EditRefused(f"{' and '.join(fields)} cannot be renamed without changing other fields")
        return result

    return step


RULE = Rule("L008", "key-misspelt", "error", __doc__, check)
