"""Places on the disk: a name in a folder that is held open, so that nothing else can come to stand behind its path."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC | getattr(os, "O_PATH", os.O_RDONLY)


class Place(NamedTuple):
    """A name in a folder that is open; without one, a path in the studio's own state."""

    name: str
    folder: int | None = None

    def beside(self, name: str) -> Place:
        """Another name in the same folder."""
        return Place(name, self.folder)

    def plus(self, ending: str) -> Place:
        """The same name with something more at its end."""
        return Place(self.name + ending, self.folder)

    @property
    def status(self) -> os.stat_result | None:
        """What the system knows of a file, or a link, here; None where nothing stands."""
        try:
            return os.lstat(self.name, dir_fd=self.folder)
        except FileNotFoundError:
            return None


@contextmanager
def placed(path: str) -> Iterator[Place]:
    """The place at a real path, while its folder is held open.

    Raises `FileNotFoundError` where the folder is gone, `NotADirectoryError` where a part of the path is no folder, or
    a link by now.
    """
    folder, name = os.path.split(path)
    descriptor = _opened(folder)
    try:
        yield Place(name, descriptor)
    finally:
        os.close(descriptor)


def _opened(path: str) -> int:
    """The descriptor of a folder, opened part by part: no link is followed, whenever it was made."""
    descriptor = os.open("/", _FOLDER)
    for part in filter(None, path.split("/")):
        above = descriptor
        try:
            descriptor = os.open(part, _FOLDER, dir_fd=above)
        except OSError as error:
            if error.errno == errno.ELOOP:  # so some systems call a link here
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from None
            raise
        finally:
            os.close(above)
    return descriptor
