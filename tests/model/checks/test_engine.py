"""The engine asks what changed, minds its configuration, and mends within bounds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks.engine import Checker, Configuration, fixed, worst
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.view import Splice
from tests.model.documents import named

ABOUT = "A made-up rule.\n\nFix: none."


class Counting:
    """A rule that finds an `x` in every body, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.rule = Rule("X001", "made-up", "info", ABOUT, self.check)

    def check(self, agent: Agent) -> Iterator[Problem]:
        self.asked.append(agent.name)
        yield Problem("X001", agent.ref, 0, 1, "found")


def library(*agents: Agent) -> Library:
    return Library((Root("project", "project", "/project"),), {agent.ref: agent for agent in agents})


def test_a_file_that_stays_the_same_is_asked_once() -> None:
    counting = Counting()
    checker = Checker([counting.rule])
    held = library(named("a"), named("b"))
    first = checker.check(held)
    assert [problem.ref.path for problem in first] == ["a.md", "b.md"]
    assert checker.check(held) is first
    changed = held.replaced([named("b", extra="color: red\n")])
    assert checker.check(changed) == first
    assert counting.asked == ["a", "b", "b"]


def test_a_file_that_is_gone_is_forgotten() -> None:
    counting = Counting()
    checker = Checker([counting.rule])
    held = library(named("a"), named("b"))
    checker.check(held)
    assert [problem.ref.path for problem in checker.check(held.replaced(gone=[Ref("project", "a.md")]))] == ["b.md"]
    checker.check(held)
    assert counting.asked == ["a", "b", "a"]


def test_problems_come_by_file_place_and_rule() -> None:
    def late(agent: Agent) -> Iterator[Problem]:
        yield Problem("A002", agent.ref, 5, 6, "late")
        yield Problem("A002", agent.ref, 1, 2, "early")

    def everywhere(held: Library) -> Iterator[Problem]:
        yield from (Problem("A001", agent.ref, 5, 6, "all") for agent in reversed(held.ordered))

    rules = [Rule("A002", "late", "info", ABOUT, late), Rule("A001", "all", "info", ABOUT, library=everywhere)]
    found = Checker(rules).check(library(named("b"), named("a")))
    assert [(problem.ref.path, problem.start, problem.rule) for problem in found] == [
        ("a.md", 1, "A002"),
        ("a.md", 5, "A001"),
        ("a.md", 5, "A002"),
        ("b.md", 1, "A002"),
        ("b.md", 5, "A001"),
        ("b.md", 5, "A002"),
    ]


def test_what_the_machine_has_is_a_value() -> None:
    def missing(agent: Agent, around: Surroundings) -> Iterator[Problem]:
        yield from (Problem("X001", agent.ref, 0, 0, skill) for skill in around.skills.get(agent.ref.root, ()))

    rule = Rule("X001", "made-up", "info", ABOUT, placed=missing)
    held = library(named("a"))
    assert Checker([rule]).check(held) == ()
    found = Checker([rule], surroundings=Surroundings(skills={"project": frozenset({"pdf"})})).check(held)
    assert [problem.message for problem in found] == ["pdf"]


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    Checker([]).check(library(*(named(f"a{number:03}") for number in range(130))), lambda *done: told.append(done))
    assert told == [(0, 130), (64, 130), (128, 130)]


NORMAL = Rule("X001", "made-up", "info", ABOUT, lambda agent: iter(()))
SHY = NORMAL._replace(id="X002", name="shy", experimental=True)


@pytest.mark.parametrize(
    ("configuration", "running"),
    [
        (Configuration(), ["X001"]),
        (Configuration(select=("X",)), ["X001"]),
        (Configuration(select=("made-up",)), ["X001"]),
        (Configuration(select=("Y",)), []),
        (Configuration(select=("X002",)), ["X002"]),
        (Configuration(select=("X", "shy")), ["X001", "X002"]),
        (Configuration(ignore=("X001",)), []),
        (Configuration(select=("X", "shy"), ignore=("shy",)), ["X001"]),
        (Configuration(ignore=("",)), ["X001"]),
    ],
)
def test_selection(configuration: Configuration, running: list[str]) -> None:
    assert [rule.id for rule in Checker([NORMAL, SHY], configuration).rules] == running


