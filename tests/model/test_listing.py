"""What the list shows: sorted, filtered, in sections."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.duplicates.group import Duplicates, Group
from agent_studio.model.facts import Facts, Found
from agent_studio.model.grouping import GROUPINGS, Grouping, sections
from agent_studio.model.library import Library
from agent_studio.model.listing import Listing
from agent_studio.model.ref import Root
from agent_studio.model.session import Session
from agent_studio.model.sort import Order, Sort
from tests.model.documents import agent as made
from tests.model.documents import headed, named

ROOTS = (Root("project", "project", "/project"), Root("user", "user", "/user"))
AGENTS = (
    named("b-api", extra="model: opus\ncolor: green\ntools: Read\n"),
    named("a-web", "x/a.md", extra="model: sonnet\ncolor: blue\n"),
    named("c-api", root="user", extra="color: mauve\ntools: Read, Bash\n"),
    made(headed("name: d-long\ndescription: " + "api " * 50 + "\n", "Line.\n" * 30), "d.md", "user"),
)
LIBRARY = Library(ROOTS, {one.ref: one for one in AGENTS})
FACTS = Facts(
    LIBRARY,
    problems={AGENTS[2].ref: [Found("L001", "x", "error")], AGENTS[0].ref: [Found("T001", "y", "info")] * 3},
    duplicates=Duplicates((Group("near", (AGENTS[1].ref, AGENTS[3].ref), 0.9, None, ""),)),
)


def titles(by: Grouping) -> dict[str, list[str]]:
    return {section.title: [one.name for one in section.agents] for section in sections(LIBRARY, by, FACTS)}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("scope", {"project": ["b-api", "a-web"], "user": ["c-api", "d-long"]}),
        ("folder", {"project": ["b-api"], "project:x": ["a-web"], "user": ["c-api", "d-long"]}),
        ("model", {"opus": ["b-api"], "sonnet": ["a-web"], "no model": ["c-api", "d-long"]}),
        ("color", {"blue": ["a-web"], "green": ["b-api"], "mauve": ["c-api"], "no color": ["d-long"]}),
        ("status", {"degraded": ["c-api"], "loads": ["b-api", "a-web", "d-long"]}),
        ("duplicates", {"nearly the same prompt: a-web": ["a-web", "d-long"], "no duplicate": ["b-api", "c-api"]}),
    ],
)
def test_sections(by: Grouping, expected: dict[str, list[str]]) -> None:
    assert titles(by) == expected
    assert list(titles(by)) == list(expected)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("tools", ["a-web", "d-long", "c-api", "b-api"]),
        ("tokens", ["d-long", "b-api", "a-web", "c-api"]),
        ("lines", ["d-long", "b-api", "a-web", "c-api"]),
        ("body-tokens", ["d-long", "b-api", "a-web", "c-api"]),
        ("problems", ["c-api", "b-api", "a-web", "d-long"]),
    ],
)
def test_orders(by: Order, names: list[str]) -> None:
    assert [one.name for one in Sort(by).of(LIBRARY, LIBRARY, FACTS)] == names


def test_bytes_are_sorted_by_size() -> None:
    large, small = replace(AGENTS[0], size=10), replace(AGENTS[1], size=5)
    assert Sort("bytes").of(LIBRARY, [small, large]) == (large, small)
    assert Sort("bytes", reverse=True).of(LIBRARY, [large, small]) == (small, large)


def test_a_filter_says_order_and_sections() -> None:
    listing = Listing.of(LIBRARY, "api sort:-name group:scope", Sort(), None, FACTS)
    assert [one.name for one in listing.shown] == ["b-api", "d-long", "c-api"]
    assert [section.title for section in listing.sections] == ["project", "user"]
    assert (listing.sort, listing.group) == (Sort(), None)


def test_names_come_before_descriptions_unless_an_order_was_chosen() -> None:
    assert [one.name for one in Listing.of(LIBRARY, "api", Sort(), None, FACTS).shown] == ["b-api", "c-api", "d-long"]
    chosen = Listing.of(LIBRARY, "api", Sort("name", reverse=True), None, FACTS)
    assert [one.name for one in chosen.shown] == ["d-long", "c-api", "b-api"]


@given(
    st.lists(st.sampled_from(["a", "ap", "api", "apix", "a b", "model:opus", "-api", "a | d", "is:dup"]), max_size=6)
)
def test_narrowing_shows_what_starting_anew_shows(texts: list[str]) -> None:
    listing = Listing.of(LIBRARY, "", Sort(), None, FACTS)
    for text in texts:
        listing = listing.through(text, FACTS)
        assert listing.shown == Listing.of(LIBRARY, text, Sort(), None, FACTS).shown


def test_the_session_lists_anew_when_what_the_filter_asks_for_is_known() -> None:
    session = Session().loaded(LIBRARY).filtered("is:dup")
    assert session.shown == ()
    session = session.knowing(FACTS)
    assert [one.name for one in session.shown] == ["a-web", "d-long"]
    assert session.filtered("severity:error").cursor == AGENTS[2].ref
    assert session.filtered("age:<1d").knowing(replace(FACTS, now=10.0)).shown == ()
    same = session.filtered("api")
    assert same.knowing(replace(FACTS, now=5.0)).listing is same.listing


def test_marks_and_drafts_that_a_filter_asks_for() -> None:
    session = Session().loaded(LIBRARY).filtered("is:marked").marked([AGENTS[0].ref])
    assert [one.name for one in session.shown] == ["b-api"]
    assert session.toggled(AGENTS[0].ref).shown == ()
    edited = session.filtered("is:dirty").edited(AGENTS[1].ref, AGENTS[2].document)
    assert [one.name for one in edited.shown] == ["a-web"]
    assert edited.reverted(AGENTS[1].ref).shown == ()


def test_the_session_in_sections() -> None:
    session = Session().loaded(LIBRARY).picked(AGENTS[2].ref).grouped("color")
    assert [one.name for one in session.shown] == ["a-web", "b-api", "c-api", "d-long"]
    assert [section.title for section in session.listing.sections] == ["blue", "green", "mauve", "no color"]
    assert session.cursor == AGENTS[2].ref
    assert session.sorted("name").filtered("api").listing.sections
    assert session.grouped(None).listing.sections == ()
    assert len(GROUPINGS) == 6
