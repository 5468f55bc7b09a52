"""Whole trees of agent folders, against what the host was seen to do with them: scopes, plugins, links, namesakes."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker
from agent_studio.model.library import Library
from agent_studio.store.disk import Store
from agent_studio.store.roots import find_roots

Row = dict[str, Any]


def trees(oracle: Path) -> list[Row]:
    lines = (oracle / "probes.jsonl").read_text().split("\n")
    return [
        row for line in lines if line if (row := json.loads(line))["class"] in {"path", "scope", "plugin", "same-name"}
    ]


def laid_out(row: Row, oracle: Path, top: Path) -> None:
    """Put a probe's files, links and folders in place."""
    for name in ("project", "home", "extra", "plugin"):
        (top / name).mkdir()
    for path in row.get("mkdir") or ():
        (top / path).mkdir(parents=True)
    for file in row["files"]:
        target = top / file["place"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(oracle / file["file"], target)
    for path, target in (row.get("hardlinks") or {}).items():
        os.link(top / target, top / path)
    for path, target in (row.get("links") or {}).items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).symlink_to(target)


def host_library(row: Row, top: Path) -> Library:
    """What the host would read, started as the probe was."""
    arguments = [str(top / word[1:]) if word.startswith("@") else word for word in row.get("args") or ()]
    given = dict(zip(arguments[::2], arguments[1::2], strict=True))
    environ = {name: str(top / value[1:]) for name, value in (row.get("env") or {}).items()}
    roots = find_roots(
        (),
        cwd=top / (row.get("cwd") or "project"),
        environ=environ,
        home=top / "home",
        added=[given[name] for name in ("--add-dir",) if name in given],
        plugin_dirs=[given[name] for name in ("--plugin-dir",) if name in given],
    )
    return Store(roots).load()


def seen(agent: Agent, top: Path) -> str:
    """An agent's path as the probes write it."""
    place, _, rest = os.path.relpath(agent.path, top).partition("/")
    return f"${place.upper()}/{rest}"


@pytest.fixture
def probe(request: pytest.FixtureRequest, oracle: Path, tmp_path: Path) -> tuple[Row, Library, Path]:
    row = next(row for row in trees(oracle) if row["id"] == request.param)
    laid_out(row, oracle, tmp_path)
    return row, host_library(row, tmp_path), tmp_path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each tree; without the recorded probes one that is skipped."""
    if "probe" in metafunc.fixturenames:
        oracle = Path(os.environ.get("AGENT_STUDIO_CORPUS", "../shared")) / "oracle"
        names = [row["id"] for row in trees(oracle)] if (oracle / "probes.jsonl").exists() else ["none"]
        metafunc.parametrize("probe", names, indirect=True)


def test_the_agents_that_the_host_takes(probe: tuple[Row, Library, Path]) -> None:
    row, library, top = probe
    taken = [agent for agent in library if library.standing(agent).active]
    told = {(agent.name, agent.description, agent.reading.roster, agent.tokens[0]) for agent in taken}
    expected = row["observed"]["agents"]
    if row["observed"].get("read_order"):  # which of them it is depends on the file system
        assert {agent.name for agent in taken} == {agent["name"] for agent in expected}
        assert all(library.standing(agent).undefined for agent in taken)
        return
    assert told == {(agent["name"], agent["description"], agent["tools"], agent["tokens"]) for agent in expected}
    assert {seen(agent, top) for agent in taken} == {agent["path"] for agent in expected}


def test_the_files_that_the_host_passes_over(probe: tuple[Row, Library, Path]) -> None:
    row, library, top = probe
    agents = {os.path.relpath(agent.path, top): agent for agent in library}
    for place, verdict in row["observed"]["files"].items():
        agent = agents.get(place)
        active = agent is not None and library.standing(agent).active
        if verdict.get("reason") == "same-name" or row["observed"].get("read_order"):
            assert agent
            assert library.standing(agent).undefined
        elif verdict.get("reason") == "same-inode":
            twins = library.same_name(agent) if agent else ()
            assert sorted([active, *(library.standing(twin).active for twin in twins)]) == [False, True]
        else:
            assert active == (verdict["verdict"] == "loaded"), place
        if verdict.get("reason") == "shadowed" and agent:
            assert library.standing(agent).winner
        if verdict.get("reason") == "broken-link" and agent:
            assert agent.verdict.cause == "broken-link"


SAID = {"too-large": "L006", "not-scanned": "L005", "broken-link": "L007", "same-name": "N002"}
"""What lint calls an error, by the reason for which the host does not take a file."""


def test_each_file_that_is_not_read_has_one_error_that_says_so(probe: tuple[Row, Library, Path]) -> None:
    row, library, top = probe
    checker = Checker(RULES)
    errors = [problem for problem in checker.check(library) if checker.severity(problem) == "error"]
    said = Counter(os.path.relpath(library.agents[problem.ref].path, top) for problem in errors)
    rules = {os.path.relpath(library.agents[problem.ref].path, top): problem.rule for problem in errors}
    for place, verdict in row["observed"]["files"].items():
        expected = SAID.get(verdict.get("reason", ""))
        if expected and any(os.path.relpath(agent.path, top) == place for agent in library):
            assert (place, rules.get(place), said[place]) == (place, expected, 1)
        elif verdict["verdict"] == "loaded":
            assert rules.get(place) in {None, "B003", "N002", "T002", "T003"}, place
