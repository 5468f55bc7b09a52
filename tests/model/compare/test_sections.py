"""Sections: found where they moved or got another name, and what differs inside of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given

from agent_studio.model.compare.alignment import Alignment
from agent_studio.model.compare.lines import split
from agent_studio.model.compare.matching import contents, in_place, matched
from agent_studio.model.compare.outline import outline
from agent_studio.model.compare.weave import align
from agent_studio.model.compare.words import Piece
from tests.model.compare.texts import text_pairs, texts

INTRO = "You are a reviewer.\n\n"
TESTING = "## Testing\n\n- Run every test before you hand over\n- Name tests by what they show\n\n"
STYLE = "## Style\n\nWrite short functions with good names.\nKeep to the formatter of the house.\n\n"
REPORT = "## Report\n\nSay what you found, where, and how bad it is.\n\n"
GUIDE = "## Guide\n\nAsk the author when a change is hard to understand.\n\n```sh\nmake check\n```\n"


def sections(found: Alignment) -> list[tuple[str, str | None, str | None]]:
    return [
        (p.status, p.left.heading if p.left else None, p.right.heading if p.right else None) for p in found.sections
    ]


def marked(found: Alignment) -> list[tuple[str, str | None, str | None]]:
    """The lines that differ, changed words in brackets."""
    return [
        (
            pair.status,
            spelled(pair.left_pieces) if pair.left else None,
            spelled(pair.right_pieces) if pair.right else None,
        )
        for pair in found.pairs
        if pair.status != "same"
    ]


def spelled(pieces: Iterable[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def test_a_section_that_moved_is_found_and_is_no_other_difference() -> None:
    found = align(INTRO + TESTING + STYLE + REPORT + GUIDE, INTRO + STYLE + REPORT + TESTING + GUIDE)
    assert sections(found) == [
        ("same", "", ""),
        ("moved", "Testing", "Testing"),
        ("same", "Style", "Style"),
        ("same", "Report", "Report"),
        ("same", "Guide", "Guide"),
    ]
    assert [(region.left, region.right, region.twin) for region in found.regions] == [
        ((2, 7), (2, 2), 1),
        ((16, 16), (11, 16), 0),
    ]
    assert all(pair.moved and not pair.marked for pair in found.pairs if pair.status != "same")


def test_what_changed_inside_a_section_that_moved_is_marked() -> None:
    other = TESTING.replace("every test", "all the tests") + "- Never skip one\n\n"
    found = align(INTRO + TESTING + STYLE + REPORT, INTRO + STYLE + REPORT + other)
    assert (found.sections[1].status, found.sections[1].changed) == ("moved", True)
    assert [row for row in marked(found) if "[" in str(row)] == [
        ("left", "- Run [every test] before you hand over", None),
        ("right", None, "- Run [all the tests] before you hand over"),
        ("right", None, "[- Never skip one]"),
    ]


def test_a_heading_that_was_renamed_is_one_changed_line() -> None:
    found = align(INTRO + TESTING + STYLE, INTRO + TESTING.replace("Testing", "Quality") + STYLE)
    assert sections(found)[1] == ("renamed", "Testing", "Quality")
    assert not found.sections[1].changed
    assert marked(found) == [("changed", "## [Testing]", "## [Quality]")]


def test_a_section_under_another_heading_has_moved_only_where_most_of_it_is_the_same() -> None:
    skills = "## Expertise\n\nTask graphs, risk analysis, and planning.\n\n"
    other = "## You are the planner\n\nPlans as task graphs, with risk analysis for all.\n\n"
    found = align(INTRO + TESTING + STYLE + skills, INTRO + other + TESTING + STYLE)
    assert ("left", "Expertise", None) in sections(found)
    found = align(INTRO + TESTING + STYLE + skills, INTRO + skills.replace("Expertise", "Skills") + TESTING + STYLE)
    assert ("moved", "Expertise", "Skills") in sections(found)


def test_the_sections_of_a_translation_stand_beside_each_other() -> None:
    translated = "# 査読者\n\n## 役割\n\n読む。\n\n## 手順\n\n- 一\n- 二\n\n## 報告\n\n書く。\n\n### 形\n\n短く。\n"
    english = "# Reviewer\n\n## Role\n\nRead.\n\n## Steps\n\n- One\n- Two\n\n## Report\n\nWrite.\n\n### Form\n\nBrief\n"
    assert {status for status, *_ in sections(align(translated, english))} == {"renamed"}
    found = sections(align(translated, TESTING + STYLE + REPORT + GUIDE))
    assert {status for status, *_ in found} == {"left", "right"}


def test_a_paragraph_that_was_reworded_is_compared_by_word() -> None:
    found = align(INTRO + STYLE, INTRO + STYLE.replace("short functions", "very short modules"))
    assert sections(found)[1] == ("changed", "Style", "Style")
    assert marked(found) == [
        ("changed", "Write short [functions] with good names.", "Write [very ]short [modules] with good names.")
    ]


def test_a_paragraph_that_was_broken_otherwise_shows_only_the_words_that_differ() -> None:
    right = "## Style\n\nWrite short functions with\ngood, clear names. Keep to the formatter of\nthe house.\n\n"
    found = align(STYLE, right)
    assert "".join(text for *_, text in marked(found) if text) == (
        "Write short functions withgood[, clear] names. Keep to the formatter ofthe house."
    )
    assert len(found.regions) == 1
    assert not align(STYLE, STYLE.replace("names.\n", "names. "), loose=True).regions
    assert align(STYLE, STYLE.replace("names.\n", "names. ")).regions


def test_a_paragraph_on_one_line_stands_beside_the_first_line_of_the_same_one_broken() -> None:
    line = INTRO + "Look at every file twice before you say anything."
    broken = INTRO + "Look at\nevery file twice before\nyou say anything."
    pairs = align(line, broken, loose=True).pairs
    assert [(pair.status, bool(pair.left)) for pair in pairs[2:]] == [("same", True), ("same", False), ("same", False)]


def test_a_list_item_that_was_added_is_the_only_difference() -> None:
    found = align(TESTING, TESTING.replace("- Name", "- Write one for each bug\n- Name"))
    assert marked(found) == [("right", None, "- Write one for each bug")]


def test_a_heading_inside_a_fence_is_no_section() -> None:
    text = "# A\n\n```md\n# B\n```\n\nC\n=\n"
    assert [(s.heading, s.level, s.start, s.end) for s in outline(split(text))] == [
        ("", 0, 0, 0),
        ("A", 1, 0, 6),
        ("C", 1, 6, 8),
    ]


def test_blocks_are_paragraphs_items_rows_fences_and_examples() -> None:
    text = "One\ntwo\n\n- a\n  - b\n\n| c |\n|---|\n| d |\n\n```\ne\n\nf\n```\n<example>\ng\n\nh\n</example>\n"
    (section,) = outline(split(text))
    assert [(block.kind, block.start, block.end) for block in section.blocks] == [
        ("prose", 0, 2),
        ("prose", 3, 4),
        ("prose", 4, 5),
        ("lines", 6, 7),
        ("lines", 7, 8),
        ("lines", 8, 9),
        ("lines", 10, 15),
        ("lines", 15, 20),
    ]


def test_headings_that_became_bold_text_do_not_hide_that_the_text_is_the_same() -> None:
    left = INTRO + TESTING + STYLE
    found = align(left, left.replace("## Testing", "**Testing**").replace("## Style", "**Style**"))
    assert [row[1:] for row in marked(found)] == [
        ("[## ]Testing", "[**]Testing[**]"),
        ("[## ]Style", "[**]Style[**]"),
    ]


def test_a_section_without_a_counterpart_comes_or_goes_with_those_below_it() -> None:
    below = "### Names\n\nNouns for modules.\n\n### Sizes\n\nForty lines at most.\n\n"
    found = align(INTRO + TESTING + REPORT, INTRO + TESTING + STYLE + below + REPORT)
    assert [region.right for region in found.regions] == [(7, 20)]
    assert [status for status, *_ in sections(found)] == ["same", "same", "right", "right", "right", "same"]


@pytest.mark.parametrize("count", [3, 40])
def test_of_sections_in_another_order_the_smaller_part_has_moved(count: int) -> None:
    parts = [f"## Part {n}\n\nWhat is said in number {n} stands only there: {n * 7919}.\n\n" for n in range(count)]
    found = align("".join(parts), "".join([*parts[1:], parts[0]]))
    assert [status for status, *_ in sections(found)] == ["moved", *["same"] * (count - 1)]


@given(texts())
def test_an_outline_covers_every_line_and_every_word(text: str) -> None:
    found = split(text)
    sections = outline(found)
    assert [sections[0].start, *(s.end for s in sections)] == [0, *(s.start for s in sections[1:]), len(found)]
    blocks = [block for section in sections for block in section.blocks]
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    assert all(s.start <= b.start < b.end <= s.end for s in sections for b in s.blocks)
    covered = {place for block in blocks for place in range(block.start, block.end)}
    assert all(line.blank for line in found if line.place not in covered)


@given(text_pairs())
def test_regions_and_equal_lines_make_up_both_sides(pair: tuple[str, str]) -> None:
    found = align(*pair)
    for side, text in enumerate(pair):
        at = 0
        for region in found.regions:
            start, end = (region.left, region.right)[side]
            assert at <= start <= end
            at = end
        held = {n for r in found.regions for n in range(*(r.left, r.right)[side])}
        lines = [((p.left, p.right)[side], p.region) for p in found.pairs]
        assert [(line.place in held) for line, _ in lines if line] == [
            region is not None for line, region in lines if line
        ]
        assert at <= len(split(text))


@given(text_pairs())
def test_a_region_moved_has_a_twin_on_the_other_side(pair: tuple[str, str]) -> None:
    regions = align(*pair).regions
    for number, region in enumerate(regions):
        if region.twin is not None:
            twin = regions[region.twin]
            assert (twin.twin, twin.group) == (number, region.group)
            assert (region.left[0] < region.left[1]) == (twin.left[0] == twin.left[1])
        assert (region.group[0] == "moved") == (region.twin is not None)


@given(text_pairs())
def test_each_section_is_matched_once_and_some_of_them_in_order(pair: tuple[str, str]) -> None:
    lines = [split(side) for side in pair]
    sides = [contents(outline(side), side) for side in lines]
    pairs, _ = matched(*sides)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    placed = sorted(in_place(pairs, *sides))
    assert placed[0] == (0, 0)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(placed))
