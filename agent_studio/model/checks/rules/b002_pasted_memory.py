"""The body holds the instructions for agent memory that Claude Code once wrote, and they do not fit.

Claude Code gives an agent with `memory:` its own, current instructions with the folder's real path. A pasted section
"# Persistent Agent Memory" without that field sends the model to a folder that nobody loads; with the field, the model
reads two sets of instructions, and those in the file name the folder of the machine they were written on.

Fix: set `memory` where it is missing; else take the pasted section out.
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
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_SIEVE = Phrases("# Persistent Agent Memory")
_HEADING = re.compile(r"^# Persistent Agent Memory[^\n]*", re.MULTILINE)
_NEXT = re.compile(r"^# ", re.MULTILINE)
_FOLDER = re.compile(r"agent-memory(?:-local)?[\\/]{1,2}([\w.-]{1,80})")


def check(agent: Agent) -> Iterator[Problem]:
    """A pasted section that the field, or the agent's name, does not fit."""
    document = agent.document
    section = _section(document) if judged(agent) else None
    if section is None:
        return
    start, end = section
    text = document.text[start:end]
    folder = _FOLDER.search(text)
    if not document.has("memory"):
        fix = Fix("set memory to project", safe=False, step=_with_memory)
        yield Problem(
            RULE.id, agent.ref, start, end, "memory is described, but without a memory field none is kept", fix
        )
        return
    fix = Fix("remove the pasted section", safe=False, step=_without_section)
    foreign = next((named.path for named in paths.absolute(document) if start <= named.start < end), None)
    if foreign:
        message = (
            f"pasted memory instructions name another machine's folder, {quoted(foreign)}; Claude Code adds its own"
        )
        yield Problem(RULE.id, agent.ref, start, end, message, fix)
    elif folder and folder[1] != agent.name:
        message = f"pasted memory instructions name the folder of {quoted(folder[1])}; Claude Code adds its own"
        yield Problem(RULE.id, agent.ref, start, end, message, fix)


def _section(document: Document) -> tuple[int, int] | None:
    """Where the pasted section stands."""
    text = document.text
    heading = _HEADING.search(text, document.body_at) if _SIEVE.stand_so_in(document) else None
    if heading is None:
        return None
    after = _NEXT.search(text, heading.end())
    return heading.start(), after.start() if after else len(text)


def _with_memory(document: Document) -> Document:
    """The document with a memory for the project."""
    return fieldedit.with_field(document, "memory", "project")


def _without_section(document: Document) -> Document:
    """The document without the section."""
    section = _section(document)
    return document.spliced([Splice(*section, "")] if section else [])


RULE = Rule("B002", "pasted-memory", "info", __doc__, check)
