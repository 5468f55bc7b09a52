"""The verb `copy`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, install, snapshot, write


def test_a_copy_has_the_same_bytes(project: Path, home: Path, cli: Cli) -> None:
    before = (project / "db/migrator.md").read_bytes()
    run = cli("copy", "migrator", "--to", "user", "--yes")
    assert run.code == 0
    assert run.lines[:2] == ["--- /dev/null", f"+++ {home}/.claude/agents/migrator.md"]
    assert (home / ".claude/agents/migrator.md").read_bytes() == before
    assert (project / "db/migrator.md").read_bytes() == before
    assert run.err.splitlines() == [
        "user:migrator.md: shadowed by project:db/migrator.md: project wins over user",
        "Written: user:migrator.md.",
    ]


def test_who_wins_then_is_said(project: Path, home: Path, cli: Cli) -> None:
    write(home / ".claude/agents/mine.md", agent("mine"))
    assert "project:mine.md: wins over user:mine.md" in cli("copy", "mine", "--to", "project").err
    write(home / ".claude/agents/other.md", agent("migrator"))
    run = cli("copy", "user:other.md", "--to", "project")
    assert "project:other.md: which one wins depends on read order" in run.err


def test_several_are_one_write(project: Path, tmp_path: Path, cli: Cli) -> None:
    run = cli("copy", "migrator", "project:reviewer.md", "tuner", "--to", str(tmp_path / "new/place"), "--yes")
    assert (run.code, run.err.splitlines()[-1]) == (0, "Written: 3 files.")
    assert set(snapshot(tmp_path / "new/place")) == {"migrator.md", "reviewer.md", "tuner.md"}
    assert "restart" not in run.err  # Claude Code does not read that folder


def test_one_that_cannot_be_copied_keeps_all_from_being(project: Path, home: Path, cli: Cli) -> None:
    before = snapshot(home), snapshot(project)
    run = cli("copy", "migrator", "project:reviewer.md", "--to", "user", "--yes")
    assert (run.code, run.out) == (2, "")
    assert "user:reviewer.md exists already" in run.err
    assert (snapshot(home), snapshot(project)) == before


def test_two_that_would_be_one_file_are_refused(project: Path, tmp_path: Path, cli: Cli) -> None:
    run = cli("copy", "project:reviewer.md", "user:reviewer.md", "--to", str(tmp_path / "new"), "--yes")
    assert (run.code, run.out) == (2, "")
    assert "two of them would become folder:reviewer.md" in run.err
    assert not (tmp_path / "new").exists()


def test_a_plugins_agent_is_called_and_treated_otherwise_as_a_copy(project: Path, home: Path, cli: Cli) -> None:
    data = agent("tuner", "permissionMode: plan", "color: red", "observer: 5")
    install(home / ".claude", "extras", {"tuner.md": data})
    run = cli("copy", "extras:tuner", "--to", "project", "--yes")
    assert run.err.splitlines() == [
        "project:tuner.md: it is called tuner there, not extras:tuner",
        "project:tuner.md: permissionMode will count there: in a plugin's agent Claude Code ignores that",
        "Written: project:tuner.md.",
    ]
    assert (project / "tuner.md").read_bytes() == data
    assert cli("show", "project:tuner.md").lines[0] == "tuner  project:tuner.md"


def test_what_the_host_makes_up_for_a_plugin_is_written_out(project: Path, home: Path, cli: Cli) -> None:
    install(home / ".claude", "extras", {"bare.md": b"---\ncolor: red\n---\nDo.\n", "x.md": agent("'-x'")})
    assert cli("copy", "extras:bare", "--to", "project", "--yes").code == 0
    text = (project / "bare.md").read_text()
    assert "name: bare\n" in text
    assert 'description: "Agent from extras plugin"\n' in text
    assert (
        "project:x.md: it does not load: a name cannot start with '-'"
        in cli("copy", "extras:-x", "--to", "project").err
    )


def test_a_parked_agent_is_copied_into_sight(project: Path, home: Path, cli: Cli) -> None:
    (project / "db/migrator.md").rename(project / "db/migrator.md.parked")
    assert cli("copy", "migrator", "--to", "user", "--yes").err == "Written: user:migrator.md.\n"
    assert (home / ".claude/agents/migrator.md").is_file()


def test_a_new_folder_of_the_host_needs_a_restart(tmp_path: Path, home: Path, cli: Cli, project: Path) -> None:
    (home / ".claude/agents/reviewer.md").unlink()
    (home / ".claude/agents").rmdir()
    assert "restart" not in cli("copy", "migrator", "--to", "user").err
    run = cli("copy", "migrator", "--to", "user", "--yes")
    assert run.err.splitlines()[-1] == f"restart Claude Code: {home}/.claude/agents is new to it"
    assert "restart" not in cli("copy", "tuner", "--to", "user", "--yes").err
    other = str(tmp_path / "other/.claude/agents")
    assert f"restart Claude Code: {other} is new to it" in cli("copy", "user:migrator.md", "--to", other, "--yes").err


def test_a_project_folder_means_its_agents(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "other/.claude/agents/a.md", agent("a"))
    assert cli("copy", "migrator", "--to", str(tmp_path / "other"), "--yes").code == 0
    assert (tmp_path / "other/.claude/agents/migrator.md").is_file()


def test_a_copy_of_what_the_host_drops_is_told(project: Path, cli: Cli) -> None:
    assert (
        "user:broken.md: it does not load: the frontmatter is never closed" in cli("copy", "broken", "--to", "user").err
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("migrator",), "Missing option '--to'"),
        (("--to", "user"), "Missing argument"),
        (("nobody", "--to", "user"), "no agent is called nobody"),
        (("reviewer", "--to", "user"), "say which: project:reviewer.md, user:reviewer.md"),
        (("migrator", "--to", ".claude/agents/README.md"), "is a file"),
        (("project:reviewer.md", "--to", "project"), "project:reviewer.md exists already"),
        (("migrator", "--to", "PLUGIN"), "is read-only"),
    ],
)
def test_copy_refuses(project: Path, home: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    plugin = str(home / ".claude/plugins/cache/market/extras/1.0.0/agents")
    before = snapshot(project), snapshot(home)
    run = cli("copy", *(plugin if word == "PLUGIN" else word for word in words), "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert (snapshot(project), snapshot(home)) == before


def test_without_a_project_a_folder_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    write(home / ".claude/agents/a.md", agent("a"))
    monkeypatch.chdir(home)
    run = cli("copy", "a", "--to", "project", "--yes")
    assert run.code == 2
    assert "there is no project folder for agents here: name a folder instead" in run.err


def test_a_moved_file_is_at_one_place_and_undo_brings_it_back(project: Path, home: Path, cli: Cli) -> None:
    before = snapshot(project), snapshot(home / ".claude/agents")
    data = (project / "db/migrator.md").read_bytes()
    run = cli("move", "migrator", "--to", "user", "--yes")
    assert (run.code, run.err) == (0, "Written: project:db/migrator.md.\n")
    assert run.lines[:2] == [
        "rename from .claude/agents/db/migrator.md",
        f"rename to {home}/.claude/agents/migrator.md",
    ]
    assert (home / ".claude/agents/migrator.md").read_bytes() == data
    assert not (project / "db/migrator.md").exists()
    assert cli("undo", "--yes").code == 0
    assert (snapshot(project), snapshot(home / ".claude/agents")) == before


def test_to_move_reveals_who_was_shadowed(project: Path, home: Path, cli: Cli) -> None:
    write(home / ".claude/agents/other.md", agent("migrator"))
    assert "user:migrator.md: depends on read order" not in cli("move", "project:db/migrator.md", "--to", "user").err
    run = cli("move", "project:db/migrator.md", "--to", "user")
    assert "which one wins depends on read order" in run.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("project:reviewer.md", "--to", "user"), "user:reviewer.md exists already"),
        (("tuner", "--to", "user"), "is read-only: copy it instead"),
        (("migrator", "--to", "project"), "is there already"),
        (("migrator", "project:reviewer.md", "--to", "user"), "user:reviewer.md exists already"),
    ],
)
def test_what_cannot_be_moved_stays(project: Path, home: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    before = snapshot(home), snapshot(project)
    run = cli("move", *words, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert (snapshot(home), snapshot(project)) == before


def test_a_move_to_a_folder_that_is_not_there_yet(project: Path, tmp_path: Path, cli: Cli) -> None:
    run = cli("move", "migrator", "project:reviewer.md", "--to", str(tmp_path / "attic/old"), "--yes")
    assert (run.code, run.err.splitlines()[-1]) == (0, "Written: 2 files.")
    assert set(snapshot(tmp_path / "attic/old")) == {"migrator.md", "reviewer.md"}
    assert set(snapshot(project)) == {"broken.md", "README.md"}
