"""A paragraph names a file that holds secrets, and a way to send something out.

Keys in `~/.ssh`, `~/.aws/credentials`, `.netrc`, or `.env` beside `curl`, an upload, or an address on the web: together
they are how secrets leave a machine. An agent rarely needs both in one breath. It weighs less where the text speaks of
attacks, and where settings (`.env`) are named that nobody reads out.

Fix: by hand. Read the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import line_before, paragraphs, warned
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_SECRET = pattern(
    r"\.ssh[/\\](?:id_|\*)|~/\.ssh\b(?!/(?:authorized_keys|known_hosts|config\b|[\w-]{1,40}\.pub))"
    r"|\bid_(?:rsa|ed25519|ecdsa)\b(?!\.pub)|\.aws/credentials|(?<![\w.])\.(?:netrc|pypirc|pgpass)\b|~/\.npmrc\b"
    r"|\.git-credentials|\.kube/config|\.docker/config\.json|/etc/shadow|\.gnupg\b|\.azure/|\.config/(?:gcloud|gh)/"
    r"|\.claude/\.credentials|\.(?:bash|zsh)_history\b|/keychains/|find-generic-password"
    r"|(?<!\S)(?:print)?env[ \t]?\|[^\n|]{0,80}\b(?:curl|wget|nc|ncat)\b"
    r"|(?<![\w.])\.env\b(?!\w|\.(?:example|sample|template|dist|schema|test|defaults?)\b)",
    re.IGNORECASE,
)
_NAMES = (
    *(
        ".env",
        "~/.ssh",
        ".ssh",
        ".aws/",
        ".netrc",
        ".pypirc",
        ".pgpass",
        "~/.npmrc",
        ".git-",
        ".kube/",
        ".docker/",
        ".gnupg",
    ),
    *(".azure/", ".config/", ".claude/", ".bash_history", ".zsh_history", "/keychains/", "find-generic-"),
    *("env |", "env|", "printenv", "id_rsa", "id_ed", "id_ecdsa", "/etc/"),
)
"""With one of these the name of a secret begins."""
_SIEVE = Phrases(*_NAMES)
_VERB = pattern(
    r"\b(?:send|sends|post|upload|uploads|forward|transmit|exfiltrate|submit|push|e-?mail|paste|leak|append)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:https?|ftp|wss?)://(?!localhost\b|127\.)[^\s)\"'`>]{1,200}|@(?<=\w@)[\w-]{1,60}\.[a-z]{2,10}\b"
    r"|\b(?:gist|pastebin|webhook)\b"
)
_COMMAND = pattern(
    r"(?:\b(?:curl|wget|nc|ncat|netcat|socat|sftp|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|requests\.post|urlopen|scp"
    r"|rsync|rclone|gsutil cp|aws s3 (?:cp|mv|sync)|gh gist|mail -s|nslookup|dig)\b|/dev/tcp/|\|[ \t]*ssh\b)"
    r"(?![^\n|;&]{0,80}https?://(?:localhost\b|127\.))"
)
_USED = pattern(r"(?:(?<!\S)-i|--(?:env-file|exclude|kubeconfig|netrc-file))[ \t=]+[\"']?(?:\S{0,60}/)?$")
"""What stands before the name of a secret that a program uses: it goes nowhere by that."""
_TAKEN = pattern(
    r"[@<][ \t\"']*(?:\S{0,60}/)?$|\b(?:cat|type|gc|Get-Content|base64|open|readFile\w{0,4}|tar|zip|read|send|post"
    r"|upload|forward|transmit|copy|exfiltrate|e-?mail|paste|leak|push|contents?|post-file|scp|cp|create)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
"""What stands before the name of a file whose content is taken."""
_NEGATION = pattern(r"\b(?:never|do not|don['’]t|must not|avoid)\b", re.IGNORECASE)
_MOST = 1_000
"""Paragraphs that are named, and secrets that are looked at in one."""
_NEAR = 80
"""Characters before a secret in which a program's option stands."""


def check(agent: Agent) -> Iterator[Problem]:
    """Paragraphs with a secret and a way out."""
    if not judged(agent) or not _SIEVE.begin(agent.document, _SECRET):
        return
    yield from islice(_found(agent), _MOST)


def _found(agent: Agent) -> Iterator[Problem]:
    for paragraph in paragraphs(agent.document):
        text, plain = paragraph.text, paragraph.plain
        way = _way_out(text) if any(name in plain for name in _NAMES) else None
        named = _SECRET.finditer(text) if way else ()
        secret = next((found for found in islice(named, _MOST) if not _stays(found)), None)
        if secret is None or way is None or (way.re is _ADDRESS and not _is_taken(secret)):
            continue
        start, end = min(secret.start(), way.start()), max(secret.end(), way.end())
        message = f"found {quoted(secret[0])} and {quoted(way[0])} in one paragraph: {quoted(text, 200)}"
        weaker = not _is_taken(secret) or warned(agent.document.text, paragraph.start + secret.start())
        span = paragraph.start + start, paragraph.start + end
        yield Problem(RULE.id, agent.ref, *span, message, severity="medium" if weaker else None)


def _way_out(text: str) -> re.Match[str] | None:
    """A command that sends, or an address beside a verb."""
    return _COMMAND.search(text) or (_ADDRESS.search(text) if _VERB.search(text) else None)


def _stays(secret: re.Match[str]) -> bool:
    """Whether a program only uses a secret, or the line says before it that something must not be done."""
    before = line_before(secret.string, secret.start())
    return _USED.search(before[-_NEAR:]) is not None or _NEGATION.search(before) is not None


def _is_taken(secret: re.Match[str]) -> bool:
    """Whether the content of a secret is meant: settings (`.env`) are named for many reasons."""
    before = line_before(secret.string, secret.start())
    return secret[0] != ".env" or _TAKEN.search(before) is not None


RULE = Rule("S021", "secret-sent-out", "high", __doc__, check)
