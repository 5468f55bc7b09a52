"""The verb `dedupe`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, snapshot, write

TEXT = (
    "Read the whole change first, then say what you would not let pass, with the line and the reason. Praise nothing "
    "that merely works, and where a test is missing name the case that it would have to cover before this is merged."
)


@pytest.fixture
def twins(project: Path) -> Path:
    write(project / "one.md", agent("one", "model: opus", body=TEXT))
    write(project / "two.md", agent("two", "model: haiku", body=TEXT + "\n\n"))
    write(project / "three.md", agent("three", body=TEXT.replace("merged", "released")))
    return project


def test_groups_as_text(twins: Path, cli: Cli) -> None:
    before = snapshot(twins)
    run = cli("dedupe")
    assert run.code == 0
    assert run.lines[:6] == [
        "same name  reviewer, 100% alike",
        "  ▶ project:reviewer.md  sonnet",
        "    user:reviewer.md",
        "    wins over user:reviewer.md",
        "    differs: tools, model, color",
        "",
    ]
    assert "same prompt  one, two" in run.out
    assert "nearly the same prompt  one, three, two, 95% alike" in run.out
    assert run.err == "4 groups among 9 files: 1 same name, 2 same prompt, 1 nearly the same prompt.\n"
    assert snapshot(twins) == before


def test_groups_as_json(twins: Path, cli: Cli) -> None:
    told = json.loads(cli("dedupe", "--format", "json", "--kind", "near").out)
    assert told == {
        "schema": 1,
        "groups": [
            {
                "kind": "near",
                "similarity": 0.95,
                "refs": ["project:one.md", "project:three.md", "project:two.md"],
                "winner": None,
                "why": "all are loaded, by names of their own",
                "differs": ["name", "model", "body"],
            }
        ],
    }
    lines = cli("dedupe", "--format", "jsonl").lines
    assert [json.loads(line)["kind"] for line in lines] == ["same-name", "same-body", "same-body", "near"]


def test_groups_as_tabs(twins: Path, cli: Cli) -> None:
    run = cli("dedupe", "--format", "tsv", "--kind", "same-name", "--kind", "identical")
    assert run.lines == [
        "kind\tsimilarity\twinner\trefs",
        "same-name\t1.0000\tproject:reviewer.md\tproject:reviewer.md user:reviewer.md",
    ]


def test_only_groups_with_a_match(twins: Path, cli: Cli) -> None:
    run = cli("dedupe", "--where", "name:three")
    assert run.err == "1 group among 9 files: 1 nearly the same prompt.\n"
    assert cli("dedupe", "--where", "name:tuner").err == "1 group among 9 files: 1 same prompt.\n"


def test_another_threshold(twins: Path, cli: Cli) -> None:
    assert "nearly" not in cli("dedupe", "--threshold", "0.98").out
    assert cli("dedupe", "--threshold", "0.1").code == 2


def test_purposes_are_told_when_asked_for(project: Path, cli: Cli) -> None:
    words = "Use for slow database queries, missing indexes and locked tables."
    write(project / "one.md", agent("one", description=words, body="One."))
    write(project / "two.md", agent("two", description=f"{words} Ask first.", body="Two."))
    told = json.loads(cli("dedupe", "--purpose", "--format", "json").out)["overlaps"]
    assert [pair["refs"] for pair in told if "project:one.md" in pair["refs"]] == [["project:one.md", "project:two.md"]]
    assert "described alike" in cli("dedupe", "--purpose").out
    assert "overlaps" not in cli("dedupe", "--format", "json").out


def test_nothing_to_show(project: Path, cli: Cli) -> None:
    run = cli("dedupe", str(project / "db"))
    assert (run.code, run.out, run.err) == (0, "", "No duplicates found.\n")
