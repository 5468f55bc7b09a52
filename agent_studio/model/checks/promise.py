"""Where an agent's text promises that it only reads."""

from __future__ import annotations

import re
from typing import NamedTuple

from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, prose
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

_JOIN = r"(?:,? (?:and |or )?|/)"
_WRITE = (
    rf"(?:never|not|don'?t|cannot|can'?t) (?:directly )?(?:(?:create|add|delete|remove){_JOIN})*"
    r"(?:(?:edits?|modif(?:y|ies)|writes?|changes?|alters?)"
    rf"(?:{_JOIN}(?:or )?(?:create|delete|remove|edit|write|modify|change))*"
    r"|makes? (?:any )?(?:changes|edits|modifications) to)"
    r" (?:(?:any|the|source|project|application|production|existing) )*(?:files?|(?P<code>code)|anything)"
)
_NOUN = "agent|reviewer|analyst|auditor|advisor|consultant|critic|explorer|investigator|inspector|researcher|scanner"
_PROMISE = (
    r"(?i)\b(?:(?:this agent|you|i)(?: are| is|'re|'m| (?:operate|work|run)s? in)(?: an?)?(?: strictly| purely)?"
    r" [*_]{0,2}(?P<self>(?:strictly )?read[- ]only)\b"
    rf"|(?P<role>read[- ]only) (?:\w{{3,20}} ){{0,2}}(?:{_NOUN})\b"
    rf"|(?:you )?(?:must |should |do )?{_WRITE}"
    r"(?=\s*(?:[.;,!\n]|$))(?!\W*(?:unless|except|without|outside|other|until)\b))"
)
_OF_OTHERS = pattern(
    r"\b(?:to|by|with|use|spawn\w*|launch\w*|dispatch\w*|start\w*|call\w*|create\w*|design\w*|another|other|each|every)"
    r" (?:an? |the )?\W*$",
    re.IGNORECASE,
)
"""What stands before a role that is another agent's."""
_REPORTS = pattern(
    r"\b(?:sav(?:e|ed|ing)|writ(?:e|es|ten|ing)|stor(?:e|ed|ing)|creat(?:e|es|ing)|update|append|record|draft|output)\b"
    r"[^\n]{0,60}?[\w*}]\.(?:md|json|ya?ml|txt|html|csv)\b",
    re.IGNORECASE,
)
"""An order to write a document: an agent that edits no code may need a tool for it."""
_SHELL = pattern(
    r"```(?:ba|z)?sh\b|```(?:shell|console|powershell)\b|\bbash\b|\bpowershell\b|\b(?:git|gh) [a-z]"
    r"|`(?:npm|npx|pnpm|yarn|python3?|pytest|cargo|go|make|grep|rg|find|ls|cat|docker|kubectl|curl|jq|tree|wc) ",
    re.IGNORECASE,
)
"""What a body says that has a use for a shell."""
_VERBS = (
    "add alter alters change changes create delete directly edit edits make makes modifies modify remove write writes"
)
_NEVER = Phrases(
    *(
        f"{never} {verb}"
        for never in ("never", "not", "don't", "dont", "cannot", "can't", "cant")
        for verb in _VERBS.split()
    )
)
_READ_ONLY = Phrases("read-only", "read only")
_NEAR = 80
"""Characters around it that belong to a promise at most."""
_READER = pattern(r"review|audit|analy[sz]|inspect|critic|advis|investigat|explor|research", re.IGNORECASE)
"""In the name of an agent that leaves code alone: it edits nothing else; writers of documents do."""


class Promise(NamedTuple):
    """What stands at a place of the file's text, and the tools that the agent needs for other work all the same."""

    at: int
    text: str
    needed: frozenset[str]


def promised(agent: Agent) -> Promise | None:
    """The first promise of an agent to read only."""
    document = agent.document
    for passage in prose.passages(document) if _may_promise(document) else ():
        plain = passage.text.lower()
        if "read-only" not in plain and "read only" not in plain and not re.search(_WRITE, plain):
            continue
        if found := next(filter(_is_own, re.finditer(_PROMISE, passage.text)), None):
            text = " ".join(found[0].replace("*", "").split())
            return Promise(passage.start + found.start(), text, frozenset(_needed(agent, found)))
    return None


def may_promise(document: Document) -> bool:
    """Whether its words stand in a file at all: a sieve that costs nothing."""
    return _NEVER.stand_in(document) or _READ_ONLY.stand_in(document)


def _is_own(found: re.Match[str]) -> bool:
    """Whether a promise is the agent's own, and not about one that it starts."""
    start = found.start()
    return not found["role"] or not _OF_OTHERS.search(found.string[max(start - _NEAR, 0) : start])


def _needed(agent: Agent, found: re.Match[str]) -> set[str]:
    """The tools that an agent may need for what else its text tells it to do, whatever it promises."""
    needed, body = set[str](), agent.document.body
    if not (found["self"] or found["role"]) or _SHELL.search(body):
        needed.add("Bash")
    reports = _REPORTS.search(body)
    if reports or found["code"]:
        needed.add("Write")
    if found["code"] and (reports or not _READER.search(agent.name)):
        needed |= granted.WRITING
    return needed


def _may_promise(document: Document) -> bool:
    """Whether a text may say so at all: a sieve before its code is taken out."""
    return _NEVER.begin(document, re.compile(_WRITE)) or any(
        re.search(_PROMISE, text) for text in _READ_ONLY.around(document, _NEAR, _NEAR)
    )
