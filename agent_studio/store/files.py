"""The only functions that alter the disk, one system call each: whatever fails, fails here."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module

_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_FLUSHED = frozenset({errno.EACCES, errno.EINVAL, errno.ENOTSUP})


def create(path: str, mode: int) -> int:
    """The descriptor of a new file, open for writing; raises `FileExistsError` where anything stands."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, mode)


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


def replace(source: str, target: str) -> None:
    """Put a file in the place of another, in one step."""
    os.replace(source, target)


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
