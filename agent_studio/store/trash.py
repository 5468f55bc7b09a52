"""Where deleted files go."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from . import files
from .staging import put


def discard(path: str, data: bytes) -> None:
    """Move the file at `path`, which holds `data`, to the system's trash, or else to the studio's own."""
    try:
        files.trash(path)
    except OSError:  # no trash on this disk, no room in it, no permission
        keep(os.path.basename(path), data)
        files.unlink(path)


def keep(name: str, data: bytes) -> str:
    """Write a copy into the studio's own trash: its path there."""
    folder = own_trash()
    _make(folder)
    kept = os.path.join(folder, f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{name[:50]}")
    put(kept, data, None)
    return kept


def own_trash() -> str:
    """The folder of the studio's own trash, for files that the system's trash does not take."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "agent-studio", "trash")


def _make(folder: str) -> None:
    """Make a folder that only its owner can look into, and those above it."""
    if not os.path.isdir(folder):
        _make(os.path.dirname(folder))
        files.mkdir(folder, 0o700)
