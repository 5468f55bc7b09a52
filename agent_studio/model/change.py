"""Everything that alters files: a `Change` is a title and the edits that happen together."""

from __future__ import annotations

from dataclasses import dataclass

from .ref import Ref


@dataclass(frozen=True, slots=True)
class Edit:
    """One file before and after; `None` means that the file is absent."""

    ref: Ref
    before: bytes | None
    after: bytes | None

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.ref, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Change:
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
