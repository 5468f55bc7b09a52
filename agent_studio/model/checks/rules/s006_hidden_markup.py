"""Markup keeps text out of the rendered page, or far off the edge of the screen, and the model reads it all the same.

A link definition such as `[//]: # (text)` is drawn nowhere; a data URI carries a whole document in one line of
letters; a long run of blanks, other than in a table, pushes what follows out of sight. What is found is shown, for a
person to judge.

Fix: by hand. Read it, then keep it in sight as text, or take it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import without_code
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\]\n]{1,80}\]:[ \t]*(?:#|<>)[ \t]*([\"'(][^\n]+)", re.MULTILINE)
_MARK = re.compile(r"\]:[^\n]*?(?:#|<>)")
_DATA = re.compile(r"data:(?<=\bdata:)[a-z]{1,20}/[a-z0-9.+-]{1,60}[^\s,]{0,80},[^\s)\"'>]{40,}+")
_URI = Phrases("data:")
_DEFINED = Phrases("]:")
_BLANKS = re.compile(r"\s++")
_FAR = 200
"""Blanks in a row behind which text is out of sight."""
_STEP = 50
_IN_STEPS = re.compile(r"\s{4}")
"""What so many blanks leave where only every `_STEP`-th character is looked at: a sieve."""


def check(agent: Agent) -> Iterator[Problem]:
    """Text out of sight in the body."""
    if not judged(agent):
        return
    body, at = agent.document.body, agent.document.body_at
    defines = _DEFINED.stand_in(agent.document) and _MARK.search(body)
    for found in _DEFINITION.finditer(without_code(body)) if defines else ():
        message = f"found a link definition that is drawn nowhere and says {quoted(found[1], 200)}"
        yield Problem(RULE.id, agent.ref, at + found.start(), at + found.end(), message)
    for found in _DATA.finditer(body) if _URI.stand_so_in(agent.document) else ():
        message = f"found {found.end() - found.start()} characters of data in place of a link: {quoted(found[0], 60)}"
        yield Problem(RULE.id, agent.ref, at + found.start(), at + found.end(), message)
    for start, end in _blanks(body) if _IN_STEPS.search(body[::_STEP]) else ():
        text = body[end : end + 80]
        if not text.startswith("|") and any(map(str.isalnum, text)):
            message = f"found text behind {end - start} blanks, out of sight: {quoted(text)}"
            yield Problem(RULE.id, agent.ref, at + start, at + end, message)


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    """The runs of more than `_FAR` blanks: each has one where a multiple of that stands, so few are looked at."""
    done = 0
    for at in range(_FAR, len(text), _FAR):
        found = _BLANKS.match(text, at) if at >= done and text[at].isspace() else None
        if found:
            near = max(done, at - _FAR)
            start, done = near + len(text[near:at].rstrip()), found.end()
            if done - start > _FAR:
                yield start, done


RULE = Rule("S006", "hidden-markup", "medium", __doc__, check)
