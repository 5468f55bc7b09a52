"""The text holds characters that show nothing: a person cannot see them, the model reads them.

Zero-width blanks and joiners, soft hyphens, fillers, private characters, and variation selectors in a row can hide a
message, or split a word so that a search does not find it. Where they belong they are left alone: joiners and
selectors in emoji, joiners between letters that are not Latin, direction marks beside them, and zero-width blanks
between words of scripts that know no others (Thai, Khmer); so is one
selector that is left of an emoji before a blank.

Fix: remove them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, quoted, readable
from agent_studio.model.document import Document

_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_FOREIGN = "\u0590-\u061b\u061d-\u0fff\u1000-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff"
"""Scripts without blanks between words: Thai, Lao, Burmese, Khmer."""
_INVISIBLE = (
    '(?![\n -"$-)+-/:-~])(?:'  # most characters need no look at what follows
    # Joined or selected as it should be, hence passed over:
    f"[{_EMOJI}#*0-9][\ufe0e\ufe0f](?:\u200d(?=[{_EMOJI}]))?"
    f"|[{_EMOJI}]\u200d(?=[{_EMOJI}])"
    f"|[{_FOREIGN}][\u200c-\u200f\u061c\u180b-\u180f](?=[{_FOREIGN}\\s.,:;!?()])"
    f"|[\u200e\u200f\u061c](?=[{_FOREIGN}])"
    "|[\ufe0e\ufe0f](?=\\s)"
    f"|[{_UNSPACED}]\u200b(?=[{_UNSPACED}])"
    "|[\u2e80-\u9fff\U00020000-\U0003ffff][\U000e0100-\U000e01ef]"
    # Found:
    f"|([{hidden.INVISIBLE}]+))"
)
_SIEVE = f"[{hidden.INVISIBLE}]"


def check(agent: Agent) -> Iterator[Problem]:
    """Characters that show nothing, where they have no business."""
    found = found_in(agent.document) if readable(agent) else []
    if found:
        chars, text = "".join(chars for _, _, chars, _ in found), agent.document.text
        around = quoted(text[max(found[0][0] - 20, 0) : found[0][1] + 20])
        message = f"found {counted(len(chars), 'invisible character')} ({hidden.names(chars)}), first in {around}"
        fix = hidden.removal("remove the invisible characters", found_in)
        yield Problem(RULE.id, agent.ref, found[0][0], found[-1][1], message, fix)


def without_fitting(text: str) -> str:
    """A text without the joiners and selectors that are where they belong, nor what they belong to."""
    return re.sub(_INVISIBLE, lambda found: found[1] or "", text)


def found_in(document: Document) -> list[hidden.Stretch]:
    """Characters that show nothing, where they have no business."""
    return hidden.stretches(document, _INVISIBLE, sieve=_SIEVE)


RULE = Rule("S003", "invisible-characters", "medium", __doc__, check)
