"""What descriptions cost, by the host's own formula."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.budget import budget
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.documents import agent, named

ROOTS = (Root("project", "project", "/p/.claude/agents"), Root("user", "user", "/h/.claude/agents"))


def library(*agents: Agent) -> Library:
    return Library(ROOTS, {agent.ref: agent for agent in agents})


def described(name: str, description: str) -> Agent:
    return agent(
        f"---\nname: {name}\ndescription: {json.dumps(description, ensure_ascii=False)}\n---\nBody\n", f"{name}.md"
    )


def test_the_cases_that_were_measured(oracle: Path) -> None:
    cases = [json.loads(line) for line in (oracle / "budget.jsonl").read_text().split("\n") if line]
    assert len(cases) == 10
    for case in cases:
        text = _description(case)
        found = budget(
            library(*(described(f"{number:0{case['name_chars']}}x"[1:], text) for number in range(case["agents"])))
        )
        assert found.total == case["formula_total"], case["case"]
        assert found.over == bool(case["warning"]), case["case"]


def _description(case: dict[str, object]) -> str:
    """A description like the one of a measured case."""
    chars = case["description_chars"]
    assert isinstance(chars, int)
    name = str(case["case"])
    if "emoji" in name:
        return "\U0001f600" * chars
    if "accented" in name:
        return "é" * chars
    if "backslash" in name:
        return "\\n" * (chars // 2)
    return "d" * chars


@pytest.mark.parametrize(
    ("name", "description", "tokens"),
    [("a", "d", 1), ("ab", "dd", 2), ("a", "", None), ("abc", "ddd", 2), ("abcd", "dddd", 3)],
)
def test_a_quarter_of_the_characters_halves_up(name: str, description: str, tokens: int | None) -> None:
    found = budget(library(described(name, description)))
    assert [cost for _, cost in found.costs] == ([] if tokens is None else [tokens])


def test_only_agents_that_the_host_takes_count_the_costliest_first() -> None:
    small, large = named("a", "a.md"), described("b", "d" * 100)
    shadowed = named("a", "a.md", "user")
    broken = agent("---\nname: c\n---\n", "c.md")
    parked = named("d", "d.md.parked")
    found = budget(library(small, large, shadowed, broken, parked))
    assert [one.ref for one, _ in found.costs] == [large.ref, small.ref]
    assert found.total == sum(tokens for _, tokens in found.costs)


def test_what_it_would_be_without_some_a_namesake_takes_over() -> None:
    mine, theirs = named("a", "a.md"), described("a", "d" * 400)
    theirs = replace(theirs, ref=Ref("user", "a.md"))
    found = library(mine, theirs)
    assert [one.ref for one, _ in budget(found).costs] == [mine.ref]
    assert [one.ref for one, _ in budget(found, {mine.ref}).costs] == [theirs.ref]
    assert budget(found, {mine.ref, theirs.ref}).total == 0
