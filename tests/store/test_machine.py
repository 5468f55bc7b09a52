"""What stands around agents on a machine: only what is certain is judged, and each project by its own folders."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.checks.rules.s040_changed_since_review import fingerprint
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.library import Library
from agent_studio.store.disk import Store
from agent_studio.store.machine import Machine
from agent_studio.store.reviews import Review
from agent_studio.store.roots import find_roots

Around = Callable[..., tuple[Library, Surroundings]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with a folder for agents."""
    (tmp_path / "shop/.git").mkdir(parents=True)
    (tmp_path / "shop/.claude/agents").mkdir(parents=True)
    return tmp_path / "shop"


@pytest.fixture
def around(project: Path, home: Path) -> Around:
    """The agents that the host reads from the project, or at some paths, and what stands around them."""

    def look(*paths: Path, reviews: dict[str, Review] | None = None) -> tuple[Library, Surroundings]:
        library = Store(find_roots(paths, project, {}, home)).load()
        return library, Machine(project, {}, home).looked(library, reviews or {})

    return look


def agent(folder: Path, name: str = "a", fields: str = "", body: str = "Review.\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(f"---\nname: {name}\ndescription: Use it.\n{fields}---\n{body}", encoding="utf-8")
    return path


def skill(folder: Path, name: str, said: str = "") -> None:
    (folder / "skills" / name).mkdir(parents=True)
    (folder / "skills" / name / "SKILL.md").write_text(f"---\nname: {said or name}\ndescription: x\n---\n")


def put(path: Path, found: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found))


def missing(around: Surroundings) -> set[tuple[str, str]]:
    """(root, path) of what is not there."""
    assert isinstance(around.missing, frozenset)
    return {(ref.root, path) for ref, path in around.missing}


def said(rule: str, library: Library, around: Surroundings) -> list[tuple[str, str]]:
    """(file, message) of a rule."""
    return [(agent.ref.path, problem.message) for agent in library for problem in BY_ID[rule].of(agent, around)]


def test_files_that_a_text_names_are_looked_for_in_its_project(project: Path, around: Around) -> None:
    agent(project / ".claude/agents", body="Open docs/plan.md and docs/done.md, /home/anna/notes.txt, /home/:user/x.\n")
    (project / "docs").mkdir()
    (project / "docs/done.md").touch()
    library, found = around()
    assert missing(found) == {("project", "docs/plan.md"), ("project", "/home/anna/notes.txt")}
    assert [rule for rule in ("B001", "B004") for _ in said(rule, library, found)] == ["B001", "B004"]
    (project / "docs/plan.md").touch()
    assert missing(around()[1]) == {("project", "/home/anna/notes.txt")}


def test_what_an_agent_of_all_projects_names_may_be_in_any(project: Path, home: Path, around: Around) -> None:
    agent(home / ".claude/agents", body="Open docs/plan.md, then read /home/anna/notes.txt.\n")
    assert missing(around()[1]) == {("user", "/home/anna/notes.txt")}


def test_each_project_is_looked_at_by_itself(project: Path, tmp_path: Path, around: Around) -> None:
    for name in ("one", "two"):
        agent(tmp_path / name / ".claude/agents", body="Open docs/plan.md.\n")
    (tmp_path / "two/docs").mkdir()
    (tmp_path / "two/docs/plan.md").touch()
    assert missing(around(tmp_path / "one", tmp_path / "two")[1]) == {("project", "docs/plan.md")}


def test_a_folder_above_in_the_repository_counts_and_the_folder_of_the_file(project: Path, around: Around) -> None:
    (project / "docs").mkdir()
    (project / "docs/plan.md").touch()
    agent(project / "parts/agents", body="Open docs/plan.md and docs/beside.md.\n")
    (project / "parts/agents/docs").mkdir()
    (project / "parts/agents/docs/beside.md").touch()
    assert missing(around(project / "parts/agents")[1]) == set()


def test_what_is_out_of_reach_is_not_called_missing(project: Path, around: Around) -> None:
    (project / "docs").symlink_to("docs")
    agent(project / ".claude/agents", body="Open docs/plan.md.\n")
    assert missing(around()[1]) == set()


def test_of_very_many_paths_only_some_are_looked_for(project: Path, around: Around) -> None:
    agent(project / ".claude/agents", body="".join(f"Open docs/{number}.md.\n" for number in range(1_000)))
    assert len(missing(around()[1])) == 200


def test_texts_are_read_again_only_when_they_have_changed(project: Path, home: Path) -> None:
    path = agent(project / ".claude/agents", body="Open docs/plan.md.\n")
    store, machine = Store(find_roots((), project, {}, home)), Machine(project, {}, home)
    library = store.load()
    assert missing(machine.looked(library, {})) == {("project", "docs/plan.md")}
    path.write_text(path.read_text().replace("plan", "goal"))
    assert missing(machine.looked(store.reload(library), {})) == {("project", "docs/goal.md")}
    path.unlink()
    assert missing(machine.looked(store.reload(library), {})) == set()


