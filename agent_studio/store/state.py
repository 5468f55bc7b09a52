"""Where the studio keeps what must outlive it: the journal, unsaved edits, a lock, and small files of JSON."""

from __future__ import annotations

import json
import os

from .contents import read


def state_path(*parts: str) -> str:
    """The path of a folder below the studio's state; not an absolute one where the person has no home."""
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):  # the standard has such a value ignored
        state = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "agent-studio", *parts)


def state_folder(*parts: str) -> str:
    """A folder below the studio's state, made where it is missing; only its owner can look into it."""
    folder = state_path(*parts)
    if not os.path.isabs(folder):
        raise OSError("there is no home folder: set HOME or XDG_STATE_HOME")
    make(folder)
    return folder


def make(folder: str) -> None:
    """Make a folder that only its owner can look into, and those above it, where they are missing; raises `OSError`."""
    if not os.path.isdir(folder):
        from . import files  # noqa: PLC0415  # whoever only reads does without
        from .place import Place  # noqa: PLC0415

        above = os.path.dirname(folder)
        make(above)
        try:
            files.mkdir(Place(folder), 0o700)
        except FileExistsError:  # another studio was quicker, or it is no folder, which the next step will say
            return
        files.sync_folder(above)


def told(*parts: str) -> object:
    """The JSON value that a file of the state holds; None where there is none that can be read and understood."""
    try:
        value: object = json.loads(read(state_path(*parts)).data)
    except (OSError, ValueError, RecursionError):
        return None
    return value


def tell(value: object, *parts: str) -> None:
    """Keep a JSON value in a file of the state, in the place of an earlier one; raises `OSError` where it cannot be."""
    from .staging import put  # noqa: PLC0415  # whoever only reads does without

    put(os.path.join(state_folder(*parts[:-1]), parts[-1]), json.dumps(value).encode())
