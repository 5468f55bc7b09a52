"""A key differs from a field only in its spelling, and Claude Code ignores what it says.

Keys are case-sensitive. `Name:` is no name, so the file is dropped; `Model:` is no model. `allowedTools` and
`allowed-tools` belong to commands and the SDK: in an agent the field is `tools`, and without it the agent has all of
them.

Fix: the field's own spelling. Where the file loads already this changes what the agent may do, so it is shown first.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.view import Splice

_FIELDS = {name.lower(): name for name in schema.BY_NAME} | dict.fromkeys(
    ("allowedtools", "allowed-tools", "allowed_tools"), "tools"
)
_NEEDED = {"no-name": "name", "description-missing": "description"}


def intended(key: str) -> str | None:
    """The field that a key is another spelling of; None for a field, and for any other key."""
    return None if key in schema.BY_NAME else _FIELDS.get(key.lower())


def check(agent: Agent) -> Iterator[Problem]:
    """Keys that mean a field which the file does not have; in a file that is dropped those that drop it."""
    if agent.verdict.loads:
        words = {loss.key: loss.words for loss in agent.reading.lost("key")}
    else:
        words = dict(_dropping(agent))
    for key, message in words.items():
        entry, field = agent.document.entry(key), intended(key)
        if entry and field:
            fix = Fix(f"spell it {field}", safe=not agent.verdict.loads, step=_respelt(entry, field))
            yield Problem(RULE.id, agent.ref, entry.start, entry.key_end, message, fix)


def _dropping(agent: Agent) -> Iterator[tuple[str, str]]:
    """The keys that should be name and description of a file that is dropped for the lack of one, and words for it."""
    document, needed = agent.document, _NEEDED.get(agent.verdict.cause or "")
    meant = {key: field for key in document.values if (field := intended(key)) and not document.has(field)}
    if document.reading == "lines" or agent.verdict.status == "parked" or needed not in meant.values():
        return
    for key, field in meant.items():
        if schema.BY_NAME[field].required:
            yield key, f"{key} is no field, {field} is: Claude Code drops the file"


def _respelt(entry: Entry, field: str) -> Step:
    def step(document: Document) -> Document:
        result = document.spliced([Splice(entry.start, entry.key_end, field)])
        values = {field if key == entry.key else key: repr(value) for key, value in document.values.items()}
        if {key: repr(value) for key, value in result.values.items()} != values:
            raise EditRefused(f"{entry.key} cannot be renamed without changing other fields")
        return result

    return step


RULE = Rule("L008", "key-misspelt", "error", __doc__, check)
