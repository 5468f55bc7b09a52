"""A fresh copy of the sample agents, as a project and a home to play in."""

from __future__ import annotations

import json
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

_MARKET = "tidewater"
_PLUGIN = f"plugins/cache/{_MARKET}/storefront-tools/1.2.0"


def copy_to(folder: Path) -> Path:
    """Write a fresh copy below `folder` as a project and a home with a plugin, and return the project's folder.

    The home is `folder / "home"`. Raises `FileExistsError` where either already stands there: nothing is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    project, home = folder / "project", folder / "home"
    project.mkdir()
    home.mkdir()
    _repository(project)
    config = home / ".claude"
    files = resources.files("agent_studio.demo") / "files"
    _copy(files / "project", project / ".claude")
    _copy(files / "user", config)
    _copy(files / "plugin" / "storefront-tools", config / _PLUGIN)
    _install(config)
    return project


def _repository(project: Path) -> None:
    """Make `project` an empty git repository: neither git nor the search for agents looks further up than that."""
    for part in ("objects", "refs"):
        (project / ".git" / part).mkdir(parents=True)
    (project / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())


def _install(config: Path) -> None:
    """Register the plugin and its marketplace as Claude Code does (second version of its list), and enable it."""
    plugin = config / _PLUGIN
    name, version = plugin.parent.name, plugin.name
    _write_json(plugin / ".claude-plugin" / "plugin.json", {"name": name, "version": version})
    entry = {"scope": "user", "installPath": str(plugin), "version": version}
    key = f"{name}@{_MARKET}"
    _write_json(config / "plugins" / "installed_plugins.json", {"version": 2, "plugins": {key: [entry]}})
    market = config / "plugins" / "marketplaces" / _MARKET
    _write_json(market / ".claude-plugin" / "marketplace.json", {"name": _MARKET, "plugins": []})
    source = {"source": "github", "repo": f"{_MARKET}/plugins"}
    known = {_MARKET: {"source": source, "installLocation": str(market)}}
    _write_json(config / "plugins" / "known_marketplaces.json", known)
    _write_json(config / "settings.json", {"enabledPlugins": {key: True}})


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
