"""Mending is a plan: what it writes, and what it leaves alone and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.engine import Checker
from agent_studio.model.checks.mending import mend, mend_all
from agent_studio.model.checks.problem import Problem
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.plans import PlanRefused
from agent_studio.model.ref import Ref, Root
from tests.model.documents import agent

NEWLINES = "---\nname: {name}\ndescription: Use when a\\nb\n---\nBody.\n"


def library(*names: str, read_only: bool = False) -> Library:
    agents = [replace(agent(NEWLINES.format(name=name), f"{name}.md"), read_only=read_only) for name in names]
    return Library((Root("project", "project", "/project"),), {one.ref: one for one in agents})


def found(held: Library, rule: str) -> list[Problem]:
    return [problem for problem in Checker(RULES).check(held) if problem.rule == rule]


def test_one_problem_is_one_edit() -> None:
    held = library("a", "b")
    plan = mend(held, held, found(held, "D001")[0])
    (edit,) = plan.change.edits
    assert edit.ref == Ref("project", "a.md")
    assert edit.before == NEWLINES.format(name="a").encode()
    assert edit.after is not None
    assert b"\\n" not in edit.after


def test_a_file_that_has_changed_since_is_left_alone() -> None:
    held = library("a")
    (problem,) = found(held, "D001")
    with pytest.raises(PlanRefused, match="changed"):
        mend(library("a"), held, problem)
    with pytest.raises(PlanRefused, match="changed"):
        mend(library("b"), held, problem)


def test_what_is_read_only_or_has_no_fix_is_refused() -> None:
    held = library("a", read_only=True)
    (problem,) = found(held, "D001")
    with pytest.raises(PlanRefused, match="read-only"):
        mend(held, held, problem)
    with pytest.raises(PlanRefused, match="by hand"):
        mend(held, held, problem._replace(fix=None))


def test_all_of_a_rule_are_one_change_and_the_rest_is_told() -> None:
    held = library("a", "b", "c").replaced([replace(library("d").ordered[0], read_only=True)])
    plan = mend_all(held, BY_ID["D001"], found(held, "D001"), edited=[Ref("project", "c.md")])
    assert [edit.ref.path for edit in plan.change.edits] == ["a.md", "b.md"]
    assert plan.change.title == "fix D001 literal-newline in 2 files"
    assert [(skip.ref.path, skip.reason) for skip in plan.skipped] == [
        ("c.md", "it has unsaved edits"),
        ("d.md", "read-only"),
    ]
    after = held.replaced(
        replace(held.agents[edit.ref], document=type(held.agents[edit.ref].document)(edit.after or b""))
        for edit in plan.change.edits
    )
    assert {problem.ref.path for problem in found(after, "D001")} == {"c.md", "d.md"}


def test_a_file_name_is_mended_by_a_rename_where_it_is_free() -> None:
    one = agent("---\nname: a\ndescription: Use when.\n---\nBody.\n", "a.MD")
    held = Library((Root("project", "project", "/project"),), {one.ref: one})
    (problem,) = found(held, "L005")
    edits = mend(held, held, problem).change.edits
    assert [(edit.ref.path, edit.before, edit.after) for edit in edits] == [
        ("a.MD", one.document.data, None),
        ("a.md", None, one.document.data),
    ]
    taken = held.replaced([agent("x", "a.md")])
    with pytest.raises(PlanRefused, match="exists"):
        mend(taken, held, problem)
    assert not mend_all(taken, BY_ID["L005"], [problem]).change


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"Ask it when he says "look" or "check"."', 'Ask it when he says "look" or "check".'),
        ("'Ask it when it's time: now'", "Ask it when it's time: now"),
        ('"Look" and "check"', '"Look" and "check"'),
        ('"He says \\"look\\" in C:\\Users"', 'He says "look" in C:\\Users'),
        ("Ask it.\n\n<example>\nuser: so: or\n</example>", "Ask it.\n\n<example>\nuser: so: or\n</example>"),
        ("Ask it. So:\n  user: look", "Ask it. So:\nuser: look"),
    ],
)
def test_a_description_that_breaks_the_header_is_kept_without_its_quotes(written: str, text: str) -> None:
    one = agent(f"---\nname: a\ndescription: {written}\ntools: Read\n---\nBody.\n")
    held = Library((), {one.ref: one})
    (problem,) = found(held, "L001")
    (edit,) = mend(held, held, problem).change.edits
    after = Document(edit.after or b"")
    assert after.values == {"name": "a", "description": text, "tools": "Read"}
    assert after.reading == "strict"


@pytest.mark.parametrize(
    ("rule", "line", "after"),
    [
        ("T003", "tools:\n  - read # to look\n  - 'grep'", "tools:\n  - Read # to look\n  - 'Grep'"),
        ("T003", "tools: [read, read]", "tools: [Read]"),
        (
            "T003",
            "tools: ['codebase', 'edit/editFiles', 'edit/createFile', 'web/fetch', 'github/*', 'todo']",
            "tools: ['Grep', 'Edit', 'Write', 'WebFetch', 'TodoWrite']",
        ),
        ("T003", "tools: Read;Grep", "tools: Read, Grep"),
        ("T003", "tools: all # of them", 'tools: "*" # of them'),
        ("T004", "tools: Read, Edit, MultiEdit", "tools: Read, Edit"),
        ("T004", "tools: Read, monitoring", "tools: Read"),
        ("T008", "permissionMode: read-only", "permissionMode: plan"),
        ("T008", "memory: true # notes", "memory: project # notes"),
        ("N007", "name: Révision_Größe", "name: revision-grosse"),
        ("N007", "name: Проверка Кода", "name: проверка-кода"),
        ("N001", "name: 'SE: Writer'", "name: 'SE - Writer'"),
        ("M003", "color: metallic-blue", "color: blue"),
    ],
)
def test_a_fix_touches_no_more_than_it_must(rule: str, line: str, after: str) -> None:
    name = "" if line.startswith("name") else "name: a\n"
    one = agent(f"---\n{name}description: Reviews.\n{line}\n---\nBody.\n")
    held = Library((), {one.ref: one})
    (problem,) = found(held, rule)
    (edit,) = mend(held, held, problem).change.edits
    assert edit.after == one.document.data.replace(line.encode(), after.encode())


def test_unsafe_fixes_are_never_made_for_all() -> None:
    held = library("a", "b")
    unsafe = [problem for problem in found(held, "T001") if problem.fix and not problem.fix.safe]
    assert unsafe
    assert not mend_all(held, BY_ID["T001"], unsafe).change