def test_skills_are_those_of_the_person_the_project_and_the_plugins(project: Path, home: Path, around: Around) -> None:
    skill(home / ".claude", "pdf")
    skill(project / ".claude", "deploy", "Deploy it")
    (home / ".claude/commands").mkdir()
    (home / ".claude/commands/ship.md").touch()
    plugin = home / ".claude/plugins/cache/market/kit/1.0"
    skill(plugin, "paint")
    put(home / ".claude/plugins/installed_plugins.json", {"plugins": {"kit@market": {"installPath": str(plugin)}}})
    put(home / ".claude/settings.json", {"enabledPlugins": {"kit@market": True}})
    market = home / ".claude/plugins/marketplaces/market"
    put(market / ".claude-plugin/marketplace.json", {"plugins": []})
    put(home / ".claude/plugins/known_marketplaces.json", {"market": {"installLocation": str(market)}})
    agent(project / ".claude/agents", fields="skills: pdf, deploy, ship, kit:paint, paint, simplify, gone\n")
    library, found = around()
    assert [message for _, message in said("T011", library, found)] == [
        'the skill "gone" is not found here: the agent starts without it'
    ]


def test_the_skills_of_one_project_are_not_there_for_another(
    project: Path, tmp_path: Path, home: Path, around: Around
) -> None:
    (home / ".claude").mkdir()
    for name in ("one", "two"):
        agent(tmp_path / name / ".claude/agents", name, fields="skills: deploy\n")
    skill(tmp_path / "two/.claude", "deploy")
    library, found = around(tmp_path / "one", tmp_path / "two")
    assert [path for path, _ in said("T011", library, found)] == ["one.md"]


def test_servers_are_those_of_the_person_and_the_project(project: Path, home: Path, around: Around) -> None:
    put(
        home / ".claude.json",
        {
            "mcpServers": {"git hub": {}},
            "projects": {str(project): {"mcpServers": {"local": {}}}, "/x": {"mcpServers": {}}},
        },
    )
    put(project / ".mcp.json", {"mcpServers": {"a__b": {"command": "x"}}})
    listed = "mcp__git_hub__list, mcp__local, mcp__a__b__c, mcp__ide__*, mcp__claude_ai_Mail__d, mcp__*, mcp__gone__e"
    agent(project / ".claude/agents", fields=f"tools: Read, {listed}\nmcpServers: [local, lost]\n")
    library, found = around()
    messages = [message for _, message in said("T011", library, found)]
    assert [message.split('"')[1] for message in messages] == ["lost", "gone"]


def test_plugins_bring_servers_along(project: Path, home: Path, around: Around) -> None:
    put(home / ".claude.json", {})
    plugin = home / "kit"
    put(plugin / ".claude-plugin/plugin.json", {"name": "kit", "mcpServers": "./more.json"})
    put(plugin / ".mcp.json", {"db": {"command": "x"}})
    put(plugin / "more.json", {"mcpServers": {"api": {}}})
    put(home / ".claude/plugins/installed_plugins.json", {"plugins": {"kit@market": {"installPath": str(plugin)}}})
    put(home / ".claude/settings.json", {"enabledPlugins": {"kit@market": True}})
    put(home / "market/.claude-plugin/marketplace.json", {"plugins": []})
    put(home / ".claude/plugins/known_marketplaces.json", {"market": {"installLocation": str(home / "market")}})
    agent(project / ".claude/agents", fields="tools: mcp__plugin_kit_db__a, mcp__plugin_kit_api__b, mcp__kit__c\n")
    library, found = around()
    assert [message.split('"')[1] for _, message in said("T011", library, found)] == ["kit"]


@pytest.mark.parametrize("state", [None, b"[]", b"{", b"\xff"])
def test_where_the_host_was_never_started_nothing_is_judged(
    project: Path, home: Path, around: Around, state: bytes | None
) -> None:
    if state is not None:
        (home / ".claude.json").write_bytes(state)
    put(project / ".mcp.json", {"mcpServers": {"team": {}}})
    agent(project / ".claude/agents", fields="skills: gone\ntools: mcp__gone__x\n")
    library, found = around()
    assert (found.skills, found.servers) == ({}, {})
    assert said("T011", library, found) == []


def test_a_collection_that_lies_somewhere_is_not_judged(tmp_path: Path, home: Path, around: Around) -> None:
    put(home / ".claude.json", {})
    (home / ".claude").mkdir()
    agent(tmp_path / "collection", fields="skills: gone\ntools: mcp__gone__x\n")
    library, found = around(tmp_path / "collection")
    assert said("T011", library, found) == []


def test_what_was_reviewed_is_known_by_path(project: Path, around: Around) -> None:
    path = agent(project / ".claude/agents", fields="tools: Read\n")
    library, _ = around()
    mark = fingerprint(library.ordered[0].document)
    real = os.path.realpath(path)
    assert said("S040", *around(reviews={real: Review(real, mark, 1.0, {})})) == []
    agent(project / ".claude/agents", fields="tools: Read, Bash\n")
    assert len(said("S040", *around(reviews={real: Review(real, mark, 1.0, {})}))) == 1
