"""Why something is a problem, and exactly what its fix would write."""

from __future__ import annotations

import asyncio
import inspect

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from agent_studio.model.checks.problem import Fix
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.visible import one_line
from agent_studio.ui.editors.written_view import WrittenView
from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.shown import near, shown, shown_line, tail

from .rows import Group, Row

_SOON = 0.05
"""Seconds on a problem after which its fix is tried: while a person runs through the list, none is."""
_ROOMY = 14
"""Rows from which on there are blank lines between what is said."""
_STYLES = {"error": "bold $text-error", "warning": "bold $text-warning", "muted": "$text-muted"}


class Why(Vertical):
    """The problem under the cursor: what is wrong, the first lines of the rule's page, the lines of the fix.

    Its parts have heights of their own, so that a move of the cursor lays nothing out again.
    """

    DEFAULT_CSS = """
    Why { padding: 0; }
    Why > Static { height: 1fr; padding: 0 1; }
    Why > WrittenView { height: 5; display: none; }
    Why.-fixable > WrittenView { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = Static()
        self._said: list[Content] = []
        self._written = WrittenView()

    def compose(self) -> ComposeResult:
        """The words, the lines."""
        yield self._text
        yield self._written

    def show(self, findings: Findings, row: Row | None) -> None:
        """Show what is known of a row."""
        self.workers.cancel_group(self, "fix")
        finding = row.findings[0] if isinstance(row, Group) else row
        self._say(_words(findings, finding, row, self.size.width - 3) if finding and row else [])
        agent = findings.library.get(finding.problem.ref) if finding else None
        fix = row.problem.fix if isinstance(row, Finding) else None
        if agent is not None and fix is not None and fix.step:
            self._try(agent.document, fix)
        else:
            self.remove_class("-fixable")

    def _say(self, words: list[Content]) -> None:
        self._said = words
        self._text.update(Content("\n\n" if self.size.height > _ROOMY else "\n").join(words), layout=False)

    @work(exclusive=True, group="fix")
    async def _try(self, document: Document, fix: Fix) -> None:
        """Show the lines that a fix would write, once the cursor rests."""
        await asyncio.sleep(_SOON)
        try:
            after = await asyncio.to_thread(fix.step, document) if fix.step else document
        except EditRefused as refused:
            self._say([*self._said, shown(f"the fix cannot be written: {refused}", "$text-error")])
            self.remove_class("-fixable")
            return
        self._written.texts = (document.text, after.text)
        self.add_class("-fixable")


def _words(findings: Findings, finding: Finding, row: Row, width: int) -> list[Content]:
    """What is wrong, what can be done, and why it matters."""
    rule, agent = finding.rule, findings.library.get(finding.problem.ref)
    title = Content.assemble((f"{finding.sign} {rule.id} {rule.name}", _STYLES[finding.kind]), f"  {finding.severity}")
    page = [shown_line(part) for part in inspect.cleandoc(rule.about).split("\n\n")[:2]]
    if isinstance(row, Group):
        files = len({one.problem.ref for one in row.findings})
        safe = sum(one.can_be_fixed_blind for one in row.findings)
        counts = f"{_of(len(row.findings), 'problem')} in {_of(files, 'file')} · {safe} with a safe fix"
        return [title, Content(counts), *page]
    path = one_line(near(agent.path if agent else finding.problem.ref.path))
    place = tail(f"{path}:{findings.line(finding)}", max(width - title.cell_length - 2, 12))
    gap = max(width - title.cell_length - cell_len(place), 1)
    said = shown(finding.problem.message, "bold")
    return [Content.assemble(title, " " * gap, (place, "dim")), said, _remedy(finding.problem.fix), *page]


def _remedy(fix: Fix | None) -> Content:
    if fix is None:
        return Content.styled("to be mended by hand", "dim")
    head = ("⚙ f fixes it: ", "bold $text-success") if fix.safe else ("⚙ f writes it, after a look: ", "bold")
    return Content.assemble(head, shown_line(fix.title))


def _of(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
