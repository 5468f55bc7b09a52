"""Why the disk refused a write, in words that say what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from agent_studio.model.change import WriteFailed
from agent_studio.model.ref import Ref

_NO_PERMISSION = "no permission to write here: check the permissions of the file and of its folder"
_TOO_MANY = "too many files are open: close some programs and try again"
_REASONS = {
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: "this file system is read-only: choose a folder on another one",
    errno.ENOSPC: "the disk is full: free some space and try again",
    errno.EDQUOT: "your disk quota is used up: free some space and try again",
    errno.EIO: "the disk reports an error: check it and try again",
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EFBIG: "the file would be larger than the system allows (see `ulimit -f`)",
    errno.ENAMETOOLONG: "the file name is too long for this file system: choose a shorter one",
}


def reason(error: OSError) -> str:
    """One sentence for an error of the system."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def blamed(ref: Ref, prefix: str = "") -> Iterator[None]:
    """Turn an error of the system inside into `WriteFailed` about `ref`, its reason after `prefix`."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(ref, prefix + reason(error)) from error
