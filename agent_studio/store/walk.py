"""The folders and agent files below a root, in the order in which the host reads them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from agent_studio.model.ref import Root, may_be_agent_file

from .contents import reason

LINKED_FOLDERS = 2_000
"""Folders that are read behind the links of one root, so that a link to `/` does not read the whole disk."""


class Entry(NamedTuple):
    """A folder or an agent file by its path below the root (forward slashes).

    `target` is its real path where a link leads there, be it the entry itself (`is_link`) or a folder above it;
    `trouble` says why a folder cannot be looked into.
    """

    path: str
    target: str | None = None
    folder: bool = False
    trouble: str | None = None
    is_link: bool = False


@dataclass(slots=True)
class _Level:
    """A folder that is being read.

    `prefix` begins the paths below it, `target` is its real path behind a link, `identity` its device and inode.
    """

    prefix: str
    target: str | None
    identity: tuple[int, int]
    entries: Iterator[os.DirEntry[str]]

    @classmethod
    def of(cls, folder: str, prefix: str, target: str | None, by_path: bool) -> _Level:
        status = os.stat(folder)
        with os.scandir(folder) as found:
            entries = sorted(found, key=_in_path) if by_path else list(found)
        return cls(prefix, target, (status.st_dev, status.st_ino), iter(entries))


def _in_path(entry: os.DirEntry[str]) -> str:
    """What the paths of an entry, and of all that is in it, begin with."""
    return f"{entry.name}/" if _is_folder(entry) else entry.name


def walk(root: Root, *, by_path: bool = False) -> Iterator[Entry]:
    """Every folder, and every file below a root that is an agent file or may be one; its `only` files in any case.

    Depth first, entries as the file system lists them (of two namesakes the host takes the last one), or in the order
    of their paths. Links are followed; a folder that is reached twice is read where it is met first.
    """
    if root.only is not None:
        yield from (entry_at(root, path) for path in sorted(root.only))
        return
    try:
        levels = [_Level.of(root.path, "", None, by_path)]
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield Entry(".", None, True, reason(error))
        return
    yield from _below(levels, by_path)


def _below(levels: list[_Level], by_path: bool) -> Iterator[Entry]:
    linked = 0
    seen = {level.identity for level in levels}
    while levels:
        level = levels[-1]
        entry = next(level.entries, None)
        if entry is None:
            levels.pop()
        elif _is_folder(entry):
            target = _target(level, entry)
            linked += target is not None
            if linked > LINKED_FOLDERS and target is not None:
                yield _cut(levels, level.prefix + entry.name, target)
            else:
                yield from _entered(levels, entry, target, seen, by_path)
        elif may_be_agent_file(entry.name):
            yield Entry(level.prefix + entry.name, _target(level, entry), is_link=entry.is_symlink())


def _entered(
    levels: list[_Level], entry: os.DirEntry[str], target: str | None, seen: set[tuple[int, int]], by_path: bool
) -> Iterator[Entry]:
    """Go into a folder that was not seen yet: its entry."""
    path = levels[-1].prefix + entry.name
    try:
        level = _Level.of(entry.path, f"{path}/", target, by_path)
    except FileNotFoundError:  # just now
        return
    except OSError as error:
        yield Entry(path, target, True, reason(error))
        return
    if level.identity not in seen:
        seen.add(level.identity)
        levels.append(level)
        yield Entry(path, target, True)


def _cut(levels: list[_Level], path: str, target: str) -> Entry:
    """Stop reading behind the outermost link: the entry that says so."""
    place = next((place for place, level in enumerate(levels) if level.target), None)
    if place is not None:
        path, target = levels[place].prefix[:-1], levels[place].target or target
        del levels[place:]
    return Entry(path, target, True, f"a link to more than {LINKED_FOLDERS:,} folders: not all of them are read")


def entry_at(root: Root, path: str) -> Entry:
    """The entry of one file below a root, whether it is there or not."""
    parts = path.split("/")
    steps = [os.path.join(root.path, *parts[:place]) for place in range(1, len(parts) + 1)]
    linked = list(map(os.path.islink, steps))
    return Entry(path, os.path.realpath(steps[-1]) if any(linked) else None, is_link=linked[-1])


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _target(level: _Level, entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return os.path.realpath(entry.path)
    return os.path.join(level.target, entry.name) if level.target else None
