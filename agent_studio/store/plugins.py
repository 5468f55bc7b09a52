"""Where Claude Code keeps the agents of its plugins, and which of them it reads.

Source: Claude Code 2.1.329, observed. A plugin counts where the settings enable it, its marketplace is known, it is
in the list of installed ones, and its manifest can be used; of a marketplace that is a local folder the files are read
there, not from the cache. A plugin in the `skills` folder counts without all that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from agent_studio.model.fences import JS_SPACE
from agent_studio.model.ref import Root

from .host_files import Settings, json_at

_DEPTH = 4
"""Folders between `cache` or `marketplaces` and an `agents` folder at most: marketplace, plugin, version, and one."""
_NOT_INSTALLED = "the plugin is not installed: Claude Code does not read it"


class _Marketplace(NamedTuple):
    """A marketplace that the host knows: where it lies, whether it is a local folder, and the plugins it offers."""

    folder: str
    local: bool
    offered: dict[str, dict[str, object]]

    def source(self, plugin: str) -> str | None:
        """Where a plugin of a local marketplace is read; None where its files are in the cache."""
        source = self.offered.get(plugin, {}).get("source")
        return os.path.join(self.folder, source) if self.local and isinstance(source, str) else None


def plugin_roots(config: str, project: str, settings: Settings) -> Iterator[Root]:
    """The folders of plugin agents, by name: those of the host's list, without one those that lie about.

    `config` is the host's configuration folder; what the list gives to other projects than the one that the host is
    started in is left out. A root that the host does not read now says why (`idle`); its name is only a label.
    """
    plugins = installed(config, project, settings)
    if plugins is None:
        found = [root for place in ("cache", "marketplaces") for root in _lying(config, place)]
    else:
        found = [root for plugin in plugins for root in plugin.roots]
    found += _of_skills(config, settings)
    there = {os.path.realpath(root.path): root for root in reversed(found) if os.path.isdir(root.path)}
    yield from sorted(there.values(), key=lambda root: (root.name, root.path))


class Plugin(NamedTuple):
    """A plugin of the host's list: its name there, its folder, and why the host does not read it now.

    `more` are files of agents that its marketplace names.
    """

    name: str
    folder: str
    idle: str | None
    more: object = None

    @property
    def roots(self) -> Iterator[Root]:
        """Where its agents are."""
        for root in roots_of(self.folder, self.name, self.more):
            yield replace(root, read_only=True, idle=self.idle or root.idle)


def installed(config: str, project: str, settings: Settings) -> list[Plugin] | None:
    """What the host's list of installed plugins says; None without a list."""
    match json_at(os.path.join(config, "plugins", "installed_plugins.json")):
        case {"plugins": dict() as plugins}:
            return list(_listed(plugins, config, project, settings))
        case _:
            return None


def _listed(plugins: dict[str, object], config: str, project: str, settings: Settings) -> Iterator[Plugin]:
    markets = dict(_marketplaces(config))
    for key, entries in plugins.items():
        name, _, market = key.partition("@")
        place = markets.get(market)
        path = next(_install_paths(entries, project), None)
        if path is not None:
            folder = (place and place.source(name)) or path
            more = place.offered.get(name, {}).get("agents") if place else None
            yield Plugin(name, folder, _idle(key, settings, place), more)


def opened_plugin(folder: str) -> str | None:
    """The name of the plugin whose own folder this is; None where it is none."""
    manifest = _Manifest.of(folder, os.path.basename(folder))
    return manifest.name if manifest.there else None


def roots_of(folder: str, fallback: str, more: object = None) -> Iterator[Root]:
    """Where the agents of the plugin in a folder are: in `agents`, or where its manifest says, and in `more` files.

    `fallback` is its name where it has no manifest.
    """
    manifest = _Manifest.of(folder, fallback)
    root = Root(manifest.name, "plugin", os.path.join(folder, "agents"), plugin=manifest.name, idle=manifest.trouble)
    if manifest.agents is None:
        yield root
    for path in (*(manifest.agents or ()), *(_files(more) or ())):
        place, file = os.path.split(os.path.normpath(os.path.join(folder, path)))
        yield replace(root, path=place, only=frozenset({file}))


