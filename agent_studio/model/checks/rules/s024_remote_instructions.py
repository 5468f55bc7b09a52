"""A sentence tells the model to take its instructions from an address on the web, at the moment it works.

What stands there can change after you have read this file, and whoever holds the address then writes your agent.
Reading documentation is another matter: only instructions, rules, and prompts count.

Fix: by hand. Copy what the address says into the file, where you can review it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases, small
from agent_studio.model.checks.subject import judged, quoted

_VERB = re.compile(r"\b(?:fetch|download|load|read|get|retrieve|pull|follow|obey|execute|apply|import)\b")
_NOUN = re.compile(
    r"\b(?:instructions|prompts?|system message|directives|orders|persona|playbook|your (?:rules|guidelines|task))\b"
)
_FOLLOWED = re.compile(
    r"\b(?:follow|obey|execute|apply)\s(?:the\s|its\s|their\s|all\s|any\s|every\s)?"
    r"(?:instructions?|prompts?|directives|orders|rules|them|it|whatever|what)\b"
)
_SCHEMES = Phrases("http://", "https://")
_ADDRESS = re.compile(r"https?://[^\s)>\"'`]{1,200}")


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences with a verb, instructions, and an address in this order, or an address and then what is followed."""
    if not _SCHEMES.stand_in(agent.document) or not judged(agent):
        return
    if not any(map(_may_load, small(agent.document).decode("utf-8", "replace").split("\n\n"))):
        return
    for sentence in sentences(agent.document):
        verb = _VERB.search(sentence.plain)
        noun = verb and _NOUN.search(sentence.plain, verb.end())
        address = noun and _ADDRESS.search(sentence.plain, noun.end())
        first = verb and _ADDRESS.search(sentence.plain, verb.end())
        if address or (first and _FOLLOWED.search(sentence.plain, first.end())):
            message = f"found instructions that are loaded at run time: {quoted(sentence.text, 200)}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


def _may_load(text: str) -> bool:
    """Whether a verb, instructions and an address stand in a paragraph: a sieve, since sentences are shorter."""
    verb = _VERB.search(text) if "http" in text else None
    if verb is None:
        return False
    noun, followed = _NOUN.search(text, verb.end()), _FOLLOWED.search(text, verb.end())
    return (noun is not None and "http" in text[noun.end() :]) or followed is not None


RULE = Rule("S024", "remote-instructions", "medium", __doc__, check)
