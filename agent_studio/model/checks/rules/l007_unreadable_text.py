r"""The bytes of the file are no UTF-8 text, or cannot be read at all.

Claude Code reads UTF-8 only. A file in UTF-16 (which some Windows programs write), with binary data, without
permission, or behind a broken link is dropped. Single bytes of Windows-1252 or Latin-1 do not drop it: the model gets
`\ufffd` in the place of each, so `café` reads as `caf\ufffd`. That is only a warning.

Fix: write the same text as UTF-8; bytes that are none are read as Windows-1252.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.decoded import BOM
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.hosts import claude_code

_ERRORS = "agent_studio.windows_1252"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode error handler: a byte that is no UTF-8, as Windows-1252."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_ERRORS, _as_windows)


def check(agent: Agent) -> Iterator[Problem]:
    """A file that cannot be read, and text that is damaged on its way to the model."""
    document = agent.document
    if agent.trouble:
        yield Problem(RULE.id, agent.ref, 0, 0, f"Claude Code drops the file: {agent.trouble}")
    elif document.whole and document.locked:
        fix = Fix("write it as UTF-8", safe=False, step=_from_utf16) if _is_utf16(document) else None
        message = f"Claude Code drops the file: {document.locked}"
        yield Problem(RULE.id, agent.ref, *place.of_head(document), message, fix)
    elif agent.verdict.loads and "\ufffd" in document.text and (at := _first_damage(document)) is not None:
        fix = Fix("write it as UTF-8", safe=False, step=_from_windows)
        message = f"the model reads \ufffd where this is no UTF-8: {quoted(document.text[max(at - 20, 0) : at + 20])}"
        yield Problem(RULE.id, agent.ref, at, at + 1, message, fix, severity="warning")


def _first_damage(document: Document) -> int | None:
    """The character that stands for the first bytes that are no UTF-8; None where all of them are."""
    try:
        document.data.decode()
    except UnicodeDecodeError as error:
        return len(document.data[: error.start].removeprefix(BOM).decode())
    return None


def _from_windows(document: Document) -> Document:
    """The document with its stray bytes as UTF-8."""
    return Document(document.data.decode("utf-8", _ERRORS).encode())


def _from_utf16(document: Document) -> Document:
    """The document as UTF-8; raises `EditRefused`."""
    try:
        return Document(document.data.decode("utf-16").encode())
    except UnicodeError:
        raise EditRefused("it is no UTF-16 either") from None


def _is_utf16(document: Document) -> bool:
    """Whether an agent comes of the text once it is UTF-8."""
    try:
        return claude_code.read(_from_utf16(document)).verdict.loads
    except EditRefused:
        return False


RULE = Rule("L007", "unreadable-text", "error", __doc__, check)
