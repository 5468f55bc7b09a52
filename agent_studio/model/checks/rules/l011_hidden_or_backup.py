"""A hidden file or a backup copy in an agents folder is read like any other, so the agent is live.

Claude Code reads every `.md` file at any depth: `.notes.md`, `reviewer copy.md`, `reviewer.bak.md`, and what lies in
`.trash/`. A backup usually has the name of the agent that it was made of and may win over it; an agent that is called
as its file is (`ad-copy.md`, `database-backup.md`) is none.

Fix: park the file (add `.parked` to its name), so that Claude Code does not see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.ref import PARKED

_BACKUP = re.compile(
    r"(?i).*(?:[ ._-](?:copy|kopie|copie|copia|backup|bak|orig|old|save)(?:[ ._-]?(?:\([0-9]+\)|[0-9]+))?"
    r"| ?\([0-9]+\)|~|\([^()]*conflicted copy[^()]*\)|\.sync-conflict-[\w-]*)|copy[ _-](?:\([0-9]+\) )?of .*"
)


def check(agent: Agent) -> Iterator[Problem]:
    """A file that looks as if it were not meant to be read, and is."""
    if not agent.verdict.loads:
        return
    below = agent.ref.path.rpartition("agents/")[2]
    hidden = below.startswith(".") or "/." in below
    stem = agent.ref.stem
    if hidden or (_BACKUP.fullmatch(stem[-200:]) and _letters(agent.name) != _letters(stem)):
        kind = "hidden" if hidden else "a copy by its name"
        message = f"{agent.ref.path} is {kind}, but Claude Code reads it: the agent {agent.name} is live"
        fix = Fix("park it", safe=False, rename=f"{agent.ref.path}{PARKED}")
        yield Problem(RULE.id, agent.ref, *place.of_head(agent.document), message, fix)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


RULE = Rule("L011", "hidden-or-backup", "warning", __doc__, check)
