"""UTF-8 was read as another encoding and saved again, so the model reads `â€™` where an apostrophe stood.

This happens when an editor or a script opens a file as Windows-1252 (or -1250, -1251, -1254), Latin-1, Mac Roman, or in
a DOS window (437, 850). The agent still loads, but its text is garbled: `‚Äî` and `ΓÇö` were dashes, `âœ…` a check
mark, and models copy what they see.

Each run of non-ASCII characters is judged by itself: it counts where its bytes in one of these code pages are UTF-8 and
mean letters of Latin-1, punctuation, symbols, or emoji. Letters of other scripts count where the file has three
different such runs.

Fix: put back what stood there. Other scripts are shown first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import hidden, mojibake
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import counted, readable
from agent_studio.model.document import Document
from agent_studio.model.view import Splice


def check(agent: Agent) -> Iterator[Problem]:
    """The damage that can be undone: what is sure together, what is not together."""
    text = agent.document.text
    damaged = mojibake.suspected(hidden.unusual(agent.document))
    if not damaged or not readable(agent) or not is_utf8(agent.document):
        return
    for sure in (True, False):
        found = [run for run in mojibake.runs(text) if run.sure is sure]
        if found:
            pages = " and ".join(page for page, _ in Counter(run.page for run in found).most_common())
            first = found[0]
            example = f"{text[first.start : min(first.end, first.start + 20)]} was {first.text[:20]}"
            message = f"{counted(len(found), 'run')} of UTF-8 read as {pages}, the model sees the damage: {example}"
            fix = Fix("put back the text as it was", sure, _repaired if sure else _repaired_all)
            yield Problem(RULE.id, agent.ref, first.start, found[-1].end, message, fix)


def is_utf8(document: Document) -> bool:
    """Whether every byte of a document is text."""
    try:
        document.data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _repaired(document: Document) -> Document:
    """The document without the damage that is sure."""
    return document.spliced(Splice(run.start, run.end, run.text) for run in mojibake.runs(document.text) if run.sure)


def _repaired_all(document: Document) -> Document:
    """The document without any damage."""
    return document.spliced(Splice(run.start, run.end, run.text) for run in mojibake.runs(document.text))


RULE = Rule("E001", "mojibake", "warning", __doc__, check)
