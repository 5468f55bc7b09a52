"""Where deleted files go: into the system's trash, and always into the journal."""

from __future__ import annotations

from . import files


def discard(path: str) -> bool:
    """Move a file or a link to the system's trash; False where there is none for it, or no room in it."""
    try:
        files.trash(path)
    except OSError:
        return False
    return True
