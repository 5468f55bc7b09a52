"""Regular expressions: what Python finds, and never more than a bounded time for each character."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.query.expression import LONGEST, BadExpression
from agent_studio.model.query.regex import Search

SPELLED = r"a b B 1 - . \w \W \d \D \s \S \. \b \B ^ $ [ab] [^a] [a-c1] []a] [^]] [\w-] [\]\d] [A-] é"
ONES = st.sampled_from(SPELLED.split())
REPEATS = st.sampled_from(["*", "+", "?", "*?", "{2}", "{1,3}", "{,2}", "{1,}"])
EXPRESSIONS = st.recursive(
    ONES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, REPEATS).map(lambda two: f"(?:{two[0]}){two[1]}"),
    ),
    max_leaves=6,
)
LINES = st.text("abBcé1 _-.]", min_size=1, max_size=12)


@given(EXPRESSIONS, st.lists(LINES, min_size=1, max_size=3))
def test_it_finds_what_python_finds(expression: str, lines: list[str]) -> None:
    assert Search(expression)("\n".join(lines)) == any(re.search(expression, line, re.IGNORECASE) for line in lines)


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        *(("foo.*bar", "a foo and a bar", True), ("foo.*bar", "foo\nbar", False), ("FOO", "a foo", True)),
        *(
            (r"\bapi\b", "rest-api.", True),
            (r"\bapi\b", "apis", False),
            ("^b$", "a\nb\nc", True),
            ("a{2}", "aba", False),
        ),
        *(("a{", "a{", True), ("a{x}", "a{x}", True), ("[a{]", "{", True), (r"\/x", "/x", True), ("", "x", True)),
        *((r"\t-", "\t-", True), ("(?P<n>ab)+c", "ababc", True), ("x|", "q", True), ("[é]", "É", True)),
        ("^b$", "a\nb\nc", True),
    ],
)
def test_single_cases(expression: str, text: str, found: bool) -> None:
    assert Search(expression)(text) == found


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        *((r"(a)\1", "remembered"), ("(?=a)", "looking ahead"), ("(?<!a)", "looking ahead"), ("(?i)a", "flags")),
        *(("(a", "not closed"), ("a)", "not opened"), ("[a", "not closed"), ("*a", "nothing to repeat")),
        *(("a**", "behind another"), ("a{3,2}", "backwards"), ("a{101}", "100 at most")),
        *(
            ("(a{50}){50}", "multiply"),
            ("x" * (LONGEST + 1), "200 characters"),
            ("[b-a]", "a range"),
            ("a\\", "backslash"),
        ),
        *(("a\\", "backslash"), (r"\q", "means nothing"), (r"[\d-a]", "a range")),
    ],
)
def test_what_is_refused_says_why(expression: str, words: str) -> None:
    with pytest.raises(BadExpression, match=words):
        Search(expression)


@pytest.mark.parametrize("expression", ["(a+)+$", "(a|a)*b", "(.*a){12}b", ".*a.*a.*a.*b", "(a|b)*a(a|b){15}x"])
def test_what_makes_a_backtracking_search_run_for_ever_ends(expression: str) -> None:
    assert not Search(expression)("a" * 20_000 + "c")
