"""What a file has been: its versions, as the changes that were written tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .age import age
from .change import Change
from .history import Operation
from .ref import Ref


@dataclass(frozen=True, slots=True)
class Version:
    """A file's bytes and what made them so; `undone` where that was taken back afterwards.

    `operation` is None for the oldest one: what stood there before the first change that is remembered.
    """

    data: bytes
    operation: Operation | None
    undone: bool = False

    def said(self, now: float) -> str:
        """How old it is, in words; `now` is in seconds since the epoch."""
        if self.operation is None:
            return "as it was before all changes"
        when = age(now - self.operation.time)
        return "of just now" if when == "now" else f"of {when} ago"


def versions(ref: Ref, changes: Iterable[tuple[Operation, Change]], undone: frozenset[str]) -> Iterator[Version]:
    """The versions of a file, newest first; `changes` are newest first, too, `undone` the ids of those taken back.

    A file that was renamed is followed to its old name.
    """
    oldest: bytes | None = None
    for operation, change in changes:
        edit = next((edit for edit in change.edits if edit.ref == ref), None)
        if edit is None:
            continue
        if edit.after is not None:
            yield Version(edit.after, operation, operation.id in undone)
        oldest = edit.before
        if edit.before is None and (source := _source(change, edit.after)):
            ref, oldest = source
    if oldest is not None:
        yield Version(oldest, None)


def _source(change: Change, data: bytes | None) -> tuple[Ref, bytes] | None:
    """The file that became one with these bytes: the only one that went, or the only one that went with them."""
    gone = [(edit.ref, edit.before) for edit in change.edits if edit.after is None and edit.before is not None]
    if len(change.edits) != 2:
        gone = [(ref, before) for ref, before in gone if before == data]
    return gone[0] if len(gone) == 1 else None
