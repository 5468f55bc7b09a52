"""The examples of the description ask for another agent, and never for this one.

They were copied: Claude learns from them to call the other agent, or one that does not exist. Examples that name this
agent may name others, too.

Fix: this agent's name in their place, where they name one other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, routing
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document

_KINDS = (
    "aware",
    "based",
    "driven",
    "end",
    "facing",
    "focused",
    "known",
    "level",
    "powered",
    "purpose",
    "step",
    "wide",
)
"""Endings of words that say what kind of agent is meant."""
_CALLED = pattern(
    r"\b(?:use|using|launch|launching|invoke|invoking|call|calling|engage|run|activate|the)\s{1,3}(?:the\s{1,3})?"
    r"[`'\"*]{0,2}([A-Za-z0-9]{1,40}(?:-[A-Za-z0-9.]{1,40}){1,8})[`'\"*]{0,2}\s{1,3}(?:sub-?)?agent\b"
)


def check(agent: Agent) -> Iterator[Problem]:
    """Examples of somebody else's."""
    if not agent.verdict.loads or agent.plugin:
        return
    description = agent.description
    examples = description[len(routing.lead(description)) :]
    if not examples or agent.name.lower() in examples.lower() or _letters(agent.name) in _letters(examples):
        return
    called = (found[1] for found in _CALLED.finditer(examples))
    names = list(dict.fromkeys(name for name in called if not name.endswith(_KINDS)))
    if not names:
        return
    message = f"the examples ask for {names[0]}, not for {agent.name}: Claude learns to call the other"
    fix = Fix(f"say {agent.name}", False, _renamed(names[0], agent.name)) if len(names) == 1 else None
    yield Problem(RULE.id, agent.ref, *place.of_item(agent.document, "description", names[0]), message, fix)


def _letters(text: str) -> str:
    return re.sub(r"[\s_-]+", "", text.lower())


def _renamed(old: str, new: str) -> Step:
    word = re.compile(rf"(?<![\w-]){re.escape(old)}(?![\w-])")

    def step(document: Document) -> Document:
        text = str(document.get("description"))
        return fieldedit.with_field(document, "description", word.sub(lambda _: new, text))

    return step


RULE = Rule("D006", "foreign-example", "warning", __doc__, check)
