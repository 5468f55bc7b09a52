"""The verbs `history` and `restore`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, snapshot, write


def rows(cli: Cli, *words: str) -> list[list[str]]:
    """The rows of a history without ids and times."""
    return [line.split("\t")[2:] for line in cli("history", *words, "--format", "tsv").lines[1:]]


def ids(cli: Cli, *words: str) -> list[str]:
    """The changes of an agent, newest first."""
    return [line.split("\t")[0] for line in cli("history", *words, "--format", "tsv").lines[1:]]


def test_every_change_is_listed_newest_first(project: Path, cli: Cli) -> None:
    cli("new", "fresh", "--description", "d", "--yes")
    cli("set", "color=red", "model=opus", "fresh", "--yes")
    cli("set", "color=red", "migrator", "--yes")
    cli("rename", "fresh", "newer", "--yes")
    cli("park", "newer", "--yes")
    cli("undo", "--yes")
    cli("unset", "color", "newer", "--yes")
    assert rows(cli, "newer") == [
        ["no color", "color"],
        ["undo park newer", "renamed from project:newer.md.parked"],
        ["park newer", "renamed from project:newer.md"],
        ["rename fresh to newer", "renamed from project:fresh.md, name"],
        ["color=red, model=opus", "model, color"],
        ["new fresh", "created"],
    ]
    assert rows(cli, ".claude/agents/fresh.md")[0] == ["rename fresh to newer", "renamed to project:newer.md"]
    assert cli("history", "reviewer").code == 2
    assert cli("history", "tuner").err == "plugin/extras:tuner.md: no change of it is remembered.\n"


def test_an_agent_that_is_gone_has_a_history_by_ref_and_by_path(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    cli("delete", "migrator", "--yes")
    expected = [["delete project:db/migrator.md", "deleted"], ["color=red", "color"]]
    assert rows(cli, "project:db/migrator.md") == expected
    assert rows(cli, ".claude/agents/db/migrator.md") == expected
    assert rows(cli, str(project / "db/migrator.md")) == expected
    for word in ("migrator", "nowhere:a.md", "/nowhere/a.md"):
        assert cli("history", word).code == 2
    assert "does not name a file below its folder" in cli("history", "project:../a.md").err


def test_an_agent_anywhere_has_a_history(tmp_path: Path, project: Path, cli: Cli) -> None:
    file = write(tmp_path / "other/a.md", agent("a"))
    cli("set", "color=red", str(file), "--yes")
    cli("rename", str(file), "b", "--yes")
    assert rows(cli, str(tmp_path / "other/b.md")) == [
        ["rename a to b", "renamed from folder:a.md, name"],
        ["color=red", "color"],
    ]


def test_the_history_in_every_shape(project: Path, cli: Cli) -> None:
    cli("rename", "migrator", "mover", "--yes")
    before = (project / "db/mover.md").read_bytes()
    cli("delete", "mover", "--yes")
    write(project / "db/mover.md", before)
    table = cli("history", "mover")
    assert re.split(" {2,}", table.lines[0]) == ["ID", "WHEN", "WHAT", "CHANGED"]
    assert [line.split()[0] for line in table.lines[1:]] == ids(cli, "mover")
    found = json.loads(cli("history", "mover", "--format", "json").out)
    assert (found["schema"], found["ref"]) == (1, "project:db/mover.md")
    gone, renamed = found["operations"]
    assert (gone["before"], gone["after"]) == ("project:db/mover.md", None)
    assert (renamed["before"], renamed["after"]) == ("project:db/migrator.md", "project:db/mover.md")
    assert (renamed["fields"], renamed["body"]) == (["name"], {"added": 0, "removed": 0})
    lines = [json.loads(line) for line in cli("history", "mover", "--format", "jsonl").lines]
    assert [line["id"] for line in lines] == [gone["id"], renamed["id"]]


def test_body_lines_are_counted(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    cli("set", "color=red", "migrator", "--yes")
    file.write_bytes(file.read_bytes() + b"\nOne more.\n")
    cli("restore", "migrator", ids(cli, "migrator")[0], "--before", "--yes")
    assert rows(cli, "migrator")[0] == ["restore migrator", "color, body +1 −2"]


def test_a_change_is_printed_whole(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "--where", "model:opus,sonnet", "--yes")
    cli("set", "model=haiku", "migrator", "--yes")
    newest, oldest = ids(cli, "migrator")
    assert {"-model: opus", "+model: haiku"} <= set(cli("history", "migrator", "--diff", newest).lines)
    whole = cli("history", "migrator", "--diff", oldest)
    assert {"+++ .claude/agents/db/migrator.md", "+++ .claude/agents/reviewer.md"} <= set(whole.lines)
    assert cli("history", "migrator", "--diff", oldest, "--format", "json").code == 2
    run = cli("history", "project:reviewer.md", "--diff", newest)
    assert (run.code, run.out) == (2, "")
    assert f"there is no change {newest} of project:reviewer.md" in run.err


def test_restore_brings_back_what_a_change_found_or_left(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    first = file.read_bytes()
    cli("set", "color=red", "migrator", "--yes")
    second = file.read_bytes()
    cli("rename", "migrator", "mover", "--yes")
    file = project / "db/mover.md"
    file.write_bytes(b"theirs")
    renamed, colored = ids(cli, "project:db/mover.md")
    for words, expected in (
        ((colored,), second),
        ((colored, "--before"), first),
        ((renamed,), second.replace(b"name: migrator", b"name: mover")),
        ((renamed, "--before"), second),
    ):
        assert cli("restore", "project:db/mover.md", *words, "--yes").code == 0
        assert file.read_bytes() == expected
    for _ in range(4):
        assert cli("undo", "--yes").code == 0
    assert file.read_bytes() == b"theirs"


def test_restore_shows_first_and_does_nothing_twice(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    before = snapshot(project)
    (identity,) = ids(cli, "migrator")
    run = cli("restore", "migrator", identity, "--before")
    assert (run.code, snapshot(project)) == (0, before)
    assert "-color: red" in run.lines
    assert "add --yes" in run.err
    assert cli("restore", "migrator", identity, "--yes").err == "Nothing to do: it is so already.\n"


def test_a_deleted_file_is_restored_with_its_permissions(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    file.chmod(0o640)
    data = file.read_bytes()
    cli("delete", "migrator", "--yes")
    (identity,) = ids(cli, "project:db/migrator.md")
    run = cli("restore", "project:db/migrator.md", identity, "--yes")
    assert run.code == 2
    assert "project:db/migrator.md was not there after that change. Say it with --before" in run.err
    assert cli("restore", str(file), identity, "--before", "--yes").code == 0
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (data, 0o640)
    assert cli("undo", "--yes").code == 0
    assert not file.exists()


@pytest.mark.parametrize("words", [("tuner", "0" * 20), ("nobody", "0" * 20), ("migrator", "x"), ("migrator",)])
def test_restore_refuses(project: Path, cli: Cli, words: tuple[str, ...]) -> None:
    before = snapshot(project)
    run = cli("restore", *words, "--yes")
    assert (run.code, run.out, snapshot(project)) == (2, "", before)
    assert run.err
