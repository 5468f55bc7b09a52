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
    "ref path scope host name description model color tools roster fields unknown_fields verdict losses active "
    "shadowed_by standing undefined same_name problems tokens bytes lines sha256 read_only parked plugin"
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
        ["--", "extras:tuner", "haiku", "all", "plugin"],
    ]
    assert "✖ the frontmatter is never closed" in run.lines[1]
    assert run.lines[3].endswith("⇄2")
    assert "⇄2 shadowed ⚠ tools is empty" in run.lines[4]
    assert run.lines[5].endswith("read-only")


def test_not_agents_are_listed_with_all_only(project: Path, cli: Cli) -> None:
    assert "project:README.md" not in records(cli)
    verdict = {"status": "not-agent", "reason": "no frontmatter", "cause": "no-frontmatter"}
    assert records(cli, "--all")["project:README.md"]["verdict"] == verdict


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
    found = records(cli)["project:db/migrator.md"]
    assert {problem["rule"] for problem in found.pop("problems")} >= {"T001"}
    assert found == {
        "ref": "project:db/migrator.md",
        "path": ".claude/agents/db/migrator.md",
        "scope": "project",
        "host": "claude-code",
        "name": "migrator",
        "description": "When to use it.",
        "model": "opus",
        "color": None,
        "tools": None,
        "roster": "All tools",
        "fields": {"name": "migrator", "description": "When to use it.", "model": "opus", "category": "data"},
        "unknown_fields": ["category"],
        "verdict": {"status": "loads", "reason": None, "cause": None},
        "losses": [],
        "active": True,
        "shadowed_by": None,
        "standing": None,
        "undefined": False,
        "same_name": [],
        "tokens": {"description": 8, "body": 5, "listed": 6},
        "bytes": file.stat().st_size,
        "lines": 10,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "read_only": False,
        "parked": False,
        "plugin": None,
    }


def test_json_says_who_wins_and_what_is_lost(project: Path, cli: Cli) -> None:
    found = records(cli)
    winner, loser = found["project:reviewer.md"], found["user:reviewer.md"]
    assert (winner["active"], winner["shadowed_by"], winner["standing"]) == (True, None, "wins over user:reviewer.md")
    assert (loser["active"], loser["shadowed_by"], loser["undefined"]) == (False, "project:reviewer.md", False)
    assert "project wins over user" in loser["standing"]
    assert [loss.split()[0] for loss in loser["losses"]] == ["tools", "color"]
    assert (winner["roster"], loser["roster"]) == ("Read, Grep", "All tools")
    assert (found["plugin/extras:tuner.md"]["plugin"], found["project:broken.md"]["active"]) == ("extras", False)
    assert found["project:broken.md"]["verdict"]["cause"] == "no-frontmatter"


def test_namesakes_in_one_folder_depend_on_read_order(project: Path, cli: Cli) -> None:
    write(project / "a.md", agent("twin"))
    write(project / "b.md", agent("twin"))
    found = [record for record in records(cli).values() if record["name"] == "twin"]
    last = [entry.name for entry in os.scandir(project) if entry.name in {"a.md", "b.md"}][-1]
    assert {record["ref"]: record["active"] for record in found} == {
        "project:a.md": last == "a.md",
        "project:b.md": last == "b.md",
    }
    assert all(record["undefined"] and "read order" in record["standing"] for record in found)
    states = [line.partition("⇄")[2] for line in cli("list", "--where", "name:twin").lines[1:]]
    assert sorted(states) == ["2 read order", "2 read order, wins"]


def test_parked_agents_are_listed_as_such(project: Path, cli: Cli) -> None:
    (project / "reviewer.md").rename(project / "reviewer.md.parked")
    record = records(cli)["project:reviewer.md.parked"]
    assert (record["name"], record["parked"], record["active"]) == ("reviewer", True, False)
    assert (record["verdict"]["status"], record["verdict"]["cause"]) == ("parked", "not-scanned")
    assert records(cli)["user:reviewer.md"]["active"] is True
    assert cli("list", "--where", "scope:project name:reviewer").lines[1].endswith("⇄2 parked")


def test_a_plugin_that_the_host_does_not_read_is_told_from_one_that_loses(project: Path, home: Path, cli: Cli) -> None:
    (home / ".claude/settings.json").unlink()
    run = cli("list", "--columns", "name,active,state,standing", "--where", "scope:plugin")
    assert run.lines[1].split()[:4] == ["extras:tuner", "no", "not", "read"]
    assert "the plugin extras@market is not enabled" in run.lines[1]


def test_columns_say_who_wins_and_what_is_lost(project: Path, cli: Cli) -> None:
    run = cli(
        "list", "--format", "tsv", "--columns", "ref,active,standing,losses,listed-tokens", "--where", "name:reviewer"
    )
    rows = [line.split("\t") for line in run.lines[1:]]
    assert rows[0] == ["project:reviewer.md", "yes", "wins over user:reviewer.md", "", "6"]
    assert rows[1][:2] == ["user:reviewer.md", "no"]
    assert "project wins over user" in rows[1][2]
    assert [loss.split()[0] for loss in rows[1][3].split("; ")] == ["tools", "color"]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("scope", "broken migrator Zed reviewer reviewer extras:tuner"),
        ("name", "broken extras:tuner migrator reviewer reviewer Zed"),
        ("model", "extras:tuner migrator reviewer broken Zed reviewer"),
        ("color", "Zed reviewer reviewer broken migrator extras:tuner"),
        ("cost", "Zed extras:tuner migrator reviewer reviewer broken"),
        ("age", "reviewer extras:tuner Zed migrator broken reviewer"),
        ("state", "broken reviewer migrator Zed reviewer extras:tuner"),
    ],
)
def test_the_order_is_chosen(project: Path, home: Path, cli: Cli, key: str, names: str) -> None:
    write(project / "odd.md", agent("Zed", "color: red", description="It is a long one. " * 9))
    plugin = home / ".claude/plugins/cache/market/extras/1.0.0/agents/tuner.md"
    files = [project / "reviewer.md", project / "broken.md", project / "db/migrator.md", project / "odd.md", plugin]
    for age, file in enumerate((*files, home / ".claude/agents/reviewer.md"), 1_000_000):
        os.utime(file, (age, age))
    for shape in (("jsonl",), ("json",)):
        run = cli("list", "--sort", key, "--format", *shape)
        found = [json.loads(line) for line in run.lines] if shape == ("jsonl",) else json.loads(run.out)["agents"]
        assert [record["name"] or "broken" for record in found] == names.split()


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
        (("--sort", "size"), "'size' is not one of"),
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
    (record,) = json.loads(run.out)["agents"]
    assert (record["ref"], record["path"], record["name"], record["model"]) == ("stdin:-.md", "-", "piped", "opus")
    assert (record["verdict"]["status"], record["active"]) == ("loads", True)


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
