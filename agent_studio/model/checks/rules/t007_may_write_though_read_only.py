"""The text says that the agent only reads, but it is given tools that write.

A prompt is a wish, the list of tools is a lock: "never edit files" does not keep an agent with `Edit` from editing, nor
one without a list, which has all tools. `Bash` counts only where it is listed, and the text says "read-only" and has no
use for a shell: reviewers need it for `git diff`. `Write` does not count where only code is left alone, or a report is
to be written, as in "save it to `review.md`".

Fix: take the tools from the list; where there is none, deny them.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit, schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place
from agent_studio.model.checks.problem import Fix, Problem, Step
from agent_studio.model.checks.promise import Promise, may_promise, promised
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document

_INHERITED = ("Write", "Edit")
"""What is denied to an agent that has all tools."""


def check(agent: Agent) -> Iterator[Problem]:
    """Tools that the text forbids, listed or inherited."""
    document = agent.document
    if not agent.verdict.loads or not may_promise(document):
        return
    inherits = not document.has("tools")
    items = _INHERITED if inherits else schema.items_of(document.get("tools"))
    items = tuple(item for item in items if granted.tool_of(item) in granted.WRITING or item == "Bash")
    left = granted.denied(agent) | (granted.WRITING if inherits and document.has("memory") else set())
    items = tuple(item for item in items if granted.tool_of(item) not in left)
    promise = promised(agent) if items else None
    items = tuple(item for item in items if promise and granted.tool_of(item) not in promise.needed)
    if promise and items:
        yield (_inherited if inherits else _listed)(agent, items, promise)


def _listed(agent: Agent, items: tuple[str, ...], promise: Promise) -> Problem:
    message = f"{_says(agent, promise)}, but the agent is given {', '.join(items)}"
    fix = Fix(f"take {', '.join(items)} from tools", False, _without(items))
    return Problem(RULE.id, agent.ref, *place.of_item(agent.document, "tools", items[0]), message, fix)


def _inherited(agent: Agent, items: tuple[str, ...], promise: Promise) -> Problem:
    message = f"{_says(agent, promise)}, but no tools are listed: the agent has all, {' and '.join(items)} included"
    fix = Fix(f"deny {', '.join(items)}", False, _denying(items))
    return Problem(RULE.id, agent.ref, *place.of_value(agent.document, "name"), message, fix)


def _says(agent: Agent, promise: Promise) -> str:
    return f'line {agent.document.line_at(promise.at)} says "{promise.text}"'


def _without(items: tuple[str, ...]) -> Step:
    def step(document: Document) -> Document:
        left = tuple(item for item in schema.items_of(document.get("tools")) if item not in items)
        return fieldedit.with_field(document, "tools", left or ("Read", "Grep", "Glob"))

    return step


def _denying(items: tuple[str, ...]) -> Step:
    def step(document: Document) -> Document:
        denied = (*schema.items_of(document.get("disallowedTools")), *items)
        return fieldedit.with_field(document, "disallowedTools", denied)

    return step


RULE = Rule("T007", "may-write-though-read-only", "info", __doc__, check)
