"""The rules about bytes, bodies, security and copies on real files: exact where the truth is known, else seldom."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks import mojibake, paths
from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.engine import Checker, fixed
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from tests.model.checks.origins import Origin, origins
from tests.model.documents import differing, offset_of

MINE = [rule for rule in RULES if rule.family in "ESBF"]


@pytest.fixture(scope="module")
def files(corpus: Path) -> list[Origin]:
    return origins(corpus)


def checked(agents: list[Agent]) -> tuple[Checker, tuple[Problem, ...]]:
    """What is said of agents in one folder, on a machine that has none of the paths that they name."""
    missing = {
        (held.ref, named.path)
        for held in agents
        for look in (paths.absolute, paths.relative)
        for named in look(held.document)
    }
    checker = Checker(MINE, surroundings=Surroundings(missing=frozenset(missing)))
    root = Root("corpus", "folder", "/corpus")
    return checker, checker.check(Library((root,), {held.ref: held for held in agents}))


@pytest.fixture(scope="module")
def found(files: list[Origin]) -> tuple[Checker, tuple[Problem, ...]]:
    return checked([file.agent for file in files])


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_seeds_are_repaired_to_the_byte(files: list[Origin]) -> None:
    damaged = [file for file in files if file.original]
    assert len(damaged) == 2
    for file in damaged:
        assert hashed(fixed(file.agent, [BY_ID["E001"]]).data) == file.original
    assert sorted(len(mojibake.runs(file.agent.document.text)) for file in damaged) == [9, 27]


def test_two_kinds_of_damage_to_one_file_are_undone_to_the_same_bytes(files: list[Origin]) -> None:
    pages = {"derived:mojibake-cp1252": "cp1252", "derived:mojibake-mac-roman": "mac_roman"}
    damaged = {pages[file.classes]: file.agent for file in files if file.classes in pages}
    (mended,) = {fixed(held, [BY_ID["E001"]]).data for held in damaged.values()}
    assert {page: mended.decode(page) for page in damaged} == {
        page: held.document.text for page, held in damaged.items()
    }


def test_nothing_else_is_taken_for_damage(files: list[Origin], found: tuple[Checker, tuple[Problem, ...]]) -> None:
    damaged = {file.agent.ref for file in files if file.original or "derived:mojibake" in file.classes}
    assert {problem.ref for problem in found[1] if problem.rule == "E001"} == damaged
    lossy = {file.agent.ref for file in files if file.kind == "wild" and "mojibake" in file.classes}
    assert lossy <= {problem.ref for problem in found[1] if problem.rule == "E002"}


def test_few_files_are_nagged(files: list[Origin], found: tuple[Checker, tuple[Problem, ...]]) -> None:
    spoken = Counter(rule for rule, _ in {(problem.rule, problem.ref) for problem in found[1]})
    assert {rule for rule, count in spoken.items() if count > len(files) / 10} == set()


def test_few_real_files_are_called_dangerous(files: list[Origin], found: tuple[Checker, tuple[Problem, ...]]) -> None:
    checker, problems = found
    high = {problem.ref for problem in problems if checker.severity(problem) == "high"}
    assert len(high) <= len(files) / 100


def test_the_seeds(files: list[Origin]) -> None:
    _, problems = checked([file.agent for file in files if file.kind == "seed"])
    said = Counter(problem.rule for problem in problems)
    assert said == {"E001": 2, "B001": 1, "B002": 1, "B004": 1, "B010": 2}
    assert not [problem for problem in problems if problem.rule.startswith("S")]


def read(agent: Agent) -> tuple[object, ...]:
    return agent.reading._replace(losses=()), agent.document.values, agent.document.body


def test_safe_fixes_only_take_damage_away(files: list[Origin]) -> None:
    mended = 0
    for file in files:
        held = file.agent
        after = replace(held, document=fixed(held, MINE))
        assert fixed(after, MINE) == after.document
        mended += after.document != held.document
        clean = mojibake.repaired(held.document.text).rstrip(JS_SPACE)
        assert after.document.text.rstrip(JS_SPACE) == clean
        if clean == held.document.text.rstrip(JS_SPACE):
            assert read(after)[0] == read(held)[0]
    assert mended > 100


def test_fixes_stay_within_what_they_are_about(files: list[Origin], found: tuple[Checker, tuple[Problem, ...]]) -> None:
    agents = {file.agent.ref: file.agent for file in files}
    looked = 0
    for problem in found[1]:
        if not problem.fix or not problem.fix.step or problem.rule in {"B002", "S012"}:
            continue
        document = agents[problem.ref].document
        start, end, _ = differing(document.data, problem.fix.step(document).data)
        first, last = offset_of(document, problem.start), offset_of(document, problem.end)
        assert first <= start <= last
        assert first <= end <= last or end <= start
        looked += 1
    assert looked > 20


def test_problems_lie_in_order_and_within_their_files(
    files: list[Origin], found: tuple[Checker, tuple[Problem, ...]]
) -> None:
    agents = {file.agent.ref: file.agent for file in files}
    for problem in found[1]:
        assert 0 <= problem.start <= problem.end <= len(agents[problem.ref].document.text)
        assert "\n" not in problem.message
    assert all(
        (one.start, one.rule) <= (other.start, other.rule) for one, other in pairwise(found[1]) if one.ref == other.ref
    )
