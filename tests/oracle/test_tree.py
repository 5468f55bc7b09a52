"""Probes laid out on disk."""

from __future__ import annotations

import os
from pathlib import Path

from oracle.tree import lay, read_order
from tests.oracle.probes import placed, probe


def test_files_folders_and_links_are_laid_out(tmp_path: Path) -> None:
    agents = "project/.claude/agents"
    tree = lay(
        probe(
            files={f"{agents}/x.md": b"\xff\r\n", "home/.claude/agents/y.md": b""},
            folders=("project/.git",),
            links={f"{agents}/team": "../../outside", f"{agents}/gone.md": "nowhere.md"},
            hardlinks={f"{agents}/z.md": f"{agents}/x.md"},
        ),
        tmp_path,
    )
    top = tree.top
    assert (top / agents / "x.md").read_bytes() == b"\xff\r\n"
    assert os.path.samefile(top / agents / "x.md", top / agents / "z.md")
    assert (top / agents / "gone.md").readlink() == Path("nowhere.md")
    assert (top / agents / "team").readlink() == Path("../../outside")
    assert (top / "project/.git").is_dir()
    assert placed(top / "home") == {".claude/agents/y.md"}


def test_a_run_starts_where_and_as_it_was_recorded(tmp_path: Path) -> None:
    made = probe(folders=("home/work",), cwd="home/work", args=("--add-dir", "@extra"), env={"X": "@extra"})
    tree = lay(made, tmp_path)
    assert tree.cwd == tmp_path.resolve() / "home/work"
    assert tree.args == ("--add-dir", str(tmp_path.resolve() / "extra"))
    assert tree.env == {"X": str(tmp_path.resolve() / "extra")}
    assert all((tree.top / name).is_dir() for name in ("project", "home", "extra", "plugin"))


def test_paths_are_marked(tmp_path: Path) -> None:
    tree = lay(probe(), tmp_path)
    text = f"skipping {tree.top}/project/x.md, {tree.top}/plugin/agents/y.md"
    assert tree.marked(text) == "skipping $PROJECT/x.md, $PLUGIN/agents/y.md"


def test_the_order_of_reading_is_that_of_the_file_system(tmp_path: Path) -> None:
    names = ("a.md", "team/b.md", "team/deep/c.md")
    tree = lay(probe(files={f"project/.claude/agents/{name}": b"" for name in names}), tmp_path)
    order = read_order(tree.top / "project/.claude/agents")
    assert sorted(order) == sorted(names)
    assert tree.lists(order)
    assert not tree.lists(tuple(reversed(order)))
