"""Verbs as changes that nothing has written yet."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import fieldedit, plans
from agent_studio.model.agent import Agent
from agent_studio.model.change import Edit
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.hosts import claude_code
from agent_studio.model.library import Library
from agent_studio.model.plans import PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.model.schema import Value
from tests.model.documents import agent, document, headed, named


def library(*agents: Agent) -> Library:
    return Library((), MappingProxyType({held.ref: held for held in agents}))


def only(plan: plans.Plan) -> Edit:
    assert len(plan.change.edits) == 1
    return plan.change.edits[0]


def after_of(edit: Edit) -> Document:
    assert edit.after is not None
    return Document(edit.after)


def test_assign_sets_and_removes_in_every_agent_that_needs_it() -> None:
    one, two, three = (
        named("a", extra="color: red\n"),
        named("b", extra="memory: user\n"),
        named("c", extra="color: blue\n"),
    )
    plan = plans.assign([one, two, three], {"color": "blue", "memory": None})
    assert [edit.ref for edit in plan.change.edits] == [one.ref, two.ref]
    assert [edit.before for edit in plan.change.edits] == [one.document.data, two.document.data]
    assert all(after_of(edit).get("color") == "blue" for edit in plan.change.edits)
    assert plan.skipped == ()
    assert plan.change.title == "color=blue, no memory"


def test_assign_skips_what_it_cannot_change_and_says_why() -> None:
    read_only, broken, binary = replace(named("a"), read_only=True), agent("text", "b.md"), agent(b"\x00", "c.md")
    plan = plans.assign([read_only, broken, binary, named("d")], {"color": "red"})
    assert [edit.ref.stem for edit in plan.change.edits] == ["d"]
    assert [skip.ref.stem for skip in plan.skipped] == ["a", "b", "c"]
    assert plan.skipped[0].reason == "read-only"
    assert all(skip.reason for skip in plan.skipped)


def test_assign_in_one_agent_is_all_or_nothing() -> None:
    held = agent("---\nname: &x a\ndescription: *x\n---\n")
    plan = plans.assign([held], {"color": "red", "name": None})
    assert plan.change.edits == ()
    assert plan.skipped[0].ref == held.ref


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"tools": ("Read", "Grep")}, "tools=Read, Grep"),
        ({"background": True}, "background=true"),
        ({"maxTurns": 5}, "maxTurns=5"),
        ({"description": "x" * 50}, f"description={'x' * 39}…"),
    ],
)
def test_titles(values: dict[str, Value | None], title: str) -> None:
    assert plans.assign([], values).change.title == title


@pytest.mark.parametrize(
    ("stood", "now"),
    [
        *(("color: red\n", "color: blue\n"), ("color: red\n", ""), ("", "color: red\n")),
        ("maxTurns: 5\n", "maxTurns: 6\n"),
        *(("background: true\n", ""), ("tools: [Read, Grep]\n", "tools: X\n"), ("tools: Read, Grep\n", "tools: [X]\n")),
        *(("tools:\n  - Read\n", ""), ("description: 'a: b'\n", "description: x\n"), ("x: 1.5\n", "x: y\n")),
    ],
)
def test_a_field_restored(stood: str, now: str) -> None:
    key = (stood or now).partition(":")[0]
    base, held = headed(f"name: a\n{stood}"), headed(f"name: a\n{now}")
    result = fieldedit.restored(held, base, key)
    assert result.has(key) == base.has(key)
    assert repr(fieldedit.restored(result, base, key).get(key)) == repr(base.get(key))
    read, wanted = result.get(key), base.get(key)
    assert read == wanted or (isinstance(wanted, list) and read == ", ".join(wanted)) or read == str(wanted).split(", ")


@pytest.mark.parametrize("stood", ["hooks: {a: b}\n", "x: [[a]]\n"])
def test_a_nested_field_is_not_restored(stood: str) -> None:
    with pytest.raises(EditRefused, match="by itself"):
        fieldedit.restored(headed("name: a\n"), headed(stood), stood.partition(":")[0])


@pytest.mark.parametrize(
    "name", ["reviewer", "Code Reviewer", "5", "true", "null", "1.5", "2024", "1e3", "yes", "a---b", "über"]
)
def test_a_new_agent_loads_under_its_name(name: str) -> None:
    edit = only(plans.create(library(), "project", name))
    assert edit.before is None
    read = claude_code.read(after_of(edit))
    assert (read.verdict.status, read.name) == ("loads", name)
    assert edit.ref.root == "project"
    assert edit.ref.path.endswith(".md")


def test_a_new_agent_like_another() -> None:
    like = document("---\nname: a # c\ndescription: b: c\n---\nBody \xff\n")
    edit = only(plans.create(library(), "user", "new", like))
    assert edit.after == like.data.replace(b"name: a # c", b"name: new")
    assert edit.ref == Ref("user", "new.md")


def test_a_taken_file_name_is_refused() -> None:
    with pytest.raises(PlanRefused, match="exists already"):
        plans.create(library(named("a", "x.md")), "project", "x")


def test_a_copy_takes_the_next_free_name() -> None:
    one = named("a", "x/a.md", extra="color: red\n")
    held = library(one, named("a-2", "x/a-2.md"), named("other", "a-3.md"))
    edit = only(plans.duplicate(held, one))
    assert edit.ref == Ref("project", "x/a-3.md")
    assert edit.after == one.document.data.replace(b"name: a\n", b"name: a-3\n")


def test_a_copy_of_a_file_without_a_name() -> None:
    held = agent("text\n", "readme.md")
    edit = only(plans.duplicate(library(held), held))
    assert (edit.ref.path, edit.after) == ("readme-2.md", b"text\n")


def test_a_copy_of_what_cannot_be_read_is_refused() -> None:
    held = replace(named("a"), trouble="permission denied")
    with pytest.raises(PlanRefused, match="permission denied"):
        plans.duplicate(library(held), held)


def test_rename() -> None:
    one = named("a", "x/a.md")
    held = library(one, named("b", "x/b.md"))
    assert plans.rename(held, one, None, None).change.edits == ()
    assert plans.rename(held, one, "a", "a").change.edits == ()
    assert only(plans.rename(held, one, "new", None)).ref == one.ref
    gone, new = plans.rename(held, one, None, "new").change.edits
    assert (gone.ref, gone.before, gone.after) == (one.ref, one.document.data, None)
    assert (new.ref, new.before, new.after) == (Ref("project", "x/new.md"), None, one.document.data)
    both = plans.rename(held, one, "new", "new").change.edits[1]
    assert after_of(both).get("name") == "new"


@pytest.mark.parametrize("stem", ["b", "", "../x", "a/b", "x.", "con"])
def test_a_bad_or_taken_file_name_is_refused(stem: str) -> None:
    one = named("a", "x/a.md")
    with pytest.raises(PlanRefused):
        plans.rename(library(one, named("b", "x/b.md")), one, None, stem)


def test_rename_of_what_is_locked_is_refused() -> None:
    held = replace(named("a"), read_only=True)
    with pytest.raises(PlanRefused, match="read-only"):
        plans.rename(library(held), held, "b", None)


def test_delete() -> None:
    one, two = named("a"), replace(named("b"), read_only=True)
    three, four = agent(b"x" * 1_100_000, "c.md"), replace(named("d"), trouble="permission denied")
    plan = plans.delete([one, two, three, four, agent(b"\x00", "e.md")])
    assert [(edit.ref.stem, edit.after) for edit in plan.change.edits] == [("a", None), ("e", None)]
    assert [skip.ref.stem for skip in plan.skipped] == ["b", "c", "d"]
    assert all(skip.reason for skip in plan.skipped)
    assert plan.change.title == "delete 2 agents"
    assert plans.delete([one]).change.title == "delete project:a.md"


@pytest.mark.parametrize("stem", ["a", "A b", "a.b_c-1", "x" * 64, "con-1", "1"])
def test_file_names_that_every_system_can_hold(stem: str) -> None:
    assert plans.checked_stem(stem) == stem


@pytest.mark.parametrize(
    "stem",
    [
        *("", ".", "..", "../x", "a/b", "a\\b", "/a", "-a", ".a", "_a", " a", "a ", "a.", "x" * 65, "a\0b", "a\nb"),
        *("a\n", "über"),
        *("CON", "con", "nul.txt", "Com1", "lpt9", "aux", "a:b", "a*b", "a?b", "a|b", "a<b", 'a"b', "\u202ea"),
        "e\u0301",
    ],
)
def test_file_names_that_are_refused(stem: str) -> None:
    with pytest.raises(PlanRefused, match="cannot be a file name"):
        plans.checked_stem(stem)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Code Reviewer", "code-reviewer"),
        ("../../etc/passwd", "etc-passwd"),
        ("ÜBER", "ber"),
        ("...", "agent"),
        ("a.b", "a.b"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert plans.slug(name) == slug


@given(
    st.one_of(
        st.text(),
        st.sampled_from(["_x", "con", "CON", "nul.md", "aux", "x" * 63 + ".y", "x" * 63 + "-y", "__", "com1"]),
    )
)
def test_a_slug_is_always_a_file_name(name: str) -> None:
    assert plans.checked_stem(plans.slug(name))


@pytest.mark.parametrize("stood", ["x:\n", "x: [1, 2]\n", "x: .inf\n", "x: [a b, c]\n", "x: {a: [b]}\n", "x:\n  - a\n"])
def test_a_field_is_restored_as_it_was_written(stood: str) -> None:
    base, held = headed(f"name: a\n{stood}"), headed("name: a\nx: other\n")
    assert fieldedit.restored(held, base, "x").data == base.data


def test_parking_gives_files_names_that_the_host_does_not_read() -> None:
    one, two, parked = named("a"), named("b", "sub/b.md"), named("c", "c.md.parked")
    plan = plans.park(library(one, two, parked), [one, two, parked])
    assert [(edit.ref.path, edit.after is None) for edit in plan.change.edits] == [
        ("a.md", True),
        ("a.md.parked", False),
        ("sub/b.md", True),
        ("sub/b.md.parked", False),
    ]
    assert {edit.before or edit.after for edit in plan.change.edits} == {one.document.data, two.document.data}
    assert (plan.change.title, plan.skipped) == ("park 2 agents", ())


@pytest.mark.parametrize("path", ["a.md.parked", "a.md.disabled"])
def test_unparking_brings_them_back(path: str) -> None:
    one = named("a", path)
    plan = plans.unpark(library(one), [one, named("b")])
    assert [(edit.ref.path, edit.after is None) for edit in plan.change.edits] == [(path, True), ("a.md", False)]
    assert plan.change.title == "unpark a"


def test_a_name_that_is_taken_or_a_file_that_cannot_be_written_is_not_parked() -> None:
    one, other, locked = named("a"), named("x", "a.md.parked"), replace(named("b"), read_only=True)
    plan = plans.park(library(one, other, locked), [one, locked])
    assert not plan.change
    assert [skip.reason for skip in plan.skipped] == ["project:a.md.parked is in the way", "read-only"]


def test_what_the_host_overlooks_anyway_is_not_parked() -> None:
    one = named("a", "a.MD")
    plan = plans.park(library(one), [one])
    assert not plan.change
    assert "anyway" in plan.skipped[0].reason


USER = Root("user", "user", "/home/.claude/agents")


def test_copy_to_another_root() -> None:
    one = named("a", "deep/file.md")
    edit = only(plans.copy(library(one), one, USER))
    assert (edit.ref, edit.before, edit.after) == (Ref("user", "file.md"), None, one.document.data)


@pytest.mark.parametrize(
    ("data", "name", "description"),
    [
        ("---\nname: a\ndescription: d\n---\nBody\n", "a", "d"),
        ("---\ndescription: d\ncolor: red\n---\n", "file", "d"),
        ("---\nname: 18\n---\n", "18", "Agent from seo plugin"),
    ],
)
def test_the_copy_of_a_plugin_s_agent_loads_as_it_did(data: str, name: str, description: str) -> None:
    one = replace(agent(data, "sub/file.md"), plugin="seo", read_only=True)
    read = claude_code.read(after_of(only(plans.copy(library(one), one, USER))))
    assert (read.name, read.description, read.verdict.loads) == (name, description, True)


def test_copy_refuses() -> None:
    one, other = named("a", "x/f.md"), named("b", "f.md", "user")
    with pytest.raises(PlanRefused, match="exists already"):
        plans.copy(library(one, other), one, USER)
    with pytest.raises(PlanRefused, match="read-only"):
        plans.copy(library(one), one, replace(USER, read_only=True))
    with pytest.raises(PlanRefused, match="gone"):
        plans.copy(library(one), replace(one, trouble="gone"), USER)
