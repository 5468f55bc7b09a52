"""A code fence or a tag is opened and never closed, so what follows counts as part of it.

Behind an unclosed ``` everything down to the end is code to whoever renders the file, and a model takes instructions in
code for an example. Often it comes of a block that holds blocks with fences as long as its own, or of closing fences
with a word behind them. A tag counts where it stands alone on its line, as in `<rules>`; one that is named within a
sentence, as in "answer in `<rules>` tags", opens nothing.

Fix: longer fences around blocks, no words behind closing ones, or a fence at the end. Where a tag should end is yours
to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks.fencing import unclosed
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.prose import without_code
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged, quoted
from agent_studio.model.document import Document

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_-]{1,40})(?: [^<>\n=]{1,40}=[^<>\n]{0,200})?>")
_END = re.compile(r"</[A-Za-z][A-Za-z0-9_-]{1,40}>")
_VOID = frozenset("br hr img input meta link li p td tr th dt dd option".split())
_STRUCTURED = 2
"""Names of tags with pairs, in a body that is taken to be built of tags: one without an end is no placeholder there."""
_MOST = 100
"""Names of tags that are looked at."""
_WIDEST = 40
"""Characters beside a tag that are looked at."""
_LEADS = " \t\r>*+-.)#0123456789"
"""What may stand before a tag that is alone on its line."""


def check(agent: Agent) -> Iterator[Problem]:
    """The last fence where it stays open, and tags that do not pair."""
    if not judged(agent):
        return
    document, at = agent.document, agent.document.body_at
    if found := unclosed(document):
        line = quoted(document.text[found.at :].partition("\n")[0].strip())
        message = f"line {document.line_at(found.at)}: the code that {line} opens is never closed{found.why}"
        fix = Fix(found.title, safe=False, step=_closed) if found.splices else None
        yield Problem(RULE.id, agent.ref, found.start, len(document.text), message, fix)
    if b"</" in document.data and _END.search(document.text, at):
        for tag, message in _unpaired(without_code(document.body)):
            yield Problem(RULE.id, agent.ref, at + tag.start(), at + tag.end(), message)


def _unpaired(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The last tag of each name that opens a part without end, and the first that ends one which nothing opened."""
    tags = [(end, name.lower()) for end, name in _TAG.findall(text)]
    begun, ended = (Counter(name for end, name in tags if end == mark) for mark in ("", "/"))
    differing = (name for name in begun | ended if begun[name] != ended[name] and name not in _VOID)
    odd = set(islice(differing, _MOST))
    structured = len((begun & ended).keys() - odd) >= _STRUCTURED
    opened, stray = _odd(text, odd) if odd else ({}, {})
    for name, open_ in opened.items():
        if open_ and (ended[name] or structured):
            yield open_[-1], f"<{open_[-1][2]}> is opened here and never closed"
    yield from ((tag, f"{tag[0]} closes nothing: no <{tag[2]}> is open") for tag in stray.values())


def _odd(text: str, names: set[str]) -> tuple[dict[str, list[re.Match[str]]], dict[str, re.Match[str]]]:
    """For some names the tags alone on their lines that open a part without end, and the first that closes none."""
    opened: dict[str, list[re.Match[str]]] = {}
    named, stray = Counter[str](), dict[str, re.Match[str]]()
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name not in names:
            continue
        alone = _is_alone(text, tag)
        if not tag[1]:
            opened.setdefault(name, []).append(tag) if alone else named.update([name])
        elif opened.get(name):
            opened[name].pop()
        elif named[name]:
            named[name] -= 1
        elif alone:
            stray.setdefault(name, tag)
    return opened, stray


def _is_alone(text: str, tag: re.Match[str]) -> bool:
    """Whether nothing but the marks of lists and quotations stands beside a tag on its line."""
    start, end = max(tag.start() - _WIDEST, 0), tag.end() + _WIDEST
    _, newline, lead = text[start : tag.start()].rpartition("\n")
    if lead.strip(_LEADS) or not (newline or start == 0):
        return False
    return not text[tag.end() : end].partition("\n")[0].strip()


def _closed(document: Document) -> Document:
    """The document with its last fence closed."""
    found = unclosed(document)
    return document.spliced(found.splices) if found else document


RULE = Rule("B009", "unclosed-block", "info", __doc__, check)
