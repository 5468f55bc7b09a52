"""What `lint` prints for programs: JSON, SARIF and GitHub's annotations, also of texts that want to be commands."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.cli import sarif
from agent_studio.cli.finding import Finding, located
from agent_studio.cli.report import annotation
from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.engine import Configuration
from agent_studio.model.checks.problem import SEVERITIES, Problem, Severity
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from tests.cli.runs import Cli, write
from tests.cli.test_hostile import FORBIDDEN

SCHEMA = Path(__file__).with_name("sarif-2.1.0.json")


@pytest.fixture
def path(project: Path) -> Path:
    return write(project / "a b.md", "---\nname: ünïcode 😀 agent\ndescription: Use it.\n---\nX\n".encode())


def test_json(path: Path, cli: Cli) -> None:
    run = cli("lint", "--format", "json", "--select", "N007", str(path))
    assert run.code == 1
    data = json.loads(run.out)
    message = data["problems"][0].pop("message")
    assert "ünïcode" in message
    assert data == {
        "schema": 1,
        "files": 1,
        "problems": [
            {
                "ref": "project:a b.md",
                "path": ".claude/agents/a b.md",
                "rule": "N007",
                "severity": "info",
                "line": 2,
                "column": 7,
                "end_line": 2,
                "end_column": 22,
                "fix": "unsafe",
                "others": [],
            }
        ],
    }
    (line,) = cli("lint", "--format", "jsonl", "--select", "N007", str(path)).lines
    assert json.loads(line) == {"schema": 1, "message": message, **data["problems"][0]}


def test_nothing_found_is_an_empty_list(path: Path, cli: Cli) -> None:
    words = ("lint", "--select", "L001", str(path), "--format")
    assert json.loads(cli(*words, "json").out) == {"schema": 1, "files": 1, "problems": []}
    assert json.loads(cli(*words, "sarif").out)["runs"][0]["results"] == []
    assert cli(*words, "jsonl").out == cli(*words, "github").out == ""


@given(st.text("ab😀\n\r\u2028", max_size=20), st.data())
def test_places_count_from_1_in_characters(text: str, data: st.DataObject) -> None:
    held = Agent(Ref("a", "a.md"), "/a.md", Document(text.encode()))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (found,) = located(library(held), [Problem("L001", held.ref, start, end, "found")], Configuration())
    for (line, column), offset in ((found.start, start), (found.end, end)):
        lines = text.split("\n")
        assert sum(len(before) + 1 for before in lines[: line - 1]) + column - 1 == offset
        assert column <= len(lines[line - 1]) + 1


def library(*agents: Agent) -> Library:
    return Library((), {agent.ref: agent for agent in agents})


def finding(message: str = "found", path: str = "/p/a.md", severity: Severity = "error") -> Finding:
    problem = Problem("L001", Ref("project", "a.md"), 0, 1, message)
    return Finding(problem, BY_ID["L001"], severity, path, (1, 1), (1, 2))


COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^,:\r\n]*,?)+)::([^\r\n]*)")


def test_an_annotation() -> None:
    assert annotation(finding("100% wrong: it\nbreaks", "/p/a,b:c.md")) == (
        "::error file=/p/a%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=2,title=L001 does-not-load::"
        "100%25 wrong: it%0Abreaks"
    )


HOSTILE = st.text(st.sampled_from("\n\r\t%:,;= a\x1b\x9b\u2028\u202e\U000e0041\ud800é"), max_size=30) | st.text()


@given(HOSTILE, HOSTILE)
def test_no_text_ends_an_annotation_or_begins_another(message: str, name: str) -> None:
    command = annotation(finding(message, f"/{name}\n::stop-commands::x"))
    assert COMMAND.fullmatch(command)
    assert not FORBIDDEN.search(command.replace("\t", ""))
    assert command.count("::") - command.partition("::")[2].partition("::")[2].count("::") == 2


@pytest.mark.parametrize("severity", SEVERITIES)
def test_every_severity_has_a_level(severity: Severity) -> None:
    assert annotation(finding(severity=severity)).startswith(("::error ", "::warning ", "::notice "))
    result = sarif.log([finding(severity=severity)])["runs"][0]["results"][0]  # type: ignore[index]
    assert result["level"] in {"error", "warning", "note"}


def test_text_of_a_file_is_no_link_in_sarif() -> None:
    result = sarif.log([finding('says "[look](https://a.b)"')])["runs"][0]["results"][0]  # type: ignore[index]
    assert result["message"] == {"text": 'says "[look] (https://a.b)"'}


@pytest.fixture(scope="module")
def valid() -> Callable[[object], object]:
    """Raises for what is no SARIF 2.1.0 log by the standard's schema."""
    schema = pytest.importorskip("fastjsonschema")
    return cast("Callable[[object], object]", schema.compile(json.loads(SCHEMA.read_text(encoding="utf-8"))))


def test_sarif(path: Path, home: Path, cli: Cli, valid: Callable[[object], object]) -> None:
    write(path.parent / os.fsdecode(b"x\n\xff#?:.md"), b"---\nname: b\n---\n")
    run = cli("lint", "--format", "sarif")
    assert run.code == 1
    log = json.loads(run.out)
    valid(log)
    driver, results = log["runs"][0]["tool"]["driver"], log["runs"][0]["results"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in RULES]
    assert all(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert ".claude/agents/a%20b.md" in uris
    assert ".claude/agents/x%0A%FF%23%3F%3A.md" in uris
    assert f"file://{home}/.claude/agents/reviewer.md" in uris


def test_sarif_of_every_real_file(corpus: Path, cli: Cli, valid: Callable[[object], object]) -> None:
    log = json.loads(cli("lint", "--no-config", "--format", "sarif", str(corpus)).out)
    valid(log)
    assert len(log["runs"][0]["results"]) > 500
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(ValueError, match="startLine"):
        valid(log)


def test_sarif_tells_github_which_rules_are_about_security() -> None:
    rules = sarif.log([])["runs"][0]["tool"]["driver"]["rules"]  # type: ignore[index]
    scores = {rule["id"]: rule["properties"].get("security-severity") for rule in rules}
    assert scores["S001"] == "8.0"
    assert scores["L001"] is None


def test_sarif_tells_github_what_it_shows_of_a_rule() -> None:
    rules = sarif.log([])["runs"][0]["tool"]["driver"]["rules"]  # type: ignore[index]
    for rule in rules:
        texts = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
        assert all(texts)
        assert not texts[1].startswith("Fix:")
        assert max(map(len, texts[:2])) <= 1_000
