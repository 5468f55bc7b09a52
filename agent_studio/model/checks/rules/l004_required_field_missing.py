"""The name or the description is missing, empty, or no text, so Claude Code drops the file.

Both must be text: a number, a list, or `true` without quotes is none. Without a name not even the debug log mentions
the file. A plugin's agent is not dropped: it gets the name of its file, and a description that says nothing; that is a
warning.

    name: 2024
    description: #1 for reviews

Fix: quotes around a number, a truth value, or what `#` makes a comment; the name of the file for a name that is
missing. A description is never made up.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit, plans, scalars
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import l008_key_misspelt, n005_file_named_otherwise
from agent_studio.model.checks.subject import quoted
from agent_studio.model.hosts.losses import comment_for_value
from agent_studio.model.view import Splice

_KEYS = {"no-name": "name", "name-not-text": "name", "description-missing": "description"}


def check(agent: Agent) -> Iterator[Problem]:
    """A file that lacks one of the two fields, unless that stands there under another spelling."""
    for loss in agent.reading.lost("filled") if agent.verdict.loads else ():
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, loss.key), loss.words, severity="warning")
    key = _KEYS.get(agent.verdict.cause or "")
    if agent.verdict.status != "dropped" or key is None or any(l008_key_misspelt.check(agent)):
        return
    start, end = place.of_value(agent.document, key)
    message = f"Claude Code drops the file: {agent.verdict.reason}"
    if comment := comment_for_value(agent.document, key):
        message += f", {quoted(comment[1])} is a comment"
    yield Problem(RULE.id, agent.ref, start, end, message, _fix(agent, key))


def _fix(agent: Agent, key: str) -> Fix | None:
    """Text that stands in the file, or in its name, as the value."""
    document = agent.document
    entry, value = document.entry(key), document.get(key)
    if comment := comment_for_value(document, key):
        splice = Splice(*comment.span(1), scalars.double(comment[1]))
        return Fix(f"put {key} in quotes", safe=False, step=lambda held: held.spliced([splice]))
    if entry and isinstance(value, int | float) and value:
        text = document.source(entry)
        return Fix(f"put {key} in quotes", safe=False, step=lambda held: fieldedit.with_field(held, key, text))
    if key == "name" and not value and document.has("description"):
        name = plans.slug(n005_file_named_otherwise.stem(agent.ref))
        return Fix(f"call it {name}, as its file", safe=False, step=lambda held: fieldedit.with_field(held, key, name))
    return None


RULE = Rule("L004", "required-field-missing", "error", __doc__, check)
