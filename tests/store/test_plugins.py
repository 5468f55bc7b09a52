"""Agents of plugins are found where Claude Code keeps them, whatever state its list is in."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from agent_studio.model.ref import Root
from agent_studio.store.host_files import Settings
from agent_studio.store.plugins import plugin_roots


def plugin(config: Path, path: str) -> str:
    folder = config / "plugins" / path
    (folder / "agents").mkdir(parents=True)
    return str(folder)


def register(config: Path, plugins: object) -> None:
    (config / "plugins").mkdir(exist_ok=True)
    (config / "plugins" / "installed_plugins.json").write_text(json.dumps({"version": 2, "plugins": plugins}))


def roots(config: Path, project: str = "/work") -> list[Root]:
    return list(plugin_roots(str(config), project, Settings.of(str(config), project)))


def found(config: Path, project: str = "/work") -> list[tuple[str, str]]:
    assert all(root.read_only and root.plugin == root.name for root in roots(config, project))
    return [(root.name, root.path) for root in roots(config, project)]


def know(config: Path, source: object = "github", offered: object = ()) -> Path:
    """Let the host know the marketplace `market`, and return where it lies."""
    market = config / "plugins" / "marketplaces" / "market"
    (market / ".claude-plugin").mkdir(parents=True)
    (market / ".claude-plugin" / "marketplace.json").write_text(json.dumps({"name": "market", "plugins": offered}))
    known = {"market": {"source": {"source": source}, "installLocation": str(market)}}
    (config / "plugins" / "known_marketplaces.json").write_text(json.dumps(known))
    return market


def enable(folder: Path, on: object = True, file: str = "settings.json") -> None:
    folder.mkdir(exist_ok=True)
    (folder / file).write_text(json.dumps({"enabledPlugins": {"seo@market": on}}))


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
    assert found(tmp_path, "/projects/shop") == [("seo", f"{path}/agents")]
    assert found(tmp_path, "/projects/shop/deep") == found(tmp_path, "/projects/shops") == []


def test_the_first_version_that_counts_is_taken(tmp_path: Path) -> None:
    old, new = plugin(tmp_path, "cache/market/seo/1.0"), plugin(tmp_path, "cache/market/seo/2.0")
    other = {"scope": "project", "projectPath": "/projects/shop", "installPath": new}
    register(tmp_path, {"seo@market": [other, {"installPath": old}, {"installPath": new}]})
    assert found(tmp_path) == [("seo", f"{old}/agents")]


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


def installed(config: Path) -> str:
    path = plugin(config, "cache/market/seo/1.0")
    register(config, {"seo@market": [{"scope": "user", "installPath": path}]})
    return path


def test_an_enabled_plugin_of_a_known_marketplace_is_read(tmp_path: Path) -> None:
    installed(tmp_path)
    know(tmp_path)
    enable(tmp_path)
    (root,) = roots(tmp_path)
    assert root.idle is None


@pytest.mark.parametrize("on", [False, "yes", ["1.0"], None, 1])
def test_any_other_word_than_true_does_not_enable(tmp_path: Path, on: object) -> None:
    installed(tmp_path)
    know(tmp_path)
    enable(tmp_path, on)
    (root,) = roots(tmp_path)
    assert "seo@market is not enabled" in (root.idle or "")


def test_what_the_settings_do_not_name_is_not_enabled(tmp_path: Path) -> None:
    installed(tmp_path)
    know(tmp_path)
    (root,) = roots(tmp_path)
    assert "not enabled" in (root.idle or "")


def test_an_unknown_marketplace_keeps_a_plugin_out(tmp_path: Path) -> None:
    installed(tmp_path)
    enable(tmp_path)
    (root,) = roots(tmp_path)
    assert "does not know the marketplace" in (root.idle or "")


def test_the_nearer_settings_count(tmp_path: Path) -> None:
    config, project = tmp_path / "config", tmp_path / "project"
    config.mkdir()
    project.mkdir()
    installed(config)
    know(config)
    for folder, on, file in (
        (config, False, "settings.json"),
        (project / ".claude", True, "settings.json"),
    ):
        enable(folder, on, file)
    assert roots(config, str(project))[0].idle is None
    enable(project / ".claude", False, "settings.local.json")
    assert roots(config, str(project))[0].idle


def test_of_a_local_marketplace_the_files_are_read_there(tmp_path: Path) -> None:
    installed(tmp_path)
    market = know(tmp_path, "directory", [{"name": "seo", "source": "./plugins/seo"}])
    (market / "plugins" / "seo" / "agents").mkdir(parents=True)
    enable(tmp_path)
    assert [os.path.realpath(root.path) for root in roots(tmp_path)] == [str(market / "plugins" / "seo" / "agents")]


def manifest(plugin: Path, content: object) -> None:
    (plugin / ".claude-plugin").mkdir()
    (plugin / ".claude-plugin" / "plugin.json").write_text(json.dumps(content))


def test_a_manifest_names_the_files_instead_of_the_folder(tmp_path: Path) -> None:
    path = Path(installed(tmp_path))
    manifest(path, {"name": "search", "agents": ["./more/x.md", "./y.md"]})
    (path / "more").mkdir()
    assert [(root.path, root.only) for root in roots(tmp_path)] == [
        (str(path), frozenset({"y.md"})),
        (str(path / "more"), frozenset({"x.md"})),
    ]
    assert {root.plugin for root in roots(tmp_path)} == {"search"}


def test_a_marketplace_adds_files(tmp_path: Path) -> None:
    path = Path(installed(tmp_path))
    know(tmp_path, offered=[{"name": "seo", "agents": "./y.md"}])
    assert [(root.path, root.only) for root in roots(tmp_path)] == [
        (str(path), frozenset({"y.md"})),
        (str(path / "agents"), None),
    ]


@pytest.mark.parametrize(
    "content",
    [{"name": "a b"}, {"name": ""}, {}, 5, {"name": "seo", "agents": "./more"}, {"name": "seo", "agents": ["x.md"]}],
)
def test_a_manifest_that_the_host_does_not_take(tmp_path: Path, content: object) -> None:
    path = Path(installed(tmp_path))
    know(tmp_path)
    enable(tmp_path)
    manifest(path, content)
    (root,) = roots(tmp_path)
    assert "plugin.json" in (root.idle or "")
    assert root.name == "seo"


def test_a_plugin_among_the_skills_needs_no_list(tmp_path: Path) -> None:
    helper = tmp_path / "skills" / "helper"
    (helper / "agents").mkdir(parents=True)
    (tmp_path / "skills" / "plain" / "agents").mkdir(parents=True)
    manifest(helper, {"name": "helper"})
    (root,) = roots(tmp_path)
    assert (root.plugin, root.path, root.idle) == ("helper", str(helper / "agents"), None)
    (tmp_path / "settings.json").write_text('{"enabledPlugins": {"helper@skills-dir": false}}')
    (root,) = roots(tmp_path)
    assert "disabled" in (root.idle or "")


def test_a_plugin_that_only_lies_about_is_not_installed(tmp_path: Path) -> None:
    plugin(tmp_path, "cache/market/seo/1.0")
    (root,) = roots(tmp_path)
    assert "not installed" in (root.idle or "")
