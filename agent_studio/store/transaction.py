"""Writing a change: all of its edits or none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from agent_studio.model.change import Change
from agent_studio.model.ref import Ref, Root

from . import files
from .contents import read
from .failure import blamed
from .staging import overwrite, put, staged
from .steps import Step, steps_of
from .trash import discard


def commit(roots: Sequence[Root], change: Change) -> None:
    """Write a change.

    Raises `Conflict` where a file is not as the change expects it and `WriteFailed` where the disk refuses; every file
    is then as it was before. The new bytes lie flushed beside every file before the first one is replaced.
    """
    steps = steps_of(roots, change)
    aliased = {step.source.ref for step in steps if step.source and step.alias}
    renamed = {step.source.ref for step in steps if step.source}
    with ExitStack() as undo:
        transaction = _Transaction(undo)
        ready = [(step, transaction.stage(step)) for step in steps if step.writes]
        for step, temporary in ready:
            if step.source and step.alias:
                transaction.remove(step.source, trash=False)
            transaction.write(step, temporary)
        for step in steps:
            if step.removes and step.ref not in aliased:
                transaction.remove(step, trash=step.ref not in renamed)
        transaction.flush()
        undo.pop_all()


@dataclass(frozen=True, slots=True)
class _Transaction:
    """What was done so far: `undo` takes it back, last first; `touched` are the folders to flush, each with a file."""

    undo: ExitStack
    touched: dict[str, Ref] = field(default_factory=dict)

    def stage(self, step: Step) -> str:
        """The temporary file with the step's bytes."""
        assert step.edit.after is not None
        metadata = step.source.metadata if step.source else step.metadata
        with blamed(step.ref):
            self._make(os.path.dirname(step.real), step.ref)
            temporary = staged(step.real, step.edit.after, metadata)
            self.undo.callback(_cleared, temporary)
            return temporary

    def _make(self, folder: str, ref: Ref) -> None:
        """Make a folder and those above it, where they are missing."""
        self.touched[folder] = ref
        if not os.path.isdir(folder):
            self._make(os.path.dirname(folder), ref)
            files.mkdir(folder)
            self.undo.callback(_emptied, folder)

    def write(self, step: Step, temporary: str) -> None:
        """Put the staged bytes in their place.

        A file with several names (hard links) is written in place, so that it stays one file; its temporary copy stays
        beside it meanwhile.
        """
        assert step.edit.after is not None
        with blamed(step.ref):
            step.check()
            self.undo.callback(_unwritten, step)
            if _is_shared(step):
                overwrite(step.real, step.edit.after)
                files.unlink(temporary)
            else:
                files.replace(temporary, step.real)

    def remove(self, step: Step, *, trash: bool) -> None:
        """Take a file, or the link to it, away."""
        assert step.edit.before is not None
        self.touched[os.path.dirname(step.path)] = step.ref
        with blamed(step.ref):
            step.check()
            self.undo.callback(_unremoved, step)
            if trash:
                discard(step.path, step.edit.before)
            else:
                files.unlink(step.path)

    def flush(self) -> None:
        """Make the new names last through a power cut."""
        for folder, ref in self.touched.items():
            with blamed(ref):
                files.sync_folder(folder)


def _is_shared(step: Step) -> bool:
    return step.stat is not None and step.stat.st_nlink > 1


def _cleared(temporary: str) -> None:
    """Remove a temporary file, where it did not get into its place."""
    with suppress(FileNotFoundError):
        files.unlink(temporary)


def _emptied(folder: str) -> None:
    """Remove a folder that was made; one that others put something into stays."""
    with suppress(OSError):
        files.rmdir(folder)


def _unwritten(step: Step) -> None:
    """Put the old bytes back, unless others wrote since."""
    before, after = step.edit.before, step.edit.after
    with blamed(step.ref, "this change failed half-way, and the file could not be put back: "):
        if before is not None and _is_shared(step):
            overwrite(step.real, before)
        elif not os.path.lexists(step.real) or read(step.real).data != after:
            return
        elif before is None:
            files.unlink(step.real)
        else:
            put(step.real, before, step.metadata)


def _unremoved(step: Step) -> None:
    """Put a removed file back, unless something stands there; its copy in the trash stays."""
    assert step.edit.before is not None
    with blamed(step.ref, "this change failed half-way, and the file could not be put back: "):
        if os.path.lexists(step.path):
            return
        if step.link is not None:
            files.symlink(step.link, step.path)
        else:
            put(step.path, step.edit.before, step.metadata)
