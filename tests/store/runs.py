"""Changes of every kind, written with a fault somewhere, and what must hold after each run."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sys
from collections import Counter
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.history import Kind
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.entry import unpacked
from agent_studio.store.journal import DONE, KEPT, WRITTEN
from agent_studio.store.place import Place
from tests.store.folders import AGENT, ref, write
from tests.store.seam import (
    SYSTEMS,
    Died,
    Fault,
    failing,
    installed,
    killed,
    no_fault,
    preceded,
    short,
    torn,
)

LONGER, SHORTER, APPENDED = AGENT.replace(b"Body", b"Text, longer than before"), b"short", AGENT + b"And more.\n"
OWNER = (1234, 5678) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
KINDS: tuple[Kind, ...] = ("do", "undo", "redo")
REPLACE = files.replace
THEIRS = b"by others"

Meddling = Literal["written", "removed", "removed and written anew"]
"""What another program does to a file at a call."""
Look = dict[str, tuple[object, ...]]
"""What stands at each path: its bytes, and all that it has besides."""


@dataclass(frozen=True)
class Case:
    """A change, and how it is written: at once, as an undo, or as a redo.

    `trash` says that there is one for what is deleted, `fresh` that the studio was never used before.
    """

    title: str
    edits: tuple[Edit, ...]
    kind: Kind = "do"
    trash: bool = True
    fresh: bool = False


def edit(name: str, before: bytes | None = AGENT, after: bytes | None = LONGER) -> Edit:
    return Edit(ref(f"{name}.md"), before, after)


MIXED = (
    edit("edited"),
    edit("shared", after=SHORTER),
    edit("link"),
    edit("renamed", b"1", None),
    edit("deep/er/new", None, b"1"),
    edit("created", None),
    edit("deleted", after=None),
    edit("gone", after=None),
)
CASES = (
    Case("save", (edit("edited", after=APPENDED),)),
    Case("first save ever", (edit("edited"),), fresh=True),
    Case("create", (edit("created", None),)),
    Case("create in new folders", (edit("deep/er/new", None), edit("deep/other", None))),
    Case("rename", (edit("edited", AGENT, None), edit("new", None, AGENT))),
    Case("rename and edit", (edit("new", None), edit("edited", AGENT, None))),
    Case("delete", (edit("deleted", AGENT, None),)),
    Case("delete without a trash", (edit("deleted", AGENT, None),), trash=False),
    Case("save of a shared file", (edit("shared", after=SHORTER),)),
    Case("append to a shared file", (edit("shared", after=APPENDED),)),
    Case("delete of a shared file", (edit("shared", AGENT, None),), trash=False),
    Case("save through a link", (edit("link"),)),
    Case("delete of a link", (edit("gone", AGENT, None),)),
    Case("five at once", tuple(edit(f"bulk{number}") for number in range(5))),
    Case("everything at once", MIXED),
    Case("everything without a trash", MIXED, trash=False),
    Case("undo", (edit("edited"),), "undo"),
    Case("undo of a delete", (edit("deleted", AGENT, None),), "undo"),
    Case("undo of everything", MIXED, "undo"),
    Case("redo", (edit("edited"),), "redo"),
    Case("redo of everything", MIXED, "redo"),
)


class Runs:
    """A case on a system, to be run with one fault after another; `wrong` is what was not as it must be."""

    def __init__(self, top: Path, case: Case, system: str = "a good system") -> None:
        self.case = case
        self.count = 0
        self.wrong: list[str] = []
        self._top = top
        self._folder = top / "work" / ".claude" / "agents"
        self._state = top / "state" / "agent-studio"
        self._calls = SYSTEMS[system]
        self._set_up()
        self.before, self._around = self._look()
        self._known = [] if case.fresh else self._history()
        with installed(no_fault, self._calls) as self.log:
            self._write_change()
        self.after, _ = self._look()
        self._check("no fault", [self.after])

    def die_everywhere(self) -> None:
        """Die before every call, and in the middle of a write, which the system may also take in parts."""
        for place, name in enumerate(self.log):
            self.dying(f"killed before {place} {name}", killed(place))
            if name == "write":
                self.dying(f"torn {place}", torn(place))
                self.failing(f"short {place}", short(place))

    def fail_everywhere(self, error: int, scope: str = "once") -> None:
        """Meet an error at every call; owners and attributes may be refused, so far as permissions go."""
        for place, name in enumerate(self.log):
            if error != errno.EACCES or name not in {"chown", "set_attribute"}:
                self.failing(f"{errno.errorcode[error]} {scope} {place} {name}", failing(place, error, scope))

    def dying(self, what: str, *faults: Fault) -> None:
        """Die at a fault while writing, at the next ones while recovering; then recover."""
        for number, fault in enumerate(faults):
            with installed(fault, self._calls), suppress(Died):
                (self._try_to_recover if number else self._write_change)()
        self._recover(what, [self.before, self.after])

    def failing(self, what: str, fault: Fault) -> None:
        """Meet errors, or be interrupted, while writing; then recover."""
        with installed(fault, self._calls):
            try:
                self._write_change()
                allowed = [self.after]
            except KeyboardInterrupt:
                allowed = [self.before, self.after]
            except WriteFailed as failure:
                allowed = [self.before]
                if "half-way" not in failure.reason and (now := self._look()[0]) != self.before:
                    self.wrong.append(f"{what}: refused, but {_difference(now, self.before)}")
        self._recover(what, allowed)

    def meeting(self, path: str, meddling: Meddling, *, refused: bool) -> None:
        """Let another program meddle with a file at each call: it stays as they want it, and nobody is alarmed.

        `refused` has the change fail at its end, so that there is also a rollback to meet.
        """
        calls = self._calls | ({"replace": _unless_finished} if refused else {})
        with installed(no_fault, calls) as log, suppress(WriteFailed):
            self._write_change()
        for place, name in enumerate(log):
            self._set_up()
            self.count += 1
            meddled: list[bool] = []
            expected = self.before if refused else self.after
            what = f"{meddling} at {place} {name}"
            with installed(self._meddled(self._folder / path, meddling, place, meddled), calls):
                try:
                    self._write_change()
                except Conflict:
                    expected = self.before
                except WriteFailed as failure:
                    expected = self.before
                    if "half-way" in failure.reason:
                        self.wrong.append(f"{what}: {failure}")
            with installed(no_fault, self._calls):
                self._store().recover()
            theirs = None if meddling == "removed" else THEIRS
            self._check_meeting(what, str(self._folder / path), theirs, expected, any(meddled))

    def _meddled(self, file: Path, meddling: Meddling, place: int, meddled: list[bool]) -> Fault:
        """What the other program does: it writes into the file or puts another one in its place, or it removes it.

        It may also remove it right before the call, and write a new one right after it where nothing stands then.
        """

        def write() -> None:
            meddled.append(True)
            if place % 2:
                file.write_bytes(THEIRS)
            else:
                (self._top / "theirs").write_bytes(THEIRS)
                os.replace(self._top / "theirs", file)

        def remove() -> None:
            meddled.append(meddling == "removed" and file.exists())
            file.unlink(missing_ok=True)

        def write_anew() -> None:
            with suppress(FileExistsError, FileNotFoundError), file.open("xb") as new:
                meddled.append(True)
                new.write(THEIRS)

        faults = {
            "written": preceded(place, write),
            "removed": preceded(place, remove),
            "removed and written anew": preceded(place, remove, write_anew),
        }
        return faults[meddling]

    def _check_meeting(self, what: str, file: str, theirs: bytes | None, expected: Look, meddled: bool) -> None:
        now, around = self._look()
        everything = now | around | look(str(self._state / "journal"))
        left = b"\0".join(map(_bytes, everything.values()))
        stands = _bytes(now[file]) if file in now else None
        rest, rest_expected = ({path: seen[0] for path, seen in at.items() if path != file} for at in (now, expected))
        checks = {
            f"theirs stands there: {stands!r}": not meddled or stands == theirs,
            f"the others are as before or after: {rest}": rest == rest_expected,
            "no bytes are lost": all(_bytes(seen) in left for seen in self.before.values()),
        }
        self.wrong += [f"{what}: not so: {claim}" for claim, holds in checks.items() if not holds]

    def _set_up(self) -> None:
        """Make everything as it is before the change."""
        shutil.rmtree(self._top, ignore_errors=True)
        self._grow()
        change, of = Change(self.case.title, self.case.edits), None
        with installed(no_fault, self._calls):
            if not self.case.fresh:
                self._store().commit(Change("before", (edit("other", AGENT, SHORTER),)))
            for kind in KINDS[: KINDS.index(self.case.kind)]:
                operation = self._store().commit(change, kind, of)
                change, of = change.inverse, of or operation.id
        self._arguments = change, self.case.kind, of
        self._names = set() if self.case.fresh else set(os.listdir(self._state / "journal"))

    def _write_change(self) -> None:
        self._store().commit(*self._arguments)

    def _try_to_recover(self) -> None:
        with suppress(OSError):
            self._store().recover()

    def _recover(self, what: str, allowed: list[Look]) -> None:
        with installed(no_fault, self._calls):
            self._store().recover()
        self._check(what, allowed)

    def _check(self, what: str, allowed: list[Look]) -> None:
        """Note down whatever does not hold, and make everything as it was before."""
        self.count += 1
        now, around = self._look()
        history = self._history()
        journal = {path.name: path.read_bytes() for path in (self._state / "journal").glob("*")}
        done = [*self._known, (self.case.title, self.case.kind)] if now == self.after else self._known
        bytes_left = b"\0".join([*journal.values(), *map(_bytes, now.values()), *map(_bytes, around.values())])
        names = Counter(same for *_, same, _ in now.values())
        checks = {
            "every file is as before or after": now in allowed,
            "the history says so": history == done,
            "no bytes are lost": all(_bytes(seen) in bytes_left for seen in self.before.values()),
            "the journal is in order": all(name.endswith((DONE, KEPT)) for name in journal),
            "the journal can be read": all(unpacked(data) for name, data in journal.items() if name.endswith(DONE)),
            "nothing else was touched": around == self._around,
            "no file has a name elsewhere": all(links in {0, names[same]} for *_, same, links in now.values()),
            "the lock is free": self._lock_is_free(),
        }
        wrong = [claim for claim, holds in checks.items() if not holds]
        if wrong:
            self.wrong.append(f"{what}: not so: {wrong}: {_difference(now, allowed[-1])}, {history}, {list(journal)}")
        if wrong or self.case.fresh or (now, around) != (self.before, self._around):
            self._set_up()
        else:
            for name in journal.keys() - self._names:
                (self._state / "journal" / name).unlink()

    def _store(self) -> Store:
        return Store([Root("project", "project", str(self._folder))])

    def _history(self) -> list[tuple[str, str]]:
        return [(operation.title, operation.kind) for operation in self._store().journal.operations()]

    def _look(self) -> tuple[Look, Look]:
        """What stands in the folder of agents, and around it: not in the trash, nor in the studio's state."""
        without = (self._folder, self._state, self._top / "data" / "Trash")
        return look(str(self._folder)), look(str(self._top), set(map(str, without)))

    def _lock_is_free(self) -> bool:
        if not (self._state / "lock").exists():
            return True
        with suppress(BlockingIOError), (self._state / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def _grow(self) -> None:
        """Make the files that the cases are about."""
        folder = self._folder
        bulk = [f"bulk{number}.md" for number in range(5)]
        write(folder, "edited.md", "shared.md", "target.txt", "deleted.md", "other.md", *bulk)
        write(folder, "renamed.md", data=b"1")
        write(self._top, "work/nobodys.md", *([] if self.case.trash else ["data"]))
        os.link(folder / "shared.md", folder / "same.md")
        (folder / "link.md").symlink_to("target.txt")
        (folder / "gone.md").symlink_to(folder / "target.txt")
        (self._top / "state").mkdir()
        for name in ("files", "info") if self.case.trash else ():
            (self._top / "data" / "Trash" / name).mkdir(parents=True)
        for name, mode in {"edited.md": 0o640, "deleted.md": 0o4604, "shared.md": 0o660, "bulk3.md": 0o600}.items():
            os.chown(folder / name, *OWNER)
            (folder / name).chmod(mode)
            if sys.platform == "linux":
                with suppress(OSError):  # not every file system has them
                    os.setxattr(folder / name, "user.reviewed", name.encode())


def _unless_finished(source: Place, target: Place) -> None:
    """Rename a file, but never mark an operation as written."""
    if target.name.endswith(WRITTEN):
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    REPLACE(source, target)


def look(top: str, without: Container[str] = ()) -> Look:
    """Everything below a folder: links are not followed, temporary files are there like others."""
    found: Look = {}
    first: dict[int, str] = {}
    folders = [top]
    while folders:
        for entry in sorted(os.scandir(folders.pop()), key=lambda entry: entry.name):
            path = entry.path
            if path in without:
                continue
            status = entry.stat(follow_symlinks=False)
            same = first.setdefault(status.st_ino, path)
            owner = (status.st_uid, status.st_gid)
            links = 0 if entry.is_dir(follow_symlinks=False) else status.st_nlink
            found[path] = (_content(entry), oct(status.st_mode), owner, _attributes(path), same, links)
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
    return found


def _content(entry: os.DirEntry[str]) -> object:
    if entry.is_symlink():
        return os.readlink(entry)
    if not entry.is_file():
        return None
    with open(entry, "rb", buffering=0) as file:
        return file.read()


def _attributes(path: str) -> object:
    if sys.platform != "linux":
        return None
    names = os.listxattr(path, follow_symlinks=False)
    return [(name, os.getxattr(path, name, follow_symlinks=False)) for name in names]


def _bytes(seen: tuple[object, ...]) -> bytes:
    return seen[0] if isinstance(seen[0], bytes) else b""


def _difference(now: Look, expected: Look) -> str:
    return str({path: now.get(path) for path in now.keys() | expected.keys() if now.get(path) != expected.get(path)})
