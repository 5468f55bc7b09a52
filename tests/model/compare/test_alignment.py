"""Alignment by line: what is kept, what is paired, and that every line is there once."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given

from agent_studio.model.compare import blocks
from agent_studio.model.compare.alignment import Alignment
from agent_studio.model.compare.lines import Line, split
from agent_studio.model.compare.weave import align
from agent_studio.model.document import Document
from tests.model.compare.texts import text_pairs, texts

Shape = list[tuple[str, str | None, str | None]]


def shape(aligned: Alignment) -> Shape:
    return [(p.status, p.left.text if p.left else None, p.right.text if p.right else None) for p in aligned.pairs]


def left_first(rows: Shape) -> Shape:
    """The rows, in runs of one-sided lines the left ones first: side by side the two orders are the same."""
    found: Shape = []
    for row in rows:
        place = len(found)
        while row[2] is None and place and found[place - 1][1] is None:
            place -= 1
        found.insert(place, row)
    return found


def bodies(corpus: Path) -> tuple[str, str]:
    left, right = ((corpus / f"seeds/variant-{side}/backend-engineer.md").read_bytes() for side in "ab")
    return Document(left).body, Document(right).body


@given(texts())
def test_a_text_is_the_same_as_itself(text: str) -> None:
    aligned = align(text, text)
    assert aligned.same
    assert (aligned.added, aligned.removed, aligned.coarse) == (0, 0, False)
    assert not any(pair.respelled for pair in aligned.pairs)


@given(text_pairs())
def test_every_line_is_there_once_and_in_order(pair: tuple[str, str]) -> None:
    left, right = pair
    aligned = align(left, right)
    assert tuple(pair.left for pair in aligned.pairs if pair.left) == split(left)
    assert tuple(pair.right for pair in aligned.pairs if pair.right) == split(right)
    assert all(pair.left or pair.right for pair in aligned.pairs)


@given(text_pairs())
def test_status_and_pieces_say_what_the_lines_say(pair: tuple[str, str]) -> None:
    for row in align(*pair).pairs:
        if row.left:
            assert "".join(piece.text for piece in row.left_pieces) == row.left.text
        if row.right:
            assert "".join(piece.text for piece in row.right_pieces) == row.right.text
        if row.left and row.right:
            assert (row.status == "same") == (row.left.text == row.right.text)
        marked = any(piece.changed for piece in row.left_pieces + row.right_pieces)
        assert not marked or row.status == "changed" or row.moved


@given(text_pairs())
def test_swapped_sides_give_mirrored_rows(pair: tuple[str, str]) -> None:
    names = {"left": "right", "right": "left"}
    mirrored = [(names.get(status, status), left, right) for status, right, left in shape(align(*pair[::-1]))]
    assert left_first(mirrored) == left_first(shape(align(*pair)))


@given(text_pairs())
def test_added_and_removed_lines_make_up_the_difference_in_length(pair: tuple[str, str]) -> None:
    aligned = align(*pair)
    assert aligned.added - aligned.removed == len(split(pair[1])) - len(split(pair[0]))


@given(text_pairs())
def test_a_blank_line_is_kept_only_beside_another_kept_line_or_below_lines_compared(pair: tuple[str, str]) -> None:
    left, right = (split(side) for side in pair)
    pairs = align(*pair).pairs
    kept = {(p.left.place, p.right.place) for p in pairs if p.left and p.right}
    ends = {(-1, -1), (len(left), len(right))}
    regions = {p.left.place: p.region for p in pairs if p.left}, {p.right.place: p.region for p in pairs if p.right}
    for i, j in kept:
        if left[i].blank and not {(i - 1, j - 1), (i + 1, j + 1)} & (kept | ends):
            above = {(p, q) for p, q in kept if p in upwards(left, i) and q in upwards(right, j)}
            assert above or {regions[0][i - 1], regions[1][j - 1]} != {None}


def upwards(lines: tuple[Line, ...], place: int) -> set[int]:
    """The places of the lines above a place up to the next blank one."""
    return set(takewhile(lambda at: not lines[at].blank, range(place - 1, -1, -1)))


def test_an_added_line_leaves_the_blank_line_below_it_alone() -> None:
    left = "# A\n- one\n\n# B\nb\n\n# C\nc\n"
    right = "# A\n- one\n- two\n\n# B\nb\n\n# C\nc2\n"
    assert [row for row in shape(align(left, right)) if row[0] != "same"] == [
        ("right", None, "- two"),
        ("left", "c", None),
        ("right", None, "c2"),
    ]


def test_blank_lines_and_fences_do_not_hold_unrelated_blocks_together() -> None:
    left = "alpha beta\n\n```\ngamma\n```\n\ndelta\n"
    right = "one two\n\n```\nthree\n```\n\nfour\n"
    assert {status for status, _, _ in shape(align(left, right))} == {"left", "right"}


def test_the_fences_around_a_changed_block_stay() -> None:
    left = "Run it:\n\n```sh\nmake test\n```\n\nDone.\n"
    right = "Run it:\n\n```sh\nnpm run lint\n```\n\nDone.\n"
    assert [row for row in shape(align(left, right)) if row[0] != "same"] == [
        ("left", "make test", None),
        ("right", None, "npm run lint"),
    ]


def test_a_different_line_ending_is_a_quiet_mark_and_no_change() -> None:
    aligned = align("a\r\nb\n", "a\nb")
    assert aligned.same
    assert [pair.respelled for pair in aligned.pairs] == [True, True]


def test_replaced_blocks_that_are_too_large_to_pair_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    left = "x1 a b c d\n\nx2 e f g h\n\nsame\n\nlast one here\n"
    right = "y1 a b c d\n\ny2 e f g h\n\nsame\n\nlast one there\n"
    assert not align(left, right).coarse
    monkeypatch.setattr(blocks, "CELLS", 2)
    aligned = align(left, right)
    assert aligned.coarse
    found = {pair.left.text: pair.status for pair in aligned.pairs if pair.left and pair.left.text}
    assert found == {"x1 a b c d": "left", "x2 e f g h": "left", "same": "same", "last one here": "changed"}


def test_two_real_variants_are_readable(corpus: Path) -> None:
    aligned = align(*bodies(corpus))
    pieces = [piece for pair in aligned.pairs for piece in pair.left_pieces + pair.right_pieces if piece.changed]
    headings = [row for row in shape(aligned) if row[1] and row[2] and row[1].startswith("#")]
    assert 10 <= len(pieces) <= 80
    assert ("same", "## Code Quality Standards", "## Code Quality Standards") in headings
    assert ("changed", "## Response Format", "## Response Behavior") in headings
    assert not aligned.coarse
