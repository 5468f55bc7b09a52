"""One writer at a time: a lock that is held for the moment of a write."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from . import files
from .place import Place
from .state import state_folder

PATIENCE = 10.0
"""Seconds to wait for another studio that writes."""
_TURN = 0.005
"""Seconds between two tries."""


class Busy(OSError):
    """Another studio holds the lock for longer than anybody waits."""


@contextmanager
def locked() -> Iterator[None]:
    """Keep every other studio of this person from writing; the system lets go when the program dies. Raises `Busy`.

    One lock for all folders: writes take milliseconds, and whatever half-written is met while it is held is a dead
    studio's. It lies in the studio's own state: nothing appears beside the agents.
    """
    descriptor = files.lock_file(Place(os.path.join(state_folder(), "lock")))
    try:
        _wait(descriptor)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int) -> None:
    """Return when the lock is held."""
    until = time.monotonic() + PATIENCE
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if time.monotonic() > until:
            raise Busy(f"another agent-studio has been writing for {PATIENCE:.0f} seconds: close it and try again")
        time.sleep(_TURN)
