"""A sentence tells the model to keep something from you.

"Do not tell the user that ..." has few honest uses in an agent's text: whatever the agent does, you are meant to know.
Only orders count; text in quotes or code is left alone.

Fix: by hand. Read what is to be kept from you.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import abroad
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import GAP, sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_FIRST = Phrases(
    *("do not", "don't", "don’t", "never", "must not", "avoid", "under no circumstances", "keep", "hide", "conceal"),
    *("should not", "must never", "should never", "does not", "doesn't", "doesn’t", "without", "say nothing", "lie to"),
    *(
        "tell nobody",
        "tell no one",
        "pretend nothing",
        "pretend that",
        "if asked",
        "if the user asks",
        "if anyone asks",
    ),
    *("secretly", "covertly", "silently", "quietly"),
)
"""With one of these an order of silence begins."""
_USER = r"(?:the |your |any )?(?:user|humans?|developers?|person|people|owners?|reviewers?|maintainers?|operators?)\b"
_USERS = rf"(?:{_USER}|(?:the |your |any )?users\b|anyone\b|anybody\b)"
_NOT_ADVICE = r"(?! (?:to|how|what|which|when|where|why|whether|if|directly|you are|more than|twice)\b)"
_NOT = r"(?:do not|don['’]t|never|must not|under no circumstances|avoid)"
_THIS = r"(?:this|that|it|these|everything|any of this)"
_LEARNS = r"(?:knows?|find out|finds out|realizes?|suspects?|be told|be informed|learns?|notices?)"
_NEVER = r"(?:must not|should not|must never|should never|does not|doesn['’]t|never)"
_ENDS = (
    r"(?= (?:this|that|it|anything|about|of)\b|\W*$"
    r"|[^\w\n]*(?:[.!?;:`\"“«「>]|\n[ \t]*(?:\n|[-*#>|+\d])))"
)
"""The end of a sentence, also where it is not cut out, or of what is no code or quotation."""
_DEEDS = r"(?:step|action|command|change|call|request|upload)s?\b"
_WHAT = (
    rf"(?:{_THIS}|your (?:actions|activity|steps|tracks)|(?:all|any) (?:evidence|traces)"
    r"|the (?:fact|output|upload|result|evidence))"
)
_SILENCE = (
    rf"\b(?:{_NOT} (?:ever )?(?:(?:tell|inform)(?:ing)? {_USERS}{_NOT_ADVICE}"
    rf"|(?:notify|alert|notifying|alerting) {_USER}{_NOT_ADVICE}(?! about (?!this|that|it\b|these|the))"
    rf"|let(?:ting)? (?:{_USER} (?:know|notice|find out)|users know|{_USER} see (?:this|that|it))\b"
    r"(?! (?:whether|if)\b)"
    rf"|(?:mention(?:ing)?|reveal|disclose|report|admit) (?:{_THIS} (?:\w{{1,20}} ){{0,2}})?to {_USER}"
    rf"|show (?:this|it|that) to {_USER}|(?:mention|disclose|report|acknowledge|log) (?:this|these) {_DEEDS})"
    rf"|(?:keep|hide|conceal) {_WHAT} (?:\w{{1,20}} ){{0,4}}?from {_USER}"
    r"|keep (?:this|it|that) (?:a secret|between us)\b"
    rf"|without (?:(?:telling|informing|notifying|alerting) {_USER}|the knowledge of {_USER}"
    rf"|{_USER}(?:['’]s)? (?:knowing|noticing|knowledge|awareness))"
    rf"|(?:(?:make sure|ensure|so)(?: that)? {_USER} {_NEVER}|{_USER} (?:must|should) (?:not|never)) {_LEARNS}"
    rf"{_ENDS}"
    rf"|say nothing (?:to {_USER}|about (?:this|it))|tell (?:nobody|no one)\b|lie to {_USER}"
    r"|pretend (?:that )?nothing happened|if (?:asked|the user asks|anyone asks),? (?:deny|lie|pretend)\b"
    r"|(?:secretly|covertly|silently|quietly) "
    r"(?:send|upload|post|copy|exfiltrate|collect|transmit|forward|insert|inject|record)\b)"
)
"""A blank stands for any white space."""
_NEGATION = r"\b(?:never|not|don['’]t|no|avoid|nothing|cannot|can['’]t|prefer)\b"
_ORDERED = pattern(rf"{_SILENCE}|(?P<rest>{_NEVER} {_LEARNS})".replace(" ", GAP))
"""Such an order, or the `rest` of one that begins with whom it is about."""


def check(agent: Agent) -> Iterator[Problem]:
    """Sentences that order silence."""
    document = agent.document
    may_be, abroad_may_be = _FIRST.begin(document, _ORDERED), abroad.may_silence(document)
    if not (may_be or abroad_may_be) or not judged(agent):
        return
    for sentence in sentences(document):
        if not (may_be and _is_order(sentence.plain)) and not (
            abroad_may_be and re.search(abroad.SILENCE, sentence.plain)
        ):
            continue
        message = f"found an order to keep something from people: {quoted(sentence.text, 200)}"
        yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)


def _is_order(plain: str) -> bool:
    """Whether a sentence orders silence, and does not forbid it."""
    found = next((found for found in _ORDERED.finditer(plain) if not found["rest"]), None)
    own = found and re.match(_NOT, found[0])
    return found is not None and bool(own or not re.search(_NEGATION, plain[: found.start()]))


RULE = Rule("S023", "concealment", "medium", __doc__, check)
