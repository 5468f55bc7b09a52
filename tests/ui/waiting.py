"""Waiting for a condition, never for a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot


async def until(pilot: Pilot[Any], predicate: Callable[[], bool], within: float = 30.0) -> None:
    """Let the app run until `predicate` holds; fails after `within` seconds."""
    end = time.monotonic() + within
    while not predicate():
        assert time.monotonic() < end, "the condition did not come true"
        await pilot.pause()
