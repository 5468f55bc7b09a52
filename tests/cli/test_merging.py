"""The verb `merge`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, run_on_terminal, snapshot, write

A = agent(
    "one",
    "# kept",
    "tools: Read, Grep",
    "color: red",
    body="Top.\n\n## Rules\n\n- Be brief\n\n### Never\n\n- Guess\n\n## Style\n\nShort words.\n",
)
B = agent(
    "two",
    "tools: [Read, Bash]",
    "color: blue",
    "model: opus",
    body=(
        "Top here.\n\n## Rules\n\n- Be very brief\n\n### Never\n\n- Guess\n- Hide\n\n"
        "## Form\n\nShort words.\n\n## More\n\nX.\n"
    ),
)


@pytest.fixture
def pair(project: Path) -> tuple[str, str]:
    write(project / "a.md", A)
    write(project / "b.md", B)
    return "project:a.md", "project:b.md"


def test_one_field_is_one_line(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    run = cli("merge", *pair, "--take", "color=b", "--yes")
    assert (run.code, run.err) == (0, "Written: project:a.md.\n")
    assert [line for line in run.lines if line[0] in "+-" and line[:3] not in {"+++", "---"}] == [
        "-color: red",
        "+color: blue",
    ]
    assert (project / "a.md").read_bytes() == A.replace(b"red", b"blue")
    assert (project / "b.md").read_bytes() == B


def test_a_section_is_taken_with_those_below_it(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    assert cli("merge", *pair, "--take-section", "Rules=b", "--yes").code == 0
    wanted = A.replace(b"- Be brief", b"- Be very brief").replace(b"- Guess\n", b"- Guess\n- Hide\n")
    assert (project / "a.md").read_bytes() == wanted


@pytest.mark.parametrize("heading", ["Style", "Form"])
def test_a_section_that_was_renamed_has_both_headings(
    pair: tuple[str, str], project: Path, cli: Cli, heading: str
) -> None:
    assert cli("merge", *pair, "--take-section", f"{heading}=b", "--yes").code == 0
    assert (project / "a.md").read_bytes() == A.replace(b"## Style", b"## Form")


def test_what_stands_above_the_headings_and_a_section_of_one_side(
    pair: tuple[str, str], project: Path, cli: Cli
) -> None:
    assert cli("merge", *pair, "--take-section", "=b", "--take-section", "More=b", "--yes").code == 0
    assert (project / "a.md").read_bytes() == A.replace(b"Top.", b"Top here.") + b"\n## More\n\nX.\n"


def test_a_list_of_both_into_b(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    assert cli("merge", *pair, "--take", "tools=both", "--take", "name=a", "--into", "b", "--yes").code == 0
    assert (project / "b.md").read_bytes() == B.replace(b"[Read, Bash]", b"[Read, Grep, Bash]").replace(b"two", b"one")
    assert (project / "a.md").read_bytes() == A


def test_into_a_new_file_which_begins_as_a(pair: tuple[str, str], project: Path, tmp_path: Path, cli: Cli) -> None:
    run = cli("merge", *pair, "--take", "model=b", "--into", str(tmp_path / "new/third.md"), "--yes")
    assert run.code == 0
    assert (tmp_path / "new/third.md").read_bytes() == A.replace(b"color: red", b"model: opus\ncolor: red")
    assert (project / "a.md").read_bytes() == A


def test_the_other_one_goes_to_the_trash_and_one_undo_brings_all_back(
    pair: tuple[str, str], project: Path, cli: Cli
) -> None:
    before = snapshot(project)
    assert cli("merge", *pair, "--take", "color=b", "--then-trash", "--yes").code == 0
    assert not (project / "b.md").exists()
    assert cli("undo", "--yes").code == 0
    assert snapshot(project) == before
    assert cli("merge", *pair, "--take", "color=a", "--into", "b", "--then-trash", "--yes").code == 0
    assert not (project / "a.md").exists()


def test_a_dry_run_shows_and_writes_nothing(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    before = snapshot(project)
    run = cli("merge", *pair, "--take", "color=b", "--then-trash", "--dry-run")
    assert {"+color: blue", "+++ /dev/null"} <= set(run.lines)
    assert "Nothing was written: this is a dry run (2 files)." in run.err
    assert "add --yes" in cli("merge", *pair, "--take", "color=b").err
    assert snapshot(project) == before


def test_on_a_terminal_it_asks(pair: tuple[str, str], project: Path) -> None:
    assert run_on_terminal("merge", *pair, "--take", "color=b", answer="y\n").code == 0
    assert (project / "a.md").read_bytes() == A.replace(b"red", b"blue")


def test_what_is_the_same_already_is_nothing_to_do(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("merge", *pair, "--take", "description=b", "--take", "color=a", "--yes")
    assert (run.code, run.out, run.err) == (0, "", "Nothing to do: it is so already.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what to take"),
        (("--take", "color"), "color: say NAME=a, NAME=b or NAME=both"),
        (("--take", "color=c"), "color=c: say NAME=a"),
        (("--take", "hooks=b"), "neither of them has a field hooks. There are: name, description, tools, model, color"),
        (("--take", "color=both"), "color=both: there is nothing of both to take"),
        (("--take-section", "Nowhere=b"), "there is no one section 'Nowhere'. Sections that differ: "),
        (("--take", "color=b", "--into", "c"), "--into takes a, b, or the path of a new file"),
        (("--take", "color=b", "--into", "third.md", "--then-trash"), "--then-trash goes with --into a or b"),
        (("--take", "color=b", "--into", ".claude/agents/b.md"), "is there already"),
    ],
)
def test_what_cannot_be_done_is_said(
    pair: tuple[str, str], project: Path, cli: Cli, words: tuple[str, ...], said: str
) -> None:
    before = snapshot(project)
    run = cli("merge", *pair, *words, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert snapshot(project) == before


def test_a_file_cannot_be_merged_with_itself_or_with_none(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    assert "are one file" in cli("merge", pair[0], pair[0], "--take", "color=b").err
    assert cli("merge", pair[0], "nobody", "--take", "color=b").code == 2


def test_an_edit_that_cannot_be_proved_is_refused(project: Path, cli: Cli) -> None:
    write(project / "a.md", b"no frontmatter\n")
    write(project / "b.md", B)
    run = cli("merge", str(project / "a.md"), "project:b.md", "--take", "model=b", "--yes")
    assert (run.code, run.out) == (2, "")
    assert run.err == "agent-studio: nothing was merged. model: no frontmatter\n"
