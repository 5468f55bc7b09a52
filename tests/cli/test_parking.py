"""The verbs `park` and `unpark`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, snapshot, write


def test_parked_files_keep_every_byte_under_another_name(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    run = cli("park", "migrator", "project:reviewer.md", "--yes")
    assert (run.code, run.err) == (0, "Written: 2 files.\n")
    assert run.lines == [
        "rename from .claude/agents/db/migrator.md",
        "rename to .claude/agents/db/migrator.md.parked",
        "rename from .claude/agents/reviewer.md",
        "rename to .claude/agents/reviewer.md.parked",
    ]
    parked = {"db/migrator.md", "reviewer.md"}
    assert snapshot(project) == {f"{name}.parked" if name in parked else name: data for name, data in before.items()}
    back = cli("unpark", "migrator", "project:reviewer.md", "--yes")
    assert (back.code, back.err) == (0, "Written: 2 files.\n")
    assert snapshot(project) == before


def test_files_of_the_same_bytes_keep_their_own_names(project: Path, cli: Cli) -> None:
    names = [write(project / f"{name}.md", agent("same")).name for name in "abc"]
    run = cli("park", *(f"project:{name}" for name in names))
    assert run.lines == [
        line
        for name in names
        for line in (f"rename from .claude/agents/{name}", f"rename to .claude/agents/{name}.parked")
    ]


def test_nothing_is_written_before_there_is_consent(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    assert "Nothing was written (project:db/migrator.md): add --yes" in cli("park", "migrator").err
    assert "this is a dry run (2 files)" in cli("park", "migrator", "broken", "--yes", "--dry-run").err
    assert snapshot(project) == before
    run = run_on_terminal("park", "migrator", answer="y\n")
    assert "Write project:db/migrator.md? [y/N] y\nWritten." in run.out
    assert (project / "db/migrator.md.parked").is_file()


def test_what_is_so_already_is_fine(project: Path, cli: Cli) -> None:
    assert cli("park", "migrator", "--yes").code == 0
    for words in (("park", "migrator"), ("unpark", "project:reviewer.md")):
        run = cli(*words, "--yes")
        assert (run.code, run.out, run.err) == (0, "", "Nothing to do: it is so already.\n")


@pytest.mark.parametrize("ending", ["parked", "disabled", "off"])
def test_what_was_set_aside_by_hand_is_unparked_too(project: Path, cli: Cli, ending: str) -> None:
    (project / "db/migrator.md").rename(project / f"db/migrator.md.{ending}")
    assert cli("unpark", "migrator", "--yes").code == 0
    assert [path.name for path in (project / "db").iterdir()] == ["migrator.md"]


def test_a_name_means_the_one_that_can_be_parked_or_unparked(project: Path, cli: Cli) -> None:
    write(project / "old.md.off", agent("migrator"))
    assert cli("park", "migrator").lines[0] == "rename from .claude/agents/db/migrator.md"
    assert cli("unpark", "migrator").lines[0] == "rename from .claude/agents/old.md.off"


def test_what_is_in_the_way_is_not_overwritten(project: Path, cli: Cli) -> None:
    write(project / "db/migrator.md.parked", agent("other"))
    before = snapshot(project)
    run = cli("park", "migrator", "--yes")
    assert (run.code, run.out) == (2, "")
    assert run.err == "skipped project:db/migrator.md: project:db/migrator.md.parked is in the way\n"
    assert snapshot(project) == before


def test_one_that_cannot_be_parked_is_skipped_and_named(project: Path, cli: Cli) -> None:
    run = cli("park", "tuner", "migrator", "--yes")
    assert (run.code, run.err.splitlines()) == (
        0,
        ["skipped plugin/extras:tuner.md: read-only", "Written: project:db/migrator.md."],
    )
    assert cli("park", "tuner", "--yes").code == 2


def test_all_or_nothing(project: Path, cli: Cli) -> None:
    (project / "link.md").symlink_to("reviewer.md")
    before = snapshot(project)
    run = cli("park", "migrator", "project:link.md", "--yes")
    assert (run.code, run.out) == (2, "")
    assert "project:link.md: it is a symbolic link" in run.err
    assert snapshot(project) == before


@pytest.mark.parametrize("verb", ["park", "unpark"])
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, verb: str) -> None:
    for words, said in (
        ((), "Missing argument"),
        (("nobody",), "no agent is called nobody"),
        ((".claude/agents/db",), "is a folder: name one agent"),
        (("reviewer",), "say which: project:reviewer.md, user:reviewer.md"),
    ):
        run = cli(verb, *words, "--yes")
        assert (run.code, run.out) == (2, "")
        assert said in run.err
