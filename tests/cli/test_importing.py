"""The verb `import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, snapshot, write


@pytest.fixture
def there(project: Path, tmp_path: Path) -> Path:
    """A folder of agents: one is new, one the same, two are otherwise here, and one cannot be."""
    folder = tmp_path / "there"
    write(folder / "core/planner.md", agent("planner"))
    write(folder / "reviewer.md", (project / "reviewer.md").read_bytes())
    write(folder / "db/migrator.md", agent("migrator", "model: haiku"))
    write(folder / "elsewhere/renamed.md", agent("broken", body="Not broken.\n"))
    write(folder / "core/what is this?.md", agent("odd"))
    write(folder / "README.md", b"# Agents\n")
    return folder


def test_the_review_comes_first_and_writes_nothing(project: Path, there: Path, cli: Cli) -> None:
    write(project / "named.md", agent("broken"))
    before = snapshot(project)
    run = cli("import", str(there), "--update", "--dry-run")
    assert run.code == 0
    assert [line.split()[:3] for line in run.lines[:6] if not line.startswith("refused")] == [
        ["STATUS", "NAME", "HERE"],
        ["new", "planner", "project:core/planner.md"],
        ["changed", "migrator", "project:db/migrator.md"],
        ["changed", "broken", "project:named.md"],
        ["same", "reviewer", "project:reviewer.md"],
    ]
    assert "refused  odd       project:core/what is this?.md  'what is this?' cannot be a file name here" in run.out
    assert run.lines[6] == "1 new, 2 changed, 1 same, 1 refused"
    assert "+++ .claude/agents/core/planner.md" in run.out
    assert f"agent-studio lint --select S {there}" in run.err
    assert "Nothing was written: this is a dry run (3 files)." in run.err
    assert snapshot(project) == before


def test_only_new_ones_are_written_unless_asked_for(project: Path, there: Path, cli: Cli) -> None:
    migrator = (project / "db/migrator.md").read_bytes()
    assert cli("import", str(there), "--yes").err.splitlines()[-1] == "Written: 2 files."
    assert (project / "core/planner.md").read_bytes() == (there / "core/planner.md").read_bytes()
    assert (project / "elsewhere/renamed.md").is_file()
    assert (project / "db/migrator.md").read_bytes() == migrator
    assert "Nothing new to take over" in cli("import", str(there), "--yes").err


def test_an_update_is_one_change_that_undo_takes_back(project: Path, there: Path, cli: Cli) -> None:
    before = snapshot(project)
    assert cli("import", str(there), "--update", "--yes").code == 0
    assert (project / "db/migrator.md").read_bytes() == (there / "db/migrator.md").read_bytes()
    assert cli("undo", "--yes").code == 0
    assert snapshot(project) == before
    assert cli("import", str(there), "--where", "name:planner", "--yes").err.splitlines()[-1].startswith("Written: ")


def test_what_is_to_know_of_a_file_is_said(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "there/lost.md", b"---\nname: lost\n---\n")
    write(tmp_path / "there/reviewer.md", agent("reviewer", "model: haiku"))
    run = cli("import", str(tmp_path / "there"), "--to", "user", "--update", "--dry-run")
    notes = {line.split()[1]: line.split("  ")[-1].strip() for line in run.lines[1:3]}
    assert notes == {
        "lost": "does not load: it has no description",
        "reviewer": "shadowed by project:reviewer.md: project wins over user",
    }


def test_to_another_place(project: Path, there: Path, home: Path, tmp_path: Path, cli: Cli) -> None:
    assert cli("import", str(there / "db"), "--to", "user", "--yes").code == 0
    assert (home / ".claude/agents/migrator.md").is_file()
    assert cli("import", str(there), "--to", str(tmp_path / "new"), "--yes").code == 0
    assert len(snapshot(tmp_path / "new")) == 4


def test_what_cannot_be_imported(project: Path, tmp_path: Path, cli: Cli) -> None:
    write(tmp_path / "empty/README.md", b"# No agents\n")
    assert cli("import", str(tmp_path / "empty")).err.startswith("No agents found in ")
    assert cli("import", str(tmp_path / "nowhere")).code == 2
