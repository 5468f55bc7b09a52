"""The only functions that alter the disk, one system call each: whatever fails, fails here.

They go by open folders, not by paths: nobody can lead them elsewhere by a link in the place of a folder.
"""

from __future__ import annotations

import errno
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from .place import Place

if TYPE_CHECKING:
    import ctypes

_NO_LINK = os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_FLUSHED = frozenset({errno.EACCES, errno.EINVAL, errno.ENOTSUP})


def create(place: Place, mode: int) -> int:
    """The descriptor of a new file, open for writing; raises `FileExistsError` where anything stands."""
    return os.open(place.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, mode, dir_fd=place.folder)


def lock_file(place: Place) -> int:
    """The descriptor of a lock file, which is made where it is missing and never removed."""
    return os.open(place.name, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600, dir_fd=place.folder)


def reopen(place: Place) -> int:
    """The descriptor of an existing file, open for reading and writing from its start."""
    return os.open(place.name, os.O_RDWR | _NO_LINK, dir_fd=place.folder)


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


def link(source: Place, target: Place) -> None:
    """Give a file another name."""
    os.link(source.name, target.name, src_dir_fd=source.folder, dst_dir_fd=target.folder, follow_symlinks=False)


def replace(source: Place, target: Place) -> None:
    """Put a file in the place of another, in one step."""
    os.replace(source.name, target.name, src_dir_fd=source.folder, dst_dir_fd=target.folder)


def exchange(place: Place, other: Place) -> None:
    """Let two files swap their places, in one step; raises `OSError` where the system cannot."""
    _rename(place, other, _EXCHANGE)


def move(source: Place, target: Place) -> None:
    """Give a file another place, in one step; raises `FileExistsError` where anything stands there."""
    _rename(source, target, _NOREPLACE)


_NAME, _HERE, _NOREPLACE, _EXCHANGE = (
    ("renameatx_np", -2, 4, 2) if sys.platform == "darwin" else ("renameat2", -100, 1, 2)
)
"""The system's call that replaces nothing or exchanges two files, its sign for no folder, and its flags for these."""
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})
"""Errors by which a system or file system says that it cannot exchange or move files."""


def _rename(source: Place, target: Place, how: int) -> None:
    function = _system_rename()
    if function is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), source.name)
    if function(*_end(source), *_end(target), how):
        from ctypes import get_errno  # noqa: PLC0415

        number = get_errno()
        raise OSError(number, os.strerror(number), source.name, None, target.name)


def _end(place: Place) -> tuple[int, bytes]:
    """A place as the system's call takes it."""
    return _HERE if place.folder is None else place.folder, os.fsencode(place.name)


@cache
def _system_rename() -> ctypes._NamedFuncPointer | None:
    """That call, which Python does not know; None on other systems, and with an old C library."""
    import ctypes  # noqa: PLC0415  # only what writes agents needs it

    return getattr(ctypes.CDLL(None, use_errno=True), _NAME, None)


def symlink(target: str, place: Place) -> None:
    """Make a symbolic link."""
    os.symlink(target, place.name, dir_fd=place.folder)


def unlink(place: Place) -> None:
    """Remove a file or a link."""
    os.unlink(place.name, dir_fd=place.folder)


def mkdir(place: Place, mode: int = 0o777) -> None:
    """Make a folder."""
    os.mkdir(place.name, mode, dir_fd=place.folder)


def rmdir(place: Place) -> None:
    """Remove an empty folder."""
    os.rmdir(place.name, dir_fd=place.folder)
