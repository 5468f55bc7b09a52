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
from agent_studio.model.document import Document

_PROMISE = re.compile(
    r"\b(?:(?:this|you|i)(?: are| is|'re|'m)? (?:a |an |strictly |purely )?(read[- ]only)\b"
    r"|(read[- ]only) (?:agent|reviewer|analyst|auditor|advisor|consultant|role)\b"
    r"|(?:you )?(?:must |should |do )?(?:never|not|don'?t) (?:edit|modify|write|change|alter)"
    r" (?:or \w{4,8} )?(?:any |the |source )?(?:files?|code)(?=\s*(?:[.;,!\n]|$)))",
    re.IGNORECASE,
)


def check(agent: Agent) -> Iterator[Problem]:
    """A list with tools that the text forbids."""
    listed = schema.items_of(agent.document.get("tools"))
    writing = {item for item in listed if granted.tool_of(item) in granted.WRITING} - set(agent.reading.denied)
    if not agent.verdict.loads or not (writing or "Bash" in listed) or not _PROMISE.search(agent.document.text):
        return
    for passage in prose.passages(agent.document):
        if found := _PROMISE.search(passage.text):
            bash = {"Bash"} & set(listed) if found[1] or found[2] else set()
            items = tuple(item for item in listed if item in writing | bash)
            if items:
                yield _problem(agent, items, passage.start + found.start(), found[0])
            return


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
