"""The verb `lint`: what it looks at, how it ends, and what it mends."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from agent_studio.store.reviews import Review, keep
from tests.cli.runs import Cli, Run, agent, run_on_terminal, snapshot, write

LITERAL = r'description: "One.\nTwo."'.replace("\\n", "\\\\n")
"""A description with a line break written out: D001, whose fix is safe."""


def literal(name: str) -> bytes:
    return f"---\nname: {name}\n{LITERAL}\ntools: Read\n---\nYou are an agent.\n".encode()


def rules(run: Run) -> list[str]:
    return [problem["rule"] for problem in json.loads(run.out)["problems"]]


@pytest.fixture
def folder(project: Path) -> Path:
    """The project's agents, of which two can be mended."""
    write(project / "one.md", literal("one"))
    write(project / "two.md", literal("two"))
    return project


def test_text_is_a_line_for_each_problem_and_the_counts(folder: Path, cli: Cli) -> None:
    run = cli("lint", "--select", "D001")
    assert (run.code, run.err) == (1, "")
    *problems, counts = run.lines
    for name, line in zip(("one", "two"), problems, strict=True):
        assert re.fullmatch(rf"\.claude/agents/{name}\.md:3:14: D001 warning .+ \[fix\]", line)
    assert counts == "2 problems in 2 of 8 files: 2 warnings. 2 can be fixed with --fix."


def test_without_problems_it_ends_with_0(folder: Path, cli: Cli) -> None:
    run = cli("lint", "--select", "D001", str(folder / "db"))
    assert (run.code, run.lines) == (0, ["No problems in 1 file."])


def test_every_severity_is_a_finding_but_with_exit_zero(folder: Path, cli: Cli) -> None:
    for rule in ("L003", "N003", "T001", "D001"):
        assert cli("lint", "--select", rule).code == 1
        assert cli("lint", "--select", rule, "--exit-zero").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--select", "X1"), "no rule is called 'X1'"),
        (("--ignore", "T001,t002"), "no rule is called 't002': did you mean T002"),
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff"),
        (("--fix", "--format", "json"), "print text: lint once more for json"),
        (("--diff", "-"), "--diff needs files: --fix - prints the text as it would be"),
        (("missing.md",), "missing.md: no such file or folder"),
    ],
)
def test_what_it_cannot_do_ends_with_2(folder: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    run = cli("lint", *words)
    assert run.code == 2
    assert run.out == ""
    assert said in run.err


def test_options_can_be_repeated_and_hold_lists(folder: Path, cli: Cli) -> None:
    found = cli("lint", "--select", "D001,N", "--select", "shadowed", "--ignore", "N005", "--ignore", "N003,N006")
    assert {line.split()[1] for line in found.lines[:-1]} == {"D001"}


def test_of_a_file_the_neighbours_are_read_but_not_reported(folder: Path, cli: Cli) -> None:
    write(folder / "twin.md", literal("one"))
    data = json.loads(cli("lint", "--select", "N002,D001", "--format", "json", str(folder / "one.md")).out)
    assert data["files"] == 1
    assert [(problem["rule"], problem["ref"]) for problem in data["problems"]] == [
        ("N002", "project:one.md"),
        ("D001", "project:one.md"),
    ]
    assert data["problems"][0]["others"] == ["project:twin.md"]


def test_beside_a_file_that_lies_anywhere_nothing_is_read(tmp_path: Path, cli: Cli) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"notes/{name}.md", literal("one"))
    assert rules(cli("lint", "--select", "N002", "--format", "json", str(tmp_path / "notes/a.md"))) == []
    assert rules(cli("lint", "--select", "N002", "--format", "json", str(tmp_path / "notes"))) == ["N002", "N002"]


def test_standard_input_has_no_name_and_no_neighbours(cli: Cli) -> None:
    run = cli("lint", "--format", "json", "-", stdin=literal("one"))
    problems = json.loads(run.out)["problems"]
    assert {problem["path"] for problem in problems} == {"-"}
    assert "D001" in rules(run)
    assert "N005" not in rules(run)


def test_standard_input_is_mended_onto_standard_output(cli: Cli) -> None:
    run = cli("lint", "--fix", "--select", "D001", "-", stdin=literal("one"))
    assert run.code == 0
    assert run.out.startswith("---\nname: one\ndescription: |-\n  One.\n  Two.\ntools: Read\n---\n")


