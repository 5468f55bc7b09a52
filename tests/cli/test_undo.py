"""The verbs `undo` and `redo`, and what a verb does about a change that was interrupted."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, run_there, snapshot, write

CHANGES: list[tuple[str, ...]] = [
    ("new", "fresh"),
    ("delete", "migrator", "broken"),
    ("rename", "migrator", "mover"),
    ("rename", "migrator", "mover", "--name"),
    ("set", "color=red"),
    ("unset", "model"),
    ("park", "migrator", "project:reviewer.md"),
    ("copy", "tuner", "--to", "project"),
]
DIES = (
    sys.executable,
    "-c",
    """
import os, sys
from agent_studio.__main__ import main
from agent_studio.store.journal import Journal
Journal.finish = lambda *_: os._exit(99)
main()
""",
)
"""The program, killed when all files are replaced and the journal does not say so yet."""


def ids(cli: Cli, way: str = "undo", *words: str) -> list[str]:
    """What can be undone or redone, the next one first."""
    return [line.split("\t")[0] for line in cli(way, "--list", "--format", "tsv", *words).lines[1:]]


def changed(file: Path, old: str, new: str) -> None:
    """Another program replaces a piece of a file."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_every_change_is_undone_and_redone(project: Path, home: Path, cli: Cli, words: Sequence[str]) -> None:
    before = snapshot(project), snapshot(home / ".claude")
    assert cli(*words, "--yes").code == 0
    after = snapshot(project), snapshot(home / ".claude")
    assert after != before
    for way, state in (("undo", before), ("redo", after), ("undo", before), ("redo", after)):
        run = cli(way, "--yes")
        assert (run.code, run.err.splitlines()[-1][:9]) == (0, "Written: ")
        assert (snapshot(project), snapshot(home / ".claude")) == state


def test_everything_is_undone_from_outside_of_the_program(project: Path, cli: Cli) -> None:
    states = [snapshot(project)]
    for words in (("set", "color=red"), ("rename", "migrator", "mover"), ("delete", "mover"), ("new", "migrator")):
        assert run_there(*words, "--yes").code == 0
        states.append(snapshot(project))
    for state in reversed(states[:-1]):
        assert run_there("undo", "--yes").code == 0
        assert snapshot(project) == state
    assert run_there("undo", "--yes").err == "Nothing to undo here.\n"
    for state in states[1:]:
        assert run_there("redo", "--yes").code == 0
        assert snapshot(project) == state
    assert run_there("redo", "--yes").err == "Nothing to redo here.\n"


def test_what_will_be_written_is_shown_first(project: Path, cli: Cli) -> None:
    assert cli("set", "color=red", "migrator", "--yes").code == 0
    before = snapshot(project)
    for words, said in (((), "add --yes"), (("--dry-run", "--yes"), "this is a dry run")):
        run = cli("undo", *words)
        assert run.code == 0
        assert "-color: red" in run.lines
        assert run.err.startswith("undo color=red (just now)\nNothing was written")
        assert said in run.err
    assert snapshot(project) == before
    assert run_on_terminal("undo", answer="n\n").out.endswith("Nothing was written.\n")
    assert snapshot(project) == before
    run = run_on_terminal("undo", answer="y\n")
    assert run.out.endswith("Write project:db/migrator.md? [y/N] y\nWritten.\n")
    assert b"color: red" not in (project / "db/migrator.md").read_bytes()


