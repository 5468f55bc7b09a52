"""The list of problems."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from agent_studio.ui.findings import Finding, Findings
from agent_studio.ui.offer import bindings
from agent_studio.ui.row_list import Piece, RowList

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
        self.list_again(self.current)

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
