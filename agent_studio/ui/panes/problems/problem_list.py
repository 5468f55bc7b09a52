"""The list of problems."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.offer import bindings
from agent_studio.ui.panes.row_list import Piece, RowList

from .rows import By, Group, Row, drawn, rows


class ProblemList(RowList[Row], inherit_bindings=False):
    """The findings in groups. `findings` is everything, `found` what is listed of it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("problems")

    by: reactive[By] = reactive[By]("rule")

    def __init__(self) -> None:
        super().__init__()
        self._findings = Findings()
        self._found: tuple[Finding, ...] = ()

    def show(self, findings: Findings, found: tuple[Finding, ...], anew: bool = False) -> None:
        """List these; the cursor stays at its problem, else near its place, or goes to the first (`anew`)."""
        before = None if anew else self.current
        self._findings, self._found = findings, found
        self.list_again(before)

    def watch_by(self) -> None:
        """Group anew."""
        self._folded.clear()
<<<<<<< HEAD
        self.list_again(self.current)
=======
        self._list(self.current)

    def watch_row(self, before: int, row: int) -> None:
        """Show the cursor."""
        self.refresh_line(before)
        self.refresh_line(row)
        self._reveal()
        self.post_message(self.Moved())

    def validate_row(self, row: int) -> int:
        """Within the rows."""
        return max(0, min(row, len(self._rows) - 1))

    def _reveal(self) -> None:
        page = max(self.size.height, 1)
        top = min(max(self.scroll_offset.y, self.row - page + 1), self.row, max(len(self._rows) - page, 0))
        if self.row == 1:  # the first group's title comes along
            top = 0
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._reveal()

    # Keys

    def action_down(self) -> None:
        """Next row."""
        self.row += 1

    def action_up(self) -> None:
        """Previous row."""
        self.row -= 1

    def action_half_down(self) -> None:
        """Half a page down."""
        self.row += max(self.size.height // 2, 1)

    def action_half_up(self) -> None:
        """Half a page up."""
        self.row -= max(self.size.height // 2, 1)

    def action_top(self) -> None:
        """First row."""
        self.row = 0

    def action_bottom(self) -> None:
        """Last row."""
        self.row = len(self._rows) - 1
>>>>>>> 1fba786834ad4ad0a46a17be5bf82daa266ade97

    def action_group(self) -> None:
        """By file, or by rule."""
        self.by = "file" if self.by == "rule" else "rule"

    def _listed(self) -> Iterable[Row]:
        return rows(self._found, self.by, self._folded)

    def _known_by(self, row: Row) -> Hashable:
        return row.key if isinstance(row, Group) else (row.problem.ref, row.rule.id, row.problem.start)

    def _folds(self, row: Row) -> bool:
        return isinstance(row, Group)

    def _pieces(self, row: Row, width: int) -> list[Piece]:
        folded = isinstance(row, Group) and row.key in self._folded
        return drawn(row, self._findings, self.by, width, folded)

    @property
    def _emptiness(self) -> str:
        if not self._findings.checked:
            return "  checking…"
        if self._findings.all:
            return "  nothing matches — / changes the filter"
        return "  nothing found in what the rules look at"
