"""The verb `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_there, write


@pytest.fixture
def pair(project: Path) -> tuple[str, str]:
    write(
        project / "a.md",
        agent("same", "tools: Read, Grep", "color: red", "x: 1", description="One thing.", body="First.\nSecond.\n"),
    )
    write(
        project / "b.md",
        agent("same", "tools: [Read, Grep]", "model: opus", "x: 1", description="One word.", body="First.\nThird.\n"),
    )
    return "project:a.md", "project:b.md"


def test_a_unified_diff_by_default(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair)
    assert (run.code, run.err) == (1, "")
    assert run.lines[:2] == ["--- .claude/agents/a.md", "+++ .claude/agents/b.md"]
    assert {"-color: red", "+model: opus", "-Second.", "+Third."} <= set(run.lines)
    assert cli("diff", *pair, "--unified").out == run.out


def test_the_diff_is_one_that_patch_takes(pair: tuple[str, str], project: Path, cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "copy.md", (project / "a.md").read_bytes())
    patch = cli("diff", *pair).raw
    done = run_there("-s", str(tmp_path / "copy.md"), program=("patch",), stdin=patch)
    assert done.code == 0
    assert (tmp_path / "copy.md").read_bytes() == (project / "b.md").read_bytes()


def test_the_same_file_is_the_same(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    write(project / "c.md", (project / "a.md").read_bytes())
    for shape in ((), ("--fields",)):
        assert cli("diff", pair[0], pair[0], *shape).code == 0
        assert cli("diff", pair[0], "project:c.md", *shape).code == 0
    assert cli("diff", pair[0], "project:c.md").out == ""


def test_by_field(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair, "--fields")
    assert run.code == 1
    assert run.lines == [
        "--- project:a.md",
        "+++ project:b.md",
        "  name         the same",
        "- description  One thing.",
        "+ description  One word.",
        "  tools        the same but for its spelling",
        "+ model        opus",
        "- color        red",
        "  x            the same",
        "  body         +1 −1 lines, 50% alike",
    ]


def test_long_values_are_folded_where_they_are_equal(project: Path, cli: Cli) -> None:
    lines = [f"Line {n}." for n in range(9)]
    write(project / "a.md", agent("a", description='"' + "\\n".join(lines) + '"'))
    write(project / "b.md", agent("a", description='"' + "\\n".join([*lines[:-1], "Other."]) + '"'))
    run = cli("diff", "project:a.md", "project:b.md", "--fields")
    assert run.lines[3:8] == [
        "  description  Line 0.",
        "               ⋯ 6 lines the same",
        "               Line 7.",
        "-              Line 8.",
        "+              Other.",
    ]
    assert run.lines[8:] == ["  body         the same"]


def test_what_differs_in_spelling_alone_is_the_same_by_field(project: Path, cli: Cli) -> None:
    write(project / "a.md", agent("a", "tools: Read"))
    write(project / "b.md", agent("a", "tools: [Read]").replace(b"\n", b"\r\n"))
    assert cli("diff", "project:a.md", "project:b.md").code == 1
    assert cli("diff", "project:a.md", "project:b.md", "--fields").code == 0


def test_json(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair, "--format", "json")
    data = json.loads(run.out)
    assert run.code == 1
    assert (data.pop("schema"), data.pop("a"), data.pop("b")) == (1, *pair)
    assert 0 < data.pop("similarity") < 1
    assert data == {
        "fields": [
            {"name": "name", "status": "same", "a": "same", "b": "same"},
            {"name": "description", "status": "changed", "a": "One thing.", "b": "One word."},
            {"name": "tools", "status": "same", "a": "Read, Grep", "b": ["Read", "Grep"]},
            {"name": "model", "status": "only-b", "a": None, "b": "opus"},
            {"name": "color", "status": "only-a", "a": "red", "b": None},
            {"name": "x", "status": "same", "a": 1, "b": 1},
        ],
        "sections": [],
    }


def test_standard_input_is_a_dash(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    data = (project / "a.md").read_bytes()
    assert cli("diff", "-", pair[0], stdin=data).code == 0
    run = cli("diff", pair[1], "-", stdin=data)
    assert (run.code, run.lines[1]) == (1, "+++ -")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("project:a.md",), "Missing argument 'B'"),
        (("project:a.md", "nobody"), "no agent is called nobody"),
        (("project:a.md", "."), ". is a folder"),
        (("-", "-"), "standard input (-) can be read once only"),
        (("project:a.md", "project:gone.md"), "a symbolic link to a file that does not exist"),
    ],
)
def test_trouble_is_not_a_difference(
    pair: tuple[str, str], project: Path, cli: Cli, words: tuple[str, ...], said: str
) -> None:
    (project / "gone.md").symlink_to("nowhere.md")
    run = cli("diff", *words)
    assert (run.code, run.out) == (2, "")
    assert said in run.err
