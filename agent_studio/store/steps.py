"""A change checked against the disk before anything is written: one step for each of its edits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Ref, Root

from .contents import is_writable, read, stamp_of
from .failure import blamed
from .metadata import Metadata
from .place import Place, placed
from .roots import OutsideRoot, may_write, path_of
from .staging import standing


@dataclass(frozen=True, slots=True)
class Step:
    """An edit and the file that it meets.

    `path` is where the ref points, `real` the file behind it, `link` what the symbolic link at `path` says. `target` is
    what is written: the file behind the link, but the link itself where that goes. `found`, `stat` and `metadata` are
    what stood there when it was checked, None where nothing did (of what stands in the place of a new file only that it
    does). `source` is the removed file that a new one is a new name for; `alias` says that to the file system both
    names are one.
    """

    edit: Edit
    path: str
    real: str
    target: str
    link: str | None = None
    found: bytes | None = None
    stat: os.stat_result | None = None
    metadata: Metadata | None = None
    source: Step | None = None
    alias: bool = False

    @property
    def ref(self) -> Ref:
        """The ref that the edit is about."""
        return self.edit.ref

    @property
    def creates(self) -> bool:
        """Whether the edit makes a new file."""
        return self.edit.creates

    @property
    def removes(self) -> bool:
        """Whether the edit removes a file."""
        return self.edit.removes

    @property
    def writes(self) -> bool:
        """Whether the edit gives a file, new or not, other bytes."""
        return self.edit.after is not None and self.edit.after != self.edit.before

    @property
    def stays(self) -> bool:
        """Whether it must stay the same file: it has several names, or an owner to whom we cannot give another one."""
        if self.stat is None:
            return False
        ours = self.stat.st_uid == os.geteuid() and self.stat.st_gid in {os.getegid(), *os.getgroups()}
        return self.stat.st_nlink > 1 or not (ours or os.geteuid() == 0)

    def check(self, place: Place) -> None:
        """Raise `Conflict` where its path leads elsewhere, or to another file than when it was checked."""
        status = place.status
        if self.removes and self.link is not None:
            fits = standing(place) == self.link
        else:
            same = status is self.stat is None or (status and self.stat and stamp_of(status) == stamp_of(self.stat))
            fits = bool(same) and os.path.realpath(self.path) == self.real
        if not fits:
            raise Conflict((self.ref,))


def steps_of(roots: Sequence[Root], change: Change) -> tuple[Step, ...]:
    """The steps of a change.

    Raises `Conflict` where a file is not as the change expects it and `WriteFailed` where it must not be written.
    """
    steps = _with_sources(change, [_step(roots, edit) for edit in change.edits])
    conflicts = tuple(step.ref for step in steps if step.found != step.edit.before)
    if conflicts:
        raise Conflict(conflicts)
    for step in steps:
        if step.source is not None and step.source.link is not None:
            link = step.source
            raise WriteFailed(link.ref, f"it is a symbolic link: move or rename {link.real} itself, or delete the link")
    return tuple(_each_once(steps))


def _step(roots: Sequence[Root], edit: Edit) -> Step:
    """An edit with what stands in its place; raises `WriteFailed`."""
    try:
        path = path_of(roots, edit.ref)
    except OutsideRoot as outside:
        raise WriteFailed(edit.ref, str(outside)) from outside
    if any(root.read_only for root in roots if root.name == edit.ref.root):
        raise WriteFailed(edit.ref, "this folder is read-only here: copy the agent to a folder of yours")
    real = os.path.realpath(path)
    with blamed(edit.ref):
        link = os.readlink(path) if os.path.islink(path) else None
        folder, name = os.path.split(path)
        target = real if link is None or edit.after is not None else os.path.join(os.path.realpath(folder), name)
        for place in {real, target}:
            if not may_write(roots, place):
                what = f"a link leads to {place}, outside the folders that are open: open that one, too"
                raise WriteFailed(edit.ref, what)
        return _met(Step(edit, path, real, target, link))


def _met(step: Step) -> Step:
    """A step with what stands in its place."""
    try:
        if step.creates:
            os.lstat(step.path)
            return replace(step, found=b"")
        with placed(step.real) as place:
            contents = read(*place)
            metadata = Metadata.of(place) if contents.stat and not contents.trouble else None
    except FileNotFoundError:
        return step
    if contents.trouble is not None or contents.stat is None:
        raise WriteFailed(step.ref, f"it cannot be read: {contents.trouble}")
    if not contents.whole:
        raise WriteFailed(step.ref, "it is larger than 1 MiB, which is more than can be edited here")
    if not is_writable(step.real, contents.stat):
        raise WriteFailed(step.ref, "it is write-protected: allow writing first (chmod u+w)")
    return replace(step, found=contents.data, stat=contents.stat, metadata=metadata)


def _with_sources(change: Change, steps: list[Step]) -> list[Step]:
    """The steps, each that makes a file with the one that removes the same file under its old name."""
    removed = {step.ref: step for step in steps if step.removes}
    taken = [step for step in steps if step.creates and step.found is not None]
    aliases = {step.ref: other for step in taken for other in removed.values() if _is_alias(step, other)}
    left = removed.keys() - {other.ref for other in aliases.values()}
    sources = {new.ref: removed[old.ref] for old, new in change.files if old is not new and old.ref in left}
    named = [replace(step, source=sources.get(step.ref)) for step in steps]
    return [
        replace(step, source=aliases[step.ref], alias=True, found=None) if step.ref in aliases else step
        for step in named
    ]


def _is_alias(step: Step, other: Step) -> bool:
    """Whether a new name is another spelling of one that stands there: `Reviewer.md` for `reviewer.md` on a Mac."""
    folder, name = os.path.split(step.path)
    with suppress(FileNotFoundError):  # a link that leads nowhere, or a file that goes right now: no alias
        return os.path.samefile(step.path, other.path) and name not in os.listdir(folder)
    return False


def _each_once(steps: list[Step]) -> list[Step]:
    """The steps, each file written once though it may have several names; raises `WriteFailed` where they disagree."""
    seen: dict[tuple[int, int], Step] = {}
    result: list[Step] = []
    for step in steps:
        if step.writes and step.stat is not None:
            first = seen.setdefault((step.stat.st_dev, step.stat.st_ino), step)
            if first is not step and first.edit.after == step.edit.after:
                continue
            if first is not step:
                raise WriteFailed(step.ref, f"it is the same file as {first.ref}: change only one of them")
        result.append(step)
    return result
