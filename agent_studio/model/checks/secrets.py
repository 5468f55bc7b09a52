"""Secrets in a text, known by the prefix of who issued them and by what real ones have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from math import log2
from typing import NamedTuple
from zlib import crc32

from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LEAST_ENTROPY = 3.0
"""Bits for each character: random letters and digits have more, placeholders less."""
_PLACEHOLDER = pattern(r"example|sample|your|dummy|fake|placeholder|redacted|x{4}|0{5}|1234|abcd|\*{3}", re.IGNORECASE)


class Secret(NamedTuple):
    """A secret `[start, end)` of a text, and what it is."""

    start: int
    end: int
    kind: str


def _checked(token: str) -> bool:
    """Whether the last six characters of a GitHub or npm token are the checksum of those behind its prefix."""
    body = token.partition("_")[2]
    value, digits = crc32(body[:-6].encode()), ""
    while value:
        value, rest = divmod(value, 62)
        digits = _DIGITS[rest] + digits
    return digits.rjust(6, "0") == body[-6:]


def _random(token: str) -> bool:
    """Whether a token looks drawn by chance, not typed as an example."""
    if _PLACEHOLDER.search(token):
        return False
    entropy = -sum(count / len(token) * log2(count / len(token)) for count in Counter(token).values())
    return entropy >= _LEAST_ENTROPY


def _mixed(token: str) -> bool:
    """Whether a token is random, and no word in capitals."""
    return _random(token) and any(map(str.isdigit, token))


_GITLAB = ("pat", "rt", "dt", "ptt", "cbt")
"""What GitLab names its kinds of tokens: personal, of runners, deployments, triggers, jobs."""
_BREAK = r"(?:\s|\\[nr])"
"""A line break, in a value of JSON, too."""
_PEM_HEAD = rf"(?:{_BREAK}{{1,9}}[A-Z][A-Za-z-]{{1,20}}: [^\n]{{1,80}}){{0,3}}"
"""What may stand before the letters of a private key: its version, how it is encrypted."""
_KINDS: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
    *((f"gh{letter}_", "GitHub token", r"[A-Za-z0-9]{36}", _checked) for letter in "pousr"),
    ("github_pat_", "GitHub token", r"[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", _random),
    ("npm_", "npm token", r"[A-Za-z0-9]{36}", _checked),
    *(
        (f"gl{kind}-", "GitLab token", r"[A-Za-z0-9_-]{20,64}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?", _random)
        for kind in _GITLAB
    ),
    ("AKIA", "AWS access key", r"[A-Z2-7]{16}", _mixed),
    ("ASIA", "AWS access key", r"[A-Z2-7]{16}", _mixed),
    ("AIza", "Google API key", r"[A-Za-z0-9_-]{35}", _random),
    ("GOCSPX-", "Google client secret", r"[A-Za-z0-9_-]{28}", _random),
    ("sk-ant-", "Anthropic API key", r"[a-z0-9]{3,10}-[A-Za-z0-9_-]{80,120}", _random),
    ("sk-", "OpenAI API key", r"[A-Za-z0-9_-]{20,90}T3BlbkFJ[A-Za-z0-9_-]{20,80}", _random),
    ("sk-or-v1-", "OpenRouter API key", r"[a-f0-9]{64}", _random),
    ("gsk_", "Groq API key", r"[A-Za-z0-9]{52}", _mixed),
    ("xai-", "xAI API key", r"[A-Za-z0-9]{80}", _mixed),
    ("pplx-", "Perplexity API key", r"[A-Za-z0-9]{48}", _mixed),
    ("r8_", "Replicate token", r"[A-Za-z0-9]{37}", _mixed),
    ("xox", "Slack token", r"[abeprs]-[0-9]{8,14}-[A-Za-z0-9-]{20,120}", _random),
    ("xoxe.xox", "Slack token", r"[bp]-1-[A-Za-z0-9]{100,250}", _random),
    ("xapp-", "Slack token", r"[0-9]-[A-Z0-9]{8,14}-[0-9]{10,16}-[a-f0-9]{64}", _random),
    ("https://hooks.slack.com/services/", "Slack webhook", r"T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}", _random),
    *(
        (f"https://{host}.com/api/webhooks/", "Discord webhook", r"[0-9]{17,20}/[A-Za-z0-9_-]{60,80}", _mixed)
        for host in ("discord", "discordapp")
    ),
    ("sk_live_", "Stripe key", r"[A-Za-z0-9]{24,99}", _random),
    ("rk_live_", "Stripe key", r"[A-Za-z0-9]{24,99}", _random),
    ("hf_", "Hugging Face token", r"[A-Za-z]{34}", _random),
    ("pypi-", "PyPI token", r"AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,250}", _random),
    ("SG.", "SendGrid key", r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", _random),
    *((f"do{letter}_v1_", "DigitalOcean token", r"[a-f0-9]{64}", _random) for letter in "opr"),
    *((f"shp{kind}_", "Shopify token", r"[a-f0-9]{32}", _random) for kind in ("at", "ca", "pa", "ss")),
    ("dapi", "Databricks token", r"[a-f0-9]{32}(?:-[0-9])?", _random),
    ("AccountKey=", "Azure storage key", r"[A-Za-z0-9+/]{86}==", _random),
    ("hvs.", "Vault token", r"[A-Za-z0-9_-]{90,200}", _mixed),
    ("lin_api_", "Linear API key", r"[A-Za-z0-9]{40}", _mixed),
    ("ntn_", "Notion token", r"[A-Za-z0-9]{46}", _mixed),
    ("ATATT3xFfGF0", "Atlassian token", r"[A-Za-z0-9_-]{100,250}=[A-F0-9]{8}", _mixed),
    ("figd_", "Figma token", r"[A-Za-z0-9_-]{40}", _mixed),
    ("glsa_", "Grafana token", r"[A-Za-z0-9]{32}_[a-f0-9]{8}", _mixed),
    ("NRAK-", "New Relic key", r"[A-Z0-9]{27}", _mixed),
    ("PMAK-", "Postman key", r"[a-f0-9]{24}-[a-f0-9]{34}", _random),
    ("dckr_pat_", "Docker token", r"[A-Za-z0-9_-]{27}", _mixed),
    ("sbp_", "Supabase token", r"[a-f0-9]{40}", _random),
    ("AGE-SECRET-KEY-1", "age key", r"[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}", _random),
    (
        "-----BEGIN ",
        "private key",
        rf"[A-Z ]{{0,20}}PRIVATE KEY(?: BLOCK)?-----{_PEM_HEAD}{_BREAK}{{1,4}}(?:[A-Za-z0-9+/=]|{_BREAK}){{100,10000}}",
        _random,
    ),
)
"""How a kind of secret begins, what it is called, how it goes on, and what real ones have in common."""
_PREFIXES = Phrases(*(prefix for prefix, *_ in _KINDS), whole=False)


def secrets(document: Document) -> Iterator[Secret]:
    """The secrets of a text, kind by kind."""
    begun = set(_PREFIXES.among(document))
    for prefix, kind, rest, is_real in _KINDS:
        if prefix in begun:
            pattern = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(prefix)}{rest}(?![A-Za-z0-9_-])")
            yield from (Secret(*span, kind) for span in _found(document.text, prefix, pattern, is_real))


def _found(
    text: str, prefix: str, pattern: re.Pattern[str], is_real: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Where the secrets of one kind stand."""
    at = text.find(prefix)
    while at >= 0:
        found = pattern.match(text, at)
        if found and is_real(found[0]):
            yield found.span()
        at = text.find(prefix, found.end() if found else at + len(prefix))
