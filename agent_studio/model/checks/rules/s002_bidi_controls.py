"""The text holds controls that turn the direction of writing, so what a person sees is not what the model reads.

Overrides, embeddings, and isolates (U+202A to U+202E, U+2066 to U+2069) let a line appear in another order than it is
written in: a command can look like a comment. Text in Arabic or Hebrew needs none of them in a Markdown file.

Fix: remove them.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document

_CONTROLS = "([\u202a-\u202e\u2066-\u2069]+)"


def check(agent: Agent) -> Iterator[Problem]:
    """Controls of direction."""
    found = found_in(agent.document) if readable(agent) else []
    if found:
        chars, text = "".join(chars for _, _, chars, _ in found), agent.document.text
        around = quoted(text[max(found[0][0] - 20, 0) : found[0][1] + 30])
        message = f"found {counted(len(chars), 'control')} of writing direction ({hidden.names(chars)}), as in {around}"
        fix = hidden.removal("remove the controls", found_in)
        yield Problem(RULE.id, agent.ref, found[0][0], found[-1][1], message, fix)


def found_in(document: Document) -> list[hidden.Stretch]:
    """Controls of direction."""
    return hidden.stretches(document, _CONTROLS)


RULE = Rule("S002", "bidi-controls", "high", __doc__, check)
