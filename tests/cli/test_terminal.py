"""Writing verbs on a terminal: they show the change and ask once, and overwrite nothing that changed meanwhile."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.runs import PROGRAM, TIMEOUT, environment, run_on_terminal, snapshot


@pytest.mark.parametrize("answer", ["y\n", "Yes\n"])
def test_yes_writes(project: Path, answer: str) -> None:
    run = run_on_terminal("set", "color=red", "migrator", "--color", "never", answer=answer)
    assert run.code == 0
    assert "+color: red" in run.lines
    assert f"Write project:db/migrator.md? [y/N] {answer}Written." in run.out
    assert b"color: red" in (project / "db/migrator.md").read_bytes()


@pytest.mark.parametrize("answer", ["n\n", "\n", "yep\n", "\x04"])
def test_anything_else_does_not(project: Path, answer: str) -> None:
    before = snapshot(project)
    run = run_on_terminal("delete", "migrator", "broken", answer=answer)
    assert run.code == 0
    assert "Write 2 files? [y/N] " in run.out
    assert run.out.endswith("Nothing was written.\n")
    assert snapshot(project) == before


def test_with_yes_no_question_is_asked(project: Path) -> None:
    run = run_on_terminal("new", "fresh", "--yes")
    assert run.code == 0
    assert "[y/N]" not in run.out
    assert (project / "fresh.md").is_file()


def test_interrupted_at_the_question_nothing_is_written(project: Path) -> None:
    before = snapshot(project)
    run = run_on_terminal("set", "color=red", "migrator", answer="\x03")
    assert run.code == 130
    assert "Traceback" not in run.out
    assert snapshot(project) == before


@pytest.mark.parametrize("piped", ["stdin", "stdout", "stderr"])
def test_a_question_is_asked_only_where_all_of_it_can_be_seen_and_answered(project: Path, piped: str) -> None:
    ours, theirs = os.openpty()
    stdin, stdout, stderr = (subprocess.DEVNULL if name == piped else theirs for name in ("stdin", "stdout", "stderr"))
    before = snapshot(project)
    command = [*PROGRAM, "set", "color=red", "migrator"]
    with subprocess.Popen(command, env=environment(), stdin=stdin, stdout=stdout, stderr=stderr) as child:
        os.close(theirs)
        assert child.wait(TIMEOUT) == 0
    os.close(ours)
    assert snapshot(project) == before


def test_a_file_that_changed_meanwhile_is_a_conflict(project: Path) -> None:
    before = snapshot(project)
    file = project / "db/migrator.md"
    run = run_on_terminal(
        "set",
        "color=red",
        "--where",
        "model:opus,sonnet",
        answer="y\n",
        meanwhile=lambda: file.write_bytes(b"theirs"),
        columns=500,
    )
    assert run.code == 3
    assert "changed on disk since it was read: project:db/migrator.md. Nothing was written." in run.out
    assert snapshot(project) == before | {"db/migrator.md": b"theirs"}
