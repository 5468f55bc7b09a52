"""The file has no frontmatter that Claude Code sees, so no agent comes of it.

The first line must be exactly three dashes, with nothing before it, not even an empty line; the next three dashes end
the frontmatter. `----`, `...`, or a blank line in front make Claude Code take the file for plain text, without a word.
So do an empty file, and a prompt ("You are ...") without any frontmatter; other text without one is a document (L014).

Fix: take away what stands before the first fence, make a fence of `----` or `...`, or (looked at first) close the
frontmatter before its first empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fences
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.hosts import claude_code
from agent_studio.model.view import Splice

_DASHES = re.compile(r"-{4,}[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"(?<=\n)(?=\r?\n|#|<)")
_LATER = re.compile(r"^---[ \t]*\r?\n(?=[ \t]*(?:name|description)[ \t]*:)", re.MULTILINE)
_FIRST = 65_536
"""Characters in which the end of a frontmatter is looked for."""


def check(agent: Agent) -> Iterator[Problem]:
    """A file that tries to be an agent and has no frontmatter."""
    document = agent.document
    if agent.verdict.status != "dropped" or agent.verdict.cause != "no-frontmatter" or document.locked:
        return
    restoring = next((found for found in _splices(document) if _restores(document, found[2])), None)
    start, end = place.of_head(document)
    reason, fix = agent.verdict.reason, None
    if not restoring and (later := _LATER.search(document.text, 1, _FIRST)):
        reason = f"{reason}: one begins in line {document.line_at(later.start())}, where nothing may stand before it"
    if restoring:
        title, safe, splice = restoring
        start, end = min(start, splice.start), max(end, splice.end)
        fix = Fix(title, safe, lambda held: held.spliced([splice]))
    yield Problem(RULE.id, agent.ref, start, end, f"Claude Code drops the file: {reason}", fix)


def _splices(document: Document) -> Iterator[tuple[str, bool, Splice]]:
    """One-place edits that may restore the frontmatter, surest first."""
    text = document.text
    blank = len(text) - len(text.lstrip(fences.JS_SPACE))
    if blank:
        yield "remove the blank lines before the frontmatter", True, Splice(0, blank, "")
    if found := _DASHES.match(text):
        yield "make the first line three dashes", True, Splice(0, found.end(), "---")
    if found := fences.DOTS.search(text, 0, _FIRST):
        yield "close the frontmatter with three dashes", True, Splice(found.start(), found.end(), "---")
    if found := _GAP.search(text, 4, _FIRST):
        newline = document.newline_at(found.start())
        yield "close the frontmatter", False, Splice(found.start(), found.start(), f"---{newline}")


def _restores(document: Document, splice: Splice) -> bool:
    """Whether one edit alone lets the agent load."""
    return claude_code.read(document.spliced([splice])).verdict.loads


RULE = Rule("L003", "no-frontmatter", "error", __doc__, check)
