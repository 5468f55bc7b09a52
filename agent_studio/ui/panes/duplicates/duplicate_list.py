"""The list of duplicates."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from agent_studio.model.duplicates.group import TITLES, Group
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
    def groups(self) -> tuple[Group, ...]:
        """The groups that `A` is about: that of the cursor, or all of the kind whose heading is under it."""
        row = self.current
        if isinstance(row, Heading):
            return tuple(g for g in self._looked.duplicates.groups if TITLES[g.kind] == row.title)
        return (self.group,) if isinstance(self.group, Group) else ()

    def action_next_group(self) -> None:
        """The next group, or heading; from a heading the next one of those."""
        self._leap(self._lines[self.row + 1 :], 1)

    def action_previous_group(self) -> None:
        """The previous group, or heading; from a heading the one above."""
        self._leap(self._lines[: self.row][::-1], -1)

    def _leap(self, beyond: Sequence[Row], way: int) -> None:
        titles = (Heading,) if isinstance(self.current, Heading) else (Heading, Group, Overlap)
        steps = next((steps for steps, row in enumerate(beyond, 1) if isinstance(row, titles)), 0)
        self.row += way * steps
        if self.row - self.scroll_offset.y > self.size.height // 2:  # what belongs to it is to be seen
            self.scroll_to(y=self.row - 2, animate=False, force=True)

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
