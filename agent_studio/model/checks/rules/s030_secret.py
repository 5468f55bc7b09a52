"""The file holds what looks like a live secret: a key, a token, or a private key of a known issuer.

Everybody who gets the file gets the secret, it is sent with every conversation, and git keeps it when you delete the
line. Only what has an issuer's prefix and a valid checksum, or enough chance in it, counts; examples are left alone.

Fix: put a placeholder in its place. Then revoke the secret where it was issued: it is out.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.secrets import Secret, secrets
from agent_studio.model.checks.subject import readable
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_SHOWN = 7


def check(agent: Agent) -> Iterator[Problem]:
    """Secrets anywhere in the file, of which the message shows the beginning only."""
    for secret in secrets(agent.document) if readable(agent) else ():
        beginning = agent.document.text[secret.start : secret.start + _SHOWN]
        message = f"found what looks like a live {secret.kind} ({secret.end - secret.start} characters): {beginning}…"
        fix = Fix("put a placeholder in its place", safe=False, step=_redacted)
        yield Problem(RULE.id, agent.ref, secret.start, secret.end, message, fix)


def _redacted(document: Document) -> Document:
    """The document with a placeholder for every secret."""
    return document.spliced(_splice(secret) for secret in secrets(document))


def _splice(secret: Secret) -> Splice:
    return Splice(secret.start, secret.end, f"<{secret.kind.upper().replace(' ', '_')}>")


RULE = Rule("S030", "secret", "high", __doc__, check)
