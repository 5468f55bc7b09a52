"""The outline: ordinary text read line by line, and what the parser says of all other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.compare import outline as module
from agent_studio.model.compare.lines import Line, split
from agent_studio.model.compare.ordinary import Ordinary, Unusual
from agent_studio.model.compare.outline import Section, outline

PARTS = (
    *("# One", "## Two ##", "####### no", "#none", " # in", "#", "Title", "===", "---", "***", "- - -", "* * *"),
    *(
        "text",
        "more text here",
        "**bold**",
        "`code`",
        "[a]: b",
        "a | b",
        "--|--",
        "| a | b |",
        "|---|---|",
        "| a",
        "|:-|",
        "| c |  ",
        "|a\\||",
        "> q",
        ">",
    ),
    *(
        "- a",
        "* b",
        "+ c",
        "1. d",
        "2. e",
        "10) f",
        "-",
        "- ",
        "-   wide",
        "-     code",
        "- - nested",
        "- # h",
        "- ```",
    ),
    *(
        "```",
        "```sh",
        "````",
        "~~~",
        "``` a`b",
        "<div>",
        "</div>",
        "<!-- c",
        "-->",
        "<example>",
        "</example>",
        "\tx",
        "\xa0",
    ),
)
markdown = st.lists(
    st.one_of(
        st.just(""),
        st.builds(
            str.__add__, st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "      "]), st.sampled_from(PARTS)
        ),
    ),
    max_size=14,
).map("\n".join)


def parsed(lines: tuple[Line, ...], monkeypatch: pytest.MonkeyPatch) -> tuple[Section, ...]:
    """The outline as the parser alone gives it, which is asked once for the whole text."""

    class Nothing(Ordinary):
        def read(self) -> int:
            raise Unusual

    with monkeypatch.context() as patch:
        patch.setattr(module, "Ordinary", Nothing)
        patch.setattr(module, "HEADING", re.compile("(?!)"))
        return outline(lines)


@pytest.fixture(scope="module")
def patcher() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@given(text=markdown)
def test_text_is_read_as_the_parser_reads_it(patcher: pytest.MonkeyPatch, text: str) -> None:
    lines = split(text)
    assert outline(lines) == parsed(lines, patcher)


def test_ordinary_text_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_parsed", None)
    text = (
        "You are **it**.\nReally.\n\n---\n\n# A\n1. one\n2. two\n   more\n\n   - in\n\n"
        "```sh\n# B\n```\n## C #\n* x\n  * y\nlazy\n\nEnd: `it`.\n\n| d | e |\n|---|:-:|\n| 1 | 2 |\n"
    )
    sections = outline(split(text))
    assert [(s.heading, s.level, len(s.blocks)) for s in sections] == [("", 0, 2), ("A", 1, 5), ("C", 2, 7)]


def test_a_part_that_is_not_ordinary_does_not_make_all_of_the_text_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counting(lines: tuple[Line, ...]) -> object:
        asked.append(len(lines))
        return real(lines)

    real = module._parsed
    monkeypatch.setattr(module, "_parsed", counting)
    outline(split("# A\ntext\n# B\n> quoted\n# C\ntext\n# D\n<div>\n# still HTML\n\n# E\ntext\n"))
    assert asked == [3, 3, 6]
