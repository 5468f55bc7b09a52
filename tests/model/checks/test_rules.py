"""Every rule speaks where it should, is silent where it should be, and mends what it says it mends."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import FAMILIES, RULES, named
from agent_studio.model.checks.engine import fixed
from agent_studio.model.checks.problem import SEVERITIES, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.fences import JS_SPACE
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from tests.model.checks import cases

BAD = [(rule, name) for rule in RULES for name in cases.names(rule.id) if name.startswith("bad-")]
GOOD = [(rule, name) for rule in RULES for name in cases.names(rule.id) if name.startswith("good-")]


def ids(case: tuple[Rule, str]) -> str:
    return f"{case[0].id}-{case[1]}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_fixtures(rule: Rule) -> None:
    found = cases.names(rule.id)
    assert sum(name.startswith("bad-") for name in found) >= 2
    assert sum(name.startswith("good-") for name in found) >= 2
    assert all(name.startswith(("bad-", "good-")) for name in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_named_explained_and_looks_in_one_way(rule: Rule) -> None:
    module = inspect.getmodule(next(filter(None, (rule.agent, rule.library, rule.placed))))
    assert module is not None
    assert module.__name__.endswith(f".{rule.id.lower()}_{rule.name.replace('-', '_')}")
    assert sum(look is not None for look in (rule.agent, rule.library, rule.placed)) == 1
    assert rule.family in FAMILIES
    assert rule.severity in SEVERITIES
    assert "\n\nFix: " in rule.about
    assert 20 < len(rule.summary) < 130
    assert named(rule.id) is named(rule.name) is rule


def test_ids_and_names_are_unique() -> None:
    assert len({rule.id for rule in RULES} | {rule.name for rule in RULES}) == 2 * len(RULES)


@pytest.mark.parametrize("case", BAD, ids=ids)
def test_bad_ones_are_found(case: tuple[Rule, str]) -> None:
    rule, name = case
    library = cases.library(rule.id, name)
    problems = cases.found(rule, library)
    assert problems
    for problem in problems:
        agent = library.agents[problem.ref]
        assert problem.rule == rule.id
        assert 0 <= problem.start <= problem.end <= len(agent.document.text)
        assert problem.message
        assert problem.message.count("\n") == 0
        assert set(problem.others) <= set(library.agents) - {problem.ref}


@pytest.mark.parametrize("case", GOOD, ids=ids)
def test_good_ones_are_not(case: tuple[Rule, str]) -> None:
    rule, name = case
    assert cases.found(rule, cases.library(rule.id, name)) == []


FIXED = [
    (rule, name)
    for rule, name in BAD
    if any(problem.fix for problem in cases.found(rule, cases.library(rule.id, name)))
]


@pytest.mark.parametrize("case", FIXED, ids=ids)
def test_a_fix_makes_its_problem_go_away(case: tuple[Rule, str]) -> None:
    rule, name = case
    library = cases.library(rule.id, name)
    problems = cases.found(rule, library)
    mended = library
    for problem in problems:
        mended = mended_by(mended, rule, problem)
    left = cases.found(rule, mended)
    assert len(left) == sum(problem.fix is None for problem in problems)


def mended_by(library: Library, rule: Rule, problem: Problem) -> Library:
    """A library after the fix of one problem."""
    agent = library.agents.get(problem.ref)
    if agent is None or problem.fix is None:
        return library
    if problem.fix.rename is not None:
        ref = Ref(agent.ref.root, problem.fix.rename)
        assert ref not in library.agents
        return library.replaced([replace(agent, ref=ref)], [agent.ref])
    if rule.library:
        assert problem.fix.step
        return library.replaced([replace(agent, document=problem.fix.step(agent.document))])
    document = fixed(agent, [rule], unsafe=True, around=cases.AROUND)
    assert fixed(replace(agent, document=document), [rule], unsafe=True, around=cases.AROUND) == document
    return library.replaced([replace(agent, document=document)])


RESTORING = {"L003", "L005", "L008", "L010", "T003"}
"""Rules whose safe fixes bring back what was meant, so that the host reads more than before."""


def read(agent: Agent) -> tuple[object, ...]:
    """What the host makes of an agent, but for what is said about it."""
    told = agent.reading
    values = (told.name, told.description, told.model, told.color, told.tools, told.denied, told.roster)
    return *values, agent.verdict.loads, agent.document.body.strip(JS_SPACE)


@pytest.mark.parametrize("case", FIXED, ids=ids)
def test_a_safe_fix_leaves_the_reading_or_restores_it(case: tuple[Rule, str]) -> None:
    rule, name = case
    for agent in cases.library(rule.id, name):
        document = fixed(agent, [rule], around=cases.AROUND)
        after = replace(agent, document=document)
        if document.data == agent.document.data:
            continue
        assert after.verdict.loads
        assert fixed(after, [rule], around=cases.AROUND) == document
        if rule.id in RESTORING:
            assert not agent.verdict.loads or agent.verdict.status == "degraded"
        elif rule.family in "LNDTM":
            assert read(after) == read(agent)
