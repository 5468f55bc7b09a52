"""How the rows of a comparison become lines of a width."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agent_studio.model.compare import Comparison, compare
from agent_studio.ui.panes.compare.layout import Block, Grid, Layout
from agent_studio.ui.panes.compare.minimap import Minimap
from agent_studio.ui.panes.compare.wrapping import hang, wrap
from tests.ui.compared import document


@given(st.text(alphabet=st.sampled_from("ab-–漢🙂\u0301 ."), max_size=80), st.integers(4, 30))
def test_wrapped_lines_fit_and_leave_only_blanks_out(text: str, width: int) -> None:
    spans = wrap(text, width)
    joined = "".join(text[start:end] for start, end in spans)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert all(end <= after for (_, end), (after, _) in pairwise(spans))
    rooms = [width] + [width - hang(text, width)] * (len(spans) - 1)
    assert all(cell_len(text[slice(*span)].rstrip(" ")) <= room for span, room in zip(spans, rooms, strict=True))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("- an item that goes on", 12, ["- an item", "that goes", "on"]),
        ("see " + "x" * 14 + " there", 10, ["see xxxxxx", "xxxxxxxx", "there"]),
        ("日本語のテキスト here", 10, ["日本語のテ", "キスト", "here"]),
        ("      code", 20, ["      code"]),
        ("word          ", 8, ["word          "]),
    ],
)
def test_lines_end_at_blanks(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


@pytest.mark.parametrize(
    ("text", "indent"), [("- a", 2), ("  12. a", 6), ("> - [x] a", 8), ("a - b", 0), (" " * 30 + "a", 10)]
)
def test_lines_hang_under_the_text_of_an_item(text: str, indent: int) -> None:
    assert hang(text, 20) == indent


def comparisons() -> st.SearchStrategy[Comparison]:
    words = st.text(alphabet="ab ", max_size=12)
    bodies = st.lists(words, max_size=25).map("\n".join)
    return st.tuples(bodies, bodies).map(lambda pair: compare(*(document(body, name="n") for body in pair)))


def numbers(blocks: Iterator[Block]) -> tuple[list[int], list[int]]:
    """The numbers of the lines of the bodies that blocks show, left and right."""
    found: tuple[list[int], list[int]] = ([], [])
    for block in blocks:
        for row in block.row.folded or (block.row,):
            beside = row if block.row.folded else block.beside
            for numbered, cell, skipped in zip(found, (row.left, beside.right), block.skipped, strict=True):
                if row.kind == "line" and cell and cell.number and not skipped:
                    numbered.append(cell.number)
    return found


@given(comparisons(), st.booleans(), st.integers(20, 160))
def test_every_row_is_laid_out_once_and_in_order(comparison: Comparison, side: bool, width: int) -> None:
    rows = comparison.rows()
    layout = Layout.of(rows, Grid.of(rows, width, side))
    first, other = comparison.first
    pairs = comparison.lines.pairs
    assert numbers(iter(layout.blocks)) == (
        [first + pair.left.place for pair in pairs if pair.left],
        [other + pair.right.place for pair in pairs if pair.right],
    )
    assert [block.y for block in layout.blocks[1:]] == [block.y + block.height for block in layout.blocks[:-1]]
    assert sorted(layout.hunks) == list(range(1, comparison.hunks + 1))


@given(comparisons(), st.integers(20, 60))
def test_every_line_of_every_row_is_shown_once(comparison: Comparison, width: int) -> None:
    rows = comparison.rows()
    blocks = Layout.of(rows, Grid.of(rows, width, side=True)).blocks
    for block, after in zip(blocks, [*(block.skipped for block in blocks[1:]), (0, 0)], strict=True):
        for lines, skipped, following in zip((block.left, block.right), block.skipped, after, strict=True):
            shown = skipped + block.height
            assert following == (shown if shown < len(lines) else 0)


@given(comparisons(), st.booleans())
def test_places_do_not_depend_on_folds(comparison: Comparison, side: bool) -> None:
    rows = comparison.rows()
    folded = Layout.of(rows, Grid.of(rows, 100, side))
    places = {block.place for block in folded.blocks if block.row.kind == "fold"}
    unfolded = Layout.of(rows, Grid.of(rows, 100, side), places)
    assert not any(block.row.kind == "fold" for block in unfolded.blocks)
    for block in folded.blocks:
        assert unfolded.of_place(block.place).row in {block.row, *block.row.folded[:1]}


def minimap(left: str, right: str, height: int) -> Minimap:
    rows = compare(document(left, name="n"), document(right, name="n")).rows(100)
    return Minimap.of(Layout.of(rows, Grid.of(rows, 100, side=True)), height)


def test_the_map_says_for_each_slice_what_differs_most() -> None:
    lines = [f"Line {number}" for number in range(100)]
    right = [*lines]
    right[50:] = [f"{line} changed" for line in lines[50:]]
    cells = minimap("\n".join(lines), "\n".join(right), 10).cells
    assert cells == ("same",) * 5 + ("changed",) * 5
    cells = minimap("\n".join(lines), "\n".join([*lines, *("more of it",) * 97]), 10).cells
    assert cells == ("same",) * 5 + ("right",) * 5
    cells = minimap("\n".join(["other", *("words here",) * 96, *lines]), "\n".join(lines), 10).cells
    assert cells == ("left",) * 5 + ("same",) * 5
    cells = minimap("one two three\n" * 50, "four five six\n" * 50, 10).cells
    assert set(cells) == {"both"}


def test_a_map_with_more_cells_than_lines_has_one_for_each() -> None:
    cells = minimap("a\nb", "a\nc", 10).cells
    assert cells == ("same", "same", "same", "same", "both", *("same",) * 5)
