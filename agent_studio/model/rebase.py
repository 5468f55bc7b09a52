"""Rebase: a change over files that have moved on since it was made, so that only its own part is written."""

from __future__ import annotations

from dataclasses import dataclass

from .change import Change, Edit
from .document import Document
from .library import Library
from .merge import Conflict, merged
from .ref import Ref


@dataclass(frozen=True, slots=True)
class Rebase:
    """What a change comes to over the files as they are now, and what of it cannot be told from later changes."""

    change: Change
    conflicts: tuple[str, ...] = ()


def rebased(library: Library, change: Change) -> Rebase:
    """A change merged into the files of a library; what is so already is left out."""
    edits: list[Edit] = []
    conflicts: list[str] = []
    for old, new in change.files:
        found = _rebased(library, old, new)
        edits += found.change.edits
        conflicts += found.conflicts
    return Rebase(Change(change.title, tuple(edits)), tuple(conflicts))


def _rebased(library: Library, old: Edit, new: Edit) -> Rebase:
    """The part of a change that is about one file, which may get another name by it."""
    renamed = old is not new
    base, mine, theirs = old.before, _data(library, old.ref), new.after
    taken = _data(library, new.ref) if renamed else None
    conflicts: tuple[str, ...] = ()
    if (mine is None and taken == theirs) if renamed else mine == theirs:
        return Rebase(Change("", ()))
    if mine != base and taken is None and mine is not None and base is not None and theirs is not None:
        merge = merged(Document(base), Document(mine), Document(theirs))
        conflicts = tuple(f"{old.ref}, {_place(conflict)}: {conflict.reason}" for conflict in merge.conflicts)
        theirs = merge.document.data
    elif mine != base or taken is not None:
        conflicts = moved(library, Change("", (old, new) if renamed else (old,)))
    edits = (Edit(old.ref, mine, None), Edit(new.ref, None, theirs)) if renamed else (Edit(old.ref, mine, theirs),)
    return Rebase(Change("", tuple(edit for edit in edits if edit.before != edit.after)), conflicts)


def moved(library: Library, change: Change) -> tuple[str, ...]:
    """Each file that is not as a change expects it, with what happened to it."""
    return tuple(_moved(library, edit) for edit in change.edits if _data(library, edit.ref) != edit.before)


def _moved(library: Library, edit: Edit) -> str:
    if _data(library, edit.ref) is None:
        return f"{edit.ref} is not there any more"
    return f"{edit.ref} {'is there again' if edit.before is None else 'was changed since'}"


def _data(library: Library, ref: Ref) -> bytes | None:
    """The bytes of a file, None where it is absent."""
    agent = library.get(ref)
    return agent.document.data if agent else None


def _place(conflict: Conflict) -> str:
    """Where a file is in conflict with a change."""
    if conflict.where == "body" and conflict.mine:
        first, count = conflict.mine.line, len(conflict.mine.text.splitlines())
        return f"line {first}" if count < 2 else f"lines {first} to {first + count - 1}"
    return conflict.field or f"the {conflict.where}"