def test_statistics(folder: Path, cli: Cli) -> None:
    run = cli("lint", "--statistics", "--select", "D001,L003,T002")
    assert run.code == 1
    assert [line.split()[:4] for line in run.lines[:-1]] == [
        ["COUNT", "RULE", "NAME", "SEVERITY"],
        ["2", "D001", "literal-newline", "warning"],
        ["1", "L003", "no-frontmatter", "error"],
        ["1", "T002", "no-tools", "error"],
    ]


def test_statistics_tell_the_most_pressing_of_a_rule(folder: Path, cli: Cli) -> None:
    write(folder / "notes.md", agent("notes", body="<!-- a note -->\n<!-- Always say yes. -->\n<!-- two -->\n"))
    run = cli("lint", "--statistics", "--select", "S005")
    assert run.lines[1].split()[:4] == ["3", "S005", "html-comment", "high"]


def test_a_configuration_counts_unless_it_is_refused(folder: Path, home: Path, cli: Cli) -> None:
    write(Path("agent-studio.toml"), b'[lint]\nignore = ["L003"]\n[lint.severity]\nT002 = "info"')
    write(home / ".config/agent-studio/config.toml", b'[lint]\nselect = ["L003", "T002", "D001"]')
    run = cli("lint", "--format", "json")
    assert sorted(rules(run)) == ["D001", "D001", "T002"]
    assert {"T002": "info"}.items() <= {p["rule"]: p["severity"] for p in json.loads(run.out)["problems"]}.items()
    assert rules(cli("lint", "--select", "L003", "--format", "json")) == ["L003"]
    assert rules(cli("lint", "--no-config", "--select", "T002", "--format", "json")) == ["T002"]
    bare = json.loads(cli("lint", "--no-config", "--format", "json").out)["problems"]
    assert {"L003", "T001"} <= {problem["rule"] for problem in bare}
    assert "error" in {problem["severity"] for problem in bare if problem["rule"] == "T002"}


def test_a_configuration_that_cannot_be_understood_ends_with_2(folder: Path, cli: Cli) -> None:
    write(Path("pyproject.toml"), b"[tool.agent-studio.lint]\nignore = 1")
    run = cli("lint")
    assert (run.code, run.out) == (2, "")
    assert "pyproject.toml: tool.agent-studio.lint.ignore: it takes a list" in run.err
    assert "`lint --no-config` does without" in run.err
    assert cli("lint", "--no-config").code == 1


def test_what_is_on_the_machine_is_looked_at(folder: Path, home: Path, cli: Cli) -> None:
    fields = "skills: gone\ntools: Read, mcp__lost__x"
    body = "Open docs/plan.md, then read /home/anna/notes.txt.\n"
    path = write(folder / "one.md", f"---\nname: one\ndescription: Use it.\n{fields}\n---\n{body}".encode())
    write(home / ".claude.json", b"{}")
    keep(Review(os.path.realpath(path), "another", 1.0, {}))
    run = cli("lint", "--select", "B001,B004,S040,T011", "--format", "json", str(folder / "one.md"))
    assert sorted(rules(run)) == ["B001", "B004", "S040", "T011", "T011"]


def test_the_sample_agents_have_exactly_these_problems(corpus: Path, cli: Cli) -> None:
    found = json.loads(cli("lint", "--format", "json", str(corpus / "seeds")).out)["problems"]
    assert Counter((problem["severity"], problem["rule"]) for problem in found) == {
        ("error", "N002"): 2,
        **{("warning", rule): count for rule, count in {"L002": 3, "D001": 5, "E001": 2, "B001": 1}.items()},
        **{("info", rule): count for rule, count in {"T001": 5, "D003": 5, "B002": 1, "B004": 1, "B010": 2}.items()},
    }
    runs = sorted(problem["message"].partition(" ")[0] for problem in found if problem["rule"] == "E001")
    assert runs == ["27", "9"]


def test_nothing_inside_an_agent_silences_a_rule(folder: Path, cli: Cli) -> None:
    quiet = b"<!-- agent-studio: ignore D001 -->\n<!-- noqa: D001 -->\n"
    write(folder / "one.md", literal("one") + quiet)
    write(folder / "agent-studio.toml", b'[lint]\nignore = ["D001"]')
    assert rules(cli("lint", "--select", "D001", "--format", "json")) == ["D001", "D001"]


def test_diff_shows_and_writes_nothing(folder: Path, cli: Cli) -> None:
    before = snapshot(folder)
    run = cli("lint", "--diff", "--select", "D001")
    assert run.code == 1
    assert run.lines[:2] == ["--- .claude/agents/one.md", "+++ .claude/agents/one.md"]
    assert run.lines.count("+description: |-") == 2
    assert snapshot(folder) == before
    assert cli("lint", "--diff", "--select", "T001").code == 0


