"""Noticing what other programs do to the agents on disk."""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from agent_studio.model.ref import Root, is_agent_file

from .walk import walk

DEBOUNCE = 100
"""Milliseconds for which changes are gathered at most."""
STEP = 10
"""Milliseconds without a change that end the gathering."""
QUIET = 100
"""Milliseconds after which a silent watch looks up."""
RECONCILE = 5.0
"""Seconds between two looks at everything: events can get lost without a word (inotify's queue and its limits)."""
_REST = 20
"""How many times as long as such a look takes there is none at least: it must not keep a processor busy."""
POLL = 1.0
"""Seconds between two looks at everything while nothing can be watched."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to watch.

    `folders` are the real paths of the folders, each with device and inode. `places` are the paths below the roots that
    a watched folder or a linked file, by its real path, stands for. `awaited` are paths whose appearance would bring a
    root into being.
    """

    folders: Mapping[str, tuple[int, int]]
    places: Mapping[str, frozenset[str]]
    awaited: frozenset[str]

    def meant(self, path: str) -> set[str]:
        """The paths below the roots that a changed real path stands for; none for what is neither agent nor folder."""
        folder, name = os.path.split(path)
        above = self.places.get(folder, frozenset())
        if above and not is_agent_file(name) and not os.path.isdir(path):
            above = frozenset()
        return {os.path.join(place, name) for place in above} | self.places.get(path, frozenset())

    def shakes(self, path: str) -> bool:
        """Whether a change of this path can be one of what there is to watch."""
        if path in self.places or path in self.awaited:
            return True
        return os.path.dirname(path) in self.places and (os.path.islink(path) or os.path.isdir(path))


async def watch(roots: Sequence[Root], stop: asyncio.Event) -> AsyncIterator[frozenset[str] | None]:
    """The absolute paths below the roots that changed, in batches, until `stop` is set; None says: look at everything.

    It says so when the watch has begun (again), at most every `RECONCILE` seconds, and every `POLL` seconds while the
    system lets nothing be watched. Changes through links are told by the paths below the roots.
    """
    import watchfiles  # noqa: PLC0415 - only a front end that stays open needs it

    while not stop.is_set():
        plan = await asyncio.to_thread(_planned, roots)
        events = watchfiles.watch(
            *plan.folders,
            watch_filter=None,
            debounce=DEBOUNCE,
            step=STEP,
            rust_timeout=QUIET,
            yield_on_timeout=True,
            stop_event=stop,
            recursive=False,
            ignore_permission_denied=True,
        )
        due = 0.0
        valid = True
        while valid:
            try:
                batch = await asyncio.to_thread(next, events, None)
            except (OSError, RuntimeError):  # no watches left, or a folder vanished: look again ourselves
                yield None
                await _passed(POLL, stop)
                break
            if batch is None:
                return
            paths = {path for _, path in batch}
            if meant := {place for path in paths for place in plan.meant(path)}:
                yield frozenset(meant)
            begun = time.monotonic()
            late = begun >= due
            if late:
                yield None
            if late or any(map(plan.shakes, paths)):
                valid = await asyncio.to_thread(_planned, roots) == plan
            if late:
                now = time.monotonic()
                due = now + max(RECONCILE, _REST * (now - begun))


async def _passed(seconds: float, stop: asyncio.Event) -> None:
    """Return after some seconds, or when `stop` is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


def _planned(roots: Iterable[Root]) -> _Plan:
    """What to watch now.

    Each folder is watched by itself: a watch of a whole tree would follow every link, to `/` if need be.
    """
    folders: set[str] = set()
    places: defaultdict[str, set[str]] = defaultdict(set)
    awaited: set[str] = set()
    for root in roots:
        top = os.path.realpath(root.path)
        if not os.path.isdir(top):
            awaited.add(missing := _missing(top))
            folders.add(os.path.dirname(missing))
        elif root.only is None:
            folders.add(top)
            places[top].add(root.path)
        for entry in walk(root):
            shown, real = os.path.join(root.path, entry.path), entry.target or os.path.join(top, entry.path)
            if entry.folder and not entry.trouble:
                folders.add(real)
                places[real].add(shown)
            elif not entry.folder and (entry.target or root.only is not None):
                folder, name = os.path.split(real)
                if shown not in {os.path.join(place, name) for place in places.get(folder, ())}:
                    folders.add(folder)
                    places[real].add(shown)
    return _Plan(_identities(folders), {real: frozenset(shown) for real, shown in places.items()}, frozenset(awaited))


def _missing(path: str) -> str:
    """The first part of a path that is not there: its parent is."""
    parent = os.path.dirname(path)
    return path if parent == path or os.path.isdir(parent) else _missing(parent)


def _identities(folders: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Device and inode of each folder that is there."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        with suppress(OSError):  # it vanished just now, or is what a broken link points into
            status = os.stat(folder)
            found[folder] = status.st_dev, status.st_ino
    return found
