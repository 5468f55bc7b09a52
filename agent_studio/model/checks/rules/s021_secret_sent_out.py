"""A paragraph names a file that holds secrets, and a way to send something out.

Keys in `~/.ssh`, `~/.aws/credentials`, `.netrc`, or `.env` beside `curl`, an upload, or an address on the web: together
they are how secrets leave a machine. An agent rarely needs both in one breath.

Fix: by hand. Read the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import line_before, paragraphs
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_SECRET = re.compile(
    r"\.ssh/(?:id_|\*)|~/\.ssh\b|\bid_(?:rsa|ed25519|ecdsa)\b(?!\.pub)|\.aws/credentials|(?<![\w.])\.(?:netrc|pypirc)\b"
    r"|\.git-credentials|\.kube/config|\.docker/config\.json|/etc/shadow|\.gnupg\b|(?<![\w.])\.env\b(?![.\w])"
)
_NAMES = (
    *("~/.ssh", ".ssh", ".aws/", ".netrc", ".pypirc", ".git-", ".kube/", ".docker/", ".gnupg", ".env"),
    *("id_rsa", "id_ed", "id_ecdsa", "/etc/"),
)
"""With one of these the name of a secret begins."""
_SIEVE = Phrases(*_NAMES)
_VERB = re.compile(r"\b(?:send|sends|post|upload|uploads|forward|transmit|exfiltrate|submit|push)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?!localhost\b|127\.)[^\s)\"'`>]{1,200}")
_COMMAND = re.compile(
    r"\b(?:curl|wget|nc|ncat|netcat|scp|rsync|Invoke-WebRequest|Invoke-RestMethod|requests\.post)\b"
    r"(?![^\n|;&]{0,80}https?://(?:localhost\b|127\.))"
)
_NEGATION = re.compile(r"\b(?:never|do not|don't|must not|avoid)\b", re.IGNORECASE)
_MOST = 1_000
"""Paragraphs that are named."""


def check(agent: Agent) -> Iterator[Problem]:
    """Paragraphs with a secret and a way out."""
    if not judged(agent) or not _SIEVE.begin(agent.document, _SECRET):
        return
    yield from islice(_found(agent), _MOST)


def _found(agent: Agent) -> Iterator[Problem]:
    for paragraph in paragraphs(agent.document):
        named = _SECRET.finditer(paragraph.text) if any(name in paragraph.text for name in _NAMES) else ()
        secret = next((found for found in named if not _is_forbidden(found)), None)
        if secret is None:
            continue
        way = _COMMAND.search(paragraph.text) or _ADDRESS.search(paragraph.text)
        if way is None or (way.re is _ADDRESS and not _VERB.search(paragraph.text)):
            continue
        start, end = min(secret.start(), way.start()), max(secret.end(), way.end())
        message = f"found {quoted(secret[0])} and {quoted(way[0])} in one paragraph: {quoted(paragraph.text, 200)}"
        yield Problem(RULE.id, agent.ref, paragraph.start + start, paragraph.start + end, message)


def _is_forbidden(secret: re.Match[str]) -> bool:
    """Whether the line says before the secret that something must not be done."""
    return _NEGATION.search(line_before(secret.string, secret.start())) is not None


RULE = Rule("S021", "secret-sent-out", "high", __doc__, check)
