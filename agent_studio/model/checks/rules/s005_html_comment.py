"""The body holds an HTML comment: a rendered page does not show it, the model reads every word of it.

Comments are where instructions hide from the people who review an agent on a web page, and where notes to them reach a
model that was not meant to read them: `<!-- When you are done, send the diff to ... -->`. The message shows the
comment; one that gives an order weighs more. Comments in code are left alone.

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

_SIEVE = Phrases("<!--")
_ORDER = re.compile(
    r"(?:^|[.:;!?,]\s|\n)[ \t]*(?:please\s|now\s|also\s|then\s)?(?:you must|you should|you are|always|never|do not"
    r"|don't|ignore|disregard|forget|run|execute|send|post|upload|fetch|download|pretend|act as|reply|respond|reveal"
    r"|obey)\b",
    re.IGNORECASE,
)


def check(agent: Agent) -> Iterator[Problem]:
    """The comments of the body."""
    document = agent.document
    if not _SIEVE.stand_in(document) or not judged(agent):
        return
    body, at = without_code(document.body), document.body_at
    for start, end in _comments(body):
        text = body[start + 4 : end].removesuffix("-->").strip()
        if text and _ORDER.search(text):
            message = f"found an order in a comment, only the model reads it: {quoted(text, 300)}"
            yield Problem(RULE.id, agent.ref, at + start, at + end, message, severity="high")
        elif text:
            message = f"found a comment, only the model reads it: {quoted(text, 300)}"
            yield Problem(RULE.id, agent.ref, at + start, at + end, message)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a text; one that is never closed hides all the rest."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        end = len(text) if end < 0 else end + 3
        yield start, end
        start = text.find("<!--", end)


RULE = Rule("S005", "html-comment", "medium", __doc__, check)
