"""The body holds the instructions for agent memory that Claude Code once wrote, and they do not fit.

Claude Code gives an agent with `memory:` its own, current instructions with the folder's real path. A pasted section
"# Persistent Agent Memory" without that field sends the model to a folder that nobody loads; with the field, the model
reads two sets of instructions, and those in the file may name a folder of another machine, or of another agent.

Fix: set `memory` where it is missing, to the scope of the folder that is named; else take the pasted section out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import paths
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_SIEVE = Phrases("# Persistent Agent Memory")
_HEADING = re.compile(r"^# Persistent Agent Memory[^\n]*", re.MULTILINE)
_NEXT = re.compile(r"^# ", re.MULTILINE)
_FOLDER = re.compile(r"agent-memory(-local)?[\\/]{1,2}([\w.-]{1,80})")
_OWN = re.compile(rf"{paths.OWN_CONFIG.pattern}$")
_BEFORE = 100
"""Characters before a folder in which the person's own may stand."""


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """A pasted section that the field, the agent's name, or this machine does not fit."""
    document = agent.document
    section = _section(document) if judged(agent) else None
    if section is None:
        return
    message, fix = "memory is described, but without a memory field none is kept", _with_memory(document, *section)
    if document.has("memory"):
        message, fix = _misfit(agent, around, *section), Fix("remove the pasted section", False, _without_section)
    if message:
        yield Problem(RULE.id, agent.ref, *section, message, fix)


def _misfit(agent: Agent, around: Surroundings, start: int, end: int) -> str:
    """What in a section does not fit, in words."""
    named = (one.path for one in paths.absolute(agent.document) if start <= one.start < end)
    foreign = next((path for path in named if (agent.ref, path) in around.missing), None)
    if foreign:
        return f"pasted memory instructions name a folder that is not here, {quoted(foreign)}; Claude Code adds its own"
    folder = _FOLDER.search(agent.document.text, start, end)
    if folder and folder[2] != agent.name:
        return f"pasted memory instructions name the folder of {quoted(folder[2])}; Claude Code adds its own"
    return ""


def _section(document: Document) -> tuple[int, int] | None:
    """Where the pasted section stands."""
    text = document.text
    heading = _HEADING.search(text, document.body_at) if _SIEVE.stand_so_in(document) else None
    if heading is None:
        return None
    after = _NEXT.search(text, heading.end())
    return heading.start(), after.start() if after else len(text)


def _with_memory(document: Document, start: int, end: int) -> Fix:
    """A memory in the scope of the folder that a section names."""
    folder = _FOLDER.search(document.text, start, end)
    own = folder and _OWN.search(document.text[max(folder.start() - _BEFORE, start) : folder.start()])
    scope = "local" if folder and folder[1] else "user" if own else "project"
    return Fix(f"set memory to {scope}", False, lambda held: fieldedit.with_field(held, "memory", scope))


def _without_section(document: Document) -> Document:
    """The document without the section."""
    section = _section(document)
    return document.spliced([Splice(*section, "")] if section else [])


RULE = Rule("B002", "pasted-memory", "info", __doc__, placed=check)
