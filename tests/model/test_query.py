"""The filter language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import query
from agent_studio.model.query import QUALIFIERS, BadQuery
from tests.model.documents import agent, named

AGENTS = (
    named("code-reviewer", extra="model: sonnet\ncolor: red\n"),
    named("api-designer", extra="model: Opus\ncolor: Blue\n"),
    named("tester", "x/test.md", "user", extra="color:\n"),
    agent("# Readme\n", "README.md"),
)


def found(text: str) -> list[str]:
    parsed = query.parse(text)
    return [held.name for held in AGENTS if parsed.matches(held)]


ALL = ["code-reviewer", "api-designer", "tester", "README"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        *(("", ALL), ("  ", ALL), ("review", ["code-reviewer"]), ("REVIEW", ["code-reviewer"]), ("nothing at all", [])),
        *(("what", ALL[:3]), ("api does", ["api-designer"]), ("cdrv", ["code-reviewer"]), ("rdoc", []), ("z", [])),
        *(('"what api"', ["api-designer"]), ('"api what"', []), ('"what api', ["api-designer"])),
        *(("-review", ["api-designer", "tester", "README"]), ("what -api", ["code-reviewer", "tester"])),
        *(("-what -readme", []), ('-"what api"', ["code-reviewer", "tester", "README"]), ("-", ALL[:2])),
        ("code-rev", ALL[:1]),
        *(("model:sonnet", ALL[:1]), ("model:SONNET,opus", ALL[:2]), ("MODEL:opus", ALL[1:2])),
        ("model:unset", ALL[2:]),
        *(("model:sonnet,unset", ["code-reviewer", "tester", "README"]), ("-model:unset", ALL[:2]), ("model:son", [])),
        *(("color:red", ALL[:1]), ("color:blue", ALL[1:2]), ("color:unset", ALL[2:]), ("-color:red", ALL[1:])),
        *(("scope:user", ["tester"]), ("scope:project", ["code-reviewer", "api-designer", "README"])),
        ("scope:unset", []),
        *(("name:rev", ALL[:1]), ("desc:api", ALL[1:2]), ("desc:unset-not", []), ("name:readme", ["README"])),
        *(('desc:"what api"', ALL[1:2]), ("model:sonnet color:red what", ALL[:1]), ("model:sonnet color:blue", [])),
        *(("model:sonnet,", ALL[:1]), ("e\u0301", []), ("(", []), (".*", []), ("\\", [])),
    ],
)
def test_what_matches(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("text", ["colour:red", "http://x", "nope:", "x -y:z"])
def test_an_unknown_qualifier_is_refused_with_the_known_ones(text: str) -> None:
    with pytest.raises(BadQuery) as caught:
        query.parse(text)
    assert all(f"{name}:" in str(caught.value) for name in QUALIFIERS)


@pytest.mark.parametrize("name", sorted(QUALIFIERS))
def test_a_qualifier_wants_a_value(name: str) -> None:
    for text in (f"{name}:", f"{name}: x", f'{name}:""'):
        with pytest.raises(BadQuery, match=f"{name}: wants a value"):
            query.parse(text)


@given(st.text(alphabet='ab-:," \tmodeluns\\(.*\u00df\u0130'))
def test_any_text_is_a_query_or_refused(text: str) -> None:
    try:
        parsed = query.parse(text)
    except BadQuery:
        return
    assert parsed.text == text
    assert all(isinstance(parsed.matches(held), bool) for held in AGENTS)


@given(st.sampled_from(["review", "model:sonnet", "color:unset", "name:a", "desc:what", '"what api"']))
def test_a_minus_turns_a_test_round(text: str) -> None:
    assert sorted([*found(text), *found(f"-{text}")]) == sorted(ALL)


def test_letters_in_order_are_found_where_they_stand_more_than_once() -> None:
    held = named("a" * 30)
    assert query.parse("a" * 8).matches(held)
    assert not query.parse("a" * 8 + "b").matches(held)
    assert query.parse("bab").matches(named("abba-bb"))
    assert not query.parse("babab").matches(named("abba-bb"))
