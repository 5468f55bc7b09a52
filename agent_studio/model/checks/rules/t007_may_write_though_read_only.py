"""The text says that the agent only reads, but it is given tools that write.

A prompt is a wish, the list of tools is a lock: "never edit files" does not keep an agent with `Edit` from editing.
`Bash` counts only where the text says "read-only": reviewers need it for `git diff`.

Fix: take the tools from the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place, prose
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

_WRITE = (
    r"(?:never|not|don'?t) (?:edits?|modif(?:y|ies)|writes?|changes?|alters?) (?:or \w{4,8} )?(?:any |the |source )?"
    r"(?:files?|code|anything)"
)
_PROMISE = (
    r"(?i)\b(?:(?:this agent|you|i)(?: are| is|'re|'m) (?:a |an |strictly |purely )?(read[- ]only)\b"
    r"|(read[- ]only) (?:\w{3,20} ){0,2}(?:agent|reviewer|analyst|auditor|advisor|consultant)\b"
    rf"|(?:you )?(?:must |should |do )?{_WRITE}(?=\s*(?:[.;,!\n]|$)))"
)


_NEVER = Phrases("never", "not", "don't", "dont")
_READ_ONLY = Phrases("read-only", "read only")
_NEAR = 80
"""Characters around it that belong to a promise at most."""


def check(agent: Agent) -> Iterator[Problem]:
    """A list with tools that the text forbids."""
    listed = schema.items_of(agent.document.get("tools")) if agent.verdict.loads else ()
    writing = {item for item in listed if granted.tool_of(item) in granted.WRITING} - set(agent.reading.denied)
    if not (writing or "Bash" in listed) or not _promises(agent.document):
        return
    for passage in prose.passages(agent.document):
        if found := re.search(_PROMISE, passage.text):
            bash = {"Bash"} & set(listed) if found[1] or found[2] else set()
            items = tuple(item for item in listed if item in writing | bash)
            if items:
                yield _problem(agent, items, passage.start + found.start(), found[0])
            return


def _promises(document: Document) -> bool:
    """Whether a text may say so at all: a sieve before its code is taken out."""
    if _NEVER.begin(document, re.compile(_WRITE)):
        return re.search(_PROMISE, document.text) is not None
    return any(re.search(_PROMISE, text) for text in _READ_ONLY.around(document, _NEAR, _NEAR))


def _problem(agent: Agent, items: tuple[str, ...], at: int, promise: str) -> Problem:
    line = agent.document.line_at(at)
    promise = " ".join(promise.split())
    message = f'line {line} says "{promise}", but the agent is given {", ".join(items)}'
    fix = Fix(f"take {', '.join(items)} from tools", False, _without(items))
    return Problem(RULE.id, agent.ref, *place.of_item(agent.document, "tools", items[0]), message, fix)


def _without(items: tuple[str, ...]) -> Step:
    def step(document: Document) -> Document:
        left = tuple(item for item in schema.items_of(document.get("tools")) if item not in items)
        return fieldedit.with_field(document, "tools", left or ("Read", "Grep", "Glob"))

    return step


RULE = Rule("T007", "may-write-though-read-only", "info", __doc__, check)
