"""A sentence tells the model to keep something from you.

"Do not tell the user that ..." has few honest uses in an agent's text: whatever the agent does, you are meant to know.
Only orders count; text in quotes or code is left alone.

Fix: by hand. Read what is to be kept from you.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_FIRST = Phrases("do not", "don't", "never", "must not", "keep", "hide", "conceal", "without")
"""With one of these an order of silence begins."""
_PEOPLE = r"(?:the\s|your\s|any\s)?(?:user|human|developer|person|people|owner|reviewer|operator)s?\b"
_NOT_ADVICE = r"(?!\s(?:to|how|what|which|when|where|why|whether|directly)\b)"
_SILENCE = (
    rf"\b(?:(?:do not|don't|never|must not)\s(?:ever\s)?(?:(?:tell|inform|notify|alert)\s{_PEOPLE}{_NOT_ADVICE}"
    rf"|let\s{_PEOPLE}\s(?:know|see|notice|find out)\b"
    r"|(?:mention|reveal|disclose|show|report|admit)\s(?:this|that|it|these)\s(?:\w{1,20}\s)?(?:\w{1,20}\s)?"
    rf"to\s{_PEOPLE})"
    rf"|(?:keep|hide|conceal)\s(?:this|it|that|these|everything)\s(?:\w{{1,20}}\s)?(?:\w{{1,20}}\s)?from\s{_PEOPLE}"
    rf"|without\s(?:telling|informing|notifying|alerting)\s{_PEOPLE})"
)
_NEGATION = r"\b(?:never|not|don't|no|avoid|nothing|cannot)\b"


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences that order silence."""
    may_be = re.compile(_SILENCE.replace(_NOT_ADVICE, ""))
    if not judged(agent) or not _FIRST.begin(agent.document, may_be):
        return
    for sentence in sentences(agent.document):
        found = re.search(_SILENCE, sentence.plain)
        if not found or (found[0].startswith("without") and re.search(_NEGATION, sentence.plain[: found.start()])):
            continue
        message = f"found an order to keep something from people: {quoted(sentence.text, 200)}"
        yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


RULE = Rule("S023", "concealment", "medium", __doc__, check)
