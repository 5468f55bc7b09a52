"""The text says that the agent only reads, but it is given tools that write.

A prompt is a wish, the list of tools is a lock: "never edit files" does not keep an agent with `Edit` from editing.
`Bash` counts only where the text says "read-only" and has no use for a shell: reviewers need it for `git diff`. `Write`
does not count where only code is left alone, or a report is to be written, as in "save it to `review.md`".

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
_OF_OTHERS = re.compile(
    r"\b(?:to|by|with|use|spawn\w*|launch\w*|dispatch\w*|start\w*|call\w*|create\w*|design\w*|another|other|each|every)"
    r" (?:an? |the )?\W*$",
    re.IGNORECASE,
)
"""What stands before a role that is another agent's."""
_REPORTS = re.compile(
    r"\b(?:sav(?:e|ed|ing)|writ(?:e|es|ten|ing)|stor(?:e|ed|ing)|creat(?:e|es|ing)|update|append|record|draft|output)\b"
    r"[^\n]{0,60}?[\w*}]\.(?:md|json|ya?ml|txt|html|csv)\b",
    re.IGNORECASE,
)
"""An order to write a document: an agent that edits no code may need a tool for it."""
_SHELL = re.compile(
    r"```(?:ba|z)?sh\b|```(?:shell|console|powershell)\b|\bbash\b|\bpowershell\b|\b(?:git|gh) [a-z]"
    r"|`(?:npm|npx|pnpm|yarn|python3?|pytest|cargo|go|make|grep|rg|find|ls|cat|docker|kubectl|curl|jq|tree|wc) ",
    re.IGNORECASE,
)
"""What a body says that has a use for a shell."""


_NEVER = Phrases("never", "not", "don't", "dont", "cannot", "can't", "cant")
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
        if found := next(filter(_is_own, re.finditer(_PROMISE, passage.text)), None):
            kept = _needed(agent.document, found)
            items = tuple(item for item in listed if item in writing | {"Bash"} and granted.tool_of(item) not in kept)
            if items:
                yield _problem(agent, items, passage.start + found.start(), found[0])
            return


def _is_own(promise: re.Match[str]) -> bool:
    """Whether a promise is the agent's own, and not about one that it starts."""
    start = promise.start()
    return not promise["role"] or not _OF_OTHERS.search(promise.string[max(start - _NEAR, 0) : start])


def _needed(document: Document, promise: re.Match[str]) -> set[str]:
    """The tools that an agent may need for what else its text tells it to do, whatever it promises."""
    needed = set[str]()
    if not (promise["self"] or promise["role"]) or _SHELL.search(document.body):
        needed.add("Bash")
    reports = _REPORTS.search(document.body)
    if reports or promise["code"]:
        needed |= granted.WRITING if reports and promise["code"] else {"Write"}
    return needed


def _promises(document: Document) -> bool:
    """Whether a text may say so at all: a sieve before its code is taken out."""
    if _NEVER.begin(document, re.compile(_WRITE)):
        return re.search(_PROMISE, document.text) is not None
    return any(re.search(_PROMISE, text) for text in _READ_ONLY.around(document, _NEAR, _NEAR))


def _problem(agent: Agent, items: tuple[str, ...], at: int, promise: str) -> Problem:
    line = agent.document.line_at(at)
    promise = " ".join(promise.replace("*", "").split())
    message = f'line {line} says "{promise}", but the agent is given {", ".join(items)}'
    fix = Fix(f"take {', '.join(items)} from tools", False, _without(items))
    return Problem(RULE.id, agent.ref, *place.of_item(agent.document, "tools", items[0]), message, fix)


def _without(items: tuple[str, ...]) -> Step:
    def step(document: Document) -> Document:
        left = tuple(item for item in schema.items_of(document.get("tools")) if item not in items)
        return fieldedit.with_field(document, "tools", left or ("Read", "Grep", "Glob"))

    return step


RULE = Rule("T007", "may-write-though-read-only", "info", __doc__, check)
