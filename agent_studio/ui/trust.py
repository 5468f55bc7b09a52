"""What to look at before an agent is trusted: what it runs, hides, may do, and what changed since it was reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rules.s040_changed_since_review import FIELDS, fingerprint
from agent_studio.model.document import Document
from agent_studio.model.schema import BY_NAME, items_of
from agent_studio.model.written import written
from agent_studio.store.reviews import Review
from agent_studio.ui.findings import KINDS

_HIDING = frozenset({"S001", "S002", "S003", "S004"})
_TOLD = _HIDING | {"S005", "S010", "S011", "S012", "S040"}
"""Rules whose findings have a part of their own."""
_LOOKED_AT = tuple(rule for rule in RULES if rule.severity in {"high", "medium", "low"} and not rule.library)
"""Rules that say what to look at before an agent is trusted, whatever their family."""
_QUOTE = re.compile(r"(?:, (?:as|first) in|:) \".*", re.DOTALL)
"""What a message says of the text that is shown above it."""
_AROUND = 24
"""Characters on each side of a hidden one that are shown with it."""
_GIVING = ("tools", "disallowedTools", "mcpServers")
_VERBS = {"command": "runs", "url": "calls", "prompt": "asks a model", "tool": "calls a tool"}


class Item(NamedTuple):
    """One thing to look at: the line of the file it begins on (0 for none), a word for it, and its text in full.

    `kind` is error, warning, gone, new, or empty.
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
    found = sorted((p for rule in _LOOKED_AT for p in rule.of(agent)), key=lambda problem: problem.start)
    hidden = [problem for problem in found if problem.rule in _HIDING]
    rest = [problem for problem in found if problem.rule not in _TOLD]
    document = agent.document
    return (
        *([_changed(document, review)] if review and review.fingerprint != fingerprint(document) else []),
        Part("Commands in hooks", tuple(_set_up(agent, "hooks", found)), _ignored(agent, "hooks")),
        Part("MCP servers set up here", tuple(_set_up(agent, "mcpServers", found)), _ignored(agent, "mcpServers")),
        Part("Permission mode", tuple(_mode(agent, found)), _ignored(agent, "permissionMode")),
        Part("Tools", tuple(_tools(agent)), counted=False),
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
    return Part("Changed since you reviewed it", items if after else (*items, gone), counted=False)


def _set_up(agent: Agent, field: str, found: Sequence[Problem]) -> Iterator[Item]:
    """What a field runs and calls, in full."""
    kinds = {problem.start: _kind(problem) for problem in found if problem.rule in {"S010", "S011"}}
    for setting in configured.settings(agent, field, tuple(_VERBS)):
        text = " ".join((setting.text, *setting.args))
        yield Item(
            agent.document.line_at(setting.start), _VERBS[setting.key], text, kinds.get(setting.start, "warning")
        )


def _kind(problem: Problem) -> str:
    """How loud a problem is."""
    return KINDS[problem.severity or BY_ID[problem.rule].severity]


def _ignored(agent: Agent, key: str) -> str:
    """That a field stands there and does not count."""
    if agent.document.has(key) and agent.plugin and BY_NAME[key].plugin == "ignored":
        return f"{key} stands in the file, but Claude Code ignores it in a plugin's agent"
    return ""


def _mode(agent: Agent, found: Sequence[Problem]) -> Iterator[Item]:
    entry = agent.document.entry("permissionMode")
    if entry is not None and configured.counts(agent, "permissionMode"):
        kind = next((_kind(problem) for problem in found if problem.rule == "S012"), "")
        yield Item(agent.document.line_at(entry.start), "sets", agent.document.source(entry), kind)


def _tools(agent: Agent) -> Iterator[Item]:
    """What it is given, what is taken from that, and the servers that it may use."""
    listed, document = agent.reading.tools, agent.document
    places = {key: document.line_at(entry.start) for key in _GIVING if (entry := document.entry(key))}
    everything = "every tool that you have: nothing restricts it"
    given = everything if listed is None else ", ".join(listed) or "no tool"
    yield Item(places.get("tools", 0), "has", given, "warning" if listed is None else "")
    if agent.reading.denied:
        yield Item(places["disallowedTools"], "but not", ", ".join(agent.reading.denied))
    named = document.get("mcpServers")
    servers = items_of(named) if configured.counts(agent, "mcpServers") else ()
    if servers:
        yield Item(places["mcpServers"], "asks for", f"your MCP servers {', '.join(servers)}")


def _comment(document: Document, problem: Problem) -> Item:
    word = "orders" if problem.severity == "high" else "says"
    text = document.text[problem.start : problem.end]
    return Item(document.line_at(problem.start), word, text, _kind(problem))


def _placed(document: Document, problem: Problem, shows: bool = False) -> Item:
    """A problem, with the text around it where that shows what it is about."""
    text, start = document.text, problem.start
    line = document.line_at(start)
    if not shows:
        return Item(line, problem.rule, problem.message, _kind(problem))
    begin = text.rfind("\n", 0, start) + 1
    before, behind = text[max(begin, start - _AROUND) : start], text[start : problem.end + _AROUND].partition("\n")[0]
    said = _QUOTE.sub("", problem.message)
    return Item(line, f"column {start - begin + 1}", f"{before}{behind}\n{said}", _kind(problem))


def count(found: Sequence[Item]) -> str:
    """How many, in words."""
    return f"found {len(found)}" if found else "nothing found"
