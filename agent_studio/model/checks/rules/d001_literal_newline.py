r"""The description has `\n` written out as two characters.

Claude Code makes a line break of each before the model sees it. Everything else (other hosts, editors, a plugin's
agents in Claude Code itself) shows backslash and n, and the file is one line of thousands of characters.

    description: Use this agent for reviews.\n\nExamples:\n- ...

Fix: a block scalar with real line breaks, which Claude Code reads the same. In a plugin's agent it changes what the
model reads, so it is shown first.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import scalars
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.view import Splice


def check(agent: Agent) -> Iterator[Problem]:
    """A description with line breaks in writing."""
    text = agent.document.get("description")
    if not agent.verdict.loads or not isinstance(text, str) or "\\n" not in text:
        return
    effect = "the model reads them so" if agent.plugin else "Claude Code makes line breaks of them, others do not"
    number = counted(text.count("\\n"), "line break")
    message = f'{number} written as "\\n" in the description: {effect}'
    fix = Fix("write real line breaks", safe=not agent.plugin, step=_broken)
    yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message, fix)


def _broken(document: Document) -> Document:
    """The document with real line breaks in its description; raises `EditRefused`."""
    entry, text = document.entry("description"), str(document.get("description")).replace("\\n", "\n")
    if entry is None:
        return document
    newline = document.newline_at(entry.value_start)
    blocks = (spelled for mark in ("|-", "|2-") for spelled in scalars.block(text, mark, newline))
    for spelled in (*blocks, scalars.double(text)):
        result = document.spliced([Splice(entry.value_start, entry.value_end, spelled)])
        if result.get("description") == text and result.reads_like(document, except_for="description"):
            return result
    raise EditRefused("the description cannot hold line breaks before the rest of the frontmatter is repaired")


RULE = Rule("D001", "literal-newline", "warning", __doc__, check)
