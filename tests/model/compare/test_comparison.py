"""The comparison of two files, and the rows that a pane draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model.compare import Cell, Row, compare
from agent_studio.model.compare.comparison import similarity
from agent_studio.model.compare.lines import split
from agent_studio.model.document import Document
from tests.model.compare.texts import text_pairs, texts

HEADERS = (
    "name: a\ndescription: Use it.\\n\\nExamples:\\n1\\n2\\n3\\n4\\n5",
    "name: a\ntools:\ncolor: red",
    "zeta: [1]",
    "",
)

contexts = st.integers(0, 4)


def document(header: str, body: str) -> Document:
    return Document(f"---\n{header}\n---\n{body}".encode())


@st.composite
def document_pairs(draw: st.DrawFn) -> tuple[Document, Document]:
    left, right = draw(text_pairs())
    assume("---" not in left and "---" not in right)
    headers = st.sampled_from(HEADERS)
    return document(draw(headers), left), document(draw(headers), right)


def unfolded(rows: tuple[Row, ...]) -> Iterator[Row]:
    for row in rows:
        yield from row.folded or (row,)


def said(cell: Cell | None) -> tuple[str, int | None, str] | None:
    return (cell.label, cell.number, "".join(piece.text for piece in cell.pieces)) if cell else None


def drawn(row: Row) -> tuple[str, str]:
    return row.kind, row.status


@given(document_pairs(), contexts)
def test_a_file_compared_with_itself_has_no_difference(pair: tuple[Document, Document], context: int) -> None:
    comparison = compare(pair[0], Document(pair[0].data))
    assert comparison.same
    assert (comparison.hunks, comparison.similarity, comparison.differing) == (0, 1.0, ())
    assert {(row.status, row.hunk, row.quiet) for row in comparison.rows(context)} == {("same", None, False)}


@given(document_pairs(), contexts)
def test_rows_hold_every_line_of_the_files_once_and_in_order(pair: tuple[Document, Document], context: int) -> None:
    comparison = compare(*pair)
    rows = [row for row in unfolded(comparison.rows(context)) if row.kind == "line"]
    assert rows == [row for row in comparison.rows(None) if row.kind == "line"]
    for document, cells in zip(pair, ([row.left for row in rows], [row.right for row in rows]), strict=True):
        numbered = [(cell.number, "".join(piece.text for piece in cell.pieces)) for cell in cells if cell]
        assert numbered == [(document.body_line + line.place, line.text) for line in split(document.body)]


@given(document_pairs(), contexts)
def test_every_difference_has_a_number_and_every_number_a_difference(
    pair: tuple[Document, Document], context: int
) -> None:
    comparison = compare(*pair)
    rows = comparison.rows(context)
    numbers = [row.hunk for row in rows if row.hunk is not None]
    assert list(dict.fromkeys(numbers)) == list(range(1, comparison.hunks + 1))
    assert numbers == sorted(numbers)
    for row in unfolded(rows):
        if row.kind == "line":
            assert (row.hunk is None) == (row.status == "same")
    assert comparison.same == (comparison.hunks == 0)


@given(document_pairs(), contexts)
def test_swapped_files_give_the_same_kinds_of_rows(pair: tuple[Document, Document], context: int) -> None:
    comparison, other = compare(*pair), compare(*pair[::-1])
    assert comparison.similarity == pytest.approx(other.similarity)
    assert comparison.hunks == other.hunks
    assert (comparison.lines.added, comparison.lines.removed) == (other.lines.removed, other.lines.added)
    names = {"left": "right", "right": "left"}
    mirrored = [(row.kind, names.get(row.status, row.status)) for row in other.rows(context)]
    assert sorted(mirrored) == sorted(drawn(row) for row in comparison.rows(context))


@given(document_pairs(), contexts)
def test_folds_hide_only_equal_rows_away_from_differences(pair: tuple[Document, Document], context: int) -> None:
    rows = [row for row in compare(*pair).rows(context) if row.kind != "field"]
    for row in rows:
        if row.kind == "fold":
            assert len(row.folded) > 1
            assert {inner.status for inner in row.folded} == {row.status}
            assert row.status == "same" or all(inner.moved for inner in row.folded)
    body = rows[[row.kind for row in rows].index("heading", 1) :]
    for place, row in enumerate(body):
        if row.kind == "line" and row.status != "same":
            near = body[max(0, place - context) : place + context + 1]
            assert all(other.kind != "fold" or other.moved for other in near)


@given(document_pairs())
def test_each_field_has_its_name_on_the_first_row_of_each_side(pair: tuple[Document, Document]) -> None:
    comparison = compare(*pair)
    rows = [row for row in unfolded(comparison.rows()) if row.kind == "field"]
    for side, cells in enumerate(([row.left for row in rows], [row.right for row in rows])):
        labels = [cell.label for cell in cells if cell and cell.label]
        assert labels == [f.name for f in comparison.fields if (f.left if side == 0 else f.right)]


def test_rows_of_a_small_comparison() -> None:
    equal = "".join(f"same {n}\n" for n in range(9))
    left = document("name: a\ncolor: red\nmodel: opus", f"One\nline two\n{equal}")
    right = document("name: a\nmodel: 'opus'\ntools: Read", f"One\nline 2\n{equal}end")
    comparison = compare(left, right)
    rows = comparison.rows(context=2)
    assert [(row.kind, row.status, row.hunk, row.quiet, said(row.left), said(row.right)) for row in rows] == [
        ("heading", "changed", None, False, *[("FRONTMATTER", None, "2 of 4 fields differ: tools, color")] * 2),
        ("field", "same", None, False, ("name", 2, "a"), ("name", 2, "a")),
        ("field", "right", 1, False, None, ("tools", 4, "Read")),
        ("field", "same", None, True, ("model", 4, "opus"), ("model", 3, "opus")),
        ("field", "left", 2, False, ("color", 3, "red"), None),
        ("heading", "changed", None, False, *[("BODY", None, "11 → 12 lines  +2 −1")] * 2),
        ("line", "same", None, False, ("", 6, "One"), ("", 6, "One")),
        ("line", "changed", 3, False, ("", 7, "line two"), ("", 7, "line 2")),
        ("line", "same", None, False, ("", 8, "same 0"), ("", 8, "same 0")),
        ("line", "same", None, False, ("", 9, "same 1"), ("", 9, "same 1")),
        ("fold", "same", None, False, None, None),
        ("line", "same", None, False, ("", 15, "same 7"), ("", 15, "same 7")),
        ("line", "same", None, False, ("", 16, "same 8"), ("", 16, "same 8")),
        ("line", "right", 4, False, None, ("", 17, "end")),
    ]
    assert comparison.hunks == 4


@pytest.mark.parametrize(
    ("left", "right", "headings"),
    [
        (("name: a", "b\n"), ("name: a", "b\n"), ["1 field, the same", "1 line, the same"]),
        (("name: a", "b\n"), ("name: b", "c\n"), ["1 of 1 field differs: name", "1 → 1 lines  +1 −1"]),
        (("", "b\r\nc"), ("", "b\nc"), ["no fields", "2 lines, the same but for line endings"]),
    ],
)
def test_headings_say_what_differs(left: tuple[str, str], right: tuple[str, str], headings: list[str]) -> None:
    rows = compare(document(*left), document(*right)).rows()
    assert [row.left.pieces[0].text for row in rows if row.kind == "heading" and row.left] == headings


def test_quiet_rows_stay_marked_inside_a_fold() -> None:
    text = "".join(f"line {n}\n" for n in range(20))
    rows = compare(document("", text), document("", text.replace("\n", "\r\n"))).rows()
    assert [(row.kind, row.quiet) for row in rows[1:]] == [("heading", False), ("fold", True)]


def test_files_without_a_frontmatter_are_compared_as_text() -> None:
    comparison = compare(Document(b"one two three\n"), Document(b"one two four\n"))
    assert comparison.fields == ()
    assert [pair.status for pair in comparison.lines.pairs] == ["changed"]
    assert comparison.first == (1, 1)


def test_similarity_is_the_part_of_the_words_in_common() -> None:
    assert similarity("", "") == 1.0
    assert similarity("a b c", "") == 0.0
    assert similarity("One two, three.", "one TWO\nthree") == 1.0
    assert similarity("a b c d", "a b x y") == pytest.approx(0.5)


@given(texts(), texts())
def test_similarity_is_between_0_and_1(left: str, right: str) -> None:
    assert 0.0 <= similarity(left, right) <= 1.0


def test_two_real_variants_are_compared_at_once(corpus: Path) -> None:
    left, right = (Document((corpus / f"seeds/variant-{side}/backend-engineer.md").read_bytes()) for side in "ab")
    comparison = compare(left, right)
    assert [field.name for field in comparison.differing] == ["description", "color"]
    assert 0.05 < comparison.similarity < 0.5


PATHOLOGICAL = {
    "one line of 30 kB": (" ".join(f"w{n}" for n in range(5_000)), " ".join(f"v{n} w{n}" for n in range(2_700))),
    "10,000 unrelated lines": (
        "".join(f"w{n} a\n" for n in range(10_000)),
        "".join(f"v{n} b\n" for n in range(10_000)),
    ),
    "10,000 lines, each changed": (
        "".join(f"a b c {n}\n" for n in range(10_000)),
        "".join(f"a b d {n}\n" for n in range(10_000)),
    ),
    "10,000 equal lines": ("same\n" * 10_000, "same\n" * 9_000),
    "the same words on every line": ("".join(f"a b c d e f g {n}\n" for n in range(240)), "g f e d c b a x\n" * 240),
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_every_pair_of_texts_is_compared(name: str) -> None:
    left, right = (document("name: a", body) for body in PATHOLOGICAL[name])
    pairs = compare(left, right).lines.pairs
    assert sum(pair.left is not None for pair in pairs) == len(split(left.body))
    assert sum(pair.right is not None for pair in pairs) == len(split(right.body))


def test_what_was_too_large_is_said() -> None:
    left, right = (document("name: a", body) for body in PATHOLOGICAL["10,000 lines, each changed"])
    comparison = compare(left, right)
    assert comparison.coarse
    heading = [row for row in comparison.rows() if row.kind == "heading"][1]
    assert heading.left
    assert heading.left.pieces[0].text.endswith("too large to be compared in full")


def test_equal_files_give_equal_comparisons() -> None:
    left, right = document("name: a", "old text\n"), document("name: b", "new text\n")
    assert compare(left, right) == compare(Document(left.data), Document(right.data))
    assert compare(left, right) != compare(right, left)
