"""Agents of plugins are found where Claude Code keeps them, whatever state its list is in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent_studio.store.plugins import plugin_folders


def plugin(config: Path, path: str) -> str:
    folder = config / "plugins" / path
    (folder / "agents").mkdir(parents=True)
    return str(folder)


def register(config: Path, plugins: object) -> None:
    (config / "plugins").mkdir(exist_ok=True)
    (config / "plugins" / "installed_plugins.json").write_text(json.dumps({"version": 2, "plugins": plugins}))


def found(config: Path, project: str = "/work") -> list[tuple[str, str]]:
    return plugin_folders(str(config), project)


def test_installed_ones_only(tmp_path: Path) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    plugin(tmp_path, "cache/market/other/1.0")
    register(tmp_path, {"seo@market": [{"scope": "user", "installPath": path}]})
    assert found(tmp_path) == [("seo", f"{path}/agents")]


def test_first_version_of_the_list(tmp_path: Path) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    register(tmp_path, {"seo@market": {"installPath": path}})
    assert found(tmp_path) == [("seo", f"{path}/agents")]


def test_those_of_other_projects_are_left_out(tmp_path: Path) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    register(tmp_path, {"seo@market": [{"scope": "project", "projectPath": "/projects/shop", "installPath": path}]})
    assert found(tmp_path, "/projects/shop") == found(tmp_path, "/projects/shop/deep") == [("seo", f"{path}/agents")]
    assert found(tmp_path, "/projects/shops") == []


def test_one_plugin_installed_twice_is_one(tmp_path: Path) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    register(tmp_path, {"seo@market": [{"installPath": path}, {"installPath": path}]})
    assert found(tmp_path) == [("seo", f"{path}/agents")]


def test_those_without_agents_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "plugins" / "bare").mkdir(parents=True)
    register(
        tmp_path, {"bare@m": [{"installPath": str(tmp_path / "plugins" / "bare")}], "gone@m": [{"installPath": "x"}]}
    )
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"{}", b'{"plugins": []}', b"[" * 100_000, b'{"plugins": {"a": 1}', b"\0"],
)
def test_a_damaged_list_is_none(tmp_path: Path, damage: bytes) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    (tmp_path / "plugins" / "installed_plugins.json").write_bytes(damage)
    assert found(tmp_path) == [("seo", f"{path}/agents")]


@pytest.mark.parametrize(
    "entries",
    [None, 1, "x", [None, 1, [], {}], {"installPath": 1}, [{"installPath": "a\0b"}], [{"installPath": "\ud800"}]],
)
def test_odd_entries_are_passed_over(tmp_path: Path, entries: object) -> None:
    path = plugin(tmp_path, "cache/market/seo/1.0")
    register(tmp_path, {"odd@market": entries, "seo@market": [{"installPath": path}]})
    assert found(tmp_path) == [("seo", f"{path}/agents")]


def test_without_a_list_all_that_lie_about(tmp_path: Path) -> None:
    cached = plugin(tmp_path, "cache/market/seo/1.0")
    offered = plugin(tmp_path, "marketplaces/market/plugins/lint")
    named = plugin(tmp_path, "marketplaces/other")
    (Path(named) / ".claude-plugin").mkdir()
    (Path(named) / ".claude-plugin" / "plugin.json").write_text('{"name": "tools"}')
    plugin(tmp_path, "marketplaces/other/.claude")
    plugin(tmp_path, "marketplaces/other/node_modules/x")
    plugin(tmp_path, "marketplaces/a/b/c/d/e/f")
    assert found(tmp_path) == [("lint", f"{offered}/agents"), ("seo", f"{cached}/agents"), ("tools", f"{named}/agents")]


def test_nothing_there(tmp_path: Path) -> None:
    assert found(tmp_path) == []
