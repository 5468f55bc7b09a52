"""The verb `list`."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.runs import Cli, agent, run_on_terminal, write

KEYS = (
    "ref path scope host name description model color tools fields unknown_fields verdict active shadowed_by same_name "
    "problems tokens bytes lines sha256 read_only"
).split()


def records(cli: Cli, *arguments: str) -> dict[str, dict[str, Any]]:
    """The agents that `list --format json` prints, by ref."""
    run = cli("list", "--format", "json", *arguments)
    assert run.code == 0
    return {record["ref"]: record for record in json.loads(run.out)["agents"]}


def test_table_has_a_row_for_each_agent_by_scope_then_path(project: Path, cli: Cli) -> None:
    run = cli("list")
    assert (run.code, run.err) == (0, "")
    assert run.lines[0].split() == ["NAME", "MODEL", "TOOLS", "SCOPE", "AGE", "STATE"]
    assert [line.split()[:5] for line in run.lines[1:]] == [
        ["--", "broken", "-", "all", "project"],
        ["--", "migrator", "opus", "all", "project"],
        ["BL", "reviewer", "sonnet", "2", "project"],
        ["??", "reviewer", "-", "0", "user"],
        ["--", "tuner", "haiku", "all", "plugin"],
    ]
    assert "✖ the frontmatter is never closed" in run.lines[1]
    assert run.lines[3].endswith("⇄2")
    assert "⇄2 ⚠ tools is empty" in run.lines[4]
    assert run.lines[5].endswith("read-only")


def test_not_agents_are_listed_with_all_only(project: Path, cli: Cli) -> None:
    assert "project:README.md" not in records(cli)
    assert records(cli, "--all")["project:README.md"]["verdict"] == {"status": "not-agent", "reason": "no frontmatter"}


def test_json_has_every_key_of_the_contract(project: Path, cli: Cli) -> None:
    data = json.loads(cli("list", "--format", "json").out)
    assert list(data) == ["schema", "roots", "agents"]
    assert data["schema"] == 1
    assert data["roots"][0] == {"scope": "project", "path": ".claude/agents", "read_only": False}
    assert [root["scope"] for root in data["roots"]] == ["project", "user", "plugin"]
    assert data["roots"][2]["read_only"] is True
    assert all(list(record) == KEYS for record in data["agents"])


def test_json_of_an_agent(project: Path, cli: Cli) -> None:
    file = project / "db/migrator.md"
    assert records(cli)["project:db/migrator.md"] == {
        "ref": "project:db/migrator.md",
        "path": ".claude/agents/db/migrator.md",
        "scope": "project",
        "host": "claude-code",
        "name": "migrator",
        "description": "When to use it.",
        "model": "opus",
        "color": None,
        "tools": None,
        "fields": {"name": "migrator", "description": "When to use it.", "model": "opus", "category": "data"},
        "unknown_fields": ["category"],
        "verdict": {"status": "loads", "reason": None},
        "active": None,
        "shadowed_by": None,
        "same_name": [],
        "problems": [],
        "tokens": {"description": 8, "body": 5},
        "bytes": file.stat().st_size,
        "lines": 10,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "read_only": False,
    }


def test_tools_are_absent_empty_or_listed(project: Path, cli: Cli) -> None:
    found = records(cli)
    assert found["project:db/migrator.md"]["tools"] is None
    assert found["user:reviewer.md"]["tools"] == []
    assert found["project:reviewer.md"]["tools"] == ["Read", "Grep"]


def test_agents_of_one_name_are_named(project: Path, cli: Cli) -> None:
    found = records(cli)
    assert found["project:reviewer.md"]["same_name"] == ["user:reviewer.md"]
    assert found["user:reviewer.md"]["same_name"] == ["project:reviewer.md"]


def test_a_path_below_the_working_directory_is_relative_and_others_are_absolute(
    project: Path, home: Path, cli: Cli
) -> None:
    run = cli("list", "--format", "paths")
    assert run.lines[0] == ".claude/agents/broken.md"
    assert str(home / ".claude/agents/reviewer.md") in run.lines


def test_fields_are_decoded_in_file_order_and_safe_for_json(tmp_path: Path, cli: Cli) -> None:
    lines = (
        "inf: .inf",
        "neg: -.Inf",
        "nan: .nan",
        "day: 2024-01-01",
        "n: 0x1F",
        "t: true",
        "z:",
        "deep: {a: [1, {b: ~}]}",
    )
    write(tmp_path / "odd.md", agent("odd", *lines))
    fields = records(cli, str(tmp_path))["folder:odd.md"]["fields"]
    assert list(fields.items())[2:] == [
        ("inf", ".inf"),
        ("neg", "-.inf"),
        ("nan", ".nan"),
        ("day", "2024-01-01"),
        ("n", 31),
        ("t", True),
        ("z", None),
        ("deep", {"a": [1, {"b": None}]}),
    ]


@pytest.mark.parametrize(("data", "lines"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\r\nb", 2), (b"a\n\n", 2)])
def test_lines_are_counted(tmp_path: Path, cli: Cli, data: bytes, lines: int) -> None:
    write(tmp_path / "a.md", data)
    assert records(cli, "--all", str(tmp_path))["folder:a.md"]["lines"] == lines


def test_deep_and_heavy_values_are_printed(tmp_path: Path, cli: Cli) -> None:
    bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    bomb += [f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefg", "bcdefgh", strict=True)]
    write(tmp_path / "bomb.md", agent("bomb", *bomb))
    write(tmp_path / "deep.md", agent("deep", "deep: " + "[" * 200 + "]" * 200))
    run = cli("list", "--format", "json", str(tmp_path))
    assert run.code == 0
    assert {record["name"] for record in json.loads(run.out)["agents"]} == {"bomb", "deep"}
    assert len(run.raw) < 10_000_000


def test_what_could_not_be_read_whole_has_no_hash(tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "big.md", agent("big", body="x" * 1_100_000))
    record = records(cli, str(tmp_path))["folder:big.md"]
    assert record["sha256"] is None
    assert record["bytes"] > 1_100_000
    assert record["verdict"]["status"] == "dropped"


def test_jsonl_has_one_agent_a_line(project: Path, cli: Cli) -> None:
    run = cli("list", "--format", "jsonl")
    assert [json.loads(line)["ref"] for line in run.lines] == list(records(cli))
    assert all(json.loads(line)["schema"] == 1 for line in run.lines)


def test_tsv_has_a_cell_for_each_column(project: Path, cli: Cli) -> None:
    rows = [line.split("\t") for line in cli("list", "--format", "tsv").lines]
    assert rows[0] == ["ref", "name", "model", "color", "tool-names", "scope", "status", "path"]
    assert rows[3] == [
        "project:reviewer.md",
        "reviewer",
        "sonnet",
        "blue",
        "Read, Grep",
        "project",
        "loads",
        ".claude/agents/reviewer.md",
    ]
    assert {len(row) for row in rows} == {8}


def test_tsv_escapes_what_would_break_a_row(tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "a.md", agent("a", description='"tab\\there, line\\nthere, back\\\\slash \\e[31m"'))
    run = cli("list", "--format", "tsv", "--columns", "name,description", str(tmp_path))
    assert run.lines[1] == r"a" + "\t" + r"tab\there, line\nthere, back\\slash \x1b[31m"


def test_columns_are_chosen_by_name_and_may_be_any_field(project: Path, cli: Cli) -> None:
    run = cli("list", "--columns", "ref,tool-names,permissionMode,lines", "--where", "model:sonnet")
    assert run.lines == [
        "REF                  TOOL-NAMES  PERMISSIONMODE  LINES",
        "project:reviewer.md  Read, Grep  -               9",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--columns", "nme"), "there is no column 'nme'. There are: tag, name,"),
        (("--columns", "name", "--format", "json"), "--columns goes with table and tsv"),
        (("--where", "owner:me"), "no filter is called owner:"),
        (("--format", "xml"), "'xml' is not one of"),
        (("missing",), "missing: no such file or folder"),
        (("notes.txt",), "notes.txt: not an agent file: their names end in .md"),
    ],
)
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    Path("notes.txt").touch()
    run = cli("list", *arguments)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_where_filters(project: Path, cli: Cli) -> None:
    assert list(records(cli, "--where", "model:opus,haiku -scope:plugin")) == ["project:db/migrator.md"]


def test_paths_replace_what_the_host_reads(project: Path, home: Path, cli: Cli) -> None:
    assert list(records(cli, str(project / "reviewer.md"))) == ["project:reviewer.md"]
    assert list(records(cli, "../shop")) == ["project:broken.md", "project:db/migrator.md", "project:reviewer.md"]
    assert list(records(cli, str(home / ".claude/agents"))) == ["user:reviewer.md"]
    assert list(records(cli, str(project / "db"))) == ["folder:migrator.md"]


def test_standard_input_is_a_dash(cli: Cli) -> None:
    run = cli("list", "-", "--format", "json", stdin=agent("piped", "model: opus"))
    assert [(a["ref"], a["name"], a["model"]) for a in json.loads(run.out)["agents"]] == [("stdin:-", "piped", "opus")]


def test_an_empty_place_is_said_not_printed(tmp_path: Path, cli: Cli) -> None:
    run = cli("list", str(tmp_path))
    assert (run.code, run.out) == (0, "")
    assert run.err == f"No agents found in {tmp_path}.\n"
    assert cli("list", str(tmp_path), "--quiet").err == ""
    assert json.loads(cli("list", str(tmp_path), "--format", "json").out)["agents"] == []


@pytest.mark.parametrize("name", [b"na\xefve.md", "日本語.md".encode()])
def test_any_file_name_is_printed(tmp_path: Path, cli: Cli, name: bytes) -> None:
    write(Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))), agent("named"))
    shown = os.fsdecode(name).encode("utf-8", "backslashreplace").decode()
    data = json.loads(cli("list", str(tmp_path), "--format", "json").out)
    assert data["agents"][0]["ref"] == f"folder:{shown}"
    for shape in ("table", "jsonl", "tsv", "paths"):
        assert cli("list", str(tmp_path), "--format", shape).code == 0


def test_rows_fit_the_terminal(project: Path) -> None:
    write(project / "wide.md", agent("日本語" * 30, "model: sonnet", "color: red"))
    for columns in (40, 80, 200):
        run = run_on_terminal("list", "--color", "never", columns=columns)
        assert run.code == 0
        assert max(map(cell_len, run.lines)) <= columns
        assert "…" in run.out


def test_the_same_twice(project: Path, cli: Cli) -> None:
    assert cli("list", "--format", "json").raw == cli("list", "--format", "json").raw


def test_real_files_are_listed(corpus: Path, cli: Cli) -> None:
    run = cli("list", "--all", "--format", "json", str(corpus))
    assert run.code == 0
    files = [path for path in corpus.rglob("*.md") if path.is_file()]
    assert len(json.loads(run.out)["agents"]) == len(files)
