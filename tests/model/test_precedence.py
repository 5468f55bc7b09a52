"""Which of several agents of one name the host takes, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.precedence import Standing
from agent_studio.model.ref import Root
from tests.model.documents import agent, named

MANAGED = Root("managed", "managed", "/etc/claude-code/.claude/agents", read_only=True)
PROJECT = Root("project", "project", "/work/shop/.claude/agents")
NEAR = Root("project/web", "project", "/work/shop/web/.claude/agents")
MAIN = Root("project/main", "project", "/elsewhere/very/deep/main/.claude/agents", added=-1)
ADDED = Root("project/a", "project", "/extra/a/.claude/agents", added=1)
ADDED_LATER = Root("project/b", "project", "/extra/b/.claude/agents", added=2)
USER = Root("user", "user", "/home/me/.claude/agents")
PLUGIN = Root("plugin/seo", "plugin", "/plugins/seo/agents", plugin="seo")
FOLDER = Root("folder", "folder", "/downloads")
UNRELATED = Root("project/bakery", "project", "/work/bakery/.claude/agents")

ORDER = [MANAGED, NEAR, PROJECT, MAIN, ADDED_LATER, ADDED, USER]
"""Strongest first."""


def library(*agents: Agent, given: frozenset[str] = frozenset()) -> Library:
    roots = (USER, ADDED, ADDED_LATER, MAIN, PROJECT, NEAR, MANAGED, PLUGIN, FOLDER, UNRELATED)
    return Library(roots, {agent.ref: agent for agent in agents}, given)


def twin(root: Root, path: str = "x.md") -> Agent:
    return replace(named("twin", path, root.name), plugin=root.plugin)


@pytest.mark.parametrize(
    ("winner", "loser"), [(one, other) for place, one in enumerate(ORDER) for other in ORDER[place + 1 :]]
)
def test_the_stronger_place_wins(winner: Root, loser: Root) -> None:
    strong, weak = twin(winner), twin(loser)
    for found in (library(strong, weak), library(weak, strong)):
        assert found.standing(strong) == Standing(True, None, f"wins over {weak.ref}", False, (weak.ref,))
        lost = found.standing(weak)
        assert (lost.active, lost.winner, lost.undefined) == (False, strong.ref, False)
        assert str(strong.ref) in (lost.why or "")


def test_alone() -> None:
    one = twin(PROJECT)
    assert library(one).standing(one) == Standing(True)


def test_below_one_folder_the_last_in_read_order_wins_and_that_is_undefined() -> None:
    first, last, other = twin(PROJECT, "a.md"), twin(PROJECT, "b/c.md"), twin(USER)
    found = library(other, first, last)
    won, lost, shadowed = (found.standing(one) for one in (last, first, other))
    assert (won.active, won.undefined, won.beaten) == (True, True, (other.ref, first.ref))
    assert (lost.active, lost.undefined, lost.winner) == (False, True, last.ref)
    assert "read order" in (won.why or "")
    assert "b/c.md is read last" in (lost.why or "")
    assert lost.why == won.why
    assert (shadowed.undefined, shadowed.winner) == (False, last.ref)


@pytest.mark.parametrize(
    ("last_read", "other", "later"),
    [("b.md", "a.md", "too, by its path"), ("B.md", "a.md", "a.md does"), ("\uff5e.md", "\U0001f600.md", "too")],
)
def test_a_newer_release_decides_by_path(last_read: str, other: str, later: str) -> None:
    one, two = twin(PROJECT, other), twin(PROJECT, last_read)
    assert f"from Claude Code 2.1.330 on {later}" in (library(one, two).standing(two).why or "")


def test_namesakes_within_a_plugin_change_from_run_to_run() -> None:
    one, two = twin(PLUGIN, "a.md"), twin(PLUGIN, "b.md")
    found = library(one, two)
    assert found.standing(one).undefined
    assert found.standing(two).undefined
    assert "from run to run" in (found.standing(two).why or "")


def test_where_the_winner_lies_elsewhere_nothing_depends_on_read_order() -> None:
    first, second, strong = twin(USER, "a.md"), twin(USER, "b.md"), twin(PROJECT)
    found = library(first, second, strong)
    assert not any(found.standing(one).undefined for one in (first, second, strong))


def test_a_file_that_does_not_load_does_not_compete() -> None:
    broken = agent("---\nname: twin\n---\n", "z.md", PROJECT.name)
    parked = twin(PROJECT, "y.md.parked")
    weak = twin(USER)
    found = library(weak, broken, parked)
    assert found.standing(weak) == Standing(True)
    assert found.standing(broken) == found.standing(parked) == Standing(False)


def test_names_are_compared_exactly() -> None:
    one, other = named("twin", "a.md"), named("Twin", "b.md")
    found = library(one, other)
    assert found.standing(one) == found.standing(other) == Standing(True)


def test_folders_opened_by_hand_and_unrelated_projects_stand_alone() -> None:
    agents = [twin(root) for root in (PROJECT, UNRELATED, FOLDER)]
    found = library(*agents)
    assert [found.standing(one) for one in agents] == [Standing(True)] * 3


def test_a_person_s_agent_loses_in_any_project() -> None:
    mine, theirs = twin(USER), twin(UNRELATED)
    assert library(mine, theirs).standing(mine).winner == theirs.ref


def test_plugins_have_names_of_their_own() -> None:
    plugin, project = twin(PLUGIN), twin(PROJECT)
    found = library(plugin, project)
    assert plugin.name == "seo:twin"
    assert found.standing(plugin) == found.standing(project) == Standing(True)


def test_a_plugin_that_the_host_does_not_read() -> None:
    idle = replace(PLUGIN, idle="not enabled")
    one = twin(PLUGIN)
    found = Library((idle,), {one.ref: one})
    assert found.standing(one) == Standing(False, None, "not enabled")


@pytest.mark.parametrize("root", [PROJECT, USER, PLUGIN])
def test_agents_given_on_the_command_line_win_over_files(root: Root) -> None:
    one = twin(root)
    lost = library(one, given=frozenset({one.name})).standing(one)
    assert (lost.active, lost.winner) == (False, None)
    assert "--agents" in (lost.why or "")


@pytest.mark.parametrize("root", [MANAGED, FOLDER])
def test_agents_given_on_the_command_line_do_not_win_over_these(root: Root) -> None:
    one = twin(root)
    assert library(one, given=frozenset({one.name})).standing(one).active


def test_an_agent_that_the_settings_keep_from_the_model_says_so() -> None:
    root = replace(PROJECT, denied=frozenset({"twin"}))
    one, other = twin(PROJECT), named("other")
    found = Library((root,), {one.ref: one, other.ref: other})
    assert "permissions.deny" in (found.standing(one).why or "")
    assert found.standing(one).active
    assert found.standing(other).why is None


@pytest.mark.parametrize(("root", "replaces"), [(PROJECT, True), (USER, True), (FOLDER, False), (PLUGIN, False)])
def test_a_file_replaces_a_built_in_agent(root: Root, replaces: bool) -> None:
    one = replace(named("Plan", "p.md", root.name), plugin=root.plugin)
    assert ("built-in" in (library(one).standing(one).why or "")) == replaces


def test_one_file_under_two_names_is_loaded_once() -> None:
    first, second = (replace(twin(PROJECT, path), file="1:2") for path in ("a.md", "b.md"))
    found = library(first, second)
    assert found.standing(first) == Standing(True)
    again = found.standing(second)
    assert (again.active, again.winner, again.undefined) == (False, first.ref, False)
    assert "same file" in (again.why or "")


def test_below_a_folder_opened_by_hand_each_agents_folder_is_a_place_by_itself() -> None:
    paths = ("plugins/a/agents/one.md", "plugins/b/agents/one.md", "plugins/b/agents/deep/two.md", "three.md")
    twins = [twin(FOLDER, path) for path in paths]
    held = library(*twins)
    first, second, third, alone = map(held.standing, twins)
    assert (first, alone) == (Standing(True), Standing(True))
    assert (second.active, second.undefined, second.winner) == (False, True, twins[2].ref)
    assert (third.active, third.undefined, third.beaten) == (True, True, (twins[1].ref,))


def test_the_user_s_folder_is_read_first() -> None:
    mine, theirs = (replace(twin(root), file="/real/x.md") for root in (USER, PROJECT))
    found = library(theirs, mine)
    assert found.standing(mine).active
    assert not found.standing(theirs).active
