"""Which folders are read, what they are called, and how refs and paths stand for one another."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.ref import Ref, Root
from agent_studio.store import roots
from agent_studio.store.roots import NoSuchPath, OutsideRoot, find_roots, path_of, ref_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place with nothing in it, on a machine without managed agents."""
    monkeypatch.setitem(roots.MANAGED, sys.platform, str(tmp_path / "etc" / ".claude" / "agents"))
    return tmp_path.resolve()


def agents(folder: Path) -> Path:
    made = folder / ".claude" / "agents"
    made.mkdir(parents=True)
    return made


def found(cwd: Path, home: Path, *paths: str | Path, **environ: str) -> list[tuple[str, str]]:
    return [(root.name, root.path) for root in find_roots(paths, cwd, environ, home)]


def test_start_folder_and_parents_up_to_the_repository_nearest_first(here: Path, home: Path) -> None:
    outer, repository, inner = agents(here), agents(here / "shop"), agents(here / "shop" / "web" / "cart")
    (here / "shop" / ".git").mkdir()
    assert found(here / "shop" / "web" / "cart", home)[:2] == [
        ("project", str(inner)),
        ("project/shop", str(repository)),
    ]
    assert str(outer) not in dict(found(here / "shop" / "web" / "cart", home)).values()


def test_a_git_file_ends_a_repository_too(here: Path, home: Path) -> None:
    agents(here)
    worktree = agents(here / "tree")
    (here / "tree" / ".git").write_text("gitdir: elsewhere")
    assert found(here / "tree", home)[:-1] == [("project", str(worktree))]


def worktree(here: Path) -> Path:
    """A linked worktree of the repository in `here / "shop"`."""
    linked = here / "shop" / ".git" / "worktrees" / "tree"
    linked.mkdir(parents=True)
    (linked / "commondir").write_text("../..\n")
    (linked / "gitdir").write_text(f"{here / 'tree' / '.git'}\n")
    (here / "tree").mkdir()
    (here / "tree" / ".git").write_text(f"gitdir: {linked}\n")
    return here / "tree"


def test_a_worktree_without_agents_falls_back_to_the_main_checkout(here: Path, home: Path) -> None:
    main, tree = agents(here / "shop"), worktree(here)
    inner = agents(tree / "web")
    assert str(main) in [path for _, path in found(tree, home)]
    assert [path for _, path in found(tree / "web", home)[:2]] == [str(inner), str(main)]
    (here / "shop" / ".git" / "worktrees" / "tree" / "gitdir").write_text("elsewhere")
    assert str(main) not in [path for _, path in found(tree, home)]
    worktree_agents = agents(tree)
    assert str(worktree_agents) in [path for _, path in found(tree, home)]
    assert str(main) not in [path for _, path in found(tree, home)]


def test_a_broken_link_does_not_end_a_repository(here: Path, home: Path) -> None:
    outer = agents(here)
    (here / "shop").mkdir()
    (here / "shop" / ".git").symlink_to("nowhere")
    assert str(outer) in [path for _, path in found(here / "shop", home)]


@pytest.mark.parametrize("place", ["managed-settings.json", "managed-settings.d/a.json"])
@pytest.mark.parametrize(
    ("value", "idle"), [(["agents"], True), (True, True), ("agents", True), (["hooks"], False), (False, False)]
)
def test_managed_settings_may_allow_only_plugins(here: Path, home: Path, place: str, value: object, idle: bool) -> None:
    agents(here)
    file = here / "etc" / place
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"strictPluginOnlyCustomization": value}))
    roots_found = find_roots((), here, {}, home)
    assert {bool(root.idle) for root in roots_found if root.scope in {"project", "user"}} == {idle}


def test_names_that_the_settings_keep_from_the_model(here: Path, home: Path) -> None:
    config = agents(here).parent
    rules = ["Agent(a)", "Task(b c)", "Bash(x)", "Agent(a(b))", "agent(d)", 5]
    (config / "settings.local.json").write_text(json.dumps({"permissions": {"deny": rules}}))
    assert {root.denied for root in find_roots((), here, {}, home)} == {frozenset({"a", "b c", "a(b)"})}
    (config / "settings.json").write_text('{"permissions": {"deny": ["Agent"]}}')
    assert "*" in find_roots((), here, {}, home)[0].denied


