"""The system's trash, where a person looks for what was deleted: https://specifications.freedesktop.org/trash-spec/."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from itertools import count
from urllib.parse import quote

from . import files
from .place import Place
from .staging import move, write_all
from .state import make


def discard(place: Place, path: str) -> bool:
    """Move a file or a link that stood at `path` to the trash; False where that has no room, or is on another disk."""
    stem, ending = os.path.splitext(os.path.basename(path))
    with suppress(OSError):
        for number in count(1):
            name = f"{stem}{ending}" if number == 1 else f"{stem} {number}{ending}"
            with suppress(FileExistsError):
                if sys.platform == "darwin":
                    move(place, Place(os.path.join(os.path.expanduser("~"), ".Trash", name)))
                else:
                    _move(place, path, name)
                return True
    return False


def _move(place: Place, path: str, name: str) -> None:
    """Move a file to the trash under a name, with a note of where it stood; raises `FileExistsError`."""
    note = Place(os.path.join(_folder("info"), f"{name}.trashinfo"))
    target = Place(os.path.join(_folder("files"), name))
    descriptor = files.create(note, 0o600)
    try:
        date = time.strftime("%Y-%m-%dT%H:%M:%S")
        write_all(descriptor, f"[Trash Info]\nPath={quote(os.fsencode(path))}\nDeletionDate={date}\n".encode())
        move(place, target)
    except OSError:
        files.unlink(note)
        raise
    finally:
        os.close(descriptor)


def _folder(name: str) -> str:
    """A folder of the trash, made where it is missing."""
    data = os.environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):  # the standard has such a value ignored
        data = os.path.join(os.path.expanduser("~"), ".local", "share")
    folder = os.path.join(data, "Trash", name)
    make(folder)
    return folder
