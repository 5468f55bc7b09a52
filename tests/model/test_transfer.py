"""Agents on their way to another place."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.definition import agents_json, definition
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.transfer import incoming, transfer
from tests.model.documents import agent, headed, named

PROJECT, USER = Root("project", "project", "/project"), Root("user", "user", "/user")


def library(*agents: Agent) -> Library:
    return Library((PROJECT, USER), {held.ref: held for held in agents})


def test_moved_files_go_from_one_place_and_come_to_the_other() -> None:
    one, parked = named("a", "x/a.md"), named("b", "b.md.parked")
    plan = transfer(library(one, parked), [one, parked], USER, move=True)
    assert [(str(edit.ref), edit.after is None) for edit in plan.change.edits] == [
        ("project:x/a.md", True),
        ("user:a.md", False),
        ("project:b.md.parked", True),
        ("user:b.md.parked", False),
    ]
    assert plan.change.title == "move 2 agents to user"
    assert transfer(library(one), [one], USER, move=True).change.title == "move a to user"


def test_copied_files_stay() -> None:
    one = named("a")
    (edit,) = transfer(library(one), [one], USER).change.edits
    assert (str(edit.ref), edit.before, edit.after) == ("user:a.md", None, one.document.data)


@pytest.mark.parametrize("move", [False, True])
def test_what_is_in_the_way_is_left_alone(move: bool) -> None:
    one, twin, other = named("a"), named("a", root="user"), named("a", "x/a.md")
    plan = transfer(library(one, twin), [one], USER, move=move)
    assert (plan.change.edits, plan.skipped[0].reason) == ((), "user:a.md exists already: choose another name")
    plan = transfer(library(one, other), [one, other], USER, move=move)
    assert len(plan.change.edits) == 1 + move
    assert "two of them would become user:a.md" in plan.skipped[0].reason


def test_what_cannot_be_moved() -> None:
    locked, there = replace(named("a"), read_only=True), named("b", root="user")
    plan = transfer(library(locked, there), [locked, there], USER, move=True)
    assert [skip.reason for skip in plan.skipped] == [
        "project:a.md is read-only: copy it instead",
        "user:b.md is there already",
    ]


def test_incoming_files_meet_those_of_their_path_or_name() -> None:
    held = library(
        named("same"), named("old", "deep/old.md"), named("moved", "elsewhere.md"), replace(named("ro"), read_only=True)
    )
    source = [
        named("same", root="folder"),
        named("old", "deep/old.md", "folder", "model: opus\n"),
        named("moved", "moved.md", "folder", "model: opus\n"),
        named("new", "deep/new.md", "folder"),
        named("bad", "what?/bad.md", "folder"),
        named("ro", root="folder", extra="model: opus\n"),
        replace(named("gone", root="folder"), trouble="cannot be read"),
        named("moved", "again.md", "folder"),
    ]
    found = incoming(held, source, PROJECT)
    assert [(one.status, str(one.ref)) for one in found] == [
        ("same", "project:same.md"),
        ("changed", "project:deep/old.md"),
        ("changed", "project:elsewhere.md"),
        ("new", "project:deep/new.md"),
        ("refused", "project:what?/bad.md"),
        ("refused", "project:ro.md"),
        ("refused", "project:gone.md"),
        ("refused", "project:elsewhere.md"),
    ]
    assert all(bool(one.reason) == (one.status == "refused") for one in found)
    assert found[1].edit.before == held.agents[Ref("project", "deep/old.md")].document.data
    assert found[3].edit.before is None


def test_the_definition_that_the_command_line_of_the_host_takes() -> None:
    header = (
        "name: a\ndescription: When\\nto.\ntools: Read, Bash\nmodel: opus\ncolor: red\nmaxTurns: 5\nmemory: odd\nx: 1\n"
    )
    held = agent(headed(header, "\nBody.\n\n"))
    assert definition(held) == {
        "description": "When\nto.",
        "prompt": "Body.",
        "tools": ["Read", "Bash"],
        "model": "opus",
        "maxTurns": 5,
    }
    assert definition(agent(headed("name: a\ndescription: d\ntools: '*'\n"))) == {"description": "d", "prompt": "Body."}
    assert json.loads(agents_json([held, named("b")])).keys() == {"a", "b"}
