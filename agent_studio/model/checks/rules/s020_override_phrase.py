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
from agent_studio.model.checks.prose import Passage, line_before, sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_LEAD = r"(?:please\s|now\s|first,?\s|you must\s|you should\s|you will\s|always\s|then\s|and\s|from now on,?\s)?"
_ORDER = (
    r"(?:(?:ignore|disregard|forget|override|bypass)\s(?:all\s|any\s|every\s)?(?:of\s)?(?:the\s|your\s|my\s|these\s)?"
    r"(?:all\s)?(?:(?:previous|prior|above|earlier|preceding|system|safety|original)\s"
    r"(?:\w{1,20}\s)?(?:instruction|prompt|rule|guideline|directive|constraint|message|restriction|policy|policies)"
    r"|(?:existing|other)\s(?:instruction|prompt|rule|guideline|directive))"
    r"|(?:ignore|disregard|forget)\s(?:everything|all)\s(?:above|before|you were told|that came before)"
    r"|you are (?:no longer|not) bound by\b|your (?:new|real|true|actual) (?:instructions|task|goal) (?:is|are)\b)"
)
_FIRST = Phrases(
    *("ignore", "disregard", "forget", "override", "bypass", "you are no"),
    *("your new", "your real", "your true", "your actual"),
)
"""With one of these an order begins."""
_ATTACK = re.compile(r"\b(?:injections?|jailbreak\w{0,4}|attack\w{0,3}|malicious|adversarial)\b", re.IGNORECASE)


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences that begin with such an order."""
    if not judged(agent) or not _FIRST.begin(agent.document, re.compile(_ORDER)):
        return
    for sentence in sentences(agent.document):
        if re.match(_LEAD + _ORDER, sentence.plain) and not _is_example(agent.document.text, sentence):
            message = f"found an order to set other instructions aside: {quoted(sentence.text, 200)}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


def _is_example(text: str, sentence: Passage) -> bool:
    """Whether a sentence, or its line before it, speaks of attacks, of which it is an example then."""
    return _ATTACK.search(f"{line_before(text, sentence.start)}{sentence.text}") is not None


RULE = Rule("S020", "override-phrase", "medium", __doc__, check)
