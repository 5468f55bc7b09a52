"""A sentence tells the model to set aside what it was told before, the usual opening of a prompt injection.

"Ignore all previous instructions" in an agent's own text is an order to the model that reads it. Only orders count:
text in quotes or code, and sentences that speak about such phrases, are left alone.

Fix: by hand. Read what follows the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import begins, sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged, quoted

_LEAD = r"(?:please\s|now\s|first,?\s|you must\s|you should\s|you will\s|always\s|then\s|and\s|from now on,?\s)?"
_ORDER = (
    r"(?:(?:ignore|disregard|forget|override|bypass)\s(?:all\s|any\s|every\s)?(?:of\s)?(?:the\s|your\s|my\s|these\s)?"
    r"(?:all\s)?(?:previous|prior|above|earlier|preceding|existing|other|system|safety|original)\s"
    r"(?:\w{1,20}\s)?(?:instruction|prompt|rule|guideline|directive|constraint|message|restriction|policy|policies)"
    r"|(?:ignore|disregard|forget)\s(?:everything|all)\s(?:above|before|you were told|that came before)"
    r"|you are (?:no longer|not) bound by\b|your (?:new|real|true|actual) (?:instructions|task|goal) (?:is|are)\b)"
)
_FIRST = (
    *("ignore", "disregard", "forget", "override", "bypass", "you are no"),
    *("your new", "your real", "your true", "your actual"),
)
"""With one of these an order begins."""


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences that begin with such an order."""
    if not judged(agent) or not begins(agent.document, _FIRST, re.compile(_ORDER)):
        return
    for sentence in sentences(agent.document):
        if re.match(_LEAD + _ORDER, sentence.plain):
            message = f"found an order to set other instructions aside: {quoted(sentence.text, 200)}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


RULE = Rule("S020", "override-phrase", "medium", __doc__, check)