def test_files_are_excepted_by_pattern() -> None:
    counting = Counting()
    everywhere = Rule(
        "X002", "all", "info", ABOUT, library=lambda held: (Problem("X002", agent.ref, 0, 0, "all") for agent in held)
    )
    configuration = Configuration(per_file={"old/*": ("X001",), "project:b.md": ("X",)})
    checker = Checker([counting.rule, everywhere], configuration)
    found = checker.check(library(named("a", "old/a.md"), named("b"), named("c")))
    assert [(problem.ref.path, problem.rule) for problem in found] == [
        ("c.md", "X001"),
        ("c.md", "X002"),
        ("old/a.md", "X002"),
    ]


def test_nothing_inside_a_file_silences_a_rule() -> None:
    counting = Counting()
    agent = named("a", extra="# agent-studio: ignore X001\nignore: X001\n")
    assert len(Checker([counting.rule]).check(library(agent))) == 1


def test_severities() -> None:
    problem = Problem("X001", Ref("a", "a.md"), 0, 0, "found")
    checker = Checker([NORMAL])
    assert checker.severity(problem) == "info"
    assert checker.severity(problem._replace(severity="warning")) == "warning"
    strict = Checker([NORMAL], Configuration(severities={"X001": "error"}))
    assert strict.severity(problem._replace(severity="warning")) == "error"
    assert worst(["info", "medium", "warning"]) == "warning"
    assert worst([]) is None


def removing(letter: str, safe: bool = True) -> Rule:
    """A rule that finds each of some letters in a body and takes one away at a time."""

    def check(agent: Agent) -> Iterator[Problem]:
        for at, char in enumerate(agent.document.text):
            if char == letter:
                step = Splice(at, at + 1, "")
                fix = Fix("remove it", safe, lambda held, step=step: held.spliced([step]))  # type: ignore[misc]
                yield Problem("X001", agent.ref, at, at + 1, f"a {letter}", fix)

    return Rule("X001", "made-up", "info", ABOUT, check)


def text(body: str) -> Agent:
    return Agent(Ref("project", "a.md"), "/a.md", Document(body.encode()))


def test_all_problems_of_a_file_are_mended_each_on_what_the_one_before_left() -> None:
    assert fixed(text("axbyxcx"), [removing("x"), removing("y")]).text == "abc"


def test_unsafe_fixes_are_made_on_demand() -> None:
    rules = [removing("x", safe=False), removing("y")]
    assert fixed(text("axy"), rules).text == "ax"
    assert fixed(text("axy"), rules, unsafe=True).text == "a"


def test_a_step_that_is_refused_or_does_nothing_keeps_no_other_from_being_made() -> None:
    def refuse(held: Document) -> Document:
        raise EditRefused("no")

    def check(agent: Agent) -> Iterator[Problem]:
        for place, step in enumerate((refuse, lambda held: held)):
            yield Problem("X001", agent.ref, place, place, "found", Fix("mend", safe=True, step=step))
        yield from removing("x").of(agent)

    assert fixed(text("axbx"), [Rule("X001", "made-up", "info", ABOUT, check)]).text == "ab"


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    def adding(agent: Agent) -> Iterator[Problem]:
        fix = Fix("add it", safe=True, step=lambda held: held.spliced([Splice(0, 0, "x")]))
        yield from [] if "x" in agent.document.text else [Problem("X002", agent.ref, 0, 0, "no x", fix)]

    assert fixed(text("a"), [removing("x"), Rule("X002", "adding", "info", ABOUT, adding)]).text in {"a", "xa"}