def test_folders_given_to_the_host(here: Path, home: Path) -> None:
    extra, plugin = agents(here / "extra"), here / "tool"
    (plugin / "agents").mkdir(parents=True)
    roots_found = find_roots((), here, {}, home, added=["extra"], plugin_dirs=[plugin])
    assert [(root.scope, root.path, root.added, root.plugin) for root in roots_found[-2:]] == [
        ("project", str(extra), 1, None),
        ("plugin", str(plugin / "agents"), 0, "tool"),
    ]
    with pytest.raises(NoSuchPath):
        find_roots((), here, {}, home, added=["nowhere"])


def test_a_plugin_opened_by_hand(here: Path, home: Path) -> None:
    plugin = here / "tool"
    (plugin / "agents").mkdir(parents=True)
    (plugin / ".claude-plugin").mkdir()
    (plugin / ".claude-plugin" / "plugin.json").write_text('{"name": "sharp"}')
    for path in (plugin, plugin / "agents"):
        (root,) = find_roots([path], here, {}, home)
        assert (root.scope, root.plugin, root.path, root.read_only) == (
            "plugin",
            "sharp",
            str(plugin / "agents"),
            False,
        )


def test_without_git_the_home_and_everything_above_are_left_out(here: Path) -> None:
    agents(here)
    home = here / "home"
    user, project = agents(home), agents(home / "code")
    (home / "code" / "deep").mkdir()
    assert found(home / "code" / "deep", home) == [("project", str(project)), ("user", str(user))]


def test_home_in_git_counts_once_as_user(here: Path) -> None:
    user = agents(here)
    (here / ".git").mkdir()
    (here / "code").mkdir()
    names = dict(found(here / "code", here))
    assert names == {"project": str(here / "code" / ".claude" / "agents"), "user": str(user)}


def test_places_that_are_missing_are_listed_as_such(here: Path, home: Path) -> None:
    (here / ".git").mkdir()
    project, user = find_roots((), here, {}, home)
    assert (project.name, project.path, project.exists) == ("project", str(here / ".claude" / "agents"), False)
    assert (user.name, user.path, user.exists) == ("user", str(home / ".claude" / "agents"), False)


def test_configuration_folder_replaces_that_of_the_home(here: Path, home: Path) -> None:
    agents(home)
    (here / "cfg" / "agents").mkdir(parents=True)
    listed = find_roots((), here, {"CLAUDE_CONFIG_DIR": str(here / "cfg")}, home)
    assert [root.path for root in listed if root.scope == "user"] == [str(here / "cfg" / "agents")]


def test_managed_agents_are_read_only(here: Path, home: Path) -> None:
    managed = agents(here / "etc")
    root = next(root for root in find_roots((), here, {}, home) if root.scope == "managed")
    assert (root.name, root.path, root.read_only) == ("managed", str(managed), True)


def test_same_folder_names_stay_apart(here: Path, home: Path) -> None:
    paths = [here / side / "app" for side in ("a", "b", "c")]
    for path in paths:
        agents(path)
    assert [name for name, _ in found(here, home, *paths)] == ["project", "project/app", "project/app-2"]


def test_names_hold_no_colon_and_no_control_characters(here: Path, home: Path) -> None:
    for name in ("one", "a:b\x1b[2J"):
        (here / name).mkdir()
    assert [name for name, _ in found(here, home, here / "one", here / "a:b\x1b[2J")] == ["folder", "folder/a-b-2J"]


def test_named_folders(here: Path, home: Path) -> None:
    project, user = agents(here / "shop"), agents(home)
    (here / "plain").mkdir()
    for path, root in {
        here / "shop": ("project", str(project)),
        here / "shop" / ".claude": ("project", str(project)),
        project: ("project", str(project)),
        home: ("user", str(user)),
        user: ("user", str(user)),
        here / "plain": ("folder", str(here / "plain")),
    }.items():
        assert found(here, home, path) == [root]


def test_named_file(here: Path, home: Path) -> None:
    (here / "a.md").touch()
    (root,) = find_roots(["a.md"], here, {}, home)
    assert root == Root("folder", "folder", str(here), only=frozenset({"a.md"}))


