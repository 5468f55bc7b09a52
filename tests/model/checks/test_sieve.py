"""Phrases are found with whole words, in any case, wherever in a file they stand, and nowhere else."""

from __future__ import annotations

import re

import pytest

from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

WHOLE = Phrases("made up", "~/.made", "up")
OPEN = Phrases("mAdE", whole=False)


def document(text: str) -> Document:
    return Document(text.encode())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is Made UP.", {"made up", "up"}),
        ("cat ~/.MADE", {"~/.made"}),
        ("homemade up", {"up"}),
        ("made upon", set()),
        ("~/.mades", set()),
        ("1up_", {"up"}),
        ("éup", {"up"}),
        ("up", {"up"}),
        ("", set()),
    ],
)
def test_whole_words(text: str, found: set[str]) -> None:
    assert set(WHOLE.among(document(text))) == found
    assert WHOLE.stand_in(document(text)) is bool(found)


def test_letters_may_follow_an_open_phrase_and_none_may_stand_before() -> None:
    assert OPEN.stand_in(document("MADEup"))
    assert not OPEN.stand_in(document("homemade"))


def test_as_it_is_spelled() -> None:
    assert OPEN.stand_so_in(document("mAdE"))
    assert not OPEN.stand_so_in(document("made"))


def test_letters_that_are_small_ascii_ones() -> None:
    assert Phrases("kind").stand_in(document("\u212aind"))


def test_around() -> None:
    held = document("one MADE up, two made up")
    assert sorted(Phrases("made").around(held, 4, 7)) == ["one made up", "two made up"]
    assert Phrases("made").begin(held, re.compile("made up,"))
    assert not Phrases("made").begin(held, re.compile("one"))


def test_a_phrase_that_is_new_is_found_in_a_file_that_was_looked_at() -> None:
    held = document("wholly new")
    assert not WHOLE.stand_in(held)
    assert Phrases("wholly new").stand_in(held)