def test_a_new_change_ends_what_could_be_redone(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    cli("undo", "--yes")
    assert len(ids(cli, "redo")) == 1
    cli("set", "model=haiku", "migrator", "--yes")
    assert ids(cli, "redo") == []
    assert len(ids(cli)) == 1


def test_only_what_lies_below_is_undone(project: Path, tmp_path: Path, cli: Cli) -> None:
    other = write(tmp_path / "other/a.md", agent("a"))
    cli("set", "color=red", "migrator", "--yes")
    cli("set", "color=red", str(other), "--yes")
    assert len(ids(cli)) == len(ids(cli, "undo", str(other))) == len(ids(cli, "undo", str(other.parent))) == 1
    assert ids(cli, "undo", "user:") == []
    assert cli("undo", str(other.parent), "--yes").code == 0
    assert other.read_bytes() == agent("a")
    assert b"color: red" in (project / "db/migrator.md").read_bytes()
    assert cli("undo", "missing", "--yes").code == 2


def test_an_older_change_is_undone_alone(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    cli("set", "color=red", "project:reviewer.md", "--yes")
    newest, oldest = ids(cli)
    run = cli("undo", oldest, "--yes")
    assert (run.code, run.err.splitlines()[-1]) == (0, "Written: project:db/migrator.md.")
    assert ids(cli) == [newest]
    assert cli("undo", oldest, "--yes").code == 2
    assert f"there is no {oldest} to undo here" in cli("undo", oldest, "--yes").err
    assert cli("redo", oldest, "--yes").code == 0
    assert ids(cli) == [oldest, newest]


def test_what_moved_on_is_a_conflict(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "--where", "model:opus,sonnet", "--yes")
    changed(project / "db/migrator.md", "Safely.", "Carefully.")
    before = snapshot(project)
    for words in ((), ("--yes",), ("--dry-run",)):
        run = cli("undo", *words)
        assert (run.code, run.out) == (3, "")
        assert "agent-studio: project:db/migrator.md was changed since\n" in run.err
        assert f"nothing was written: `agent-studio undo {ids(cli)[0]} --merge` writes only" in run.err
        assert "reviewer" not in run.err
    assert snapshot(project) == before


def test_what_stands_in_the_way_can_be_left(project: Path, cli: Cli) -> None:
    for words in (("model=haiku", "project:reviewer.md"), ("color=green", "migrator"), ("color=red", "migrator")):
        assert cli("set", *words, "--yes").code == 0
    changed(project / "db/migrator.md", "color: red", "color: blue")
    newest, older, oldest = ids(cli)
    run = cli("undo", "--merge", "--yes")
    assert (run.code, run.err.count("goes on")) == (3, 1)
    assert f"`agent-studio history .claude/agents/db/migrator.md --diff {newest}` shows the change" in run.err
    assert f"`agent-studio undo {older}` leaves it and goes on with the next one: color=green\n" in run.err
    assert "+color: red" in cli("history", ".claude/agents/db/migrator.md", "--diff", newest).lines
    assert f"`agent-studio undo {oldest}` leaves it and goes on" in cli("undo", older, "--yes").err
    assert cli("undo", oldest, "--yes").code == 0
    assert "goes on" not in cli("undo", older, "--yes").err
    assert ids(cli) == [newest, older]


def test_what_changes_at_the_question_is_a_conflict(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    file = project / "db/migrator.md"
    run = run_on_terminal("undo", answer="y\n", meanwhile=lambda: file.write_bytes(b"theirs"))
    assert run.code == 3
    assert file.read_bytes() == b"theirs"


def test_merging_takes_back_only_its_own_part(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    cli("set", "color=red", "--where", "model:opus,sonnet", "--yes")
    changed(project / "db/migrator.md", "Safely.", "Carefully.")
    run = cli("undo", "--merge", "--yes")
    assert run.code == 0
    assert "-color: red" in run.lines
    merged = before["db/migrator.md"].replace(b"Safely.", b"Carefully.")
    assert snapshot(project) == before | {"db/migrator.md": merged}
    assert cli("redo", "--yes").code == 3
    assert cli("redo", "--merge", "--yes").code == 0
    assert b"color: red" in (project / "db/migrator.md").read_bytes()
    assert b"Carefully." in (project / "db/migrator.md").read_bytes()


def test_merging_takes_back_a_rename_of_what_was_edited_since(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    cli("rename", "migrator", "mover", "--yes")
    changed(project / "db/mover.md", "Safely.", "Carefully.")
    assert cli("undo", "--yes").code == 3
    run = cli("undo", "--merge", "--yes")
    assert (run.code, run.lines[0]) == (0, "rename from .claude/agents/db/mover.md")
    assert snapshot(project) == before | {"db/migrator.md": before["db/migrator.md"].replace(b"Safely.", b"Carefully.")}


def test_what_cannot_be_merged_is_refused_and_named(project: Path, cli: Cli) -> None:
    cli("set", "model=haiku", "color=red", "migrator", "--yes")
    changed(project / "db/migrator.md", "model: haiku", "model: sonnet")
    before = snapshot(project)
    run = cli("undo", "--merge", "--yes")
    assert (run.code, run.out) == (3, "")
    assert "agent-studio: project:db/migrator.md, model: " in run.err
    assert "color" not in run.err.partition("\n")[2]
    assert "nothing was written: edit the file by hand" in run.err
    assert snapshot(project) == before


def test_the_lines_that_conflict_are_named(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    old = file.read_bytes()
    cli("new", "spare", "--from", "migrator", "--yes")
    cli("delete", "spare", "--yes")
    spare = project / "spare.md"
    cli("undo", "--yes")
    changed(spare, "Safely.", "Slowly.")
    newest = ids(cli)[0]
    assert file.read_bytes() == old
    assert cli("restore", "spare", newest, "--yes").code == 0
    changed(spare, "Safely.", "Fast.")
    run = cli("undo", "--merge", "--yes")
    assert run.code == 3
    line = 1 + spare.read_text().splitlines().index("Fast.")
    assert f"agent-studio: project:spare.md, line {line}: " in run.err


@pytest.mark.parametrize(
    ("words", "disturb", "said"),
    [
        (("new", "fresh"), "fresh.md", "project:fresh.md was changed since"),
        (("delete", "migrator"), "db/migrator.md", "project:db/migrator.md is there again"),
        (("park", "migrator"), "db/migrator.md", "project:db/migrator.md is there again"),
    ],
)
def test_nothing_is_lost_where_files_come_and_go(
    project: Path, cli: Cli, words: tuple[str, ...], disturb: str, said: str
) -> None:
    cli(*words, "--yes")
    write(project / disturb, agent("theirs"))
    before = snapshot(project)
    for merge in ((), ("--merge",)):
        run = cli("undo", *merge, "--yes")
        assert (run.code, run.out) == (3, "")
        assert f"agent-studio: {said}\n" in run.err
        assert "nothing was written: edit the file by hand" in run.err
    assert snapshot(project) == before


def test_a_file_that_is_gone_is_a_conflict(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    (project / "db/migrator.md").unlink()
    run = cli("undo", "--merge", "--yes")
    assert run.code == 3
    assert "project:db/migrator.md is not there any more" in run.err


def test_merging_leaves_what_is_so_already(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    cli("set", "color=red", "--where", "model:opus,sonnet", "--yes")
    write(project / "reviewer.md", before["reviewer.md"])
    assert cli("undo", "--merge", "--yes").code == 0
    assert snapshot(project) == before
    cli("redo", "--yes")
    for name in ("reviewer.md", "db/migrator.md"):
        write(project / name, before[name])
    run = cli("undo", "--merge", "--yes")
    assert (run.code, run.out, run.err.splitlines()[-1]) == (0, "", "Nothing to do: it is so already.")


def test_permissions_of_a_deleted_file_come_back(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    file.chmod(0o640)
    cli("delete", "migrator", "--yes")
    assert cli("undo", "--yes").code == 0
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_list_in_every_shape(project: Path, cli: Cli) -> None:
    cli("rename", "migrator", "mover", "--yes")
    cli("delete", "mover", "--yes")
    newest, oldest = ids(cli)
    table = cli("undo", "--list")
    assert re.split(" {2,}", table.lines[0]) == ["ID", "WHEN", "WHAT", "FILES"]
    assert re.split(" {2,}", table.lines[1]) == [
        newest,
        "now",
        "delete project:db/mover.md",
        ".claude/agents/db/mover.md",
    ]
    assert table.lines[2].endswith(".claude/agents/db/migrator.md, 1 more")
    tsv = [line.split("\t") for line in cli("undo", "--list", "--format", "tsv").lines]
    assert tsv[0] == ["id", "when", "what", "files"]
    found = json.loads(cli("undo", "--list", "--format", "json").out)
    first, second = found["operations"]
    assert (found["schema"], first["id"], second["id"]) == (1, newest, oldest)
    assert (second["title"], second["kind"], second["of"]) == ("rename migrator to mover", "do", None)
    assert second["files"] == [".claude/agents/db/migrator.md", ".claude/agents/db/mover.md"]
    assert first["time"] == tsv[1][1]
    assert first["time"].endswith("Z")
    assert datetime.now(UTC) - datetime.fromisoformat(first["time"]) < timedelta(minutes=5)
    lines = cli("undo", "--list", "--format", "jsonl").lines
    assert [json.loads(line)["id"] for line in lines] == [newest, oldest]
    assert cli("redo", "--list").err == "Nothing to redo here.\n"
    assert json.loads(cli("redo", "--list", "--format", "json").out)["operations"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "json"), "--format goes with --list"),
        (("0" * 20, "--list"), "--list goes without an ID"),
        (("0" * 20, "1" * 20), "give one ID"),
        (("0" * 20,), f"there is no {'0' * 20} to undo here"),
        (("-",), "-: no such file or folder"),
    ],
)
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    run = cli("undo", *words)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_an_interrupted_change_is_taken_back_and_said(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    words = ("set", "color=red", "--where", "model:opus,sonnet", "--yes")
    for verb in (("list",), ("undo",), ("history", "migrator"), ("set", "model=haiku", "migrator", "--dry-run"), ()):
        assert run_there(*words, program=DIES).code == 99
        assert len([name for name, data in snapshot(project).items() if b"color: red" in data]) == 2
        run = run_there(*verb)
        assert run.code == 0
        assert run.err.startswith("an interrupted change was taken back: color=red\n")
        assert snapshot(project) == before
        assert "interrupted" not in run_there(*verb).err
    assert ids(cli) == []


def test_an_interrupted_change_elsewhere_stays_as_it_is(project: Path, tmp_path: Path, cli: Cli) -> None:
    other = write(tmp_path / "other/a.md", agent("a"))
    assert run_there("set", "color=red", str(other), "--yes", program=DIES).code == 99
    assert cli("list").err == ""
    assert "taken back: color=red" in cli("list", str(other)).err
    assert other.read_bytes() == agent("a")


def test_reading_makes_no_state(project: Path, home: Path, cli: Cli) -> None:
    for words in (("list",), ("show", "migrator"), ("info",)):
        assert cli(*words).code == 0
    assert not (home / ".local").exists()
    assert os.path.isdir(project)
