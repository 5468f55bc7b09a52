"""The frontmatter is no YAML, and Claude Code's repair does not help: the file is dropped, and nobody is told.

Claude Code reads the frontmatter as YAML. Where that fails it puts every one-line value with special characters in
quotes and tries again, but none in a line that ends in CR LF. Some slips survive both: a value that ends in a colon, an
unquoted `: ` in text that goes on in the next line, a quote that is never closed, a line that is no field, a control
character. Only the debug log says so.

    description: Use this agent for reviews. Examples:
      user: review this

Fix: the value where it breaks becomes a block scalar (`|-`), in which no character is special.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import scalars
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.hosts import claude_code
from agent_studio.model.view import Splice

_LONGEST = 65_536
"""Characters of the longest frontmatter that is mended: it is read several times."""


def check(agent: Agent) -> Iterator[Problem]:
    """A header that neither parse can read."""
    if agent.verdict.status != "dropped" or agent.verdict.cause != "yaml-error":
        return
    document = agent.document
    at = document.header.error_at
    start, end = place.of_head(document)
    if at is not None and document.fences:
        at = min(at, document.fences.close - 1)
        start = document.text.rfind("\n", 0, at) + 1
        end = document.text.find("\n", at)
        end = len(document.text) if end < 0 else max(end, start + 1)
    yield Problem(RULE.id, agent.ref, start, end, f"Claude Code drops the file: {agent.verdict.reason}", _fix(document))


def _fix(document: Document) -> Fix | None:
    """The fix, where it is one."""
    if document.body_at > _LONGEST:
        return None
    try:
        _mended(document)
    except EditRefused:
        return None
    return Fix("write the value as a block, where no character is special", safe=False, step=_mended)


def _mended(document: Document) -> Document:
    """The document with the value that breaks the header, else the description, as a block; raises `EditRefused`."""
    at = document.header.error_at or 0
    before = [entry for entry in document.fields if entry.literal and entry.start <= at]
    entry = before[-1] if before else document.entry("description")
    if entry:
        mended = document.spliced([Splice(entry.value_start, entry.value_end, _spelled(document, entry))])
        # Most headers that are not read so are cheaply told.
        if (
            mended.reading != "lines"
            and claude_code.read(mended).verdict.loads
            and set(mended.values) == set(document.values)
        ):
            return mended
    raise EditRefused("more than one value of the frontmatter breaks it: repair it in the raw view")


def _spelled(document: Document, entry: Entry) -> str:
    """The value of a field so that it cannot break: as a block, or in quotes where no block can hold it."""
    newline = document.newline_at(entry.value_start)
    lines = [line.strip() for line in document.source(entry).splitlines()]
    text = "\n".join(lines).strip()
    if text[:1] in {'"', "'"} and text.count(text[0]) % 2:
        text = text[1:]
    return next(scalars.block(text, "|-", newline), None) or scalars.double(text)


RULE = Rule("L001", "does-not-load", "error", __doc__, check)
