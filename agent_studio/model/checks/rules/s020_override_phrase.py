"""A sentence tells the model to set aside what it was told before, the usual opening of a prompt injection.

"Ignore all previous instructions" in an agent's own text is an order to the model that reads it. Only orders count:
text in quotes or code, and sentences that speak about such phrases, are left alone.

Fix: by hand. Read what follows the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import abroad
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import GAP, Passage, line_before, sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_LEAD = (
    r"(?:^|(?<!\bnot)(?<!\bnever)(?<!\bto)\n\s*|[,(] |\b(?:you (?:must|should|will|shall|need to|have to|are to)"
    r"|that you|please|kindly|now|first|then|always|simply|just|and|from now on) )"
)
"""Where an order begins: at the start of a sentence or of a clause, and behind a few words.

A blank in these patterns stands for any white space.
"""
_OLD = r"(?:previous|prior|above|earlier|preceding|original|former)"
_TOLD = r"(?:instruction|prompt|guideline|directive|direction)s?"
_ALONE = r"(?=\s*(?:$|[.,;:!?)`\"“«「'>]|\b(?:and|or|but|from|you|that|given|above)\b))"
"""What stands behind what is no part of something else: also code and quotations, which are blank later."""
_RULES = rf"(?:rules?|constraints?|messages?|restrictions?|polic(?:y|ies)|context|orders?)\b{_ALONE}"
"""What may also mean something else, and does where a noun follows."""
_ALL = r"(?:all |any |every |each )?(?:of )?(?:the |your |my |these |those )?(?:all )?"
_GIVEN = r"(?:above|before|given|so far|that came before|you (?:were|have been) (?:given|told))"
_ORDER = (
    r"(?:(?:ignore|disregard|forget|override|bypass|neglect|(?:do not|don['’]t) (?:follow|obey)|stop following"
    rf"|pay no attention to) (?:{_ALL}(?:{_OLD} (?:{_RULES}|(?:\w{{1,20}} )?{_TOLD}\b)"
    rf"|(?:system|safety) (?:{_TOLD}\b|{_RULES})|(?:existing|other) {_TOLD}\b|{_TOLD} {_GIVEN}\b)"
    r"|your (?:own )?(?:instructions|training|guidelines|system prompt|programming)\b)"
    rf"|(?:ignore|disregard|forget) (?:everything (?:that )?(?:\w{{1,20}} ){{0,2}}?{_GIVEN}\b"
    r"|all (?:of the )?(?:above\b|before\b|you were told)|everything you were told"
    r"|what(?:ever)? you (?:were|have been) told|(?:the instructions in )?claude\.md\b)"
    r"|you are (?:no longer|not) bound by\b|your (?:new|real|true|actual) (?:instructions|orders) are\b"
    r"|your new (?:task|goal|mission) is\b)"
)
_CLAIM = (
    r"(?:^(?:these|this|the following) (?:\w{1,20} )?(?:overrides?|supersedes?) (?:all|any) (?:of )?(?:the |your )?"
    rf"{_OLD} {_TOLD}\b|^(?:the |your |all )?{_OLD} {_TOLD} "
    r"(?:no longer apply|are (?:void|invalid|cancelled|obsolete))\b)"
)
"""Text that says so itself."""
_FIRST = Phrases(
    *(
        "ignore",
        "disregard",
        "forget",
        "override",
        "bypass",
        "neglect",
        "do not follow",
        "don't follow",
        "don’t follow",
    ),
    *(
        "do not obey",
        "don't obey",
        "don’t obey",
        "stop following",
        "pay no attention",
        "you are no longer",
        "you are not",
    ),
    *("your new", "your real", "your true", "your actual"),
)
"""With one of these an order begins."""
_CLAIMING = Phrases(
    "override",
    "overrides",
    "supersede",
    "supersedes",
    "no longer apply",
    "are void",
    "are invalid",
    "are cancelled",
    "are obsolete",
)
_MAY_CLAIM = pattern(
    r"no longer apply|(?:overrides?|supersedes?)\s{1,3}(?:all|any)|are (?:void|invalid|cancelled|obsolete)"
)
"""With one of these the end of a claim begins."""
_ORDERED = pattern(_ORDER.replace(" ", GAP))
_LED = f"{_LEAD}\\Z".replace(" ", GAP)
_CLAIMED = _CLAIM.replace(" ", GAP)
_ATTACK = pattern(r"\b(?:injections?|jailbreak\w{0,4}|attack\w{0,3}|malicious|adversarial)\b", re.IGNORECASE)
_SPOKEN_OF = pattern(
    r"\b(?:phrases?|patterns?|examples?|test cases?|payloads?|attempts?|detect|flag|such as|text like|says?|tells?)\b",
    re.IGNORECASE,
)


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences with a clause that is such an order."""
    document = agent.document
    may_be = _FIRST.begin(document, _ORDERED) or _CLAIMING.begin(document, _MAY_CLAIM)
    abroad_may_be = abroad.may_override(document)
    if not (may_be or abroad_may_be) or not judged(agent):
        return
    for sentence in sentences(document):
        at = _ordered(sentence.plain) if may_be else None
        if at is None and abroad_may_be and (found := re.search(abroad.OVERRIDE, sentence.plain)):
            at = found.start()
        if at is not None and not _is_example(document.text, sentence, at):
            message = f"found an order to set other instructions aside: {quoted(sentence.text, 200)}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


def _ordered(plain: str) -> int | None:
    """Where such an order, or a text that says so itself, begins in a sentence."""
    leads = (re.search(_LED, plain[: found.start()]) for found in _ORDERED.finditer(plain))
    found = next(filter(None, leads), None) or re.search(_CLAIMED, plain)
    return found.start() if found else None


def _is_example(text: str, sentence: Passage, at: int) -> bool:
    """Whether a sentence, or its line before an order, speaks of attacks, of which it is an example then."""
    before = f"{line_before(text, sentence.start)}{sentence.text[:at]}"
    return _SPOKEN_OF.search(before) is not None or _ATTACK.search(f"{before}{sentence.text}") is not None


RULE = Rule("S020", "override-phrase", "medium", __doc__, check)
