"""The verb `show`."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, run_there, write


def test_text_shows_fields_as_the_host_reads_them_the_verdict_and_the_body(project: Path, cli: Cli) -> None:
    write(
        project / "quoted.md",
        agent(
            "quoted",
            "tools: [Read, Grep]",
            "color: pink",
            "category: x",
            description="'One.\\nTwo.'",
            body="Do.\r\nIt.",
        ),
    )
    run = cli("show", "quoted")
    assert (run.code, run.err) == (0, "")
    assert run.lines == [
        "quoted  project:quoted.md",
        ".claude/agents/quoted.md: 10 lines, 100 bytes, about 5 tokens in every conversation and 3 more",
        "loads",
        "",
        "name         quoted",
        "description  One.",
        "             Two.",
        "tools        Read, Grep",
        "color        PI pink",
        "category     x  (Claude Code does not know this field)",
        "",
        "Do.",
        "It.",
    ]


def test_text_says_what_is_wrong_and_who_else_has_the_name(project: Path, cli: Cli) -> None:
    run = cli("show", "user:reviewer.md")
    assert run.lines[2] == "degraded: tools is empty: the agent gets no tool at all, though Claude is told All tools"
    assert run.lines[3].startswith('also: color "magenta" is unknown')
    assert run.lines[4] == "same name: project:reviewer.md"
    assert "project wins over user" in run.lines[5]
    assert cli("show", "project:reviewer.md").lines[3:5] == [
        "same name: user:reviewer.md",
        "wins over user:reviewer.md",
    ]
    assert "read-only" in cli("show", "tuner").lines


def test_text_says_what_else_the_host_does_with_the_name(project: Path, cli: Cli) -> None:
    write(project / "e.md", agent("Explore"))
    assert "replaces the built-in agent Explore" in cli("show", "Explore").lines
    write(project / "e2.md", agent("Explore"))
    assert any(line.startswith("depends on read order: ") for line in cli("show", "project:e.md").lines)


def test_text_says_which_releases_judge_otherwise(project: Path, cli: Cli) -> None:
    write(project / "bom.md", b"\xef\xbb\xbf" + agent("bom"))
    assert cli("show", "bom").lines[2:4] == [
        "loads",
        "in Claude Code 2.1.197: dropped: a BOM stands before the first line",
    ]
    write(project / "colon.md", agent("'a:b'"))
    assert cli("show", "colon").lines[3] == "in Claude Code 2.1.197: loads"
    (project / "bom.md").rename(project / "bom.md.parked")
    assert cli("show", "bom").lines[2:4] == ["parked: out of Claude Code's sight until it is unparked", ""]


def test_a_parked_agent_is_named_as_before(project: Path, cli: Cli) -> None:
    (project / "db/migrator.md").rename(project / "db/migrator.md.parked")
    for word in ("migrator", "project:db/migrator.md", "project:db/migrator.md.parked"):
        assert cli("show", word).lines[0] == "migrator  project:db/migrator.md.parked"


def test_a_copy_that_is_set_aside_does_not_make_a_name_ambiguous(project: Path, cli: Cli) -> None:
    write(project / "db/migrator.md.off", agent("migrator"))
    assert cli("show", "migrator").lines[0] == "migrator  project:db/migrator.md"


def test_given_is_what_the_model_is_given(project: Path, cli: Cli) -> None:
    write(
        project / "g.md",
        agent("g", "tools: Read", description='"a\\\\nb\\e[1m"', body="\ufeff\n One.\r\n Two.\x1b \n\n"),
    )
    run = cli("show", "g", "--format", "given")
    assert (run.code, run.err) == (0, "")
    assert run.raw == b"- g: a\nb\x1b[1m (Tools: Read)\n\nOne.\r\n Two.\x1b\n"
    shown = run_on_terminal("show", "g", "--format", "given", columns=200)
    assert "- g: a\nb␛[1m (Tools: Read)\n\nOne." in shown.out
    assert "\x1b" not in shown.out


def test_given_says_where_nothing_is_given(project: Path, cli: Cli) -> None:
    dropped = cli("show", "broken", "--format", "given")
    assert (dropped.code, dropped.out) == (2, "")
    assert "project:broken.md is not given to the model: the frontmatter is never closed" in dropped.err
    shadowed = cli("show", "user:reviewer.md", "--format", "given")
    assert shadowed.out.startswith("- reviewer: When to use it. (Tools: All tools)\n")
    assert "user:reviewer.md is not given to the model now: " in shadowed.err


def test_given_is_what_was_observed(corpus: Path, oracle: Path, cli: Cli) -> None:
    rows = [json.loads(line) for line in (oracle / "claude-code-2.1.329.jsonl").read_text().splitlines()]
    started = [row for row in rows if "body" in row][::20]
    assert started
    for row in started:
        given = cli("show", str(corpus / row["path"]), "--format", "given").raw.decode()[:-1]
        at = len(given) - row["body"]["chars"]
        assert given.startswith(f"- {row['name']}: {row['description']['prefix'][:20]}")
        assert given[:at].endswith(f" (Tools: {row['tools']})\n\n")
        assert hashlib.sha256(given[at:].encode()).hexdigest() == row["body"]["sha256"]


def test_an_agent_is_named_by_ref_path_or_name(project: Path, cli: Cli) -> None:
    for word in (
        "project:db/migrator.md",
        ".claude/agents/db/migrator.md",
        str(project / "db/migrator.md"),
        "migrator",
    ):
        record = json.loads(cli("show", word, "--format", "json").out)
        assert (record["schema"], record["ref"]) == (1, "project:db/migrator.md")


def test_a_file_without_a_name_is_found_by_its_file_name(project: Path, cli: Cli) -> None:
    assert cli("show", "README").lines[2] == "not-agent: no frontmatter"


def test_an_ambiguous_name_lists_the_refs(project: Path, cli: Cli) -> None:
    run = cli("show", "reviewer")
    assert (run.code, run.out) == (2, "")
    assert "reviewer is the name of 2 agents, say which: project:reviewer.md, user:reviewer.md" in run.err


def test_a_path_counts_before_a_name_only_where_it_is_spelled_like_one(project: Path, cli: Cli) -> None:
    write(Path("migrator"), b"a file that is called like an agent\n")
    assert cli("show", "migrator").lines[0] == "migrator  project:db/migrator.md"
    write(Path("other.md"), agent("other"))
    write(project / "twin.md", agent("other.md"))
    assert cli("show", "other.md").lines[0] == "other  folder:other.md"
    assert cli("show", "project:twin.md").lines[0] == "other.md  project:twin.md"


def test_a_file_outside_everything_joins_under_a_root_of_its_own(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "else/.claude/agents/far.md", agent("far"))
    record = json.loads(cli("show", str(tmp_path / "else/.claude/agents/far.md"), "--format", "json").out)
    assert (record["ref"], record["scope"], record["same_name"]) == ("project/2:far.md", "project", [])


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("migrater", "no agent is called migrater, and no file is: did you mean migrator?"),
        ("nothing-like-it-at-all", "no agent is called nothing-like-it-at-all, and no file is"),
        (".claude/agents/db", ".claude/agents/db is a folder: name one agent"),
    ],
)
def test_what_cannot_be_found_is_said(project: Path, cli: Cli, word: str, said: str) -> None:
    run = cli("show", word)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_raw_is_the_exact_bytes(project: Path, cli: Cli) -> None:
    data = b"\xef\xbb\xbf---\r\nname: raw\r\ndescription: \x1b[31m\xff\r\n---\r\n\x00no end"
    write(project / "bytes.md", data)
    assert cli("show", ".claude/agents/bytes.md", "--format", "raw").raw == data
    assert run_there("show", ".claude/agents/bytes.md", "--format", "raw").raw == data


def test_standard_input_is_a_dash(cli: Cli) -> None:
    data = agent("piped", "color: red")
    assert json.loads(cli("show", "-", "--format", "json", stdin=data).out)["color"] == "red"
    assert cli("show", "-", "--format", "raw", stdin=data).raw == data


def test_what_cannot_be_read_is_trouble(project: Path, cli: Cli) -> None:
    os.mkfifo(project / "pipe.md")
    run = cli("show", ".claude/agents/pipe.md")
    assert (run.code, run.out) == (2, "")
    assert ".claude/agents/pipe.md: a pipe, not a file" in run.err


def test_half_of_a_file_is_not_given_out_as_the_file(project: Path, cli: Cli) -> None:
    write(project / "big.md", agent("big", body="x" * 1_100_000))
    run = cli("show", "big", "--format", "raw")
    assert (run.code, run.out) == (2, "")
    assert "larger than 1 MiB" in run.err