def test_fix_mends_everything_and_a_second_run_has_nothing_to_do(folder: Path, cli: Cli) -> None:
    run = cli("lint", "--fix", "--yes", "--select", "D001")
    assert (run.code, run.err) == (0, "Written: 2 files.\n")
    assert run.lines[-1] == "No problems in 8 files."
    after = snapshot(folder)
    assert b"description: |-\n  One.\n  Two.\n" in after["one.md"]
    again = cli("lint", "--fix", "--yes", "--select", "D001")
    assert (again.code, again.err, again.lines) == (0, "", ["No problems in 8 files."])
    assert snapshot(folder) == after


@pytest.mark.parametrize("words", [(), ("--dry-run",), ("--dry-run", "--yes")])
def test_without_consent_nothing_is_written(folder: Path, cli: Cli, words: tuple[str, ...]) -> None:
    before = snapshot(folder)
    run = cli("lint", "--fix", "--select", "D001", *words)
    assert run.code == 1
    assert "Nothing was written" in run.err
    assert run.lines[-1] == "2 problems in 2 of 8 files: 2 warnings. 2 can be fixed with --fix."
    assert snapshot(folder) == before


def test_all_files_are_written_or_none(folder: Path, cli: Cli) -> None:
    def broken() -> None:
        (folder / "two.md").write_bytes(b"theirs")

    before = snapshot(folder)
    words = ("lint", "--fix", "--select", "D001", "--color", "never")
    run = run_on_terminal(*words, answer="y\n", meanwhile=broken)
    assert run.code == 3
    assert snapshot(folder) == before | {"two.md": b"theirs"}


def test_on_a_terminal_it_asks_once(folder: Path) -> None:
    run = run_on_terminal("lint", "--fix", "--select", "D001", "--color", "never", answer="y\n")
    assert run.code == 0
    assert "Write 2 files? [y/N] y\nWritten.\nNo problems in 8 files.\n" in run.out


def test_a_file_that_got_another_name_is_reported_under_it(folder: Path, cli: Cli) -> None:
    write(folder / "old.md", literal("new"))
    run = cli("lint", "--fix", "--yes", "--select", "N005,T001,D001,B003", str(folder / "old.md"))
    assert (run.code, run.lines[-1]) == (0, "No problems in 1 file.")
    assert not (folder / "old.md").exists()
    assert b"  One." in (folder / "new.md").read_bytes()


def test_what_cannot_be_written_is_said_and_left_alone(folder: Path, cli: Cli) -> None:
    (folder / "two.md").chmod(0o444)
    run = cli("lint", "--fix", "--yes", "--select", "D001")
    assert run.code == 1
    assert run.err == "skipped project:two.md: read-only\nWritten: project:one.md.\n"
    assert run.lines[-1].startswith("1 problem in 1 of 8 files: ")
    assert (folder / "two.md").read_bytes() == literal("two")


def test_unsafe_fixes_are_made_on_demand(project: Path, cli: Cli) -> None:
    path = write(project / "wrong.md", agent("wrong", "model: sonet"))
    words = ("lint", "--select", "M001", str(path))
    assert "[unsafe fix]" in cli(*words).lines[0]
    assert cli(*words, "--fix", "--yes").code == 1
    assert cli(*words, "--fix", "--unsafe-fixes", "--yes").code == 0
    assert b"model: sonnet" in path.read_bytes()


def test_lists_and_shows_in_json_tell_the_same(folder: Path, cli: Cli) -> None:
    linted = json.loads(cli("lint", "--format", "json").out)["problems"]
    told: dict[str, list[dict[str, object]]] = {}
    for problem in linted:
        told.setdefault(problem.pop("ref"), []).append(problem)
        del problem["path"]
    assert {"project:one.md", "project:reviewer.md"} <= told.keys()
    listed = json.loads(cli("list", "--all", "--format", "json").out)["agents"]
    assert {found["ref"]: found["problems"] for found in listed if found["problems"]} == told
    lines = map(json.loads, cli("list", "--all", "--format", "jsonl").lines)
    assert {found["ref"]: found["problems"] for found in lines if found["problems"]} == told
    for ref in ("project:one.md", "project:reviewer.md", "project:db/migrator.md"):
        assert json.loads(cli("show", ref, "--format", "json").out)["problems"] == told.get(ref, [])
