"""What to look at before an agent is trusted: what it runs, hides, may do, and what changed since it was reviewed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rules.s040_changed_since_review import FIELDS, fingerprint
from agent_studio.model.document import Document
from agent_studio.model.schema import BY_NAME, items_of
from agent_studio.model.written import written
from agent_studio.store.reviews import Review

_HIDING = frozenset({"S001", "S002", "S003", "S004"})
_TOLD = _HIDING | {"S005", "S010", "S011", "S012", "S040"}
"""Rules whose findings have a part of their own."""
_AROUND = 24
"""Characters on each side of a hidden one that are shown with it."""
_VERBS = {"command": "runs", "url": "calls", "prompt": "asks a model", "tool": "calls a tool"}


class Item(NamedTuple):
    """One thing to look at: the line of the file it begins on (0 for none), a word for it, and its text in full.

    `kind` is warning, gone, new, or empty.
    """

    line: int
    word: str
    text: str
    kind: str = ""


class Part(NamedTuple):
    """What was looked for, and what was found; a `note` says more about it. Not all is `counted`."""

    title: str
    items: tuple[Item, ...]
    note: str = ""
    counted: bool = True


def parts(agent: Agent, review: Review | None) -> tuple[Part, ...]:
    """Everything to look at in an agent, in the order in which it matters."""
    found = [problem for rule in RULES if rule.family == "S" for problem in rule.of(agent)]
    hidden = [problem for problem in found if problem.rule in _HIDING]
    rest = [problem for problem in found if problem.rule not in _TOLD]
    document = agent.document
    return (
        *([_changed(document, review)] if review and review.fingerprint != fingerprint(document) else []),
        Part("Commands in hooks", tuple(_set_up(agent, "hooks")), _ignored(agent, "hooks")),
        Part("MCP servers set up here", tuple(_set_up(agent, "mcpServers")), _ignored(agent, "mcpServers")),
        Part("Permission mode", tuple(_mode(agent)), _ignored(agent, "permissionMode")),
        Part("Tools", (_tools(document),), counted=False),
        Part("Hidden characters", tuple(_placed(document, problem, shows=True) for problem in hidden)),
        Part("HTML comments", tuple(_comment(document, problem) for problem in found if problem.rule == "S005")),
        Part("What else the rules found", tuple(_placed(document, problem) for problem in rest)),
    )


def review_of(agent: Agent, at: float) -> Review:
    """What an agent may do now, as reviewed `at` seconds since the epoch."""
    return Review(agent.path, fingerprint(agent.document), at, _rights(agent.document))


def _rights(document: Document) -> dict[str, str]:
    """The fields that decide what an agent may do, as they are written."""
    entries = {key: document.entry(key) for key in FIELDS}
    return {key: document.source(entry) for key, entry in entries.items() if entry is not None}


def _changed(document: Document, review: Review) -> Part:
    """What decides about it, before and now."""
    before, after = (
        "\n".join(f"{key}: {rights[key]}" for key in FIELDS if key in rights)
        for rights in (review.rights, _rights(document))
    )
    kinds = {"-": ("was", "gone"), "+": ("is", "new")}
    lines = [line for line in written(before, after, context=0) if line.sign in kinds and line.text]
    items = tuple(Item(0, kinds[line.sign][0], line.text, kinds[line.sign][1]) for line in lines)
    gone = Item(0, "is", "no field of these: nothing is restricted", "new")
    return Part("Changed since you reviewed it", items if after else (*items, gone))


def _set_up(agent: Agent, field: str) -> Iterator[Item]:
    for setting in configured.settings(agent, field, tuple(_VERBS)):
        text = " ".join((setting.text, *setting.args))
        yield Item(agent.document.line_at(setting.start), _VERBS[setting.key], text, "warning")


def _ignored(agent: Agent, key: str) -> str:
    """That a field stands there and does not count."""
    if agent.document.has(key) and agent.plugin and BY_NAME[key].plugin == "ignored":
        return f"{key} stands in the file, but Claude Code ignores it in a plugin's agent"
    return ""


def _mode(agent: Agent) -> Iterator[Item]:
    entry = agent.document.entry("permissionMode")
    if entry is not None and configured.counts(agent, "permissionMode"):
        kind = "" if entry.value in {"default", "plan"} else "warning"
        yield Item(agent.document.line_at(entry.start), "sets", agent.document.source(entry), kind)


def _tools(document: Document) -> Item:
    entry = document.entry("tools")
    if entry is None:
        return Item(0, "has", "every tool that you have: the file names none")
    return Item(document.line_at(entry.start), "has", ", ".join(items_of(entry.value)) or "no tool")


def _comment(document: Document, problem: Problem) -> Item:
    orders = problem.severity == "high"
    text = document.text[problem.start : problem.end]
    return Item(document.line_at(problem.start), "orders" if orders else "says", text, "warning" if orders else "")


def _placed(document: Document, problem: Problem, shows: bool = False) -> Item:
    """A problem, with the text around it where that shows what it is about."""
    text, start = document.text, problem.start
    line = document.line_at(start)
    if not shows:
        return Item(line, problem.rule, problem.message, "warning")
    begin = text.rfind("\n", 0, start) + 1
    before, behind = text[max(begin, start - _AROUND) : start], text[start : problem.end + _AROUND].partition("\n")[0]
    return Item(line, f"column {start - begin + 1}", f"{before}{behind}\n{problem.message}", "warning")


def count(found: Sequence[Item]) -> str:
    """How many, in words."""
    return f"found {len(found)}" if found else "nothing found"
