"""Getting bytes safely to the disk, beside the file that they will replace."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress

from . import files
from .contents import whole
from .metadata import Metadata

SUFFIX = ".agst-tmp"
"""Ends every temporary file: the host reads hidden files, too, so the name must not end in `.md`."""
SPARE = ".old"
"""What the name of a temporary file has more where a file that is replaced stays under a second name."""
COPY = ".copy"
"""What it has more while an old file is made anew."""
_CANNOT_LINK = files.CANNOT | {errno.EPERM, errno.EMLINK}


def beside(target: str) -> str:
    """A new name for a temporary file beside `target`."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name[:50]}.{secrets.token_hex(4)}{SUFFIX}")


def standing(path: str) -> bytes | str | None:
    """What stands at a path: the bytes of a file, the target of a link, None for nothing; for anything else ""."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            return os.readlink(path)
        return whole(path) if stat.S_ISREG(mode) else ""
    except (FileNotFoundError, NotADirectoryError):
        return None


def stage(temporary: str, content: bytes | str, like: Metadata | None, mode: int = 0o666) -> None:
    """Make a new file with these bytes, flushed to the disk, or a link with this target.

    A file has the metadata `like`, or what the system makes of `mode`. On an error a part of it may stand.
    """
    if isinstance(content, str):
        files.symlink(content, temporary)
        return
    descriptor = files.create(temporary, 0o600 if like else mode)
    try:
        write_all(descriptor, content)
        if like:
            like.give(descriptor)
        files.sync(descriptor)
    finally:
        os.close(descriptor)


def double(temporary: str, content: bytes | str, like: Metadata | None) -> None:
    """Make an old file, or link, anew under a temporary name, in one step."""
    copy = temporary + COPY
    if os.path.lexists(copy):
        files.unlink(copy)
    stage(copy, content, like)
    files.replace(copy, temporary)


def put(target: str, data: bytes) -> None:
    """Make `target` a file of the studio's own with these bytes, in one step; only its owner can read it."""
    temporary = beside(target)
    try:
        stage(temporary, data, None, 0o600)
        files.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            files.unlink(temporary)
        raise


def swap(temporary: str, target: str) -> None:
    """Put a staged file in the place of another, which takes the temporary name: nothing is ever missing or lost.

    In one step where the system can exchange files. Where it can only link, the other takes that name and `SPARE`;
    where it cannot do that either, it is replaced.
    """
    try:
        files.exchange(temporary, target)
    except OSError as error:
        if error.errno not in files.CANNOT:
            raise
        _linked(target, temporary + SPARE)
        files.replace(temporary, target)


def place(source: str, target: str) -> None:
    """Give a file the name `target`; raises `FileExistsError` where anything stands there."""
    try:
        files.place(source, target)
    except OSError as error:
        if error.errno not in files.CANNOT:
            raise
        if _linked(source, target):
            files.unlink(source)
        elif os.path.lexists(target):
            raise FileExistsError(target) from None
        else:
            files.replace(source, target)


def _linked(path: str, other: str) -> bool:
    """Give a file a second name; False where the file system does not know such."""
    try:
        files.link(path, other)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        return False
    return True


def overwrite(target: str, data: bytes) -> None:
    """Write bytes into an existing file, which stays the same file under all of its names."""
    descriptor = files.reopen(target)
    try:
        mode = os.fstat(descriptor).st_mode
        write_all(descriptor, data)
        files.truncate(descriptor, len(data))
        if os.fstat(descriptor).st_mode != mode:  # the system takes the setuid bit
            with suppress(PermissionError):
                files.chmod(descriptor, stat.S_IMODE(mode))
        files.sync(descriptor)
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes, in as many turns as the system takes."""
    left = memoryview(data)
    while left:
        left = left[files.write(descriptor, left) :]
