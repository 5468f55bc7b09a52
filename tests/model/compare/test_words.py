"""Words that differ between two lines."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given

from agent_studio.model.compare.words import Piece, differences, tokens
from tests.model.compare.texts import lines


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("left", "right", "left_marked", "right_marked"),
    [
        ("the same", "the same", "the same", "the same"),
        ("", "", "", ""),
        ("", "all new", "", "[all new]"),
        ("Use the old one.", "Use the new one.", "Use the [old] one.", "Use the [new] one."),
        ("implement it", "implemented it", "[implement] it", "[implemented] it"),
        ("don't stop", "don’t stop", "[don't] stop", "[don’t] stop"),
        ("one two three", "four five three", "[one two] three", "[four five] three"),
        ("src/app is c", "lib/api is c", "[src/app] is c", "[lib/api] is c"),
        ("a, b is c", "x, y is c", "[a], [b] is c", "[x], [y] is c"),
        ("a or b is c", "x or y is c", "[a] or [b] is c", "[x] or [y] is c"),
        ("## Role", "### Role", "[##] Role", "[###] Role"),
        ("a (b), c (c-b), or", "a (b), or", "a (b),[ c (c-b),] or", "a (b), or"),
        ("db-one-db-two", "db-two", "[db-one-]db-two", "db-two"),
        ("Make audit", "Make: new audit", "Make audit", "Make[: new] audit"),
        ("cafe\u0301 au lait", "cafe au lait", "[cafe\u0301] au lait", "[cafe] au lait"),
        ("हिन्दी में", "हिन्दु में", "[हिन्दी] में", "[हिन्दु] में"),
        ("仕様を読む", "設計を読む", "[仕様]を読む", "[設計]を読む"),
        ("👩\u200d💻 yes", "👩\u200d🔬 yes", "[👩\u200d💻] yes", "[👩\u200d🔬] yes"),
    ],
)
def test_changes_are_whole_words_in_few_pieces(left: str, right: str, left_marked: str, right_marked: str) -> None:
    wording = differences(left, right)
    assert (marked(wording.left), marked(wording.right)) == (left_marked, right_marked)


@given(lines, lines)
def test_pieces_concatenate_to_the_lines(left: str, right: str) -> None:
    wording = differences(left, right)
    assert "".join(piece.text for piece in wording.left) == left
    assert "".join(piece.text for piece in wording.right) == right
    assert all(piece.text for piece in wording.left + wording.right)


@given(lines, lines)
def test_what_is_not_marked_is_the_same_on_both_sides(left: str, right: str) -> None:
    wording = differences(left, right)
    same = ["".join(piece.text for piece in side if not piece.changed) for side in (wording.left, wording.right)]
    assert same[0] == same[1]


@given(lines, lines)
def test_a_piece_never_ends_inside_a_word(left: str, right: str) -> None:
    ends = set(accumulate(map(len, tokens(left))))
    assert set(accumulate(len(piece.text) for piece in differences(left, right).left)) <= ends


@given(lines, lines)
def test_swapped_lines_give_swapped_pieces(left: str, right: str) -> None:
    wording, other = differences(left, right), differences(right, left)
    assert (wording.left, wording.right) == (other.right, other.left)
