"""Long work in a thread, out of the way of the interface, which shares the interpreter."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def aside(first: bool) -> Iterator[None]:
    """Keep the collector out of the `first` such work: what it remembers of each file stays."""
    if first:
        gc.disable()
    try:
        yield
    finally:
        if first:
            gc.freeze()
            gc.enable()
