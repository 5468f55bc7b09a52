"""Touch: what one operation did to one file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent_studio.cli import operations
from agent_studio.model.change import Change, Edit
from agent_studio.model.compare.subsequence import changes
from agent_studio.model.document import Document
from agent_studio.model.history import Operation
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.store.disk import Store


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
        regions, _ = changes(old, new)
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


def touches(library: Library, ref: Ref) -> Iterator[Touch]:
    """What was done to a file, also under its former names, newest first."""
    store = Store(replace(root, only=None) for root in library.roots)
    for operation in reversed(operations.of_store(store)):
        if not any(os.path.basename(path) == os.path.basename(ref.path) for path in operation.paths):
            continue
        change = store.change_of(operation)
        for old, new in change.files if change else ():
            if change and ref in {old.ref, new.ref}:
                yield Touch(operation, change, old, new, gone=ref != new.ref)
                ref = old.ref
                break
