"""A command downloads a program and runs it unseen, or decodes one that nobody can read.

`curl https://... | sh` runs whatever the address serves at that moment, as you. A long block of Base64 beside
`base64 -d` hides a command in letters. Well-known installers are written this way, too; the message shows the line. An
address that is reserved for examples (`example.com`) weighs less: nobody can put anything there. So does a command in a
line that forbids it first.

Fix: by hand. Read it; download first, look, then run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import line_before, paragraphs
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted

_EXAMPLE = re.compile(
    r"\w+(?:[ \t]{1,9}--?[\w-]{1,40}){0,9}[ \t]{1,9}[\"']?https?://(?:[\w-]{1,60}\.)?example\.(?:com|net|org)"
    r"(?:/[\w./-]*)?[\"']?[ \t]*\|"
)
"""A download from nowhere else."""
_DOWNLOAD = re.compile(r"\b(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString)\b", re.IGNORECASE)
_RUN = re.compile(
    r"\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)?)?(?:/bin/|/usr/bin/env[ \t]+)?"
    r"(?:(?:ba|z|da|k|fi)?sh|iex|Invoke-Expression|(?:python3?|node|perl|ruby)(?![ \t]+-[a-z]))\b",
    re.IGNORECASE,
)
_SUBSTITUTED = re.compile(
    r"\b(?:eval|source|sh[ \t]+-c|bash[ \t]+-c|zsh[ \t]+-c|sh|bash|zsh|iex)[ \t(\"']{1,8}(?:\$\(|<\(|`)?[ \t]{0,8}"
    r"(?:curl|wget|iwr|irm|New-Object[ \t]+(?:System\.)?Net\.WebClient\)\.DownloadString)\b",
    re.IGNORECASE,
)
_BLOB = re.compile(r"(?<![A-Za-z0-9+/])(?=[^\n]{0,40}?[0-9+])[A-Za-z0-9+/]{40,}+={0,2}")
_DECODED = re.compile(r"(?:\bb64decode|\batob|\bFromBase64String)\([ \t]*b?([\"'])[A-Za-z0-9+/]{16,10000}+={0,2}\1")
_HASH = re.compile(r"[0-9a-f]+")
_DECODER = re.compile(r"\bbase64[ \t]+(?:-d|-D|--decode)\b")
_DECODE = re.compile(r"\bbase64[ \t]+(?:-d|-D|--decode)\b|\bb64decode\b|\batob\(|\bFromBase64String\b|\bxxd[ \t]+-r\b")
_NEGATION = re.compile(r"\b(?:never|do not|don't|must not|avoid|reject|flag)\b", re.IGNORECASE)
_FETCHING = Phrases("curl", "wget", "iwr", "irm", "webrequest", "restmethod", "downloadstring")
_DECODING = Phrases("base64", "b64decode", "atob(", "FromBase64String", "xxd")
"""One of these stands in every file that the patterns fit."""


def check(agent: Agent) -> Iterator[Problem]:
    """Downloads that are run, blobs that are decoded."""
    if not judged(agent) or not (_FETCHING.stand_in(agent.document) or _DECODING.stand_so_in(agent.document)):
        return
    for paragraph in paragraphs(agent.document):
        for start, end in (*_run(paragraph.text),) or _decoded(paragraph.text):
            found = quoted(paragraph.text[start:end], 200)
            message = f"found a command that runs what nobody has seen: {found}"
            before = line_before(paragraph.text, start)
            harmless = _EXAMPLE.match(paragraph.text, start, end) or _NEGATION.search(before)
            span = paragraph.start + start, paragraph.start + end
            yield Problem(RULE.id, agent.ref, *span, message, severity="medium" if harmless else None)


def _run(text: str) -> Iterator[tuple[int, int]]:
    """Downloads whose output goes to an interpreter, at most one in a line."""
    lines = text.replace("\\\n", "  ").replace("\\\r\n", "   ")
    at = 0
    for line in lines.split("\n"):
        fetched = _DOWNLOAD.search(line) or _DECODER.search(line)
        if fetched:
            run, within = _RUN.search(line, fetched.end()), _SUBSTITUTED.search(line)
            if run:
                yield at + fetched.start(), at + run.end()
            elif within:
                yield at + within.start(), at + len(line.rstrip())
        at += len(line) + 1


def _decoded(text: str) -> Iterator[tuple[int, int]]:
    """A blob and what decodes it, in one paragraph."""
    if whole := _DECODED.search(text):
        yield whole.span()
        return
    decode = _DECODE.search(text)
    blobs = _BLOB.finditer(text) if decode else ()
    blob = next((blob for blob in blobs if "xxd" in text or not _HASH.fullmatch(blob[0])), None)
    if decode and blob:
        yield min(decode.start(), blob.start()), max(decode.end(), blob.end())


RULE = Rule("S022", "download-run", "high", __doc__, check)
