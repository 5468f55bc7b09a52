"""A command downloads a program and runs it unseen, or decodes one that nobody can read.

`curl https://... | sh` runs whatever the address serves at that moment, as you. A long block of Base64 beside
`base64 -d` hides a command in letters. Well-known installers are written this way, too; the message shows the line. An
address that is reserved for examples (`example.com`) weighs less: nobody can put anything there. So does a command that
is forbidden, or called bad, by its line or by the line that leads there.

Fix: by hand. Read it; download first, look, then run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks.pattern import pattern
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.prose import paragraphs, warned
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.document import Document

_HARMLESS = pattern(
    r"\w+(?:[ \t]{1,9}--?[\w-]{1,40}){0,9}[ \t]{1,9}[\"']?(?:https?://)?"
    r"(?:(?:[\w-]{1,60}\.)?example\.(?:com|net|org)|localhost|127\.0\.0\.1)(?::\d{1,5})?(?:/[\w./-]*)?[\"']?[ \t]*\|"
)
"""A download from nowhere else than a reserved address, or this machine."""
_DOWNLOAD = pattern(
    r"\b(?:curl|wget|aria2c|lynx|iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString|urlopen|mshta"
    r"|msiexec)\b|\brequests\.get\(|\.then\(eval\b",
    re.IGNORECASE,
)
_SHELL = r"(?:(?:ba|z|da|k|fi|a|c|tc)?sh|pwsh|powershell)"
_THROUGH = (
    r"(?:(?:sudo|doas|env|nohup|exec|command|time|xargs)"
    r"(?:[ \t]+--?[\w-]+(?:[ \t]+(?!sh|bash)\w+(?=[ \t]+[\w/]))?|[ \t]+\w+=\S*){0,4}[ \t]+){0,3}"
)
"""Commands that run another one, with their options."""
_RUN = pattern(
    rf"\|&?[ \t]*[({{]?[ \t]*{_THROUGH}(?:/(?:usr/)?(?:local/)?bin/)?(?:env[ \t]+)?"
    rf"(?:{_SHELL}|iex|Invoke-Expression|osascript|(?:deno|bun)[ \t]+run"
    r"|(?:python3?|node|perl|ruby|php)(?![ \t]+-[a-z]))(?![\w.-]*\w)",
    re.IGNORECASE,
)
_THEN = pattern(
    rf"(?:&&|;)[ \t]*(?:sudo[ \t]+)?(?:(?:{_SHELL}|source|\.|python3?)[ \t]+(?:-\w+[ \t]+)?|(?=\./|/|~/))"
    r"([\w./~-]{1,80})"
)
"""A file that is run after another command."""
_SUBSTITUTED = pattern(
    rf"(?:\b(?:eval|source|{_SHELL}[ \t]+-c|{_SHELL}|iex|Invoke-Expression)|(?<!\S)\.|::Create)[ \t(\"']{{1,8}}"
    r"(?:\$\(|<\(|`)?[ \t]{0,8}(?:curl|wget|iwr|irm|Invoke-WebRequest|Invoke-RestMethod"
    r"|New-Object[ \t]+(?:System\.)?Net\.WebClient\)\.DownloadString)\b"
    r"|\b(?:exec|eval)\([^\n]{0,80}?\b(?:urlopen|requests\.get|fetch)\(|\.then\(eval\b"
    r"|\b(?:mshta|msiexec[ \t]+/i)[ \t]+[\"']?https?://",
    re.IGNORECASE,
)
_BLOB = pattern(r"(?<![A-Za-z0-9+/])(?=[^\n]{0,40}?[0-9+])[A-Za-z0-9+/]{40,}+={0,2}")
_ENCODED = (
    r"\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,80}?[ \t][-/]e(?:c|nc|ncodedcommand)?[ \t]+[\"']?"
    r"[A-Za-z0-9+/]{24,10000}+"
)
_DECODED = pattern(
    r"(?:\bb64decode|\batob|\bFromBase64String|\bBuffer\.from)\([ \t]*b?([\"'])[A-Za-z0-9+/]{16,10000}+={0,2}\1"
    rf"|{_ENCODED}",
    re.IGNORECASE,
)
_MAY_BE_ENCODED = pattern(_ENCODED, re.IGNORECASE)
_HASH = pattern(r"[0-9a-f]+")
_DECODER = re.compile(
    r"\bbase64[ \t]+(?:-d|-D|--decode)\b|\bxxd[ \t]+(?:-\w[ \t]+){0,2}-r|\bopenssl\b[^\n|]{0,40}[ \t]-d\b"
    r"|(?:\\x[0-9a-fA-F]{2}){4}"
)
_DECODE = pattern(r"\bbase64[ \t]+(?:-d|-D|--decode)\b|\bb64decode\b|\batob\(|\bFromBase64String\b|\bxxd[ \t]+-r\b")
_TARGET = pattern(r"(?<!\S)-{1,2}\S*|\.\*")
"""What stands behind a download without saying from where: options, and what searches put in their place."""
_FETCHERS = (
    *("curl", "wget", "aria2c", "lynx", "iwr", "irm", "webrequest", "restmethod", "downloadstring"),
    *("urlopen", "requests.get(", ".then(eval", "mshta", "msiexec"),
)
_WORDS = (*_FETCHERS, "base64", "xxd", "openssl", "\\x")
"""One of these stands in every line that fetches or decodes something."""
_FETCHING = Phrases(*_FETCHERS)
_DECODING = Phrases("base64", "b64decode", "atob(", "FromBase64String", "xxd", "openssl", "\\x")
_ENCODING = Phrases("powershell", "pwsh")
"""One of these stands in every file that the patterns fit."""
_MOST = 1_000
"""Commands that are named."""


def check(agent: Agent) -> Iterator[Problem]:
    """Downloads that are run, blobs that are decoded."""
    if not judged(agent) or not (_FETCHING.stand_in(agent.document) or _decodes(agent.document)):
        return
    yield from islice(_found(agent), _MOST)


def _decodes(document: Document) -> bool:
    return _DECODING.stand_in(document) or _ENCODING.begin(document, _MAY_BE_ENCODED)


def _found(agent: Agent) -> Iterator[Problem]:
    decodes = _decodes(agent.document)
    for paragraph in paragraphs(agent.document):
        plain = paragraph.plain
        if not decodes and not any(word in plain for word in _FETCHERS):
            continue
        for start, end in (*_run(paragraph.text),) or (_decoded(paragraph.text) if decodes else ()):
            found = quoted(paragraph.text[start:end], 200)
            message = f"found a command that runs what nobody has seen: {found}"
            span = paragraph.start + start, paragraph.start + end
            harmless = _HARMLESS.match(paragraph.text, start, end) or warned(agent.document.text, span[0])
            yield Problem(RULE.id, agent.ref, *span, message, severity="medium" if harmless else None)


def _run(text: str) -> Iterator[tuple[int, int]]:
    """Downloads whose output goes to an interpreter, at most one in a line."""
    lines = text.replace("\\\n", "  ").replace("\\\r\n", "   ")
    at = 0
    for line in lines.split("\n"):
        plain = line.lower()
        some = any(word in plain for word in _WORDS)
        fetched = (_DOWNLOAD.search(line) or _DECODER.search(line)) if some else None
        run = _RUN.search(line, fetched.end()) if fetched else None
        if fetched and run and _says_what(fetched, line[fetched.end() : run.start()]):
            yield at + fetched.start(), at + run.end()
        elif fetched and (then := _run_after(line, fetched)):
            yield at + fetched.start(), at + then
        elif fetched and not run and (within := _SUBSTITUTED.search(line)):
            yield at + within.start(), at + len(line.rstrip())
        at += len(line) + 1


def _says_what(fetched: re.Match[str], between: str) -> bool:
    """Whether what is fetched has an address, or is decoded: `curl | sh` alone is the name of a bad habit."""
    return fetched.re is _DECODER or any(char.isalnum() or char in "${" for char in _TARGET.sub("", between))


def _run_after(line: str, fetched: re.Match[str]) -> int | None:
    """Where the name of a file ends that a line loads and then runs."""
    for then in _THEN.finditer(line, fetched.end()):
        if then[1].rpartition("/")[2] in line[fetched.end() : then.start()].replace("/", " ").split():
            return then.end(1)
    return None


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
