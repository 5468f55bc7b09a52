"""The only functions that alter the disk, one system call each: whatever fails, fails here."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from functools import cache
from importlib import import_module

_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_FLUSHED = frozenset({errno.EACCES, errno.EINVAL, errno.ENOTSUP})


def create(path: str, mode: int) -> int:
    """The descriptor of a new file, open for writing; raises `FileExistsError` where anything stands."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, mode)


def lock_file(path: str) -> int:
    """The descriptor of a lock file, which is made where it is missing and never removed."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)


def reopen(path: str) -> int:
    """The descriptor of an existing file, open for writing from its start."""
    return os.open(path, os.O_WRONLY | _NO_LINK)


def write(descriptor: int, data: memoryview) -> int:
    """Write some of `data`: the number of bytes written."""
    return os.write(descriptor, data)


def truncate(descriptor: int, size: int) -> None:
    """Cut a file off after `size` bytes."""
    os.ftruncate(descriptor, size)


def chown(descriptor: int, user: int, group: int) -> None:
    """Give a file to a user and a group."""
    os.fchown(descriptor, user, group)


def chmod(descriptor: int, mode: int) -> None:
    """Set a file's permissions."""
    os.fchmod(descriptor, mode)


def set_attribute(descriptor: int, name: str, value: bytes) -> None:
    """Set an extended attribute; does nothing on systems where Python cannot."""
    if sys.platform == "linux":
        os.setxattr(descriptor, name, value)


def sync(descriptor: int) -> None:
    """Flush a file to the disk."""
    os.fsync(descriptor)


def sync_folder(path: str) -> None:
    """Flush a folder's entries to the disk, on file systems that know how to."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FLUSHED:
            raise


def link(source: str, target: str) -> None:
    """Give a file another name."""
    os.link(source, target, follow_symlinks=False)


def replace(source: str, target: str) -> None:
    """Put a file in the place of another, in one step."""
    os.replace(source, target)


def exchange(path: str, other: str) -> None:
    """Let two files swap their places, in one step; raises `OSError` where the system cannot."""
    _rename(path, other, _EXCHANGE)


def place(source: str, target: str) -> None:
    """Give a file the name `target`, in one step; raises `FileExistsError` where anything stands there."""
    _rename(source, target, _NOREPLACE)


_NOREPLACE, _EXCHANGE = (4, 2) if sys.platform == "darwin" else (1, 2)
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
"""Errors by which a system or file system says that it cannot exchange or place files."""


def _rename(path: str, other: str, how: int) -> None:
    function, here = _system_rename()
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), path)
    if function(*here, os.fsencode(path), *here, os.fsencode(other), how):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), path, None, other)


@cache
def _system_rename() -> tuple[ctypes._NamedFuncPointer | None, tuple[int, ...]]:
    """The system's call that exchanges files or replaces nothing, and what goes before each path; Python has neither.

    There is none on other systems, and with an old C library.
    """
    name, here = ("renamex_np", ()) if sys.platform == "darwin" else ("renameat2", (-100,))  # AT_FDCWD
    return getattr(ctypes.CDLL(None, use_errno=True), name, None), here


def symlink(target: str, path: str) -> None:
    """Make a symbolic link."""
    os.symlink(target, path)


def unlink(path: str) -> None:
    """Remove a file or a link."""
    os.unlink(path)


def mkdir(path: str, mode: int = 0o777) -> None:
    """Make a folder."""
    os.mkdir(path, mode)


def rmdir(path: str) -> None:
    """Remove an empty folder."""
    os.rmdir(path)


def trash(path: str) -> None:
    """Move a file or a link to the system's trash; raises `OSError` where there is none for it."""
    import_module("send2trash").send2trash(path)  # only now: it looks for a desktop when it is imported
