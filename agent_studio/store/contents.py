"""What stands in one file, read without ever hanging on what is not one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from agent_studio.model.document import LARGEST

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY | os.O_CLOEXEC
_KINDS = {
    stat.S_IFIFO: "a pipe, not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
    stat.S_IFDIR: "a folder, not a file",
}
_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "a symbolic link that leads in a circle",
    errno.ENXIO: "a socket or device, not a file",
    errno.EOPNOTSUPP: "a socket, not a file",
}

Stamp = tuple[int, int, int, int, int]
"""Device, inode, size, and times of last modification and last status change in nanoseconds."""


class Contents(NamedTuple):
    """The first `LARGEST` bytes of a file; `whole` says whether that is all, `trouble` why it could not be read."""

    data: bytes = b""
    whole: bool = True
    stat: os.stat_result | None = None
    trouble: str | None = None


@contextmanager
def opened(path: str, folder: int | None = None) -> Iterator[int]:
    """The descriptor of what stands at `path`, seen from an open folder: it never hangs, and follows no link there."""
    descriptor = os.open(path, _FLAGS, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def read(path: str, folder: int | None = None) -> Contents:
    """What stands at `path`, which must not be a link itself; raises `FileNotFoundError` where nothing stands."""
    try:
        descriptor = os.open(path, _FLAGS, dir_fd=folder)
        try:  # as `opened` has it: a generator for each file takes as long as opening it
            return _read(descriptor)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise
    except OSError as error:
        return Contents(trouble=reason(error))


def _read(descriptor: int) -> Contents:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        return Contents(stat=status, trouble=_KINDS.get(stat.S_IFMT(status.st_mode), "not a file"))
    wanted = min(status.st_size, LARGEST) + 1
    data = os.read(descriptor, wanted)
    if len(data) != status.st_size:  # larger than the limit, growing, or read in part
        data = _rest(descriptor, data)
    return Contents(data[:LARGEST], len(data) <= LARGEST, status)


def _rest(descriptor: int, data: bytes) -> bytes:
    """`data` and what follows, one byte more than the limit at most."""
    while len(data) <= LARGEST and (chunk := os.read(descriptor, LARGEST + 1 - len(data))):
        data += chunk
    return data


_BLOCK = 65_536


def first_line(path: str) -> bytes:
    """The first line of a file of the studio's own, without its end; nothing where the file is not there."""
    data = b""
    with suppress(FileNotFoundError), opened(path) as descriptor:
        while b"\n" not in data and (block := os.read(descriptor, _BLOCK)):
            data += block
    return data.partition(b"\n")[0]


def whole(path: str, folder: int | None = None) -> bytes:
    """All bytes of a file, whatever its size; raises `OSError`."""
    with opened(path, folder) as descriptor:
        return b"".join(iter(lambda: os.read(descriptor, 16 * _BLOCK), b""))


def reason(error: OSError) -> str:
    """Why a file could not be read, in words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def stamp_of(status: os.stat_result) -> Stamp:
    """What differs after a file was written or replaced."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def is_writable(path: str, status: os.stat_result) -> bool:
    """Whether the file's own permissions let it be written; a file that no one may write is not, even for root."""
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        return False
    mine = status.st_uid == os.geteuid() and status.st_mode & stat.S_IWUSR
    return bool(mine) or os.access(path, os.W_OK)
