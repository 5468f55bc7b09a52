"""Long work in a thread, out of the way of the interface, which shares the interpreter."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TURN = 0.000_5
"""Seconds after which the work lets the interface have its turn; a key may need several."""


@contextmanager
def aside(first: bool) -> Iterator[None]:
    """Let the interface have its turns; for one such work at a time.

    What the `first` one remembers of each file stays: the collector would only stand still over it.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    if first:
        gc.disable()
    try:
        yield
    finally:
        if first:
            gc.freeze()
            gc.enable()
        sys.setswitchinterval(interval)
