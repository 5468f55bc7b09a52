"""What a save will write: every line that changes, and nothing that does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.written import WrittenLine, written

lines = st.lists(st.sampled_from(["a", "b", "", "c\r", "d"]), max_size=12)
Short = list[tuple[str, int, str]]


def short(found: tuple[WrittenLine, ...]) -> Short:
    return [(line.sign, line.number, line.text) for line in found]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", [(" ", 1, "a"), ("-", 2, "b"), ("+", 2, "B"), (" ", 3, "c")]),
        ("a\nc\n", "a\nb\nc\n", [(" ", 1, "a"), ("+", 2, "b"), (" ", 3, "c")]),
        ("a\nb\nc\n", "a\nc\n", [(" ", 1, "a"), ("-", 2, "b"), (" ", 2, "c")]),
        ("", "a\n", [("+", 1, "a"), (" ", 2, "")]),
        ("a", "b", [("-", 1, "a"), ("+", 1, "b")]),
        ("a\n", "a", [(" ", 1, "a"), ("-", 2, "")]),
        ("a\r\n", "a\n", [("-", 1, "a\r"), ("+", 1, "a"), (" ", 2, "")]),
        ("same", "same", []),
    ],
)
def test_groups(before: str, after: str, found: Short) -> None:
    assert short(written(before, after)) == found


def test_groups_that_lie_apart_are_marked() -> None:
    before = "".join(f"{number}\n" for number in range(1, 10))
    found = short(written(before, before.replace("2", "two").replace("8", "eight")))
    assert [sign for sign, _, _ in found] == [" ", "-", "+", " ", "⋯", " ", "-", "+", " "]
    assert ("-", 8, "8") in found
    assert ("+", 8, "eight") in found


def test_more_context() -> None:
    before = "1\n2\n3\n4\n5"
    assert [line.number for line in written(before, before.replace("3", "x"), context=2)] == [1, 2, 3, 3, 4, 5]
    assert [line.sign for line in written(before, before.replace("3", "x"), context=0)] == ["-", "+"]


@given(lines, lines, st.integers(0, 3))
def test_what_is_told_makes_one_text_of_the_other(old: list[str], new: list[str], context: int) -> None:
    found = written("\n".join(old), "\n".join(new), context)
    before, after = "\n".join(old).split("\n"), "\n".join(new).split("\n")
    gone = {line.number: line.text for line in found if line.sign == "-"}
    come = {line.number: line.text for line in found if line.sign == "+"}
    assert all(before[number - 1] == text for number, text in gone.items())
    assert all(after[number - 1] == text for number, text in come.items())
    kept = [text for number, text in enumerate(before, 1) if number not in gone]
    assert kept == [text for number, text in enumerate(after, 1) if number not in come]
    assert all(after[line.number - 1] == line.text for line in found if line.sign == " ")
    assert bool(found) == (before != after)
