"""Writing a merge: where its result goes, and what becomes of the other file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref

from .choice import OTHER, Side
from .merging import Merging
from .result import Result


@dataclass(frozen=True, slots=True)
class Place:
    """A file as it was read: its bytes (None where there is none yet), and why it cannot be written."""

    ref: Ref
    data: bytes | None
    locked: str | None = None


@dataclass(frozen=True)
class Writing:
    """A merge on its way to the disk: to the place of one side or a new one; then the other's file may go.

    `left` and `right` are where the sides live, None for what is no file here. Both may be one place: an unsaved edit
    and its file.
    """

    merging: Merging
    left: Place | None
    right: Place | None
    new: Place | None = None
    trashing: bool = False

    @property
    def into(self) -> Side | Literal["new"]:
        """Where the result goes."""
        return "new" if self.new else self.merging.into

    def to(self, side: Side) -> Writing:
        """The same written to a side."""
        return replace(self, merging=replace(self.merging, into=side), new=None)

    def to_new(self, place: Place) -> Writing:
        """The same written to a new file."""
        return replace(self, new=place)

    def trash(self, trashing: bool) -> Writing:
        """The same, and the other file goes to the trash afterwards or not."""
        return replace(self, trashing=trashing)

    def place(self, side: Side) -> Place | None:
        """Where a side lives."""
        return self.left if side == "left" else self.right

    @property
    def target(self) -> Place | None:
        """The file that will be written."""
        return self.new or self.place(self.merging.into)

    @property
    def other(self) -> Place | None:
        """The file that may go afterwards; None where there is none of its own, or it cannot be written."""
        other, target = self.place(OTHER[self.merging.into]), self.target
        if self.new or other is None or other.locked or other.data is None or target is None:
            return None
        return other if other.ref != target.ref else None

    @cached_property
    def result(self) -> Result:
        """What will be written."""
        return self.merging.result

    @property
    def plan(self) -> Plan:
        """The change that writes it, one for everything; none where nothing would change."""
        target = self.target
        if target is None or target.locked:
            return Plan(Change("merge", ()))
        return Plan(Change(f"merge into {target.ref}", tuple(self._edits(target, self.result.document))))

    def _edits(self, target: Place, document: Document) -> Iterator[Edit]:
        if document.data != target.data:
            yield Edit(target.ref, target.data, document.data)
        if self.trashing and self.other:
            yield Edit(self.other.ref, self.other.data, None)
