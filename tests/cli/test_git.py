"""Comparing with git: revisions of a file, and as the program that git calls for a difference."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.runs import PROGRAM, TIMEOUT, Cli, Run, agent, environment, run_there, write

PROGRAM_WORDS = shlex.join(PROGRAM)


def git(*words: str, **variables: str) -> Run:
    """A run of git in the working directory, with no configuration but the repository's own."""
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat"}
    done = subprocess.run(
        ["git", "-c", "user.name=N", "-c", "user.email=n@example.org", *words],
        capture_output=True,
        timeout=TIMEOUT,
        env=environment(**alone, **variables),
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def agents(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The agents of a project in a repository with one commit, of which one has changed since."""
    folder = tmp_path / "shop"
    path = write(folder / ".claude/agents/reviewer.md", agent("reviewer", "color: red", body="One.\n"))
    write(folder / ".claude/agents/old.md", agent("old"))
    write(folder / "notes.txt", b"one\n")
    monkeypatch.chdir(folder)
    assert git("init", "-q").code == 0
    git("add", ".")
    assert git("commit", "-q", "-m", "first").code == 0
    path.write_bytes(agent("reviewer", "color: blue", body="Two.\n"))
    return path.parent


def test_an_agent_as_of_a_revision(agents: Path, cli: Cli) -> None:
    run = cli("diff", "reviewer", "--at", "HEAD")
    assert run.code == 1
    assert run.lines == [
        "--- project:reviewer.md of HEAD",
        "+++ project:reviewer.md",
        "  name         the same",
        "  description  the same",
        "- color        red",
        "+ color        blue",
        "  body         +1 −1 lines, 0% alike",
        "@@ -6,2 +6,2 @@ above the first heading (changed)",
        "",
        "- One.",
        "+ Two.",
    ]
    assert cli("diff", "old", "--at", "HEAD").code == 0


def test_an_agent_that_was_deleted_is_compared_by_ref(agents: Path, cli: Cli) -> None:
    (agents / "old.md").unlink()
    run = cli("diff", "project:old.md", "--at", "HEAD", "--unified")
    assert run.code == 1
    assert run.lines[:2] == ["--- .claude/agents/old.md", "+++ /dev/null"]


def test_a_file_by_revision_and_path(agents: Path, cli: Cli) -> None:
    spelled = "HEAD:.claude/agents/reviewer.md"
    assert cli("diff", spelled, "HEAD:./.claude/agents/reviewer.md").code == 0
    run = cli("diff", spelled, "reviewer", "--fields")
    assert run.lines[:2] == [f"--- {spelled}", "+++ project:reviewer.md"]
    assert {"- color        red", "+ color        blue"} <= set(run.lines)


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("nowhere", "git knows no revision nowhere there"),
        ("HEAD~1", "git knows no revision HEAD~1 there"),
        ("--output=RAN", "--output=RAN is no name of a revision"),
        ("a\nb", "is no name of a revision"),
        ("HEAD:x", "git knows no revision HEAD:x there"),
    ],
)
def test_a_revision_that_is_none_is_said(agents: Path, cli: Cli, version: str, said: str) -> None:
    run = cli("diff", "reviewer", f"--at={version}")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert not Path("RAN").exists()


def test_a_file_that_was_never_committed_is_said(agents: Path, cli: Cli) -> None:
    write(agents / "new.md", agent("new"))
    run = cli("diff", "new", "--at", "HEAD")
    assert "there is no file new.md in HEAD: it was not committed then" in run.err


def test_a_link_leads_to_the_repository_of_the_file(agents: Path, home: Path, cli: Cli) -> None:
    there = home / ".claude/agents"
    there.mkdir(parents=True)
    (there / "linked.md").symlink_to(agents / "reviewer.md")
    assert cli("diff", "user:linked.md", "--at", "HEAD", "--fields").code == 1


def test_without_git_it_is_said(agents: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in cli("diff", "reviewer", "--at", "HEAD").err


def test_nothing_that_a_repository_configures_is_started(agents: Path, cli: Cli) -> None:
    script = write(agents / "run", b"#!/bin/sh\ntouch RAN\ncat\n")
    script.chmod(0o755)
    write(agents.parents[1] / ".gitattributes", b"*.md diff=x filter=x\n")
    for name in (
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "core.fsmonitor",
        "core.pager",
        "diff.external",
    ):
        assert git("config", name, str(script)).code == 0
    assert cli("diff", "reviewer", "--at", "HEAD").code == 1
    assert not list(agents.parents[1].rglob("RAN"))


def test_git_diff_shows_agents_by_field_and_section(agents: Path) -> None:
    (agents / "old.md").unlink()
    write(agents / "new.md", agent("new"))
    git("add", "-A")
    write(Path(".gitattributes"), b"*.md diff=agent\n")
    git("config", "diff.agent.command", f"{PROGRAM_WORDS} diff")
    run = git("diff", "--cached", "HEAD")
    assert (run.code, run.err) == (0, "")
    assert {"--- a/.claude/agents/reviewer.md", "- color        red", "+ color        blue"} <= set(run.lines)
    assert {"- name         old", "+ name         new"} <= set(run.lines)


def test_as_external_diff_it_shows_other_files_by_line(agents: Path) -> None:
    Path("notes.txt").write_text("two\n", encoding="utf-8")
    run = git("diff", GIT_EXTERNAL_DIFF=f"{PROGRAM_WORDS} diff --word")
    assert (run.code, run.err) == (0, "")
    assert "  color        {-red-}{+blue+}" in run.lines
    assert run.lines[-5:] == ["--- a/notes.txt", "+++ b/notes.txt", "@@ -1 +1 @@", "-one", "+two"]


def test_renamed_and_conflicting_files_do_not_stop_git(agents: Path) -> None:
    git("commit", "-q", "-am", "second")
    git("mv", ".claude/agents/old.md", ".claude/agents/newer.md")
    (agents / "newer.md").write_bytes(agent("old", "color: pink"))
    git("add", ".")
    command = f"{PROGRAM_WORDS} diff"
    run = git("diff", "-M20%", "--cached", GIT_EXTERNAL_DIFF=command)
    assert (run.code, run.err) == (0, "")
    assert run.lines[:2] == ["--- a/.claude/agents/old.md", "+++ b/.claude/agents/newer.md"]
    git("commit", "-q", "-m", "third")
    git("checkout", "-q", "-b", "side", "HEAD~1")
    (agents / "reviewer.md").write_bytes(agent("reviewer", "color: cyan"))
    git("commit", "-q", "-am", "side")
    git("checkout", "-q", "HEAD~1")
    (agents / "reviewer.md").write_bytes(agent("reviewer", "color: green"))
    git("commit", "-q", "-am", "other")
    assert git("merge", "side").code == 1
    run = git("diff", "--cached", GIT_EXTERNAL_DIFF=command)
    assert run.code == 0
    assert "reviewer.md is in conflict" in run.err


def test_as_difftool(agents: Path) -> None:
    tool = f'{PROGRAM_WORDS} diff --word "$LOCAL" "$REMOTE"'
    run = git("-c", f"difftool.agent.cmd={tool}", "difftool", "--no-prompt", "--tool", "agent")
    assert (run.code, run.err) == (0, "")
    assert "  color        {-red-}{+blue+}" in run.lines


def test_git_is_told_of_a_difference_only_where_that_is_asked_for(agents: Path, cli: Cli) -> None:
    words = ("reviewer.md", os.devnull, "0", "100644", str(agents / "reviewer.md"), "0", "100644")
    assert run_there("diff", *words, GIT_DIFF_PATH_COUNTER="1").code == 0
    assert run_there("diff", "--exit-code", *words, GIT_DIFF_PATH_COUNTER="1").code == 1
