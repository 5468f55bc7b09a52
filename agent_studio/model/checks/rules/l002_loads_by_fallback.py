r"""The frontmatter is no YAML; Claude Code repairs it, every strict reader refuses it.

An unquoted `: ` in a value, or a value that begins with `@`, `` ` ``, `*` or `[`, is an error in YAML. Claude Code then
reads the file a second time with such values in quotes. Other programs (Copilot CLI, most editors and linters) do not,
and a release of Claude Code without that repair once dropped all these files.

    description: Use when: a review is wanted

Fix: the quotes, exactly as Claude Code reads the value now; none where a list is never closed.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import scalars, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.frontmatter import Entry
from agent_studio.model.view import Splice

_LONGEST = 65_536
"""Characters of the longest frontmatter that is mended: it is read several times."""
_LISTS = frozenset(field.name for field in schema.BY_NAME.values() if field.kind == "list")


def check(agent: Agent) -> Iterator[Problem]:
    """A header that loads only by the host's repair."""
    document = agent.document
    if not agent.verdict.loads or document.reading != "tolerant":
        return
    at = document.header.error_at or 0
    broken = [entry for entry in document.fields if entry.literal and entry.start <= at]
    start, end = place.of_value(document, broken[-1].key) if broken else place.of_head(document)
    where = f"line {document.line_at(at)} is no YAML"
    message = f"Claude Code reads the frontmatter only by its fallback ({where}); other tools refuse the file"
    yield Problem(RULE.id, agent.ref, start, end, message, _fix(document))


def _fix(document: Document) -> Fix | None:
    """The fix, where quotes are enough."""
    if document.body_at > _LONGEST:
        return None
    try:
        _quoted(document)
    except EditRefused:
        return None
    return Fix("quote what is no YAML", safe=True, step=_quoted)


def _quoted(document: Document) -> Document:
    """The document as strict YAML that means the same; raises `EditRefused`."""
    literal = [entry for entry in document.fields if entry.literal and isinstance(entry.value, str)]
    special = [entry for entry in literal if scalars.plain(document.source(entry)) is None]
    if any(entry.key in _LISTS and str(entry.value).startswith("[") for entry in special):
        raise EditRefused("a list is never closed: quotes would make text of it")
    for entries in (special, literal):
        result = document.spliced(_splice(entry) for entry in entries)
        if result.reading == "strict" and result.reads_like(document):
            return result
    raise EditRefused("quotes alone do not make it YAML that means the same: repair it in the raw view")


def _splice(entry: Entry) -> Splice:
    """The value of a field in the quotes that need fewer escapes."""
    text = str(entry.value)
    spelled = min(filter(None, (scalars.double(text), scalars.single(text))), key=len)
    return Splice(entry.value_start, entry.value_end, spelled)


RULE = Rule("L002", "loads-by-fallback", "warning", __doc__, check)
