"""Mending: all fixes of all files as one change, after which nothing is left to mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.change import Edit
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker, Configuration
from agent_studio.model.checks.mending import Mended, Mender
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.checks import cases

ROOT = Root("project", "project", "/p/.claude/agents")
LITERAL = b'---\nname: %s\ndescription: "One.\\\\nTwo."\n---\nText.\n'
"""An agent whose description has a line break written out."""
MENDED = b"---\nname: %s\ndescription: |-\n  One.\n  Two.\n---\nText.\n"


def agent(path: str, data: bytes) -> Agent:
    return Agent(Ref("project", path), f"{ROOT.path}/{path}", Document(data))


def mender(configuration: Configuration, unsafe: bool) -> Mender:
    alone, together = ([rule for rule in RULES if bool(rule.library) is whole] for whole in (False, True))
    return Mender(Checker(alone, configuration), Checker(together, configuration), unsafe)


def mended(*agents: Agent, unsafe: bool = False, only: str = "", select: tuple[str, ...] = ("D001", "N005")) -> Mended:
    library = Library((ROOT,), {agent.ref: agent for agent in agents})
    return mender(Configuration(select), unsafe).mended(
        library, [agent for agent in library if agent.ref.path.startswith(only)]
    )


def edit(path: str, before: bytes | None, after: bytes | None) -> Edit:
    return Edit(Ref("project", path), before, after)


def test_all_files_are_one_change() -> None:
    found = mended(agent("a.md", LITERAL % b"a"), agent("b.md", LITERAL % b"b"), agent("c.md", MENDED % b"c"))
    assert found.plan.change.title == "fix 2 files"
    assert found.plan.change.edits == (
        edit("a.md", LITERAL % b"a", MENDED % b"a"),
        edit("b.md", LITERAL % b"b", MENDED % b"b"),
    )
    assert [held.document.data for held in found.agents] == [MENDED % name for name in (b"a", b"b", b"c")]
    assert found.library.ordered == found.agents


def test_nothing_to_mend_is_no_change() -> None:
    found = mended(agent("a.md", MENDED % b"a"))
    assert not found.plan.change
    assert found.plan.skipped == ()


def test_a_file_gets_another_text_and_another_name_at_once() -> None:
    found = mended(agent("sub/old.md", LITERAL % b"new"))
    assert found.plan.change.edits == (
        edit("sub/old.md", LITERAL % b"new", None),
        edit("sub/new.md", None, MENDED % b"new"),
    )
    (after,) = found.agents
    assert after.path == "/p/.claude/agents/sub/new.md"


def test_of_two_files_only_one_gets_a_name() -> None:
    found = mended(agent("x.md", MENDED % b"a"), agent("y.md", MENDED % b"a"))
    assert [held.ref.path for held in found.agents] == ["a.md", "y.md"]


def test_a_link_keeps_its_name() -> None:
    found = mended(replace(agent("x.md", MENDED % b"a"), link="/elsewhere/x.md"))
    assert not found.plan.change


def test_only_the_agents_that_are_meant_are_mended() -> None:
    found = mended(agent("a.md", LITERAL % b"a"), agent("b.md", LITERAL % b"b"), only="b")
    assert found.plan.change.refs == {Ref("project", "b.md")}


def test_what_cannot_be_written_is_skipped_with_the_reason() -> None:
    locked = replace(agent("a.md", LITERAL % b"a"), read_only=True)
    found = mended(locked, agent("b.md", LITERAL % b"b"), replace(agent("c.md", MENDED % b"c"), read_only=True))
    assert found.plan.change.refs == {Ref("project", "b.md")}
    assert [(str(skip.ref), skip.reason) for skip in found.plan.skipped] == [("project:a.md", "read-only")]


def test_unsafe_fixes_are_made_on_demand() -> None:
    wrong = b"---\nname: a\ndescription: Use it.\nmodel: sonet\n---\nText.\n"
    assert not mended(agent("a.md", wrong), select=("M001",)).plan.change
    found = mended(agent("a.md", wrong), select=("M001",), unsafe=True)
    assert found.agents[0].document.get("model") == "sonnet"


def test_fixes_of_rules_about_all_agents_are_made_too() -> None:
    text = b"---\nname: %s\ndescription: Use it.\ncolor: red\n---\nText.\n"
    found = mended(*(agent(f"{n}.md", text % n.encode()) for n in "abcdefgh"), select=("M004",), unsafe=True)
    assert len({held.reading.color for held in found.agents}) == 8


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_second_run_has_nothing_left_to_do(rule: Rule, unsafe: bool) -> None:
    for name in cases.names(rule.id):
        library = cases.library(rule.id, name)
        mending = mender(Configuration(), unsafe)
        first = mending.mended(library, library.ordered)
        assert not mending.mended(first.library, first.agents).plan.change
