"""Why something is a problem, and exactly what its fix would write."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.checks.problem import Fix
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.visible import one_line
from agent_studio.ui.editors.written_view import WrittenView
from agent_studio.ui.findings import KINDS, SIGNS, Finding, Findings
from agent_studio.ui.shown import near, shown, shown_line, tail, topmost

from .rows import Group, Row

if TYPE_CHECKING:
    from agent_studio.model.checks.rule import Rule

_SOON = 0.05
"""Seconds on a problem after which its fix is tried: while a person runs through the list, none is."""
_ROOMY = 14
"""Rows from which on there are blank lines between what is said."""
_STYLES = {"error": "bold $text-error", "warning": "bold $text-warning", "muted": "$text-muted"}


class Words(Widget):
    """Paragraphs, laid out for the room that there is: as many as fit, an ellipsis where the last one goes on."""

    DEFAULT_CSS = "Words { height: 1fr; padding: 0 1; }"

    said: reactive[Callable[[int], list[Content]] | None] = reactive[Callable[[int], list[Content]] | None](None)
    """The paragraphs for a width in cells."""

    def render(self) -> Content:
        """As many lines as there are."""
        (width, height), lines = self.size, list[Content]()
        for paragraph in self.said(width) if self.said and width else ():
            if lines and self.container_size.height > _ROOMY:
                lines.append(Content(""))
            lines += topmost(paragraph.wrap(width), width, height - len(lines))
        return Content("\n").join(lines[:height])


class Why(Vertical):
    """The problem under the cursor: what is wrong, the first lines of the rule's page, the lines of the fix.

    Its parts have heights of their own, so that a move of the cursor lays nothing out again.
    """

    DEFAULT_CSS = """
    Why { padding: 0; }
    Why > WrittenView { height: 5; display: none; }
    Why.-fixable > WrittenView { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words = Words()
        self._written = WrittenView()

    def compose(self) -> ComposeResult:
        """The words, the lines."""
        yield self._words
        yield self._written

    def show(self, findings: Findings, row: Row | None) -> None:
        """Show what is known of a row."""
        self.workers.cancel_group(self, "fix")
        self._say(findings, row)
        agent = findings.library.get(row.problem.ref) if isinstance(row, Finding) else None
        fix = row.problem.fix if isinstance(row, Finding) else None
        if agent is not None and fix is not None and fix.step:
            self._try(findings, row, agent.document, fix)
        else:
            self.remove_class("-fixable")

    def _say(self, findings: Findings, row: Row | None, refused: str = "") -> None:
        """Say what is known of a row; `refused` is why its fix cannot be written."""
        if isinstance(row, Finding):
            self._words.said = lambda width: _of_problem(findings, row, refused, width)
        else:
            self._words.said = (lambda width: _of_group(findings, row, width)) if row else None

    @work(exclusive=True, group="fix")
    async def _try(self, findings: Findings, finding: Finding, document: Document, fix: Fix) -> None:
        """Show the lines that a fix would write, once the cursor rests."""
        await asyncio.sleep(_SOON)
        try:
            after = await asyncio.to_thread(fix.step, document) if fix.step else document
        except EditRefused as refused:
            self._say(findings, finding, str(refused))
            self.remove_class("-fixable")
            return
        self._written.texts = (document.text, after.text)
        self.add_class("-fixable")


def _of_problem(findings: Findings, finding: Finding, refused: str, width: int) -> list[Content]:
    """What is wrong, what can be done, and why it matters."""
    rule, said = finding.rule, shown(finding.problem.message, "bold")
    place = f"{_path(findings, finding)}:{findings.line(finding)}"
    mended = shown(f"the fix cannot be written: {refused}", "$text-error") if refused else _remedy(finding)
    head = _head(f"{finding.sign} {rule.id} {rule.name}", finding.kind, f"  {finding.severity}", place, width)
    return [head, said, mended, *_page(rule)]


def _of_group(findings: Findings, group: Group, width: int) -> list[Content]:
    """How many problems a rule has, and why they matter; or those of a file, the most pressing first."""
    first, problems = group.findings[0], _of(len(group.findings), "problem")
    safe = f"{sum(one.can_be_fixed_blind for one in group.findings)} with a safe fix"
    if group.rule is None:
        agent = findings.library.get(first.problem.ref)
        name = one_line(agent.name if agent else first.problem.ref.stem)
        head = _head(f"{SIGNS[group.worst]} {name}", KINDS[group.worst], "", _path(findings, first), width)
        told = sorted(group.findings, key=lambda one: one.weight)
        lines = [shown_line(f"{one.sign} {one.rule.id} {one.problem.message}") for one in told]
        return [head, Content(f"{problems} · {safe}"), Content("\n").join(lines)]
    files = len({one.problem.ref for one in group.findings})
    title = Content.styled(f"{first.sign} {group.rule.id} {group.rule.name}", _STYLES[first.kind])
    counts = Content(f"{problems} in {_of(files, 'file')} · {safe}")
    return [Content.assemble(title, f"  {first.severity}"), counts, *_page(group.rule)]


def _head(title: str, kind: str, note: str, place: str, width: int) -> Content:
    """A title, and at the right end of the line where it is."""
    left = Content.assemble((title, _STYLES[kind]), note).truncate(max(width - 14, 1), ellipsis=True)
    right = tail(place, max(width - left.cell_length - 2, 1))
    return Content.assemble(left, " " * max(width - left.cell_length - cell_len(right), 1), (right, "dim"))


def _path(findings: Findings, finding: Finding) -> str:
    agent = findings.library.get(finding.problem.ref)
    return one_line(near(agent.path if agent else finding.problem.ref.path))


def _page(rule: Rule) -> list[Content]:
    """The first paragraphs of a rule's page."""
    return [shown_line(part) for part in inspect.cleandoc(rule.about).split("\n\n")[:2]]


def _remedy(finding: Finding) -> Content:
    """What can be done about it."""
    fix = finding.problem.fix
    if fix is None:
        hand = (
            "to be looked at before you trust it: T shows more"
            if finding.rule.family == "S"
            else "to be mended by hand"
        )
        return Content.styled(hand, "dim")
    head = ("⚙ f fixes it: ", "bold $text-success") if fix.safe else ("⚙ f writes it, after a look: ", "bold")
    return Content.assemble(head, shown_line(fix.title))


def _of(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