class _Manifest(NamedTuple):
    """What a plugin says of itself: its name, and the files that are its agents (None: those in its `agents` folder).

    `trouble` says why the host does not take the plugin for it; `there` is false where it has none.
    """

    name: str
    agents: tuple[str, ...] | None = None
    trouble: str | None = None
    there: bool = True

    @classmethod
    def of(cls, folder: str, fallback: str) -> _Manifest:
        """The manifest of the plugin in a folder."""
        path = os.path.join(folder, ".claude-plugin", "plugin.json")
        if not os.path.isfile(path):
            return cls(fallback, there=False)
        found = json_at(path)
        name = found.get("name") if isinstance(found, dict) else None
        if not isinstance(found, dict) or not isinstance(name, str) or not name or set(name) & set(JS_SPACE):
            return cls(fallback, None, f"{path} has no usable name, so the plugin is not loaded")
        if "agents" not in found:
            return cls(name)
        agents = _files(found["agents"])
        reason = f"{path}: agents must be files like ./agents/x.md, so the plugin is not loaded"
        return cls(name, agents, None if agents is not None else reason)


def _files(value: object) -> tuple[str, ...] | None:
    """The agent files that a manifest names; None where the host does not take the value."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) and item.startswith("./") and item.endswith(".md") for item in items):
        return None
    return tuple(items)


def _install_paths(entries: object, project: str) -> Iterator[str]:
    """Where the versions of a plugin lie that count in a project; the host takes the first."""
    for entry in entries if isinstance(entries, list) else [entries]:
        match entry:
            case {"projectPath": str() as other} if other != project:
                pass
            case {"installPath": str() as path}:
                yield os.path.join(project, path)
            case _:
                pass


def _idle(key: str, settings: Settings, place: _Marketplace | None) -> str | None:
    """Why the host does not read an installed plugin; None where it does."""
    if not settings.enabled.get(key):
        return f"the plugin {key} is not enabled: enabledPlugins in settings.json decides"
    return None if place else f"Claude Code does not know the marketplace of {key}"


def _marketplaces(config: str) -> Iterator[tuple[str, _Marketplace]]:
    """The marketplaces that the host knows, by name."""
    known = json_at(os.path.join(config, "plugins", "known_marketplaces.json"))
    for name, entry in known.items() if isinstance(known, dict) else ():
        match entry:
            case {"installLocation": str() as folder}:
                local = isinstance(entry.get("source"), dict) and entry["source"].get("source") == "directory"
            case _:
                continue
        match json_at(os.path.join(folder, ".claude-plugin", "marketplace.json")):
            case {"plugins": list() as plugins}:
                offered = {str(plugin.get("name")): plugin for plugin in plugins if isinstance(plugin, dict)}
            case dict():
                offered = {}
            case _:
                continue
        yield name, _Marketplace(folder, local, offered)


def _of_skills(config: str, settings: Settings) -> Iterator[Root]:
    """The plugins that lie in the host's folder for skills: read unless the settings say no."""
    top = os.path.join(config, "skills")
    for folder in (os.path.join(top, name) for name in _folders(top)):
        if name := opened_plugin(folder):
            off = settings.enabled.get(key := f"{name}@skills-dir") is False
            idle = f"the plugin {key} is disabled: enabledPlugins in settings.json decides" if off else None
            yield from (replace(root, idle=idle or root.idle) for root in roots_of(folder, name))


def _lying(config: str, place: str) -> Iterator[Root]:
    """The plugins that are found below one of the host's folders."""
    top = os.path.join(config, "plugins", place)
    for plugin in _with_agents(top, _DEPTH):
        parts = os.path.relpath(plugin, top).split(os.sep)
        fallback = parts[1] if place == "cache" and len(parts) > 1 else parts[-1]
        for root in roots_of(plugin, fallback):
            yield replace(root, read_only=True, idle=_NOT_INSTALLED)


def _with_agents(folder: str, depth: int) -> Iterator[str]:
    """The folders below `folder`, at most `depth` deep, that hold an `agents` folder."""
    names = _folders(folder)
    if "agents" in names:
        yield folder
    for name in names if depth else ():
        if name not in {"agents", "node_modules"} and not name.startswith("."):
            yield from _with_agents(os.path.join(folder, name), depth - 1)


def _folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except OSError:  # not there, or not for us: there are no plugins in it
        return []
