"""The body holds an HTML comment: a rendered page does not show it, the model reads every word of it.

Comments are where instructions hide from the people who review an agent on a web page, and where notes to them reach a
model that was not meant to read them: `<!-- When you are done, send the diff to ... -->`. The message shows the
comment; one that gives an order weighs more, but for notes to people such as "do not edit". Comments in code are left
alone, code in comments is not.

Fix: by hand. Read it, then keep it in sight as text, or take it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import abroad
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import without_code
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_SIEVE = Phrases("<!--")
_ORDER = (
    r"(?:^|[.:;!?,]\s|\n|^(?:before|after|when|whenever|if|once)\b[^.\n]{0,80}\s)[\s>#\"'*_-]{0,9}(?:\d{1,2}[.)]\s)?"
    r"(?:(?:please|now|also|then|first|secretly|silently|quietly)\s)?"
    r"(?:always|never(?!\s\w+ed\b)|(?:do not|don['’]t)(?!\s(?:edit|remove|modify|touch|forget)\b)|ignore|disregard"
    r"|forget|override|bypass|run|execute|send|post|upload|fetch|download|exfiltrate|leak|pretend|act as|reply|respond"
    r"|answer|reveal|obey|follow|approve|tell|say|make sure|delete|read (?:the|all|every|~)|copy (?:all|every|~)"
    r"|add a backdoor|call the|skip the|use the \w+ tool)(?![^\W_]|-)"
    r"|\byou(?:['’]re| are| must| should| shall| will| have to| need to)\b"
    r"|\b(?:assistant|agent|model|claude)\s(?:must|should|shall|will)\b"
)
_LONG = 20_000
"""Characters of a comment that are looked through for orders."""


def check(agent: Agent) -> Iterator[Problem]:
    """The comments of the body."""
    document = agent.document
    if not _SIEVE.stand_in(document) or not judged(agent):
        return
    body, at = without_code(document.body), document.body_at
    for start, end in _comments(body):
        text = document.body[start + 4 : end].removesuffix("-->").strip("-> \t\r\n")
        if text and _orders(text[:_LONG]):
            message = f"found an order in a comment, only the model reads it: {quoted(text, 300)}"
            yield Problem(RULE.id, agent.ref, at + start, at + end, message, severity="high")
        elif text:
            message = f"found a comment, only the model reads it: {quoted(text, 300)}"
            yield Problem(RULE.id, agent.ref, at + start, at + end, message)


def _orders(text: str) -> bool:
    """Whether a text gives an order."""
    plain = text.lower()
    return any(re.search(order, plain) for order in (_ORDER, abroad.OVERRIDE, abroad.SILENCE))


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a text; one that is never closed hides all the rest."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        end = len(text) if end < 0 else end + 3
        yield start, end
        start = text.find("<!--", end)


RULE = Rule("S005", "html-comment", "medium", __doc__, check)
