"""The options `--agents`, `--add-dir` and `--plugin-dir`: what the host would see that is started so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, write


def records(cli: Cli, *arguments: str) -> dict[str, dict[str, Any]]:
    run = cli("list", "--format", "jsonl", *arguments)
    assert run.code == 0
    return {record["ref"]: record for record in map(json.loads, run.lines)}


GIVEN = '{"reviewer": {"description": "d", "prompt": "p"}}'


@pytest.mark.parametrize("in_file", [False, True])
def test_agents_that_are_given_win(project: Path, cli: Cli, in_file: bool) -> None:
    write(Path("given.json"), GIVEN.encode())
    found = records(cli, "--agents", "given.json" if in_file else GIVEN)
    for ref in ("project:reviewer.md", "user:reviewer.md"):
        assert (found[ref]["active"], found[ref]["shadowed_by"]) == (False, None)
        assert "--agents wins" in found[ref]["standing"]
    assert found["project:db/migrator.md"]["active"] is True


def test_an_added_folder_loses_against_the_project(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "more/.claude/agents/reviewer.md", agent("reviewer"))
    write(tmp_path / "more/.claude/agents/fresh.md", agent("fresh"))
    found = records(cli, "--add-dir", "../more")
    assert found["project/more:fresh.md"]["active"] is True
    assert found["project/more:reviewer.md"]["shadowed_by"] == "project:reviewer.md"
    assert json.loads(cli("show", "fresh", "--add-dir", "../more", "--format", "json").out)["name"] == "fresh"
    assert "fresh" in cli("budget", "--add-dir", str(tmp_path / "more")).out
    assert cli("show", "fresh").code == 2


def test_several_folders(project: Path, tmp_path: Path, cli: Cli) -> None:
    for name in ("one", "two"):
        write(tmp_path / name / ".claude/agents/same.md", agent("same"))
    found = records(cli, "--add-dir", "../one", "--add-dir", "../two")
    assert (found["project/one:same.md"]["active"], found["project/two:same.md"]["active"]) == (False, True)


def test_a_plugin_folder_gives_its_agents_its_name(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "helper/agents/fresh.md", agent("fresh"))
    found = records(cli, "--plugin-dir", "../helper")
    (record,) = (record for record in found.values() if record["plugin"] == "helper")
    assert (record["name"], record["active"]) == ("helper:fresh", True)
    assert cli("show", "helper:fresh", "--plugin-dir", "../helper", "--format", "given").code == 0


def test_they_may_stand_in_front_of_a_verb_and_count_for_every_one(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "more/.claude/agents/fresh.md", agent("fresh"))
    assert cli("--add-dir", "../more").out == cli("list", "--add-dir", "../more").out
    assert "+color: red" in cli("--add-dir", "../more", "set", "color=red", "fresh").out
    assert json.loads(cli("--agents", GIVEN, "show", "user:reviewer.md", "--format", "json").out)["active"] is False


def test_paths_and_added_folders_go_together(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "more/.claude/agents/fresh.md", agent("fresh"))
    assert {record["name"] for record in records(cli, str(project / "db"), "--add-dir", "../more").values()} == {
        "migrator",
        "fresh",
    }


def test_a_path_outside_still_knows_the_start(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "else/.claude/agents/reviewer.md", agent("reviewer"))
    run = cli("show", str(tmp_path / "else/.claude/agents/reviewer.md"), "--agents", GIVEN)
    assert "an agent of this name in --agents wins" in run.lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--agents", "nope.json"), "there is no file nope.json: it takes JSON like"),
        (("--agents", "{reviewer}"), "this is no JSON (Expecting property name"),
        (("--agents", '["reviewer"]'), "this is no JSON object"),
        (("--agents", "[" * 100_000), "this is no JSON"),
        (("--agents", "broken.json"), "this is no JSON (Expecting value"),
        (("--agents", "."), ".: a folder, not a file"),
        (("--agents", "a\0b"), "there is no file"),
        (("--add-dir", "nope"), "nope: no such folder"),
        (("--plugin-dir", "nope"), "nope: no such folder"),
        (("--add-dir", "broken.json"), "is a file"),
    ],
)
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    write(Path("broken.json"), b"nothing")
    for verb in ("list", "budget"):
        run = cli(verb, *words)
        assert (run.code, run.out) == (2, "")
        assert said in run.err
    assert said in cli(*words).err


def test_without_a_folder_of_agents_nothing_is_added(project: Path, tmp_path: Path, cli: Cli) -> None:
    assert records(cli, "--add-dir", str(tmp_path)) == records(cli)


def test_on_a_terminal_too(project: Path, tmp_path: Path) -> None:
    write(tmp_path / "more/.claude/agents/fresh.md", agent("fresh"))
    assert "fresh" in run_on_terminal("list", "--add-dir", "../more").out
