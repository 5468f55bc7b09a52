"""The library: order, names, and what a reload makes of it."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root, Scope
from tests.model.documents import agent, named


def root(name: str, scope: Scope) -> Root:
    return Root(name, scope, f"/{name}")


ROOTS = (root("user", "user"), root("project/far", "project"), root("project", "project"), root("managed", "managed"))


def library(*agents: Agent, roots: tuple[Root, ...] = ROOTS) -> Library:
    return Library(roots, MappingProxyType({held.ref: held for held in agents}))


def test_order_is_by_scope_then_root_then_path() -> None:
    held = library(
        named("e", "b.md", "user"),
        named("d", "a.md", "user"),
        named("c", "z.md", "project"),
        named("b", "z.md", "project/far"),
        named("a", "z.md", "managed"),
        named("f", "x.md", "unknown"),
    )
    assert [one.name for one in held] == ["a", "b", "c", "d", "e", "f"]
    assert len(held) == 6


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("project:x/one.md", ["project:x/one.md"]),
        ("alpha", ["project:x/one.md", "project:two.md"]),
        ("one", ["project:x/one.md"]),
        ("readme", ["project:readme.md"]),
        ("Alpha", []),
        ("nothing", []),
        ("project:nothing.md", []),
        ("a:b", ["project:three.md"]),
        ("", []),
    ],
)
def test_what_a_name_can_mean(text: str, found: list[str]) -> None:
    held = library(
        named("alpha", "x/one.md"),
        named("alpha", "two.md"),
        agent("# Readme\n", "readme.md"),
        named('"a:b"', "three.md"),
    )
    assert sorted(str(one.ref) for one in held.named(text)) == sorted(found)


def test_names_are_told_apart_exactly() -> None:
    one, two = named("dup", "one.md"), named("dup", "two.md")
    others = [
        named("Dup", "three.md"),
        named("'dup '", "four.md"),
        agent("no name", "dup.md"),
        agent("no name", "y.md"),
    ]
    held = library(one, two, *others)
    assert held.same_name(one) == (two,)
    assert held.same_name(two) == (one,)
    assert all(held.same_name(other) == () for other in others)


def test_an_agent_without_a_name_has_no_namesakes() -> None:
    one, two = agent("x", "one.md"), agent("y", "two.md")
    assert library(one, two).same_name(one) == ()


def test_roots_of_refs() -> None:
    held = library()
    assert held.root_of(Ref("user", "x.md")) == ROOTS[0]
    assert held.root_of(Ref("elsewhere", "x.md")) is None


def test_a_reload_that_brings_nothing_new_is_the_same_library() -> None:
    one, two = named("a"), named("b")
    held = library(one, two)
    assert held.replaced() is held
    assert held.replaced([one, two]) is held
    assert held.replaced(gone=[Ref("project", "other.md")]) is held


def test_a_reload() -> None:
    one, two, new = named("a"), named("b"), named("c", "a.md")
    held = library(one, two)
    after = held.replaced([new], gone=[two.ref])
    assert list(after) == [new]
    assert list(held) == [one, two]
    assert after.roots == held.roots
    assert after.get(two.ref) is None
    assert after.get(new.ref) is new


def test_what_is_gone_and_new_at_once_is_new() -> None:
    one, again = named("a"), named("b", "a.md")
    assert list(library(one).replaced([again], gone=[one.ref])) == [again]


_names = st.sampled_from("aaabc")
_descriptions = st.sampled_from(("", "short", "one that is longer and costs more"))


def described(name: str, description: str, ref: Ref) -> Agent:
    return agent(f"---\nname: {name}\ndescription: {description}\n---\nBody.\n", ref.path, ref.root)


@given(
    st.lists(st.tuples(_names, st.sampled_from("xyz"), st.sampled_from(ROOTS)), min_size=1, max_size=8),
    st.data(),
)
def test_a_library_after_a_change_is_as_if_it_were_made_anew(
    files: list[tuple[str, str, Root]], data: st.DataObject
) -> None:
    held = library(*(named(name, f"{file}.md", below.name) for name, file, below in files))
    for one in held:
        assert one not in held.same_name(one)
        assert held.standing(one) == held.standing(one)
    assert held.budget.total
    chosen = data.draw(st.lists(st.sampled_from(list(held)), min_size=1, unique_by=lambda one: one.ref))
    changed = [described(data.draw(_names), data.draw(_descriptions), one.ref) for one in chosen]
    after = held.replaced(changed)
    anew = Library(after.roots, after.agents)
    assert list(after) == list(anew)
    assert after.budget == anew.budget
    for one in anew:
        assert after.get(one.ref) is one
        assert (after.standing(one), after.same_name(one)) == (anew.standing(one), anew.same_name(one))
        assert after.named(one.name) == anew.named(one.name)


def test_rivals_are_the_others_of_a_name_that_are_not_parked() -> None:
    one, two = named("a", "one.md"), named("a", "two.md")
    parked, other = named("a", "three.md.parked"), named("b", "other.md")
    library = Library((), {held.ref: held for held in (one, two, parked, other)})
    assert [library.rivals(held) for held in (one, two, parked, other)] == [1, 1, 2, 0]
