"""The verbs `new`, `rename` and `delete`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, snapshot, write


def test_new_makes_a_file_named_after_the_agent(project: Path, cli: Cli) -> None:
    run = cli("new", "Code Reader", "--description", "Reads: code.", "--yes")
    assert (run.code, run.err) == (0, "Written: project:code-reader.md.\n")
    text = (project / "code-reader.md").read_text()
    assert text.startswith('---\nname: Code Reader\ndescription: "Reads: code."\n---\n')
    assert run.lines[:2] == ["--- /dev/null", "+++ .claude/agents/code-reader.md"]
    assert cli("list", "--where", "name:reader", "--format", "tsv", "--columns", "status").lines[1] == "loads"


def test_new_shows_first(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    assert "+name: fresh" in cli("new", "fresh").out
    assert snapshot(project) == before


def test_new_makes_the_folders_of_its_scope(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    (tmp_path / "empty/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "empty")
    run = cli("new", "a", "--yes")
    assert (run.code, run.err.splitlines()[1:]) == (0, ["restart Claude Code: .claude/agents is new to it"])
    assert cli("new", "b", "--scope", "user", "--yes").code == 0
    assert cli("new", "c", "--yes").err == "Written: project:c.md.\n"
    assert (tmp_path / "empty/.claude/agents/a.md").is_file()
    assert (home / ".claude/agents/b.md").is_file()


def test_new_goes_to_the_user_where_there_is_no_project(home: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(home)
    assert cli("new", "a", "--yes").code == 0
    assert (home / ".claude/agents/a.md").is_file()
    run = cli("new", "b", "--scope", "project", "--yes")
    assert run.code == 2
    assert "there is no project folder for agents here: name a folder instead" in run.err


def test_new_in_any_folder(project: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("new", "a", "--in", str(tmp_path / "some/where"), "--yes").code == 0
    assert cli("new", "b", "--in", str(tmp_path / "some/where"), "--yes").code == 0
    assert cli("new", "c", "--in", ".claude/agents/db", "--yes").code == 0
    assert (tmp_path / "some/where/a.md").is_file()
    assert (tmp_path / "some/where/b.md").is_file()
    assert (project / "db/c.md").is_file()


def test_new_from_another_agent_keeps_its_bytes(project: Path, cli: Cli) -> None:
    data = b"\xef\xbb\xbf" + agent("odd", "x: 1 # why").replace(b"\n", b"\r\n") + b"\xff no end"
    write(project / "odd.md", data)
    assert cli("new", "even", "--from", "odd", "--yes").code == 0
    assert (project / "even.md").read_bytes() == data.replace(b"name: odd", b"name: even")
    assert cli("new", "mine", "--from", "tuner", "--scope", "user", "--yes").code == 0


def test_new_from_standard_input(project: Path, cli: Cli) -> None:
    assert cli("new", "piped", "--from", "-", "--yes", stdin=agent("x", "color: red")).code == 0
    assert (project / "piped.md").read_bytes() == agent("piped", "color: red")


def test_new_warns_of_a_name_that_is_taken(project: Path, cli: Cli) -> None:
    run = cli("new", "migrator", "--yes")
    assert run.code == 0
    assert "migrator is also the name of project:db/migrator.md: Claude Code uses only one of a name" in run.err
    (project / "reviewer.md").rename(project / "reviewer.md.off")
    assert "is also the name of user:reviewer.md: " in cli("new", "reviewer").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reviewer",), "project:reviewer.md exists already: choose another name"),
        (("a:b",), "a name cannot contain ':'"),
        (("a", "--from", "broken"), "the frontmatter is never closed"),
        (("a", "--from", "nobody"), "no agent is called nobody"),
        (("a", "--in", ".git", "--scope", "user"), "--scope and --in say two different places"),
        (("a", "--in", ".claude/agents/README.md"), "is not a folder"),
    ],
)
def test_new_refuses(project: Path, cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    before = snapshot(project)
    run = cli("new", *arguments, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("option", "name", "file"),
    [
        ((), "Data Mover", "data-mover"),
        (("--both",), "Data Mover", "data-mover"),
        (("--name",), "Data Mover", "migrator"),
    ],
)
def test_rename_changes_name_and_file(project: Path, cli: Cli, option: tuple[str, ...], name: str, file: str) -> None:
    before = (project / "db/migrator.md").read_bytes()
    run = cli("rename", "migrator", "Data Mover", *option, "--yes")
    assert run.code == 0
    assert [path.name for path in (project / "db").iterdir()] == [f"{file}.md"]
    assert (project / f"db/{file}.md").read_bytes() == before.replace(b"name: migrator", f"name: {name}".encode())


def test_rename_of_the_file_alone_keeps_every_byte(project: Path, cli: Cli) -> None:
    before = (project / "db/migrator.md").read_bytes()
    run = cli("rename", "migrator", "mover.md", "--file", "--yes")
    assert run.err == "Written: project:db/migrator.md.\n"
    assert run.lines == ["rename from .claude/agents/db/migrator.md", "rename to .claude/agents/db/mover.md"]
    assert (project / "db/mover.md").read_bytes() == before
    assert not (project / "db/migrator.md").exists()


def test_rename_shows_first_and_warns(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    run = cli("rename", "migrator", "reviewer")
    assert run.lines[:2] == ["rename from .claude/agents/db/migrator.md", "rename to .claude/agents/db/reviewer.md"]
    assert {"-name: migrator", "+name: reviewer"} <= set(run.lines)
    assert "reviewer is also the name of project:reviewer.md, user:reviewer.md" in run.err
    assert snapshot(project) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tuner", "x"), "plugin/extras:tuner.md: read-only"),
        (("broken", "x"), "the frontmatter is never closed"),
        (("migrator", "-x"), "No such option"),
        (("migrator", "../../x", "--file"), "cannot be a file name here"),
        (("broken", "reviewer", "--file"), "project:reviewer.md exists already"),
        (("-", "x"), "no agent is called -"),
    ],
)
def test_rename_refuses(project: Path, cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    before = snapshot(project)
    run = cli("rename", *arguments, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert snapshot(project) == before


def test_delete_moves_to_the_trash(project: Path, home: Path, cli: Cli) -> None:
    lost = (project / "db/migrator.md").read_bytes()
    run = cli("delete", "migrator", "broken", "--yes")
    assert (run.code, run.err) == (0, "Written: 2 files. `agent-studio undo` brings them back.\n")
    assert not (project / "db/migrator.md").exists()
    assert not (project / "broken.md").exists()
    assert "+++ /dev/null" in run.lines
    assert lost in snapshot(home).values()


def test_delete_asks_first_and_skips_what_is_read_only(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    assert cli("delete", "migrator").code == 0
    assert snapshot(project) == before
    run = cli("delete", "tuner", "--yes")
    assert (run.code, run.err) == (2, "skipped plugin/extras:tuner.md: read-only\n")
    assert cli("delete").code == 2
    assert cli("delete", ".claude/agents/db", "--yes").code == 2
    assert snapshot(project) == before
