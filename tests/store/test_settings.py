"""Settings of linting: where they stand, what a project may say, and what is said of mistakes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Configuration
from agent_studio.model.checks.problem import SEVERITIES
from agent_studio.store.settings import VARIABLE, BadSettings, lint_configuration, lowered, unknown_rule


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The top of a git repository."""
    (tmp_path / "project/.git").mkdir(parents=True)
    return tmp_path / "project"


def configuration(folder: Path, home: Path, **environ: str) -> Configuration:
    return lint_configuration(str(folder), environ, home)


def own(home: Path, text: str) -> None:
    (home / ".config/agent-studio").mkdir(parents=True, exist_ok=True)
    (home / ".config/agent-studio/config.toml").write_text(text)


def running(found: Configuration) -> set[str]:
    return {rule.id for rule in RULES if found.runs(rule)}


EVERYTHING = running(Configuration())


def test_without_files_every_rule_runs(project: Path, home: Path) -> None:
    assert configuration(project, home) == Configuration()


def test_a_persons_own_file(project: Path, home: Path) -> None:
    own(
        home,
        '[lint]\nselect = ["L", "long-description"]\nignore = ["L014"]\n'
        '[lint.severity]\nL = "info"\nL001 = "warning"\n[lint.per-file-ignores]\n"old/*" = ["L"]',
    )
    found = configuration(project, home)
    assert running(found) == {rule for rule in EVERYTHING if rule[0] == "L"} - {"L014"} | {"D003"}
    assert (found.severities["L001"], found.severities["L002"]) == ("warning", "info")
    assert found.per_file == {"old/*": ("L",)}


def test_the_variables_say_where_it_is(project: Path, home: Path, tmp_path: Path) -> None:
    own(home, '[lint]\nignore = ["L"]')
    elsewhere = tmp_path / "mine.toml"
    elsewhere.write_text('[lint]\nignore = ["S"]')
    (tmp_path / "xdg/agent-studio").mkdir(parents=True)
    (tmp_path / "xdg/agent-studio/config.toml").write_text('[lint]\nignore = ["T"]')
    assert configuration(project, home).ignore == ("L",)
    xdg = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}
    assert configuration(project, home, **xdg).ignore == ("T",)
    assert configuration(project, home, AGENT_STUDIO_CONFIG=str(elsewhere), **xdg).ignore == ("S",)


def test_a_file_that_is_named_must_be_there(project: Path, home: Path) -> None:
    with pytest.raises(BadSettings, match=f"/nowhere: there is no such file \\({VARIABLE} names it\\)"):
        configuration(project, home, AGENT_STUDIO_CONFIG="/nowhere")


@pytest.mark.parametrize(
    ("name", "table"), [("agent-studio.toml", "lint"), ("pyproject.toml", "tool.agent-studio.lint")]
)
def test_a_projects_file_counts_in_its_whole_repository(project: Path, home: Path, name: str, table: str) -> None:
    (project / name).write_text(f'[{table}]\nignore = ["T001"]')
    (project / "a/b").mkdir(parents=True)
    assert running(configuration(project / "a/b", home)) == EVERYTHING - {"T001"}


def test_the_nearest_file_counts_and_one_without_the_table_is_passed_over(project: Path, home: Path) -> None:
    inner = project / "a"
    inner.mkdir()
    (project / "pyproject.toml").write_text('[tool.agent-studio.lint]\nignore = ["T001"]')
    (inner / "pyproject.toml").write_text("[project]\nname = 'a'")
    assert running(configuration(inner, home)) == EVERYTHING - {"T001"}
    (inner / "pyproject.toml").write_text('[tool.agent-studio.lint]\nignore = ["T002"]')
    assert running(configuration(inner, home)) == EVERYTHING - {"T002"}
    (inner / "agent-studio.toml").write_text('[lint]\nignore = ["T003"]')
    assert running(configuration(inner, home)) == EVERYTHING - {"T003"}


def test_above_the_repository_and_outside_of_one_nothing_is_read(project: Path, home: Path) -> None:
    (project.parent / "agent-studio.toml").write_text('[lint]\nignore = ["S"]')
    (project.parent / "loose").mkdir()
    assert configuration(project, home) == Configuration()
    assert configuration(project.parent / "loose", home) == Configuration()
    assert running(configuration(project.parent, home)) == {rule for rule in EVERYTHING if rule[0] != "S"}


