"""What a file has been: what each change that was written did to it, and its versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .age import age
from .change import Change, Edit
from .compare.subsequence import changes as changed
from .document import Document
from .history import Operation
from .ref import Ref

Written = Iterable[tuple[Operation, Change]]
"""Operations and their changes, newest first."""


@dataclass(frozen=True, slots=True)
class Touch:
    """An operation and its change, of which `old` takes the file from its place, and `new` says what stands there.

    Both are one edit but for a file under a new name. `gone` is whether it is the old name that was asked for.
    """

    operation: Operation
    change: Change
    old: Edit
    new: Edit
    gone: bool = False

    @property
    def before(self) -> bytes | None:
        """The file as the operation found it, None where it was not there."""
        return self.old.before

    @property
    def after(self) -> bytes | None:
        """The file as the operation left it, None where it is not there any more."""
        return None if self.gone else self.new.after

    @property
    def fields(self) -> list[str]:
        """The fields that were not written alike before and after."""
        old, new = map(_fields, self._documents)
        return [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]

    @property
    def lines(self) -> tuple[int, int]:
        """How many lines of the body were added, and how many removed."""
        old, new = (document.body.splitlines(keepends=True) for document in self._documents)
        regions, _ = changed(old, new)
        return sum(end - start for _, _, start, end in regions), sum(end - start for start, end, _, _ in regions)

    @property
    def words(self) -> list[str]:
        """What happened to the file, in a few words each."""
        if self.before is None:
            return ["created"]
        if self.after is None:
            return [f"renamed to {self.new.ref}" if self.gone else "deleted"]
        added, removed = self.lines
        lines = [f"body +{added} −{removed}"] if added or removed else []
        name = [f"renamed from {self.old.ref}"] if self.old is not self.new else []
        return [*name, *self.fields, *lines] or ["comments or spelling"]

    @property
    def _documents(self) -> tuple[Document, Document]:
        return Document(self.before or b""), Document(self.after or b"")


def _fields(document: Document) -> dict[str, str]:
    return {entry.key: document.source(entry) for entry in document.fields}


def touches(ref: Ref, written: Written) -> Iterator[Touch]:
    """What was done to a file, also under its former names, newest first."""
    for operation, change in written:
        for old, new in change.files:
            if ref in {old.ref, new.ref}:
                yield Touch(operation, change, old, new, gone=ref != new.ref)
                ref = old.ref
                break


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


def versions(ref: Ref, written: Written, undone: frozenset[str]) -> Iterator[Version]:
    """The versions of a file, newest first; `undone` are the ids of the operations that were taken back."""
    oldest: bytes | None = None
    for touch in touches(ref, written):
        if touch.after is not None:
            yield Version(touch.after, touch.operation, touch.operation.id in undone)
        oldest = touch.before
    if oldest is not None:
        yield Version(oldest, None)
