"""Getting bytes safely to the disk, beside the file that they will replace."""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack

from . import files
from .metadata import Metadata

SUFFIX = ".agst-tmp"
"""Ends every temporary file: the host reads hidden files, too, so the name must not end in `.md`."""


def staged(target: str, data: bytes, like: Metadata | None) -> str:
    """The path of a new temporary file with these bytes beside `target`, flushed to the disk.

    It has the metadata `like`, or what the system gives new files. On an error nothing is left.
    """
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:50]}.{secrets.token_hex(4)}{SUFFIX}")
    with ExitStack() as undo:
        descriptor = files.create(temporary, 0o600 if like else 0o666)
        undo.callback(files.unlink, temporary)
        try:
            _write(descriptor, data)
            if like:
                like.give(descriptor)
            files.sync(descriptor)
        finally:
            os.close(descriptor)
        undo.pop_all()
    return temporary


def put(target: str, data: bytes, like: Metadata | None) -> None:
    """Make `target` a file with these bytes and this metadata, in one step."""
    files.replace(staged(target, data, like), target)


def overwrite(target: str, data: bytes) -> None:
    """Write bytes into an existing file, which stays the same file under all of its names."""
    descriptor = files.reopen(target)
    try:
        _write(descriptor, data)
        files.truncate(descriptor, len(data))
        files.sync(descriptor)
    finally:
        os.close(descriptor)


def _write(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[files.write(descriptor, left) :]
