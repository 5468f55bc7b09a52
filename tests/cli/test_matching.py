"""The options `--where`, `--view` and `--group`."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest

from agent_studio.cli.matching import QueryType, ViewType
from agent_studio.cli.program import program
from tests.cli.runs import Cli, write


def configure(text: str) -> None:
    write(Path(os.environ["XDG_CONFIG_HOME"]) / "agent-studio/config.toml", text.encode())


def test_a_saved_view(project: Path, cli: Cli) -> None:
    configure('[views]\ncostly = "model:opus | model:haiku sort:-name"\nbad = "colour:x"\n')
    names = cli("list", "--view", "costly", "--format", "tsv", "--columns", "name").lines[1:]
    assert names == ["migrator", "extras:tuner"]
    here = cli("list", "--view", "costly", "--where", "scope:project", "--format", "paths").lines
    assert here == [".claude/agents/db/migrator.md"]
    assert "There are: costly, bad" in cli("list", "--view", "none").err
    assert "bad: no filter is called colour, did you mean color?" in cli("list", "--view", "bad").err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are none: name them below [views]"),
        ("views = 1\n", "views: it takes a table"),
        ("[views]\na = 1\n", "views.a: it takes a query in quotes"),
    ],
)
def test_no_such_view(project: Path, cli: Cli, text: str, said: str) -> None:
    configure(text)
    run = cli("list", "--view", "a")
    assert run.code == 2
    assert said in run.err


def test_views_stand_beside_the_configuration_of_lint(project: Path, cli: Cli) -> None:
    configure('[views]\na = "model:opus"\n[lint]\nselect = ["L"]\n')
    assert cli("lint").code == 1
    assert cli("list", "--view", "a", "--format", "paths").lines == [".claude/agents/db/migrator.md"]


def test_in_sections(project: Path, cli: Cli) -> None:
    lines = [" ".join(line.split()) for line in cli("list", "--group", "model", "--columns", "name").lines]
    assert lines == [
        *("NAME", "", "haiku 1", "extras:tuner", "", "opus 1", "migrator", "", "sonnet 1", "reviewer", ""),
        *("no model 2", "broken", "reviewer"),
    ]
    paths = cli("list", "--where", "group:scope sort:-name -scope:plugin", "--format", "tsv", "--columns", "ref").lines
    assert paths[1:] == ["project:reviewer.md", "project:db/migrator.md", "project:broken.md", "user:reviewer.md"]


def test_a_query_may_ask_for_everything(project: Path, cli: Cli) -> None:
    def refs(query: str) -> list[str]:
        return cli("list", "--where", query, "--format", "tsv", "--columns", "ref").lines[1:]

    assert refs("is:broken") == ["project:broken.md"]
    assert refs("dup:same-name") == ["project:reviewer.md", "user:reviewer.md"]
    assert refs("is:shadowed") == ["user:reviewer.md"]
    assert refs("rule:L003") == ["project:broken.md"]
    assert refs("scope:plugin") == ["plugin/extras:tuner.md"]
    assert refs("body:regex:/^migrate/") == ["project:db/migrator.md"]
    assert set(refs("age:<1h")) == set(refs(""))
    assert "project:broken.md" in refs("sort:problems severity:error")


def test_the_shell_is_offered_what_a_query_may_become(project: Path, cli: Cli) -> None:
    context = click.Context(program())
    offered = [item.value for item in QueryType().shell_complete(context, click.Option(["--where"]), "is:dup model:o")]
    assert offered == ["is:dup model:opus", "is:dup model:sonnet"]
    assert [item.value for item in QueryType().shell_complete(context, click.Option(["--where"]), "mod")] == ["model:"]
    configure('[views]\ncostly = "model:opus"\n')
    assert [item.value for item in ViewType().shell_complete(context, click.Option(["--view"]), "co")] == ["costly"]
