"""Two orders in the body contradict each other, so the model follows one of them, now this, now that.

`Always ask before you commit` and `Never ask before you commit` come together when an agent is put together from
others. Emoji are forbidden in one place and stand in a template in another. The rule compares words, not meaning, and
is an experiment: it runs only when it is asked for.

Fix: by hand. Decide which one holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import Passage, sentences
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import small
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.document import Document

_ALWAYS = pattern(r"(?:you must |you should )?always (.+)", re.DOTALL)
_NEVER = pattern(r"(?:you must |you should )?(?:never|do not|don't) (?:ever )?(.+)", re.DOTALL)
_WORD = pattern(r"\w+")
_NO_EMOJI = pattern(r"\b(?:no|never use|avoid|do not use|don't use|without) (?:any )?emojis?\b")
_EMOJI = pattern("[\u2705\u274c\u26a0\U0001f300-\U0001faff]")
_SAME = 4
"""Words in which two orders must agree."""


def check(agent: Agent) -> Iterator[Problem]:
    """Orders that begin with always and never and go on alike; emoji where there should be none."""
    if not judged(agent) or not _may_contradict(agent.document):
        return
    demanded: dict[tuple[str, ...], Passage] = {}
    forbidden: dict[tuple[str, ...], Passage] = {}
    for sentence in sentences(agent.document):
        for opening, kept in ((_ALWAYS, demanded), (_NEVER, forbidden)):
            order = opening.match(sentence.plain)
            words = tuple(_WORD.findall(order[1][:100])[:_SAME]) if order else ()
            if len(words) == _SAME:
                kept.setdefault(words, sentence)
        if _NO_EMOJI.search(sentence.plain) and (emoji := _EMOJI.search(agent.document.body)):
            message = f"{quoted(sentence.text)}, but the body itself uses {emoji[0]}"
            yield Problem(RULE.id, agent.ref, sentence.start, sentence.end, message)
    for words in demanded.keys() & forbidden.keys():
        one, other = demanded[words], forbidden[words]
        message = f"{quoted(one.text)} contradicts {quoted(other.text)}"
        yield Problem(RULE.id, agent.ref, min(one.start, other.start), max(one.end, other.end), message)


def _may_contradict(document: Document) -> bool:
    """Whether the words of both orders, or any about emoji, are there: a sieve."""
    data = small(document)
    return b"emoji" in data or (b"always" in data and any(never in data for never in (b"never", b"not", b"don")))


RULE = Rule("B008", "contradiction", "info", __doc__, check, experimental=True)
