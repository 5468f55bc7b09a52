"""What to look at before an agent is trusted: what it runs, hides, may do, and what changed since it was reviewed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.hidden import Finder
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rules import (
    s001_tag_characters,
    s002_bidi_controls,
    s003_invisible_characters,
    s004_control_characters,
)
from agent_studio.model.checks.rules.s040_changed_since_review import FIELDS, fingerprint
from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry
from agent_studio.model.schema import BY_NAME, items_of
from agent_studio.model.written import written
from agent_studio.store.reviews import Review
from agent_studio.ui.findings import KINDS

_HIDING: dict[str, Finder] = {
    "S001": s001_tag_characters.found_in,
    "S002": s002_bidi_controls.found_in,
    "S003": s003_invisible_characters.found_in,
    "S004": s004_control_characters.found_in,
}
"""Rules about hidden characters, and where each finds them."""
_TOLD = _HIDING.keys() | {"S005", "S010", "S011", "S012", "S040"}
"""Rules whose findings have a part of their own."""
_LOOKED_AT = tuple(rule for rule in RULES if rule.severity in {"high", "medium", "low"} and not rule.library)
"""Rules that say what to look at before an agent is trusted, whatever their family."""
_QUOTE = re.compile(r"(?:, (?:as|first) in|:) \".*", re.DOTALL)
"""What a message says of the text that is shown above it."""
_AROUND = 24
"""Characters on each side of a hidden one that are shown with it."""
_GIVING = ("tools", "disallowedTools", "mcpServers")
_VERBS = {"command": "runs", "url": "calls", "prompt": "asks a model", "tool": "calls a tool", "headersHelper": "runs"}
_MORE = {"skills": "loads", "initialPrompt": "starts with", "observer": "watched by"}
"""Further fields that add to what an agent does, and how that is said."""
_LINES = 100
"""Lines with hidden characters that are shown."""


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
        Part(
            "Hidden characters",
            tuple(item for problem in hidden for item in islice(_hiding(document, problem), _LINES)),
        ),
        Part("HTML comments", tuple(_comment(document, problem) for problem in found if problem.rule == "S005")),
        Part("What else the rules found", tuple(_placed(document, problem) for problem in rest)),
    )


def review_of(agent: Agent, at: float) -> Review:
    """What an agent may do now, as reviewed `at` seconds since the epoch."""
    return Review(agent.path, fingerprint(agent.document), at, _rights(agent.document))


def _rights(document: Document) -> dict[str, str]:
    """The fields that decide what an agent may do, as they are written; as they read where they refer to others."""
    entries = {key: document.entry(key) for key in FIELDS}
    return {key: _right(document, entry) for key, entry in entries.items() if entry is not None}


def _right(document: Document, entry: Entry) -> str:
    source = document.source(entry)
    if source and "*" not in source:
        return source
    return entry.value if isinstance(entry.value, str) else json.dumps(entry.value, ensure_ascii=False, default=str)


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
        line, kind = agent.document.line_at(setting.start), kinds.get(setting.start, "warning")
        yield Item(line, _VERBS[setting.key], setting.whole, kind)


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
        yield Item(agent.document.line_at(entry.start), "sets", _right(agent.document, entry), kind)


def _tools(agent: Agent) -> Iterator[Item]:
    """What it is given, what is taken from that, the servers that it may use, and what else it brings along."""
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
    for key, word in _MORE.items():
        entry = document.entry(key)
        if entry is not None and entry.value and configured.counts(agent, key):
            text = ", ".join(items_of(entry.value)) if key == "skills" else str(entry.value)
            yield Item(document.line_at(entry.start), word, text)


def _comment(document: Document, problem: Problem) -> Item:
    word = "orders" if problem.severity == "high" else "says"
    text = document.text[problem.start : problem.end]
    return Item(document.line_at(problem.start), word, text, _kind(problem))


def _placed(document: Document, problem: Problem) -> Item:
    return Item(document.line_at(problem.start), problem.rule, problem.message, _kind(problem))


def _hiding(document: Document, problem: Problem) -> Iterator[Item]:
    """The lines on which a problem's hidden characters stand, each with some text around them, and what they are."""
    text, end, said = document.text, -1, "\n" + _QUOTE.sub("", problem.message)
    for start, *_ in _HIDING[problem.rule](document):
        if start <= end:
            continue  # on the line that was shown
        begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start) % (len(text) + 1)
        around = text[max(begin, start - _AROUND) : end]
        yield Item(document.line_at(start), f"column {start - begin + 1}", around + said, _kind(problem))
        said = ""


def count(found: Sequence[Item]) -> str:
    """How many, in words."""
    return f"found {len(found)}" if found else "nothing found"
