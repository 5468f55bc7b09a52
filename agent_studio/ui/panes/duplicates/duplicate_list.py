"""The list of duplicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar

from textual.binding import BindingType

from agent_studio.model.duplicates.group import Group
from agent_studio.model.duplicates.purpose import Overlap
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.ui.looked import Looked
from agent_studio.ui.offer import bindings
from agent_studio.ui.row_list import Piece, RowList

from .rows import Heading, Member, Row, View, drawn, name_of, rows


class DuplicateList(RowList[Row], inherit_bindings=False):
    """Kinds, groups, agents."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("duplicates")

    def __init__(self) -> None:
        super().__init__()
        self._looked = Looked()
        self._view = View()

    def show(self, looked: Looked) -> None:
        """List these; the cursor stays where it was as far as that is still there."""
        before, self._looked = self.current, looked
        self.list_again(before)

    def dress(self, library: Library, marks: frozenset[Ref]) -> None:
        """Draw the same rows with the files and marks as they are now."""
        self._view = View(library, marks, self._folded)
        self.refresh()

    @property
    def group(self) -> Group | Overlap | None:
        """The group that the cursor is in."""
        row = self.current
        return row.group if isinstance(row, Member) else None if isinstance(row, Heading) else row

    @property
    def ref(self) -> Ref | None:
        """The agent under the cursor."""
        return self.current.ref if isinstance(self.current, Member) else None

    def _listed(self) -> Iterable[Row]:
        return rows(self._looked, self._folded)

    def _known_by(self, row: Row) -> Hashable:
        return name_of(row)

    def _folds(self, row: Row) -> bool:
        return not isinstance(row, Member)

    def _pieces(self, row: Row, width: int) -> list[Piece]:
        return drawn(row, self._looked, self._view, width)

    @property
    def _emptiness(self) -> str:
        return "  no duplicates: every agent is one of a kind" if self._looked.done else "  looking for duplicates…"