def test_named_file_deep_in_a_project_belongs_to_the_project(here: Path, home: Path) -> None:
    folder = agents(here)
    (folder / "db").mkdir()
    (folder / "db" / "a.md").touch()
    (root,) = find_roots([folder / "db" / "a.md"], here, {}, home)
    assert root == Root("project", "project", str(folder), only=frozenset({"db/a.md"}))


def test_files_of_one_folder_are_one_root(here: Path, home: Path) -> None:
    for name in ("a.md", "b.md"):
        (here / name).touch()
    (root,) = find_roots(["a.md", "b.md", "a.md"], here, {}, home)
    assert root.only == frozenset({"a.md", "b.md"})
    (root,) = find_roots(["a.md", "."], here, {}, home)
    assert root.only is None
    (root,) = find_roots([".", "a.md"], here, {}, home)
    assert root.only is None


def test_one_folder_by_two_paths_is_one_root(here: Path, home: Path) -> None:
    (here / "real").mkdir()
    (here / "link").symlink_to("real")
    assert found(here, home, "real", "link") == [("folder", str(here / "real"))]


@pytest.mark.parametrize("path", ["nowhere", "", "a\0b"])
def test_missing_path(here: Path, home: Path, path: str) -> None:
    with pytest.raises(NoSuchPath) as raised:
        find_roots([path], here, {}, home)
    assert raised.value.path == path


def test_other_files_are_refused(here: Path, home: Path) -> None:
    (here / "notes.txt").touch()
    with pytest.raises(NoSuchPath, match=r"notes\.txt: not an agent file"):
        find_roots(["notes.txt"], here, {}, home)


def test_dangling_link_can_be_named(here: Path, home: Path) -> None:
    (here / "a.md").symlink_to("nowhere")
    assert found(here, home, "a.md") == [("folder", str(here))]


def test_plugin_opened_by_hand_is_read_only(here: Path, home: Path) -> None:
    folder = home / ".claude" / "plugins" / "cache" / "m" / "p" / "1" / "agents"
    folder.mkdir(parents=True)
    (root,) = find_roots([folder], here, {}, home)
    assert root.read_only


ROOTS = (Root("project", "project", "/w/.claude/agents"), Root("folder", "folder", "/w"))


def test_ref_of_takes_the_deepest_root() -> None:
    assert ref_of(ROOTS, "/w/.claude/agents/db/a.md") == Ref("project", "db/a.md")
    assert ref_of(ROOTS, "/w/x.md") == Ref("folder", "x.md")
    for path in ("/w", "/wx/a.md", "/v/a.md", "/"):
        assert ref_of(ROOTS, path) is None


def test_ref_of_keeps_to_the_files_of_a_root(tmp_path: Path) -> None:
    root = Root("folder", "folder", str(tmp_path), only=frozenset({"a.md"}))
    assert ref_of([root], tmp_path / "a.md") == Ref("folder", "a.md")
    assert ref_of([root], tmp_path / "b.md") is None


def test_ref_of_finds_a_root_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    for spelled, other in (("real", "link"), ("link", "real")):
        root = Root("folder", "folder", str(tmp_path / spelled))
        assert ref_of([root], tmp_path / other / "a.md") == Ref("folder", "a.md")


@pytest.mark.parametrize(
    "path",
    ["", "/", "/etc/passwd", "..", "../a.md", "a/../../b.md", "a//b.md", "./a.md", "a/", "a\0.md", ".", "\ud800.md"],
)
def test_path_of_refuses_what_leads_away(path: str) -> None:
    with pytest.raises(OutsideRoot):
        path_of(ROOTS, Ref("project", path))


def test_path_of_refuses_unknown_roots() -> None:
    with pytest.raises(OutsideRoot):
        path_of(ROOTS, Ref("user", "a.md"))


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1).filter(
            lambda s: s not in {".", ".."}
        )
    )
)
def test_ref_and_path_stand_for_one_another(parts: list[str]) -> None:
    ref = Ref("folder", "/".join([*parts, "a.md"]))
    path = path_of(ROOTS, ref)
    assert path.startswith("/w/")
    assert os.path.normpath(path) == path
    if not ref.path.startswith(".claude/agents/"):
        assert ref_of(ROOTS, path) == ref
