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
from agent_studio.model.checks import pasted, paths
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_FOLDER = re.compile(r"agent-memory(-local)?[\\/]{1,2}([\w.-]{1,80})")
_OWN = re.compile(rf"{paths.OWN_CONFIG.pattern}$")
_BEFORE = 100
"""Characters before a folder in which the person's own may stand."""


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """A pasted section that the field, the agent's name, or this machine does not fit."""
    document = agent.document
    place = pasted.section(document) if judged(agent) else None
    if place is None:
        return
    message, fix = "memory is described, but without a memory field none is kept", _with_memory(document, *place)
    if document.has("memory"):
        message, fix = _misfit(agent, around, *place), Fix("remove the pasted section", False, _without_section)
    if message:
        yield Problem(RULE.id, agent.ref, *place, message, fix)


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


def _with_memory(document: Document, start: int, end: int) -> Fix:
    """A memory in the scope of the folder that a section names."""
    folder = _FOLDER.search(document.text, start, end)
    own = folder and _OWN.search(document.text[max(folder.start() - _BEFORE, start) : folder.start()])
    scope = "local" if folder and folder[1] else "user" if own else "project"
    return Fix(f"set memory to {scope}", False, lambda held: fieldedit.with_field(held, "memory", scope))


def _without_section(document: Document) -> Document:
    """The document without the section."""
    place = pasted.section(document)
    return document.spliced([Splice(*place, "")] if place else [])


RULE = Rule("B002", "pasted-memory", "info", __doc__, placed=check)
