"""Markup keeps text out of the rendered page, or far off the edge of the screen, and the model reads it all the same.

A link definition such as `[//]: # (text)` is drawn nowhere, nor is the title of one that no link uses; neither are
instructions for programs (`<?...?>`) and elements that their style hides. A data URI carries a whole document in one
line of letters; a long run of blanks, of whatever kind and other than in a table, pushes what follows out of sight.
What is found is shown, for a person to judge.

Fix: by hand. Read it, then keep it in sight as text, or take it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import without_code
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.document import Document

_DEFINITION = pattern(
    r"^[ \t>*+-]{0,9}\[([^\[\]\n]{1,80})\]:[ \t]*\n?[ \t]*(#\S*|<[^<>\n]*>|https?://\S+|[/.]\S*)[ \t]*\n?[ \t]*"
    r"([\"'(][ \t]*[^\s\"')][^\n]*)",
    re.MULTILINE,
)
_LABEL = pattern(r"\[([^\[\]\n]{1,80})\](?!:)")
_NOWHERE = ("#", "<>")
"""Where definitions lead that no link can use."""
_UNDRAWN = pattern(
    r"<(?:\?(?!xml\b|php\b)[^<>?]{1,2000}\?|!\[CDATA\[[^<>\]]{1,2000}|[a-z][^<>\n]{1,300})>?", re.IGNORECASE
)
_LONGEST = 400
"""Bytes of a tag up to what hides it, more than are looked at."""
_HIDING = pattern(
    r"<[?!]|\shidden(?=[\s>=])|\b(?:display:\s?none|visibility:\s?hidden|font-size:\s?0|opacity:\s?0(?![.\d]))",
    re.IGNORECASE,
)
_DATA = pattern(r"data:(?<=\bdata:)(?:[a-z]{1,20}/[a-z0-9.+-]{1,60})?[^\s,]{0,80},[^\s)\"'>]{40,}+", re.IGNORECASE)
_URI = Phrases("data:")
_MARK = pattern(r"\]:[ \t]*\n?[ \t]*(?:[#</.]|https?://)")
_DEFINED = Phrases("]:")
_MARKED = Phrases("<?", "<![cdata[", "hidden", "display:", "font-size:", "opacity:")
_BLANK = "".join(filter(str.isspace, map(chr, range(0x3001)))) + (
    "\u00ad\u115f\u1160\u180e\u200b\u200c\u200d\u2060\u2800\u3164\ufeff\uffa0"
)
"""White space, and what looks so."""
_BLANKS = pattern(f"[{_BLANK}]++")
_FAR = 200
"""Blanks in a row behind which text is out of sight."""
_INDENT = 8
"""Blanks before text that begins a line: it is in sight."""
_PAGE = 50
"""Empty lines below which it is not."""
_MOST = 1_000
"""Places that are named."""
_STEP = 50
_IN_STEPS = re.compile(f"[{_BLANK}]{{4}}")
"""What so many blanks leave where only every `_STEP`-th character is looked at: a sieve."""


def check(agent: Agent) -> Iterator[Problem]:
    """Text out of sight: in the body, and behind blanks anywhere."""
    if not judged(agent):
        return
    for start, end, message in islice(chain(_marked(agent.document), _far(agent.document.text)), _MOST):
        yield Problem(RULE.id, agent.ref, start, end, message)


def _marked(document: Document) -> Iterator[tuple[int, int, str]]:
    """What markup of the body hides, and what is said of it."""
    body, at = document.body, document.body_at
    if _DEFINED.begin(document, _MARK):
        for found in _unused(without_code(body)):
            yield (
                at + found.start(),
                at + found.end(),
                f"found a link definition that is drawn nowhere and says {quoted(found[3], 200)}",
            )
    if any("<" in text for text in _MARKED.around(document, _LONGEST, 1)):
        for found in filter(lambda found: _HIDING.search(found[0]), _UNDRAWN.finditer(without_code(body))):
            said = quoted(body[found.start() : found.end() + _FAR].partition("\n\n")[0], 200)
            yield at + found.start(), at + found.end(), f"found markup that hides text: {said}"
    for found in _DATA.finditer(body) if _URI.begin(document, _DATA) else ():
        length = found.end() - found.start()
        yield (
            at + found.start(),
            at + found.end(),
            f"found {length} characters of data in place of a link: {quoted(found[0], 60)}",
        )


def _unused(text: str) -> Iterator[re.Match[str]]:
    """Definitions that no link can use, or none does."""
    used = {label.lower() for label in _LABEL.findall(text)}
    return (found for found in _DEFINITION.finditer(text) if found[2] in _NOWHERE or found[1].lower() not in used)


def _far(text: str) -> Iterator[tuple[int, int, str]]:
    """Text behind many blanks, and what is said of it."""
    for start, end in _blanks(text) if _IN_STEPS.search(text[::_STEP]) else ():
        behind = text[end : end + 80]
        indent, lines = end - 1 - text.rfind("\n", start - 1, end), text.count("\n", start, end)
        if (indent > _INDENT or lines > _PAGE) and not behind.startswith("|") and any(map(str.isalnum, behind)):
            yield start, end, f"found text behind {end - start} blanks, out of sight: {quoted(behind)}"


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    """The runs of more than `_FAR` blanks: each has one where a multiple of that stands, so few are looked at."""
    done = 0
    for at in range(_FAR, len(text), _FAR):
        found = _BLANKS.match(text, at) if at >= done else None
        if found:
            near = max(done, at - _FAR)
            start, done = near + len(text[near:at].rstrip(_BLANK)), found.end()
            if done - start > _FAR:
                yield start, done


RULE = Rule("S006", "hidden-markup", "medium", __doc__, check)
