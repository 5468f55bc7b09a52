"""What a file has besides its bytes and its name: owner, permissions, extended attributes."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass

from . import files
from .contents import opened
from .place import Place

_REFUSED = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EINVAL, errno.ENODATA})


@dataclass(frozen=True, slots=True)
class Metadata:
    """Owner, permissions and extended attributes (access lists among them) of a file."""

    user: int
    group: int
    mode: int
    attributes: tuple[tuple[str, bytes], ...]

    @classmethod
    def of(cls, place: Place) -> Metadata:
        """The metadata of the file at a place; raises `OSError`."""
        with opened(*place) as descriptor:
            status = os.fstat(descriptor)
            return cls(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _attributes(descriptor))

    def give(self, descriptor: int) -> None:
        """Set these on an open file, as far as the system lets us: not everyone may give files away.

        The owner goes first, since giving a file away takes its setuid bit.
        """
        status = os.fstat(descriptor)
        if (status.st_uid, status.st_gid) != (self.user, self.group):
            _own(descriptor, self.user, self.group)
        for name, value in self.attributes:
            try:
                files.set_attribute(descriptor, name, value)
            except OSError as error:
                if error.errno not in _REFUSED:
                    raise
        files.chmod(descriptor, self.mode)


def _own(descriptor: int, user: int, group: int) -> None:
    try:
        files.chown(descriptor, user, group)
    except PermissionError:  # only root gives files away, but members of a group may pass files to it
        with suppress(PermissionError):
            files.chown(descriptor, -1, group)


def _attributes(descriptor: int) -> tuple[tuple[str, bytes], ...]:
    if sys.platform != "linux":
        return ()
    try:
        return tuple((name, os.getxattr(descriptor, name)) for name in os.listxattr(descriptor))
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
        return ()