def test_a_project_adds_no_rule_and_makes_none_weigh_more(project: Path, home: Path) -> None:
    own(home, '[lint]\nselect = ["L", "S"]\nignore = ["L014"]\n[lint.severity]\nS025 = "info"')
    (project / "agent-studio.toml").write_text(
        '[lint]\nselect = ["L", "T", "B008"]\n[lint.severity]\nL011 = "error"\nL001 = "info"\nS025 = "high"'
    )
    found = configuration(project, home)
    assert running(found) == {rule for rule in EVERYTHING if rule[0] == "L"} - {"L014"}
    assert found.severities == {"S025": "info", "L001": "info"}


WORDS = st.lists(st.sampled_from([*"LNDTMEBSF", "S0", *(rule.id for rule in RULES), RULES[0].name]), max_size=4)
CONFIGURATIONS = st.builds(
    Configuration,
    select=WORDS.map(tuple),
    ignore=WORDS.map(tuple),
    severities=st.dictionaries(st.sampled_from([rule.id for rule in RULES]), st.sampled_from(SEVERITIES)),
)


@given(CONFIGURATIONS, CONFIGURATIONS)
def test_whatever_a_project_says_there_is_no_more_than_before(mine: Configuration, theirs: Configuration) -> None:
    found = lowered(mine, theirs)
    assert running(found) <= running(mine)
    for rule in RULES:
        assert SEVERITIES.index(found.severity(rule)) >= SEVERITIES.index(mine.severity(rule))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('select = ["L"]', "select: there is no such setting; those of lint stand below [lint]"),
        ("lint = 1", "lint: it takes a table"),
        ('[lint]\nselects = ["L"]', "lint.selects: there is no such setting: select, ignore, severity, per-file-ign"),
        ('[lint]\nselect = "L"', 'lint.select: it takes a list of ids, names or beginnings of ids, as ["D", "T001"]'),
        ("[lint]\nignore = [1]", "lint.ignore: it takes a list"),
        ('[lint]\nignore = ["t001"]', "lint.ignore: no rule is called 't001': did you mean T001"),
        ('[lint]\nignore = [""]', "lint.ignore: no rule is called '', and no id begins so"),
        ('[lint.severity]\nL001 = "fatal"', "lint.severity.L001: it takes one of error, high, warning, medium, low"),
        ("[lint.severity]\nL001 = [1]", "lint.severity.L001: it takes one of"),
        ('[lint.severity]\nX = "info"', "lint.severity: no rule is called 'X'"),
        ('[lint]\nseverity = "info"', "lint.severity: it takes a table"),
        ('[lint.per-file-ignores]\n"a/*" = "L"', "lint.per-file-ignores.a/*: it takes a list"),
        ("[lint", "this is no TOML ("),
        ("a = " + "[" * 9999, "this is no TOML ("),
    ],
)
def test_mistakes_are_named_with_their_place(project: Path, home: Path, text: str, words: str) -> None:
    path = project / "agent-studio.toml"
    path.write_text(text)
    with pytest.raises(BadSettings) as bad:
        configuration(project, home)
    assert str(bad.value).startswith(f"{path}: {words}")


def test_a_table_of_pyproject_is_named_in_full(project: Path, home: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.agent-studio.lint]\nfix = true\n[project]\nname = 'a'")
    with pytest.raises(BadSettings, match=r"pyproject\.toml: tool\.agent-studio\.lint\.fix: there is no such setting"):
        configuration(project, home)


def test_what_is_no_text_file_is_refused_without_hanging(project: Path, home: Path) -> None:
    path = project / "agent-studio.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(BadSettings, match="this is no TOML"):
        configuration(project, home)
    path.write_bytes(b"#" * (1 << 21))
    with pytest.raises(BadSettings, match="it is larger than 1 MiB"):
        configuration(project, home)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(BadSettings, match="a pipe, not a file"):
        configuration(project, home)


def test_unknown_rules() -> None:
    assert unknown_rule("L") is unknown_rule("L001") is unknown_rule("same-name") is None
    assert unknown_rule("Loads-By-Fallbak") == "no rule is called 'Loads-By-Fallbak': did you mean loads-by-fallback?"
    assert unknown_rule("zzz") == "no rule is called 'zzz', and no id begins so"
