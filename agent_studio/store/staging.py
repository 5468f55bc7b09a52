"""Getting bytes safely to the disk, beside the file that they will replace."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from . import files
from .contents import whole
from .metadata import Metadata
from .place import Place

SUFFIX = ".agst-tmp"
"""Ends every temporary file: the host reads hidden files, too, so the name must not end in `.md`."""
SPARE = ".old"
"""What the name of a temporary file has more where a file that is replaced stays under a second name."""
COPY = ".copy"
"""What it has more while an old file is made anew."""
_CANNOT_LINK = files.CANNOT | {errno.EPERM, errno.EMLINK}


def temporary_name(path: str) -> str:
    """A new name for a temporary file in the folder of `path`."""
    return f".{os.path.basename(path)[:50]}.{os.urandom(4).hex()}{SUFFIX}"


def standing(place: Place) -> bytes | str | None:
    """What stands at a place: the bytes of a file, the target of a link, None for nothing; for anything else ""."""
    status = place.status
    if status is None:
        return None
    with suppress(FileNotFoundError):  # just now
        if stat.S_ISLNK(status.st_mode):
            return os.readlink(place.name, dir_fd=place.folder)
        return whole(*place) if stat.S_ISREG(status.st_mode) else ""
    return None


def stage(temporary: Place, content: bytes | str, like: Metadata | None, mode: int = 0o666) -> None:
    """Make a new file with these bytes, flushed to the disk, or a link with this target.

    A file has the metadata `like`, or what the system makes of `mode`. On an error a part of it may stand.
    """
    with staged(temporary, content, like, mode) as descriptor:
        if descriptor is not None:
            files.sync(descriptor)


@contextmanager
def staged(temporary: Place, content: bytes | str, like: Metadata | None, mode: int = 0o666) -> Iterator[int | None]:
    """The descriptor of a file that is staged, still to be flushed; None for a link, which lies in its folder."""
    if isinstance(content, str):
        files.symlink(content, temporary)
        yield None
        return
    descriptor = files.create(temporary, 0o600 if like else mode)
    try:
        write_all(descriptor, content)
        if like:
            like.give(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def double(temporary: Place, content: bytes | str, like: Metadata | None) -> None:
    """Make an old file, or link, anew under a temporary name, in one step."""
    copy = temporary.plus(COPY)
    if copy.status:
        files.unlink(copy)
    stage(copy, content, like)
    files.replace(copy, temporary)


def put(target: str, data: bytes) -> None:
    """Make `target` a file of the studio's own with these bytes, in one step; only its owner can read it."""
    temporary = Place(os.path.join(os.path.dirname(target), temporary_name(target)))
    try:
        stage(temporary, data, None, 0o600)
        files.replace(temporary, Place(target))
    except BaseException:
        with suppress(FileNotFoundError):
            files.unlink(temporary)
        raise


def swap(temporary: Place, target: Place) -> None:
    """Put a staged file in the place of another, which takes the temporary name: nothing is ever missing or lost.

    In one step where the system can exchange files. Where it can only link, the other takes that name and `SPARE`;
    where it cannot do that either, it is replaced.
    """
    try:
        files.exchange(temporary, target)
    except OSError as error:
        if error.errno not in files.CANNOT:
            raise
        _linked(target, temporary.plus(SPARE))
        files.replace(temporary, target)


def move(source: Place, target: Place) -> None:
    """Give a file another place; raises `FileExistsError` where anything stands there."""
    try:
        files.move(source, target)
    except OSError as error:
        if error.errno not in files.CANNOT:
            raise
        if _linked(source, target):
            files.unlink(source)
        elif target.status:
            raise FileExistsError(target.name) from None
        else:
            files.replace(source, target)


def _linked(place: Place, other: Place) -> bool:
    """Give a file a second name; False where the file system does not know such."""
    try:
        files.link(place, other)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:
            raise
        return False
    return True


def overwrite(target: Place, old: bytes, new: bytes) -> None:
    """Write bytes over the old ones of a file, which stays the same file under all of its names.

    Raises `FileExistsError` where another file, or other bytes, stand there by now.
    """
    descriptor = files.reopen(target)
    try:
        if os.pread(descriptor, len(old) + 1, 0) != old:
            raise FileExistsError(target.name)
        mode = os.fstat(descriptor).st_mode
        write_all(descriptor, new)
        files.truncate(descriptor, len(new))
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
