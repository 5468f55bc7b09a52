"""The frontmatter switches questions off, so the agent edits files or runs commands without asking you.

`permissionMode: bypassPermissions` skips every question, `acceptEdits` those about files; with `auto` a model judges
what may be done, and with `dontAsk` only your rules do. What the file says counts unless your own settings forbid it:
an agent that was copied from somewhere else should not decide this for you.

Fix: remove the field; the agent then asks as your session does.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.problem import Fix, Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document

_MEANINGS: dict[str, tuple[Severity, str]] = {
    "bypassPermissions": ("high", "the agent runs every tool without asking"),
    "acceptEdits": ("medium", "the agent changes files without asking"),
    "auto": ("medium", "a model decides what the agent may do without asking"),
    "dontAsk": ("medium", "the agent never asks; what no rule allows is refused"),
}


def check(agent: Agent) -> Iterator[Problem]:
    """A mode in which less is asked."""
    entry = agent.document.entry("permissionMode")
    if entry is None or not isinstance(entry.value, str) or not configured.counts(agent, "permissionMode"):
        return
    if entry.value in _MEANINGS:
        severity, meaning = _MEANINGS[entry.value]
        fix = Fix("remove permissionMode", safe=False, step=_asking)
        message = f"found permissionMode {entry.value}: {meaning}"
        yield Problem(RULE.id, agent.ref, entry.start, entry.value_end, message, fix, severity=severity)


def _asking(document: Document) -> Document:
    """The document without a mode."""
    return fieldedit.without_field(document, "permissionMode")


RULE = Rule("S012", "permission-mode", "high", __doc__, check)
