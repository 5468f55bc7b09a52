"""A code fence or a tag is opened and never closed, so what follows counts as part of it.

Behind an unclosed ``` everything down to the end is code to whoever renders the file, and a model takes instructions in
code for an example. A tag such as `<rules>` counts when the body closes it elsewhere, but not as often as it opens it.

Fix: close the fence at the end. Where a tag should end is yours to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.prose import Fence, fences, without_code
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

_TAG = re.compile(r"<(/?)([a-z][a-z0-9_-]{1,40})>")
_CLOSING = Phrases("</")
_END = re.compile(r"</[a-z][a-z0-9_-]{1,40}>")
_VOID = frozenset("br hr img input meta link li p td tr th dt dd option".split())
_MARKS = re.compile(r"[`~]+")


def check(agent: Agent) -> Iterator[Problem]:
    """The last fence where it stays open, and tags that do not pair."""
    if not judged(agent):
        return
    document, at = agent.document, agent.document.body_at
    fence = _open(document)
    if fence:
        start = at + fence.start
        line = quoted(document.text[start:].partition("\n")[0].strip())
        message = f"line {document.line_at(start)}: the code that {line} opens is never closed"
        fix = Fix("close it at the end", safe=False, step=_closed)
        yield Problem(RULE.id, agent.ref, start, at + fence.end, message, fix)
    if _CLOSING.stand_in(document) and _END.search(document.text, at):
        for name, opened, ended, first in _unbalanced(without_code(document.body)):
            message = f"<{name}> is opened {opened} times and closed {ended} times"
            yield Problem(RULE.id, agent.ref, at + first.start(), at + first.end(), message)


def _unbalanced(text: str) -> Iterator[tuple[str, int, int, re.Match[str]]]:
    """The tags that do not pair, with how often they are opened and closed, and the first one of each."""
    tags = _TAG.findall(text)
    opened = Counter(name for end, name in tags if not end)
    ended = Counter(name for end, name in tags if end)
    odd = [name for name in ended if name not in _VOID and opened[name] != ended[name]]
    firsts = {tag[2]: tag for tag in reversed(list(_TAG.finditer(text)))} if odd else {}
    yield from ((name, opened[name], ended[name], firsts[name]) for name in odd)


def _open(document: Document) -> Fence | None:
    """The fence of the body that is never closed."""
    return next((fence for fence in fences(document.body) if not fence.closed), None)


def _closed(document: Document) -> Document:
    """The document with its last fence closed."""
    fence, end = _open(document), len(document.text)
    marks = _MARKS.search(document.body, fence.start) if fence else None
    if marks is None:
        return document
    newline = document.newline_at(end)
    lead = "" if document.text.endswith("\n") else newline
    return document.spliced([Splice(end, end, f"{lead}{marks[0]}{newline}")])


RULE = Rule("B009", "unclosed-block", "info", __doc__, check)
