"""The frontmatter is no YAML, and Claude Code's repair does not help: the file is dropped, and nobody is told.

Claude Code reads the frontmatter as YAML. Where that fails it puts every one-line value with special characters in
quotes and tries again, but none in a line that ends in CR LF. Some slips survive both: a value that ends in a colon, an
unquoted `: ` in text that goes on in the next line, a quote that is never closed, a line that is no field, a control
character. Only the debug log says so.

    description: Use this agent for reviews. Examples:
      user: review this

Fix: the value where it breaks becomes a block scalar (`|-`), in which no character is special; where that is not
enough, the description does, with the lines up to the next field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import scalars, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.place import Span
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.hosts import claude_code
from agent_studio.model.view import Splice

_LONGEST = 65_536
"""Characters of the longest frontmatter that is mended: it is read several times."""
_FIELD = re.compile(rf"^(?:{'|'.join(schema.BY_NAME)}):", re.MULTILINE)


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
    for start, end in _broken(document):
        mended = document.spliced([Splice(start, end, _spelled(document, start, end))])
        # Most headers that are not read so are cheaply told.
        if (
            mended.reading != "lines"
            and claude_code.read(mended).verdict.loads
            and set(mended.values) <= set(document.values)
            and mended.values.keys() & schema.BY_NAME.keys() == document.values.keys() & schema.BY_NAME.keys()
        ):
            return mended
    raise EditRefused("more than one value of the frontmatter breaks it: repair it in the raw view")


def _broken(document: Document) -> Iterator[Span]:
    """The values that may break the header: the one before the error, and the description up to the next field."""
    at, description = document.header.error_at or 0, document.entry("description")
    before = [entry for entry in document.fields if entry.literal and entry.start <= at]
    entry = before[-1] if before else description
    if entry and _is_text(document, entry):
        yield entry.value_start, entry.value_end
    if description and document.fences:
        found = _FIELD.search(document.text, description.value_start, document.fences.close)
        end = found.start() if found else document.fences.close
        yield description.value_start, len(document.text[:end].rstrip())


def _is_text(document: Document, entry: Entry) -> bool:
    """Whether a value is one that a block can hold, and no list or mapping."""
    if field := schema.BY_NAME.get(entry.key):
        return field.kind not in {"list", "yaml"}
    starts_below = "\n" in document.between(entry.key_end, entry.value_start)
    return not starts_below and document.source(entry)[:1] not in {"[", "{"}


def _spelled(document: Document, start: int, end: int) -> str:
    """A value so that it cannot break: as a block, or in quotes where no block can hold it."""
    lines = [line.strip() for line in document.between(start, end).splitlines()]
    text = _unquoted("\n".join(lines).strip())
    return next(scalars.block(text, "|-", document.newline_at(start)), None) or scalars.double(text)


def _unquoted(text: str) -> str:
    """A text without the quotes around it, also where others stand within; where one is never closed, without that."""
    quote, inner = text[:1], text[1:-1]
    if quote not in {'"', "'"}:
        return text
    if len(text) < 2 or text[-1] != quote:
        return text[1:] if text.count(quote) % 2 else text
    within = re.search(rf"(?<![\w\\]){quote}|(?<!\\){quote}(?!\w)", inner)
    opens = within is None or inner[max(within.start() - 1, 0) : within.start()] in {"", " ", "\n", "(", "["}
    return inner.replace(f"\\{quote}", quote) if opens else text


RULE = Rule("L001", "does-not-load", "error", __doc__, check)
