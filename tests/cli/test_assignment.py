"""The verbs `set` and `unset`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, snapshot, write

BLUE_TO_RED = """\
--- .claude/agents/reviewer.md
+++ .claude/agents/reviewer.md
@@ -3,7 +3,7 @@
 description: When to use it.
 tools: Read, Grep
 model: sonnet
-color: blue
+color: red
 ---
\x20
 You are an agent.
"""


def test_without_a_terminal_only_the_diff_is_printed(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    run = cli("set", "color=red", "project:reviewer.md")
    assert (run.code, run.out) == (0, BLUE_TO_RED)
    assert run.err == "Nothing was written (project:reviewer.md): add --yes to write without a question.\n"
    assert snapshot(project) == before


def test_yes_writes_and_prints_what_was_written(project: Path, cli: Cli) -> None:
    before = (project / "reviewer.md").read_bytes()
    run = cli("set", "color=red", "project:reviewer.md", "--yes")
    assert (run.code, run.out, run.err) == (0, BLUE_TO_RED, "Written: project:reviewer.md.\n")
    assert (project / "reviewer.md").read_bytes() == before.replace(b"color: blue", b"color: red")


def test_a_dry_run_never_writes(project: Path, cli: Cli) -> None:
    before = snapshot(project)
    run = cli("set", "color=red", "project:reviewer.md", "--yes", "--dry-run")
    assert (run.code, run.out) == (0, BLUE_TO_RED)
    assert "Nothing was written: this is a dry run" in run.err
    assert snapshot(project) == before


def test_only_the_value_changes_whatever_else_stands_in_the_file(project: Path, cli: Cli) -> None:
    header = b"# note\r\nname:   odd  \r\ndescription: d\r\ncolor: 'blue' # why\r\nx: [1]\r\n"
    data = b"\xef\xbb\xbf---\r\n" + header + b"---\r\n\xff no end"
    write(project / "odd.md", data)
    assert cli("set", "color=green", "odd", "--yes").code == 0
    assert (project / "odd.md").read_bytes() == data.replace(b"'blue'", b"'green'")


def test_several_values_at_once(project: Path, cli: Cli) -> None:
    assert cli("set", "model=opus", "tools=Read, Bash(git:*)", "description=a: b", "migrator", "--yes").code == 0
    text = (project / "db/migrator.md").read_text()
    assert "tools: Read, Bash(git:*)\n" in text
    assert "description: 'a: b'\n" in text or 'description: "a: b"\n' in text


def test_all_that_match_are_one_change(project: Path, home: Path, cli: Cli) -> None:
    run = cli("set", "model=haiku", "--where", "model:sonnet,unset -scope:plugin", "--yes")
    assert run.code == 0
    assert b"model: haiku" in (project / "reviewer.md").read_bytes()
    assert b"model: haiku" in (home / ".claude/agents/reviewer.md").read_bytes()
    assert run.err.splitlines() == [
        "skipped project:broken.md: the frontmatter is never closed: no second line of three dashes",
        "model: unset 2, sonnet 1 → haiku 2, skipped 1",
        "Written: 2 files.",
    ]


def test_without_path_and_query_all_agents_are_meant(project: Path, cli: Cli) -> None:
    run = cli("set", "effort=high")
    assert run.out.count("+effort: high") == 3
    assert "skipped plugin/extras:tuner.md: read-only" in run.err
    assert "README" not in run.out + run.err


def test_a_folder_means_all_agents_below_it(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "loose/a.md", agent("a"))
    write(tmp_path / "loose/sub/b.md", agent("b"))
    write(tmp_path / "loose/README.md", b"# no agent\n")
    run = cli("set", "color=cyan", str(tmp_path / "loose"), "migrator", "--yes")
    assert run.err == "color: unset 3 → cyan 3\nWritten: 3 files.\n"
    assert sum(b"color: cyan" in data for data in snapshot(tmp_path).values()) == 3


def test_a_bare_word_is_an_agent_before_it_is_a_folder(project: Path, cli: Cli) -> None:
    write(Path("migrator/a.md"), agent("a"))
    assert ".claude/agents/db/migrator.md" in cli("set", "color=red", "migrator").out
    assert "migrator/a.md" in cli("set", "color=red", "./migrator").out


def test_refused_files_are_named_and_all_refused_is_trouble(project: Path, cli: Cli) -> None:
    run = cli("set", "color=red", "tuner", "broken", "--yes")
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines() == [
        "skipped plugin/extras:tuner.md: read-only",
        "skipped project:broken.md: the frontmatter is never closed: no second line of three dashes",
    ]
    assert cli("set", "color=red", "tuner", "migrator", "--yes").code == 0


def test_a_file_that_is_no_agent_is_refused_when_named(project: Path, cli: Cli) -> None:
    run = cli("set", "color=red", ".claude/agents/README.md")
    assert (run.code, run.err) == (2, "skipped project:README.md: no frontmatter\n")


def test_what_is_so_already_is_fine(project: Path, cli: Cli) -> None:
    run = cli("set", "color=blue", "project:reviewer.md", "--yes")
    assert (run.code, run.out, run.err) == (0, "", "Nothing to do: it is so already.\n")
    assert cli("set", "color=blue", "project:reviewer.md", "tuner", "--yes").code == 0


def test_no_match_is_fine(project: Path, cli: Cli) -> None:
    run = cli("set", "color=red", "--where", "name:nobody")
    assert (run.code, run.out, run.err) == (0, "", "No agent matches: nothing to do.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("color=magenta", "migrator"), "color takes red, blue,"),
        (("maxTurns=0", "migrator"), "maxTurns takes a whole number from 1"),
        (("background=yes", "migrator"), "background takes true or false"),
        (("name=", "migrator"), "name cannot be empty"),
        (("hooks=x", "migrator"), "hooks is nested YAML"),
        (("Colour=red", "migrator"), "no field is called Colour, and none of these agents has it: did you mean color?"),
        (("owner=me", "migrator"), "There are: name, description, tools,"),
        (("color=red", "color=blue", "migrator"), "color is given twice"),
        (("migrator",), "give at least one FIELD=VALUE"),
        ((), "Missing argument"),
        (("color=red", "-", "migrator"), "standard input (-) goes with neither other agents nor --where"),
        (("color=red", "-", "--where", "x"), "standard input (-) goes with neither other agents nor --where"),
        (("color=red", "reviewer"), "say which: project:reviewer.md, user:reviewer.md"),
    ],
)
def test_wrong_usage_ends_with_2(project: Path, cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    before = snapshot(project)
    run = cli("set", *arguments, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert snapshot(project) == before


def test_an_open_choice_takes_any_text(project: Path, cli: Cli) -> None:
    assert "+model: claude-next-9" in cli("set", "model=claude-next-9", "migrator").out


def test_an_unknown_field_is_set_where_an_agent_has_it(project: Path, cli: Cli) -> None:
    assert "+category: storage" in cli("set", "category=storage", "migrator").out


def test_nothing_is_written_when_one_file_cannot_be(project: Path, cli: Cli, tmp_path: Path) -> None:
    before = write(tmp_path / "loose/a.md", agent("a")).read_bytes()
    write(tmp_path / "target.md", agent("outside"))
    (tmp_path / "loose/link.md").symlink_to(tmp_path / "target.md")
    run = cli("set", "color=red", str(tmp_path / "loose"), "--yes")
    assert "skipped folder:link.md: read-only" in run.err
    assert (tmp_path / "loose/a.md").read_bytes() != before
    assert (tmp_path / "target.md").read_bytes() == agent("outside")


def test_set_is_a_filter_on_standard_input(cli: Cli) -> None:
    data = agent("piped", "color: blue").replace(b"\n", b"\r\n")
    run = cli("set", "color=red", "-", stdin=data)
    assert (run.code, run.raw, run.err) == (0, data.replace(b"blue", b"red"), "")
    assert cli("unset", "color", "-", stdin=data).raw == data.replace(b"color: blue\r\n", b"")
    refused = cli("set", "color=red", "-", stdin=b"no header")
    assert (refused.code, refused.out) == (2, "")
    assert "standard input: no frontmatter" in refused.err


def test_unset_removes_the_lines(project: Path, cli: Cli) -> None:
    run = cli("unset", "color", "tools", "project:reviewer.md", "--yes")
    assert run.code == 0
    assert (project / "reviewer.md").read_bytes() == agent("reviewer", "model: sonnet")


def test_unset_takes_unknown_fields_and_tells_them_from_agents(project: Path, cli: Cli) -> None:
    assert "-category: data" in cli("unset", "category").out
    assert "-category: data" in cli("unset", "category", "model", "migrator").out
    assert "-category: data" in cli("unset", "category", ".claude/agents/db").out
    assert "-model: opus" in cli("unset", "category", "model", "--where", "name:migrator").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("name", "migrator"), "name cannot be removed: Claude Code drops an agent without it"),
        (("colr", "migrator"), "no field is called colr, and none of these agents has it: did you mean color?"),
        (("color", "agents/none.md"), "no agent is called agents/none.md, and no file is"),
    ],
)
def test_unset_refuses(project: Path, cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    run = cli("unset", *arguments, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_items_are_added_to_lists_and_taken_from_them(project: Path, cli: Cli) -> None:
    run = cli("set", "tools+=WebFetch", "tools-=Grep", "project:reviewer.md", "--yes")
    assert run.code == 0
    assert b"tools: Read, WebFetch\n" in (project / "reviewer.md").read_bytes()
    run = cli("set", "tools+=Bash", "--where", "is:active scope:project")
    assert run.err.splitlines() == [
        "skipped project:db/migrator.md: it has every tool: set tools to a list, or add to disallowedTools",
        "tools: 0 → Bash 1, skipped 1",
        "Nothing was written (project:reviewer.md): add --yes to write without a question.",
    ]


def test_texts_are_replaced(project: Path, cli: Cli) -> None:
    run = cli("set", "body~/Migrate/Move/", "description~|to use|and why to use|", "migrator", "--yes")
    assert run.code == 0
    text = (project / "db/migrator.md").read_text()
    assert "Move.\n" in text
    assert "When and why to use it." in text
    assert "\n+Wait\n" in cli("set", "body~,Move.\n\nSafely.,Wait,", "migrator").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("model+=opus", "migrator"), "model is no list: += and -= go with tools, disallowedTools, skills"),
        (("colour-=red", "migrator"), "did you mean color?"),
        (("nope~/a/b/", "migrator"), "no field is called nope"),
        (("tools=Read", "tools+=Bash", "migrator"), "tools is given twice"),
    ],
)
def test_what_cannot_be_amended(project: Path, cli: Cli, words: tuple[str, ...], said: str) -> None:
    run = cli("set", *words, "--yes")
    assert (run.code, run.out) == (2, "")
    assert said in run.err


def test_a_query_may_ask_for_problems_and_duplicates(project: Path, cli: Cli) -> None:
    assert "+color: red" in cli("set", "color=red", "--where", "is:dup name:reviewer scope:project").out
    assert cli("set", "color=red", "--where", "rule:L003 severity:error").err.splitlines()[0].startswith("skipped ")


def test_the_model_of_37_agents_is_one_command_and_one_undo(project: Path, cli: Cli) -> None:
    for number in range(50):
        write(project / f"many/{number}.md", agent(f"agent-{number}", f"model: {'opus' if number < 37 else 'haiku'}"))
    before = snapshot(project)
    run = cli("set", "model=sonnet", "--where", "agent- model:opus", "--yes")
    assert run.err == "model: opus 37 → sonnet 37\nWritten: 37 files.\n"
    after = snapshot(project)
    changed = [path for path in before if before[path] != after[path]]
    assert len(changed) == 37
    assert all(after[path] == before[path].replace(b"model: opus", b"model: sonnet") for path in changed)
    assert cli("undo", "--yes").code == 0
    assert snapshot(project) == before
