"""The pane of the problems: counts, a filter, the list, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from agent_studio.model.checks.problem import SEVERITIES
from agent_studio.ui.findings import KINDS, SIGNS, Finding, Findings
from agent_studio.ui.shown import shown_line

from .problem_list import ProblemList
from .rows import Group
from .search import BadSearch, searched
from .why import Why

if TYPE_CHECKING:
    from agent_studio.model.checks.rule import Rule

_STYLES = {"error": "$text-error", "warning": "$text-warning", "muted": "$text-muted"}


class ProblemsPane(Vertical):
    """Everything that was found; `findings` and `progress` (so many of so many checked) come from the screen."""

    DEFAULT_CSS = """
    ProblemsPane { height: 1fr; }
    ProblemsPane > #problems-head { height: 1; padding: 0 1; }
    ProblemsPane > #problems-search { height: 1; padding: 0 1; }
    ProblemsPane #problems-slash { width: 2; color: $text-muted; }
    ProblemsPane Input { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    ProblemsPane #problems-found { width: auto; max-width: 75%; color: $text-muted; padding-left: 2; }
    ProblemsPane #problems-found { text-wrap: nowrap; text-overflow: ellipsis; }
    ProblemsPane #problems-found.-wrong { color: $text-error; }
    ProblemsPane > #problems-both { height: 1fr; border-top: hkey $panel-lighten-2; layout: vertical; }
    ProblemsPane ProblemList { height: 1fr; }
    ProblemsPane Why { height: 11; border-top: hkey $panel-lighten-2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave_search(True)", "Clear", show=False),
        Binding("down", "leave_search(False)", "List", show=False),
    ]

    findings: reactive[Findings] = reactive(Findings())
    progress: reactive[tuple[int, int] | None] = reactive[tuple[int, int] | None](None)
    search: reactive[str] = reactive("")

    class Opened(Message):
        """The problem under the cursor was asked for."""

    def compose(self) -> ComposeResult:
        """Counts, filter, list, why."""
        yield Static(id="problems-head")
        with Horizontal(id="problems-search"):
            yield Static("/", id="problems-slash")
            yield Input(placeholder="filter by words, severity:error, rule:L002", compact=True)
            yield Static(id="problems-found")
        with Horizontal(id="problems-both"):
            yield ProblemList()
            yield Why()

    @property
    def rows(self) -> ProblemList:
        """The list."""
        return self.query_one(ProblemList)

    @property
    def finding(self) -> Finding | None:
        """The problem under the cursor; None on a group."""
        return None if isinstance(self.rows.current, Group) else self.rows.current

    @property
    def first(self) -> Finding | None:
        """The problem under the cursor, on a group the first of it."""
        row = self.rows.current
        return row.findings[0] if isinstance(row, Group) else row

    @property
    def rule(self) -> Rule | None:
        """The rule under the cursor; None on a file, and where nothing is listed."""
        row = self.rows.current
        return None if row is None else row.rule

    def on_mount(self) -> None:
        """Show what was handed down."""
        self._show()

    def on_show(self) -> None:
        """Catch up with what was handed down while the pane was hidden."""
        self._show()

    def watch_findings(self) -> None:
        """List them."""
        self._show()

    def watch_progress(self) -> None:
        """Say how far the check is."""
        if self.is_mounted and self.display:
            self._head()

    def watch_search(self) -> None:
        """List what is left, from the first on."""
        self._show(anew=True)

    def _show(self, anew: bool = False) -> None:
        if not self.is_mounted or not self.display:
            return
        found, note, wrong = self.findings.all, "", False
        try:
            found = searched(self.findings, self.search)
        except BadSearch as bad:
            note, wrong = str(bad), True
        if not wrong and self.search:
            note = f"{len(found)} of {len(self.findings.all)}"
        label = self.query_one("#problems-found", Static)
        label.update(shown_line(note))
        label.set_class(wrong, "-wrong")
        self.rows.show(self.findings, found, anew)
        self._head()

    def _head(self) -> None:
        fixable = sum(finding.can_be_fixed_blind for finding in self.findings.all)
        by = self.rows.by
        short = f"by {by} · {fixable} safe fix{'' if fixable == 1 else 'es'}"
        looked = f"{len(self.findings.library):,} files looked at · {short}" if self.findings.checked else short
        if self.progress:
            looked = short = f"checking… {self.progress[0]:,} of {self.progress[1]:,}"
        ways = [
            (self._counts(words), Content(right)) for words, right in ((True, looked), (True, short), (False, short))
        ]
        room = self.size.width - 2
        fitting = (way for way in ways if way[0].cell_length + way[1].cell_length + 2 <= room)
        left, right = next(fitting, ways[-1])
        gap = max(room - left.cell_length - right.cell_length, 1)
        head = Content.assemble(left, " " * gap, right.stylize("$text-muted"))
        self.query_one("#problems-head", Static).update(head, layout=False)

    def _counts(self, words: bool) -> Content:
        """How many there are of each severity, which is spelled out or shown by its sign alone."""
        counts = self.findings.counts
        signs = (
            Content.styled(f"{SIGNS[name]}{counts[name]}{f' {name}' if words else ''}", _STYLES[KINDS[name]])
            for name in SEVERITIES
            if counts[name]
        )
        return Content("  ").join([Content.styled("PROBLEMS", "bold"), *signs])

    def on_resize(self) -> None:
        """Fill the first line."""
        self._head()

    # The list

    @on(ProblemList.Moved)
    def _moved(self, event: ProblemList.Moved) -> None:
        event.stop()
        self.query_one(Why).show(self.findings, self.rows.current)
        self._head()

    @on(ProblemList.Opened)
    def _opened(self, event: ProblemList.Opened) -> None:
        event.stop()
        self.post_message(self.Opened())

    # The filter

    def focus_search(self) -> None:
        """Into the filter."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.search = event.value

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_leave_search(clear=False)

    def action_leave_search(self, clear: bool) -> None:
        """Back to the list, with the filter or without it."""
        if clear:
            self.query_one(Input).value = ""
        self.rows.focus()
