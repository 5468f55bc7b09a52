"""Where header and body lie: the host's expression, and that it is found without it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import fences
from agent_studio.model.fences import JS_SPACE, Fences

SPACE = f"[{JS_SPACE}]"
HOST = re.compile(rf"---{SPACE}*\n(?P<header>[\s\S]*?)---{SPACE}*\n?")
"""The host's expression, with JavaScript's white space."""


@pytest.mark.parametrize(
    ("text", "header", "body"),
    [
        ("---\nname: a\n---\nBody", "name: a\n", "Body"),
        ("---\n---\n", "", ""),
        ("---\n---", "", ""),
        ("--- \t\nname: a\n---\n", "name: a\n", ""),
        ("---\u00a0\ufeff\nname: a\n---\n", "name: a\n", ""),
        ("---\n\n  \nname: a\n---\n", "name: a\n", ""),
        ("---\r\nname: a\r\n---\r\nBody", "name: a\r\n", "Body"),
        ("---\nname: a\n  ---\nBody", "name: a\n  ", "Body"),
        ("---\nname: a\n----\nBody", "name: a\n", "-\nBody"),
        ("---\nname: a\n--- text\nBody", "name: a\n", " text\nBody"),
        ("---\nname: a --- b\nmodel: x\n---\n", "name: a ", " b\nmodel: x\n---\n"),
        ('---\nname: "a---b"\n---\n', 'name: "a', 'b"\n---\n'),
        ("---\n# c --- d\nname: a\n---\n", "# c ", " d\nname: a\n---\n"),
        ("---\nname: a---", "name: a", ""),
        ("---\nname: a\n---   \n\nBody", "name: a\n", "\nBody"),
        ("---\nname: a\n---\u2028Body", "name: a\n", "\u2028Body"),
    ],
)
def test_frontmatter(text: str, header: str, body: str) -> None:
    found = fences.find(text)
    assert found is not None
    assert text[found.header : found.close] == header
    assert text[found.body :] == body


@pytest.mark.parametrize(
    "text",
    [
        *("", "name: a", "--", "---", "---\n", "---\nname: a", "---\nname: a\n--", "---\nname: a\n...\n"),
        "----\na\n---\n",
        *("\n---\na: b\n---\n", " ---\na: b\n---\n", "\ufeff---\na: b\n---\n", "--- a\nb: c\n---\n", "+++\na\n+++\n"),
        *("---\rname: a\r---\r", "---\x85\nname: a\n---\n", "---\x1c\nname: a\n---\n", "—\nname: a\n—\n"),
        "```\n---\n---\n",
    ],
)
def test_no_frontmatter(text: str) -> None:
    assert fences.find(text) is None


def test_opening_alone() -> None:
    assert fences.opening("---\nname: a") == 4
    assert fences.opening("--- \n\n x") == 6
    assert fences.opening("---x") is None


@given(
    st.lists(st.sampled_from(["---", "-", "\n", "\r\n", " ", "\t", "\ufeff", "\x85", "\u2028", "a", "é"])).map("".join)
)
def test_as_the_host_finds_it(text: str) -> None:
    match = HOST.match(text)
    found = fences.find(text)
    assert (match is None) == (found is None)
    if match is not None and found is not None:
        assert text[found.header : found.close] == match["header"]
        assert text[found.body :].strip(JS_SPACE) == text[match.end() :].strip(JS_SPACE)


@given(st.text(alphabet="-\n \ta"))
def test_parts_lie_in_order(text: str) -> None:
    found = fences.find("---\n" + text)
    if found is not None:
        assert isinstance(found, Fences)
        assert 4 <= found.header <= found.close < found.body <= len(text) + 4
