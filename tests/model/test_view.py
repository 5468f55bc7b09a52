"""What an editor is given, and the way back: untouched lines keep every byte."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model import view
from agent_studio.model.view import view_of

lines = st.one_of(
    st.sampled_from(
        ["", "", "a", "b", "a b", "\x1b[31m", "a\u2028b", "tab\t", "x\x85", "é😀", "\x00", "\u200b", "▯", "\ufffd"]
    ),
    st.text(max_size=8).map(lambda text: re.sub(r"[\r\n]", "", text)),
)


def texts(*endings: str) -> st.SearchStrategy[str]:
    """Texts of a few lines with these endings."""
    rows = st.lists(st.tuples(lines, st.sampled_from(endings)).map("".join), max_size=8).map("".join)
    return st.tuples(rows, lines).map("".join)


any_text = texts("\n", "\n", "\r\n", "\r")


def edited(text: str, new: str) -> str:
    """`text` after its view was edited into `new`."""
    at = 0
    parts: list[str] = []
    for splice in view.splices(text, new):
        assert at <= splice.start <= splice.end <= len(text)
        parts += [text[at : splice.start], splice.new]
        at = splice.end
    return "".join([*parts, text[at:]])


def split(text: str) -> list[str]:
    """The lines with their endings."""
    return re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *(("a\nb\n", "a\nb\n"), ("a\r\nb\rc", "a\nb\nc"), ("", ""), ("\r\r\n\n", "\n\n\n"), ("a\tb", "a\tb")),
        *(("\x1b[0m", "␛[0m"), ("\x00\x7f", "␀␡"), ("a\x0bb\x0cc", "a␋b␌c"), ("a\u2028b\x85", "a▯b▯"), ("\u202e", "▯")),
        *(("\ufffd é 😀 仕", "\ufffd é 😀 仕"), ("\ufeff", "▯"), ("\U000e0041", "▯")),
    ],
)
def test_view(text: str, seen: str) -> None:
    assert view_of(text) == seen


@given(any_text)
def test_a_view_is_stable_and_holds_nothing_that_an_editor_would_change(text: str) -> None:
    seen = view_of(text)
    assert view_of(seen) == seen
    assert seen.count("\n") == len(re.findall(r"\r\n|\n|\r", text))
    assert seen.splitlines() == (seen.removesuffix("\n").split("\n") if seen else [])


@given(any_text)
def test_nothing_edited_changes_nothing(text: str) -> None:
    assert view.splices(text, view_of(text)) == []


@given(texts("\n", "\r\n"), any_text)
def test_an_edit_is_seen_as_it_was_made(text: str, other: str) -> None:
    new = view_of(other)
    assert view_of(edited(text, new)) == new


@given(any_text, st.data())
def test_untouched_lines_keep_their_bytes(text: str, draw: st.DataObject) -> None:
    rows = view_of(text).split("\n")
    # Where two lines look alike nobody can tell which one went.
    assume(len(set(rows)) == len(rows))
    first = draw.draw(st.integers(0, len(rows)))
    last = draw.draw(st.integers(first, len(rows)))
    new = draw.draw(st.lists(st.sampled_from(["new one", "new two"]), max_size=3))
    result = edited(text, "\n".join([*rows[:first], *new, *rows[last:]]))
    old = split(text)
    # The last line that stays may gain or lose its ending when what follows it comes or goes.
    before, after = "".join(old[:first]), "".join(old[last:])
    assert result.startswith(before.rstrip("\r\n"))
    assert result.endswith(after)


@pytest.mark.parametrize(
    ("text", "new", "result"),
    [
        ("a\r\nb\r\nc\r\n", "a\nx\nc\n", "a\r\nx\r\nc\r\n"),
        ("a\r\nb\r\n", "a\nnew\nb\n", "a\r\nnew\r\nb\r\n"),
        ("a\nb\r\nc\n", "a\nb\nnew\nc\n", "a\nb\r\nnew\nc\n"),
        ("a\r\nb", "a\nb\nc", "a\r\nb\r\nc"),
        ("a\r\nb", "a\nb\n", "a\r\nb\r\n"),
        ("a\r\nb\r\n", "a\nb", "a\r\nb"),
        ("a\r\nb\r\nc", "a\nc", "a\r\nc"),
        ("a\r\nb\r\nc", "a", "a"),
        ("", "a\nb", "a\nb"),
        ("a\r\n", "", ""),
        ("\x1bx\ny", "␛z\ny", "\x1bz\ny"),
        ("a\u2028b\nc", "a▯b!\nc", "a\u2028b!\nc"),
        ("\x1b\x1b", "␛", "\x1b"),
        ("one\n\x1btwo\n", "one\nthree\n␛two\n", "one\nthree\n\x1btwo\n"),
    ],
)
def test_edits(text: str, new: str, result: str) -> None:
    assert edited(text, new) == result


def test_lone_carriage_returns_do_not_run_into_line_feeds() -> None:
    assert view_of(edited("a\rb\nc", "a\n\nc")) == "a\n\nc"
    assert view_of(edited("a\rb\nc", "a\nc")) == "a\nc"
    assert view_of(edited("a\r\n\nb", "a\nb")) == "a\nb"


def test_thousands_of_changed_lines_are_taken_over() -> None:
    text = "".join(f"old {number}\r\n" for number in range(5000))
    new = "".join(f"new {number}\n" for number in range(5001))
    assert edited(text, new) == new.replace("\n", "\r\n")
