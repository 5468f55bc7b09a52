"""Everything that alters files: a `Change` is a title and the edits that happen together."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from .ref import Ref


class Edit(NamedTuple):
    """One file before and after; `None` means that the file is absent."""

    ref: Ref
    before: bytes | None
    after: bytes | None

    @property
    def creates(self) -> bool:
        """Whether it makes a new file."""
        return self.before is None and self.after is not None

    @property
    def removes(self) -> bool:
        """Whether it removes a file."""
        return self.before is not None and self.after is None

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.ref, self.after, self.before)


class Change(NamedTuple):
    """Edits that are applied all together or not at all.

    Create, delete, rename, bulk edit, merge, undo and redo are all this type; a rename is one edit that removes and one
    that creates.
    """

    title: str
    edits: tuple[Edit, ...]

    @property
    def inverse(self) -> Change:
        """The change that takes this one back; its title stays, so that undo and redo can name it."""
        return Change(self.title, tuple(edit.inverse for edit in reversed(self.edits)))

    @property
    def refs(self) -> frozenset[Ref]:
        """The files that the change touches."""
        return frozenset(edit.ref for edit in self.edits)

    @property
    def files(self) -> tuple[tuple[Edit, Edit], ...]:
        """Each file: the edit that takes it from its place, and the one that says what stands there, or where.

        Both are one but for a file under a new name: it comes right after the one that goes, or with its bytes, or they
        are the only ones.
        """
        gone = {edit.ref: edit for edit in self.edits if edit.removes}
        come = [edit for edit in self.edits if edit.creates]
        single = len(gone) == len(come) == 1
        sources = {
            new.ref: gone.pop(old.ref)
            for old, new in pairwise(self.edits)
            if old.removes and new.creates and old.ref in gone
        }
        for new in come:
            source = next((old for old in gone.values() if single or old.before == new.after), None)
            if source and new.ref not in sources:
                sources[new.ref] = gone.pop(source.ref)
        left = {source.ref for source in sources.values()}
        return tuple((sources.get(edit.ref, edit), edit) for edit in self.edits if edit.ref not in left)

    def __bool__(self) -> bool:
        return bool(self.edits)


class Conflict(Exception):
    """A file is not as the change expects it; nothing was written."""

    def __init__(self, refs: tuple[Ref, ...]) -> None:
        names = ", ".join(map(str, refs))
        super().__init__(f"changed on disk since it was read: {names}. Nothing was written.")
        self.refs = refs


class WriteFailed(Exception):
    """The disk refused a write; every file is as it was before the change."""

    def __init__(self, ref: Ref, reason: str) -> None:
        super().__init__(f"{ref}: {reason}")
        self.ref = ref
        self.reason = reason
