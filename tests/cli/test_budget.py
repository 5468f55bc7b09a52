"""The verb `budget`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, write


@pytest.fixture
def costly(project: Path) -> Path:
    """The project with one agent that costs 4,000 tokens and one that costs 12,000: together more than the limit."""
    for name, tokens in (("big", 12_000), ("mid", 4_000)):
        write(project / f"{name}.md", agent(name, description="x" * (4 * tokens - len(name) - 2)))
    return project


def test_table_has_the_costliest_first_and_the_total_last(project: Path, cli: Cli) -> None:
    run = cli("budget")
    assert (run.code, run.err) == (0, "")
    assert run.lines == [
        "TOKENS  SHARE  NAME          SCOPE",
        "     7  36.8%  extras:tuner  plugin",
        "     6  31.6%  migrator      project",
        "     6  31.6%  reviewer      project",
        "19 of 15,000 tokens: Claude Code does not warn",
    ]


def test_what_the_host_does_not_take_costs_nothing(project: Path, cli: Cli) -> None:
    assert "user" not in cli("budget").out
    (project / "reviewer.md").rename(project / "reviewer.md.off")
    assert "reviewer      user" in cli("budget").out
    assert "broken" not in cli("budget").out


def test_over_the_limit_the_warning_of_the_host_is_told(costly: Path, cli: Cli) -> None:
    run = cli("budget")
    assert run.code == 0
    assert run.lines[1].split() == ["12,000", "74.9%", "big", "project"]
    assert run.lines[-1] == (
        '16,019 of 15,000 tokens: Claude Code warns "Agent descriptions are over the 15.0k-token limit (~16.0k tokens)"'
    )


def test_json(costly: Path, cli: Cli) -> None:
    data = json.loads(cli("budget", "--format", "json").out)
    assert list(data) == ["schema", "limit", "before", "total", "over", "agents"]
    assert (data["schema"], data["limit"], data["before"], data["total"], data["over"]) == (
        1,
        15_000,
        16_019,
        16_019,
        True,
    )
    assert data["agents"][:2] == [
        {"ref": "project:big.md", "tokens": 12_000, "share": 0.7491},
        {"ref": "project:mid.md", "tokens": 4_000, "share": 0.2497},
    ]
    lines = [json.loads(line) for line in cli("budget", "--format", "jsonl").lines]
    assert lines == [{"schema": 1, **cost} for cost in data["agents"]]


def test_tsv(project: Path, cli: Cli) -> None:
    assert cli("budget", "--format", "tsv").lines == [
        "tokens\tshare\tname\tscope\tref",
        "7\t0.3684\textras:tuner\tplugin\tplugin/extras:tuner.md",
        "6\t0.3158\tmigrator\tproject\tproject:db/migrator.md",
        "6\t0.3158\treviewer\tproject\tproject:reviewer.md",
    ]


def test_without_some_agents(costly: Path, cli: Cli) -> None:
    run = cli("budget", "--without", "mid", "--without", "project:reviewer.md")
    assert run.lines[-1] == "16,019 → 12,019 of 15,000 tokens: Claude Code does not warn"
    assert "reviewer      user" in run.out  # takes the place of the one that goes
    assert not any(" mid " in line for line in run.lines)
    data = json.loads(cli("budget", "--without", ".claude/agents/big.md", "--format", "json").out)
    assert (data["before"], data["total"], data["over"]) == (16_019, 4_019, False)


def test_without_means_what_parking_does(costly: Path, cli: Cli) -> None:
    words = ("mid", "project:reviewer.md")
    expected = json.loads(cli("budget", "--format", "json", "--without", words[0], "--without", words[1]).out)
    assert cli("park", *words, "--yes").code == 0
    assert json.loads(cli("budget", "--format", "json").out)["agents"] == expected["agents"]


def test_paths_and_standard_input(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "loose/a.md", agent("a", description="Seven characters more."))
    assert [line.split()[2] for line in cli("budget", str(tmp_path / "loose")).lines[1:-1]] == ["a"]
    assert json.loads(cli("budget", "-", "--format", "json", stdin=agent("piped")).out)["total"] == 6


def test_nothing_costs_nothing(tmp_path: Path, cli: Cli) -> None:
    run = cli("budget", str(tmp_path))
    assert (run.code, run.lines) == (
        0,
        ["TOKENS  SHARE  NAME  SCOPE", "0 of 15,000 tokens: Claude Code does not warn"],
    )
    data = json.loads(cli("budget", str(tmp_path), "--format", "json").out)
    assert (data["total"], data["over"], data["agents"]) == (0, False, [])
    write(tmp_path / "empty.md", agent("''"))
    assert cli("budget", str(tmp_path)).lines == run.lines


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--without", "nobody"), "no agent is called nobody"),
        (("--without", "reviewer"), "say which: project:reviewer.md, user:reviewer.md"),
        (("missing",), "missing: no such file or folder"),
        (("--format", "paths"), "'paths' is not one of"),
    ],
)
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    run = cli("budget", *words)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_rows_fit_the_terminal(costly: Path) -> None:
    run = run_on_terminal("budget", "--color", "never", columns=40)
    assert run.code == 0
    assert run.lines[1].startswith("12,000  74.9%  big")


def test_the_same_twice(costly: Path, cli: Cli) -> None:
    assert cli("budget").raw == cli("budget").raw
