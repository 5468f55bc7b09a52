"""What may be typed next in a query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.facts import Facts, Found
from agent_studio.model.library import Library
from agent_studio.model.query.completion import Occurring, completions
from agent_studio.model.query.query import parse
from agent_studio.model.ref import Root
from tests.model.documents import named

AGENTS = (
    named("one", extra="model: opus\ntools: Read, Bash\n"),
    named("two", extra="model: sonnet\ntools: Read\n"),
    named("three", extra="model: sonnet\ntools: Bash(git *)\n"),
    named("four", extra="model: my own\n"),
)
FACTS = Facts(
    Library((Root("project", "project", "/project"),), {held.ref: held for held in AGENTS}),
    problems={AGENTS[0].ref: [Found("L002", "loads-by-fallback", "warning")]},
)


def offered(text: str) -> list[str]:
    """The queries that the text in front of `¦`, or at its end, may become."""
    before, _, behind = text.partition("¦")
    found = completions(before + behind, len(before), FACTS)
    return [(before + behind)[: one.start] + one.text + (before + behind)[one.end :] for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        *(("mod", "model:"), ("-mod", "-model:"), ("a mod", "a model:"), ("a | mod", "a | model:")),
        *(("mod¦ a", "model: a"), ("model:", "model:sonnet"), ("model:o", "model:opus"), ("model:OP", "model:opus")),
        *(("model:un", "model:unset"), ("model:opus,", "model:opus,sonnet"), ("model:opus,s", "model:opus,sonnet")),
        *(("model:my", 'model:"my own"'), ("tools:", "tools:Bash"), ("tools:git", 'tools:"Bash(git *)"')),
        *(("is:sh", "is:shadowed"), ("is:dup,ma", "is:dup,marked"), ("rule:", "rule:L002")),
        *(("severity:w", "severity:warning"), ("sort:tok", "sort:tokens"), ("group:", "group:scope")),
        *(("scope:", "scope:project"), ("dup:n", "dup:near"), ("permissionmode:pl", "permissionmode:plan")),
    ],
)
def test_the_first(text: str, first: str) -> None:
    assert offered(text)[0] == first


def test_the_rest() -> None:
    assert offered("model:")[:2] == ["model:sonnet", 'model:"my own"']
    assert {one.note for one in completions("model:s", 7, FACTS)} == {"2 agents", "1 agent", ""}


@pytest.mark.parametrize("text", ["nope:", "regex:/a", "body:regex:/x", "xyz", "name:", '"mod', "lines:"])
def test_nothing_to_offer(text: str) -> None:
    assert offered(text) == []


def test_an_empty_word_is_offered_the_qualifiers() -> None:
    assert offered("")[:3] == ["model:", "color:", "tools:"]
    assert offered("a |")[0] == "a |model:"


@given(st.text(alphabet="modeltsi:,\"| -!'a", max_size=12), st.integers(0, 12))
def test_a_completion_stands_in_the_text_and_is_understood(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    for one in completions(text, cursor, FACTS):
        assert 0 <= one.start <= one.end == cursor
        term = parse(one.text if ":" in one.text else f"model:{one.text}")
        assert one.text
        assert not any("no filter is called" in mistake.message for mistake in term.mistakes)


def test_values_are_counted_once_until_files_or_problems_change() -> None:
    occurring = Occurring()
    found = occurring.counts("model", FACTS)
    assert occurring.counts("model", replace(FACTS, now=1.0)) is found
    assert occurring.counts("rule", FACTS)["L002"] == 1
    assert occurring.counts("rule", replace(FACTS, problems={}))["L002"] == 0
    changed = replace(FACTS, library=FACTS.library.replaced(gone=[AGENTS[0].ref]))
    assert occurring.counts("model", changed)["opus"] == 0
