"""A sentence tells the model to take its instructions from an address on the web, at the moment it works.

What stands there can change after you have read this file, and whoever holds the address then writes your agent.
Reading documentation is another matter: only instructions, rules, and prompts count.

Fix: by hand. Copy what the address says into the file, where you can review it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases, small
from agent_studio.model.checks.subject import judged, quoted

_VERB = pattern(
    r"\b(?:fetch|download|load|read|get|retrieve|pull|follow|obey|execute|apply|import|adopt|use|visit|open|check|consult"
    r"|query|see|curl|run|do(?!\snot\b)|treat)\b"
)
_NOUN = pattern(
    r"\b(?<!installation\s)(?<!setup\s)(?<!build\s)(?:instructions|prompts?(?!\sdatasets?\b)|system message|directives"
    r"|persona|playbook|(?:your|additional|further|latest|new)\s(?:\w{1,20}\s)?(?:instructions|orders|rules|guidelines|guidance|task))\b"
)
_LOADING = pattern(r"\b(?:fetch|download|load|read|get|retrieve|pull|follow|obey|execute|apply|import|adopt)\b")
_FOLLOWED = pattern(
    r"\b(?:follow|obey|execute|apply|comply with)\s(?:the\s|its\s|their\s|all\s|any\s|every\s)?"
    r"(?:instructions?|prompts?|directives|orders|rules|steps|them|it|whatever|what)\b"
    r"|\bdo\s(?:what|whatever|as|everything)\sit\s(?:says|tells)\b"
    r"|\bas\s(?:your\s|the\s|a\s)?(?:new\s|own\s)?(?:instructions|system\s(?:prompt|message)|orders)\b"
    r"|\bfor\syour\s(?:\w{1,20}\s)?(?:instructions|orders|task|rules)\b"
)
_SCHEMES = Phrases("http://", "https://", "ftp://")
_ADDRESS = pattern(r"(?:https?|ftp)://[^\s)>\"'`]{1,200}", re.IGNORECASE)
_NEGATION = pattern(r"\b(?:never|do not|don['’]t|must not|avoid|refuse)\b")


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences with a verb, instructions, and an address in this order, or an address and then what is followed."""
    document = agent.document
    if not _SCHEMES.stand_in(document) or not judged(agent):
        return
    if not any(map(_may_load, small(document).decode("utf-8", "replace").split("\n\n"))):
        return
    for sentence in sentences(document):
        if _loads(sentence.plain, document.text[sentence.start : sentence.end]):
            message = f"found instructions that are loaded at run time: {quoted(sentence.text, 200)}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


def _loads(said: str, written: str) -> bool:
    """Whether a sentence does; its address counts where it is `written` as code, too."""
    address = _ADDRESS.search(written)
    verb = _VERB.search(said) if address else None
    if address is None or verb is None or _NEGATION.search(said, 0, verb.end()):
        return False
    loading = _LOADING.search(said)
    noun = loading and _NOUN.search(said, loading.end())
    return (noun is not None and _ADDRESS.search(written, noun.end()) is not None) or (
        address.start() > verb.start() and _FOLLOWED.search(said, address.start()) is not None
    )


def _may_load(text: str) -> bool:
    """Whether a verb, instructions and an address stand in a paragraph: a sieve, since sentences are shorter."""
    verb = _VERB.search(text) if "://" in text else None
    return verb is not None and (_NOUN.search(text) is not None or _FOLLOWED.search(text) is not None)


RULE = Rule("S024", "remote-instructions", "medium", __doc__, check)
