"""Unsaved edits on the disk, so that they outlive the studio however it ends.

Each run has a folder of its own, whose lock says that it is alive; what a dead run left is adopted by the next one.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from . import files
from .contents import whole
from .place import Place
from .staging import put
from .state import state_folder

_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Left:
    """An unsaved edit: the file's absolute path, its bytes when the editing began, and the edited ones.

    `time` is when it was last written, in seconds since the epoch.
    """

    path: str
    base: bytes
    data: bytes
    time: float


class Drafts:
    """The unsaved edits of one run of the studio, by absolute path."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._lock: int | None = None

    def keep(self, path: str, base: bytes, data: bytes) -> None:
        """Write an edit down, flushed to the disk; raises `OSError`."""
        header = {"path": path, "time": time.time(), "base": len(base)}
        put(self._file(path), json.dumps(header).encode() + b"\n" + base + data)

    def drop(self, path: str) -> None:
        """Forget an edit that was saved or dropped."""
        if self._folder:
            with suppress(FileNotFoundError):
                files.unlink(Place(self._file(path)))

    def adopt(self) -> list[Left]:
        """What runs that are dead left behind, oldest first; from now on they are this run's."""
        found: list[Left] = []
        for folder in _others(self._folder):
            lock = _try_lock(os.path.join(folder, _LOCK))
            if lock is None:
                continue
            try:
                found += self._moved(folder)
            finally:
                os.close(lock)
        return sorted(found, key=lambda left: left.time)

    def close(self) -> None:
        """Let go: what is still there will be found by the next run."""
        if self._folder and self._lock is not None:
            if os.listdir(self._folder) == [_LOCK]:
                files.unlink(Place(os.path.join(self._folder, _LOCK)))
                files.rmdir(Place(self._folder))
            os.close(self._lock)
        self._folder = self._lock = None

    def _file(self, path: str) -> str:
        if self._folder is None:
            self._folder = state_folder("drafts", f"{time.time_ns():020d}-{os.urandom(3).hex()}")
            self._lock = _try_lock(os.path.join(self._folder, _LOCK))
        return os.path.join(self._folder, _name(path))

    def _moved(self, folder: str) -> Iterator[Left]:
        """The edits in a dead run's folder, moved into this run's own."""
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            left = None if name == _LOCK else _read(path)
            if left:
                files.replace(Place(path), Place(self._file(left.path)))
                yield left
            else:
                files.unlink(Place(path))
        with suppress(OSError):  # it is not empty: somebody put something there
            files.rmdir(Place(folder))


def unsaved(path: str) -> Left | None:
    """The newest unsaved edit of a file, of a run that is alive or dead; it stays where it is."""
    name = _name(path)
    found: list[Left] = []
    for folder in _others(None):
        with suppress(FileNotFoundError):
            left = _read(os.path.join(folder, name))
            found += [left] if left and left.path == path else []
    return max(found, key=lambda left: left.time, default=None)


def _name(path: str) -> str:
    """What the file is called that holds the edit of a path."""
    import hashlib  # noqa: PLC0415  # the interface opens without it

    return hashlib.sha256(os.fsencode(path)).hexdigest()[:32]


def _others(mine: str | None) -> list[str]:
    top = state_folder("drafts")
    folders = sorted(os.path.join(top, name) for name in os.listdir(top))
    return [folder for folder in folders if folder != mine and os.path.isdir(folder)]


def _try_lock(path: str) -> int | None:
    """The descriptor of a lock file that is held now; None where another run holds it."""
    descriptor = files.lock_file(Place(path))
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _read(path: str) -> Left | None:
    """The edit in a file; None where it is none, such as a half-written temporary one."""
    line, _, rest = whole(path).partition(b"\n")
    try:
        header = json.loads(line)
        return Left(header["path"], rest[: header["base"]], rest[header["base"] :], header["time"])
    except (ValueError, KeyError, TypeError):
        return None
