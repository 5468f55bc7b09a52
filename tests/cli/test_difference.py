"""The verb `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agent_studio.store.drafts import Drafts
from tests.cli.runs import Cli, agent, run_on_terminal, run_there, write

RULES = "## Rules\n\n- Be brief\n- Ask first\n- Never guess\n\n"
STYLE = "## Style\n\nWrite short words only.\n\nKeep to the house style.\n\nSay what you found.\n\n"
BODY = f"First.\nSecond.\n\n{RULES}{STYLE}## Last\n\nThat is all.\n"
OTHER = (
    f"First.\nThird.\n\n{STYLE.replace('short', 'very short')}{RULES.replace('guess', 'ever guess')}"
    "## Coda\n\nThat is all.\n\n## More\n\nX.\n"
)


@pytest.fixture
def pair(project: Path) -> tuple[str, str]:
    write(
        project / "a.md",
        agent("same", "tools: Read, Grep", "color: red", "x: 1", description="One thing.", body=BODY),
    )
    write(
        project / "b.md",
        agent("same", "tools: [Read, Grep]", "model: opus", "x: 1", description="One word.", body=OTHER),
    )
    return "project:a.md", "project:b.md"


FIELDS = [
    "--- project:a.md",
    "+++ project:b.md",
    "  name         the same",
    "- description  One thing.",
    "+ description  One word.",
    "  tools        the same but for its spelling",
    "+ model        opus",
    "- color        red",
    "  x            the same",
    "  body         +13 −9 lines, 62% alike; sections: 2 changed, 1 moved, 1 renamed, 1 only in b",
]


def test_by_field_and_section(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair)
    assert (run.code, run.err) == (1, "")
    assert run.lines == [
        *FIELDS,
        "@@ -8,4 +8,4 @@ above the first heading (changed)",
        "",
        "  First.",
        "- Second.",
        "+ Third.",
        "",
        "@@ -12,6 +0,0 @@ ## Rules (moved to line 20, changed)",
        "- ## Rules",
        "  ⋯ 5 lines the same there",
        "@@ -18,8 +12,8 @@ ## Style (changed)",
        "",
        "- Write short words only.",
        "+ Write very short words only.",
        "",
        "  ⋯ 4 lines the same",
        "@@ -0,0 +20,6 @@ ## Rules (moved from line 12, changed)",
        "+ ## Rules",
        "  ⋯ 3 lines the same there",
        "+ - Never ever guess",
        "+",
        "@@ -26,3 +26,4 @@ ## Last (renamed)",
        "- ## Last",
        "+ ## Coda",
        "",
        "  That is all.",
        "+",
        "@@ -0,0 +30,3 @@ ## More (only in b)",
        "+ ## More",
        "+",
        "+ X.",
    ]
    assert cli("diff", *pair, "--sections").out == run.out


def test_word_by_word(pair: tuple[str, str], cli: Cli) -> None:
    lines = cli("diff", *pair, "--word").lines
    assert "  description  One {-thing-}{+word+}." in lines
    assert "  Write {+very +}short words only." in lines
    assert "  - Never {+ever +}guess" in lines, "what is the same where it moved to is not marked"
    assert "  {+## More+}" in lines
    colored = cli("diff", *pair, "--word", "--color", "always").lines
    assert "  Write \x1b[32mvery \x1b[0mshort words only." in colored


def test_words_are_colored_on_a_terminal(pair: tuple[str, str]) -> None:
    run = run_on_terminal("diff", *pair, "--word")
    assert run.code == 1
    assert "One \x1b[31mthing\x1b[0m\x1b[32mword\x1b[0m." in run.out


def test_by_line(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair, "--unified")
    assert (run.code, run.err) == (1, "")
    assert run.lines[:2] == ["--- .claude/agents/a.md", "+++ .claude/agents/b.md"]
    assert {"-color: red", "+model: opus", "-Second.", "+Third."} <= set(run.lines)


def test_the_diff_is_one_that_patch_takes(pair: tuple[str, str], project: Path, cli: Cli, tmp_path: Path) -> None:
    write(tmp_path / "copy.md", (project / "a.md").read_bytes())
    patch = cli("diff", *pair, "--unified").raw
    done = run_there("-s", str(tmp_path / "copy.md"), program=("patch",), stdin=patch)
    assert done.code == 0
    assert (tmp_path / "copy.md").read_bytes() == (project / "b.md").read_bytes()


@pytest.mark.parametrize("shape", ["--sections", "--fields", "--word", "--unified"])
def test_the_same_file_is_the_same(pair: tuple[str, str], project: Path, cli: Cli, shape: str) -> None:
    write(project / "c.md", (project / "a.md").read_bytes())
    assert cli("diff", pair[0], pair[0], shape).code == 0
    run = cli("diff", pair[0], "project:c.md", shape)
    assert run.code == 0
    assert (run.out == "") == (shape == "--unified")


def test_by_field(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair, "--fields")
    assert (run.code, run.lines) == (1, FIELDS)


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
    assert cli("diff", "project:a.md", "project:b.md", "--unified").code == 1
    assert cli("diff", "project:a.md", "project:b.md", "--fields").code == 0


def test_white_space_makes_no_difference_where_that_is_asked_for(project: Path, cli: Cli) -> None:
    write(project / "a.md", agent("a", body="Some words here.\n"))
    write(project / "b.md", agent("a", body="Some  words\nhere.\n"))
    assert cli("diff", "project:a.md", "project:b.md").code == 1
    assert cli("diff", "project:a.md", "project:b.md", "--loose").code == 0


def test_json(pair: tuple[str, str], cli: Cli) -> None:
    run = cli("diff", *pair, "--format", "json")
    data = json.loads(run.out)
    assert run.code == 1
    assert (data.pop("schema"), data.pop("a"), data.pop("b")) == (1, *pair)
    assert 0 < data.pop("similarity") < 1
    assert [list(field.values()) for field in data["fields"]] == [
        ["name", "same", False, "same", "same"],
        ["description", "changed", False, "One thing.", "One word."],
        ["tools", "same", True, "Read, Grep", ["Read", "Grep"]],
        ["model", "only-b", False, None, "opus"],
        ["color", "only-a", False, "red", None],
        ["x", "same", False, 1, 1],
    ]
    assert data["sections"] == [
        section("", "changed", [8, 11], [8, 11], changed=True),
        section("Rules", "moved", [12, 17], [20, 25], changed=True),
        section("Style", "changed", [18, 25], [12, 19], changed=True),
        section("Last", "changed", [26, 28], [26, 29], renamed_to="Coda"),
        section("More", "only-b", None, [30, 32], changed=True),
    ]
    assert list(data) == ["fields", "sections"]


def section(
    heading: str,
    status: str,
    a: list[int] | None,
    b: list[int] | None,
    *,
    changed: bool = False,
    renamed_to: str | None = None,
) -> object:
    said = {"heading": heading, "status": status, "changed": changed, "renamed_to": renamed_to}
    return {**said, "a_lines": a, "b_lines": b}


def test_one_agent_is_compared_with_its_nearest_twin(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    write(project / "c.md", agent("other", body=BODY))
    run = cli("diff", pair[0], "--fields")
    assert run.err == "The nearest twin of project:a.md is project:b.md.\n"
    assert run.lines == FIELDS
    assert cli("diff", "other").lines[1] == "+++ project:a.md"


def test_of_several_agents_it_is_said_how_alike_they_are(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    write(project / "c.md", agent("c", body="None of that.\n"))
    run = cli("diff", *pair, "project:c.md")
    assert run.code == 1
    assert run.lines == [
        "     1    2   3  agent",
        "1    -  62%  7%  project:a.md",
        "2  62%    -  6%  project:b.md",
        "3   7%   6%   -  project:c.md",
    ]
    data = json.loads(cli("diff", *pair, "project:c.md", "--format", "json").out)
    assert data["agents"] == [*pair, "project:c.md"]
    assert [row[n] for n, row in enumerate(data["similarity"])] == [1, 1, 1]
    assert data["similarity"][0][1] == data["similarity"][1][0] == pytest.approx(0.62, abs=0.01)


def test_an_agent_as_a_change_left_it(pair: tuple[str, str], cli: Cli) -> None:
    assert cli("set", "color=blue", pair[0], "--yes").code == 0
    assert cli("set", "color=green", pair[0], "--yes").code == 0
    first = json.loads(cli("history", pair[0], "--format", "json").out)["operations"][-1]["id"]
    run = cli("diff", pair[0], "--at", first, "--fields")
    assert run.code == 1
    assert run.lines[:2] == [f"--- project:a.md of {first}", "+++ project:a.md"]
    assert {"- color        blue", "+ color        green"} <= set(run.lines)
    assert "there is no change" in cli("diff", pair[1], "--at", first).err


def test_an_unsaved_edit(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    assert "there is no unsaved edit of project:a.md" in cli("diff", pair[0], "--unsaved").err
    data = (project / "a.md").read_bytes()
    drafts = Drafts()
    drafts.keep(str(project / "a.md"), data, data.replace(b"red", b"pink"))
    run = cli("diff", pair[0], "--unsaved", "--fields")
    assert {"- color        red", "+ color        pink"} <= set(run.lines)
    drafts.close()
    assert len(Drafts().adopt()) == 1, "looking at it has not taken it away"


def test_standard_input_is_a_dash(pair: tuple[str, str], project: Path, cli: Cli) -> None:
    data = (project / "a.md").read_bytes()
    assert cli("diff", "-", pair[0], stdin=data).code == 0
    run = cli("diff", pair[1], "-", stdin=data)
    assert (run.code, run.lines[1]) == (1, "+++ -")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing argument 'A [B]"),
        (("project:a.md", "nobody"), "no agent is called nobody"),
        (("project:a.md", "."), ". is a folder"),
        (("-", "-"), "standard input (-) can be read once only"),
        (("project:a.md", "project:gone.md"), "a symbolic link to a file that does not exist"),
        (("project:a.md", "project:b.md", "--at", "HEAD"), "--at and --unsaved compare one agent with itself"),
        (("project:a.md", "--at", "HEAD"), "project:a.md: a.md is in no git repository that git would read"),
        (("project:a.md", "HEAD:a.md"), "HEAD:a.md: a.md is in no git repository that git would read"),
    ],
)
def test_trouble_is_not_a_difference(
    pair: tuple[str, str], project: Path, cli: Cli, words: tuple[str, ...], said: str
) -> None:
    (project / "gone.md").symlink_to("nowhere.md")
    run = cli("diff", *words)
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_lists_in_another_order_are_marked_by_member(project: Path, cli: Cli) -> None:
    write(project / "a.md", agent("a", "tools: Read, Write, Edit, Bash"))
    write(project / "b.md", agent("a", "tools: Read, Bash, Edit"))
    assert cli("diff", "project:a.md", "project:b.md", "--word").lines[4:6] == [
        "  tools        Read, {-Write-}, Edit, Bash",
        "  tools        Read, Bash, Edit",
    ]
