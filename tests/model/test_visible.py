"""Characters that a terminal obeys or hides, made visible."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.visible import is_hidden, one_line, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        *(("plain naïve 仕様 😀 \u00a0", "plain naïve 仕様 😀 \u00a0"), ("a\nb\tc", "a\nb\tc"), ("", "")),
        *(("\x1b[31m", "␛[31m"), ("\x00\x07\x08\r\x7f", "␀␇␈␍␡"), ("\x9b31m", "⟦U+009B⟧31m"), ("\x85", "⟦U+0085⟧")),
        *(("\u202e\u2066\u200b\u200d\ufeff\u00ad", "⟦RLO⟧⟦LRI⟧⟦ZWSP⟧⟦ZWJ⟧⟦BOM⟧⟦SHY⟧"), ("\u2028\u2029", "⟦LS⟧⟦PS⟧")),
        *(("\U000e0068\U000e0069", "⟦tag:h⟧⟦tag:i⟧"), ("\U000e0001", "⟦U+E0001⟧"), ("\uf8ff", "⟦U+F8FF⟧")),
        *(("\ufffd", "\ufffd"), ("❤\ufe0f", "❤\ufe0f"), ("a\ufe0e\ufe0f", "a\ufe0e⟦U+FE0F⟧"), ("\ufe0f", "\ufe0f")),
        *(("\ufe00\ufff9", "⟦U+FE00⟧⟦U+FFF9⟧"), ("\U000e0180", "⟦U+E0180⟧"), ("\u2065", "⟦U+2065⟧")),
        *(("\ud800", "⟦U+D800⟧"), ("\U0010fffd", "⟦U+10FFFD⟧"), ("e\u0301", "e\u0301")),
    ],
)
def test_visible(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_what_is_kept_can_be_chosen() -> None:
    assert visible("a\nb\tc\x1b", keep="") == "a␊b␉c␛"
    assert visible("a\r\n", keep="\r") == "a\r␊"


def test_no_character_that_a_terminal_obeys_or_hides_is_left() -> None:
    categories = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    hidden = [char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) in categories]
    left = visible("".join(hidden), keep="")
    assert [f"U+{ord(char):04X}" for char in hidden if char in left] == []
    assert all(map(is_hidden, hidden))


def test_characters_that_hide_text_without_being_formats_are_seen() -> None:
    """Variation selectors can carry any bytes behind one letter, and fillers are letters without ink."""
    smuggled = "a\U000e0101\U000e0102"
    assert visible(smuggled) != smuggled
    assert visible("\u3164\u115f\uffa0\u034f") != "\u3164\u115f\uffa0\u034f"


@given(st.text())
def test_made_visible_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not any(is_hidden(char) for char in visible(text, keep=""))


@given(st.text(alphabet="ab é\n\t\r\x1b\u2028\u202e\u00a0 "))
def test_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    assert "  " not in line


def test_line_breaks_and_tabs_become_blanks() -> None:
    assert one_line(" a\r\n b\tc\x1b\n") == "a b c␛"
