"""Where Claude Code keeps the agents of its plugins."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from .contents import read

_DEPTH = 4
"""Folders between `cache` or `marketplaces` and an `agents` folder at most: marketplace, plugin, version, and one."""


def plugin_folders(config: str, project: str) -> list[tuple[str, str]]:
    """(name, `agents` folder) of every plugin, by name: those in the host's list, without one those that lie about.

    `config` is the host's configuration folder; plugins that the list gives to other projects are left out.
    """
    found = _installed(config, project)
    if found is None:
        found = [*_lying(config, "cache"), *_lying(config, "marketplaces")]
    there = [(name, folder) for name, folder in found if os.path.isdir(folder)]
    return sorted({os.path.realpath(folder): (name, folder) for name, folder in reversed(there)}.values())


def _json(path: str) -> object:
    """What a JSON file holds; None where it cannot be read."""
    try:
        return json.loads(read(os.path.realpath(path)).data)
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def _installed(config: str, project: str) -> list[tuple[str, str]] | None:
    """What the host's list of installed plugins says; None without a list."""
    match _json(os.path.join(config, "plugins", "installed_plugins.json")):
        case {"plugins": dict() as plugins}:
            pass
        case _:
            return None
    found: list[tuple[str, str]] = []
    for name, entries in plugins.items():
        for entry in entries if isinstance(entries, list) else [entries]:
            match entry:
                case {"projectPath": str() as path} if not _within(project, path):
                    pass
                case {"installPath": str() as path}:
                    found.append((name.partition("@")[0], os.path.join(config, "plugins", path, "agents")))
                case _:
                    pass
    return found


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))


def _lying(config: str, place: str) -> Iterator[tuple[str, str]]:
    """The plugins that are found below one of the host's folders."""
    top = os.path.join(config, "plugins", place)
    for plugin in _with_agents(top, _DEPTH):
        parts = os.path.relpath(plugin, top).split(os.sep)
        fallback = parts[1] if place == "cache" and len(parts) > 1 else parts[-1]
        yield _name(plugin) or fallback, os.path.join(plugin, "agents")


def _name(plugin: str) -> str | None:
    match _json(os.path.join(plugin, ".claude-plugin", "plugin.json")):
        case {"name": str() as name}:
            return name
        case _:
            return None


def _with_agents(folder: str, depth: int) -> Iterator[str]:
    """The folders below `folder`, at most `depth` deep, that hold an `agents` folder."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:  # not there, or not for us: there are no plugins in it
        return
    if "agents" in names:
        yield folder
    for name in names if depth else ():
        if name not in {"agents", "node_modules"} and not name.startswith("."):
            yield from _with_agents(os.path.join(folder, name), depth - 1)
