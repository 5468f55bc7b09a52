"""Source to read: wrapping, light Markdown, selection, and that only what shows is computed."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import SELECT_ALL, Selection

from agent_studio.model.document import Document
from agent_studio.model.visible import visible
from agent_studio.ui.light_markdown import NOTHING, Open, Span, marked
from agent_studio.ui.source_view import Source, SourceView, wrapped
from tests.ui.waiting import until

line_texts = st.text(
    st.one_of(st.sampled_from("ab  `*_<>!-#日本👩é\u0301\ufe0f"), st.characters(exclude_characters="\n\r\t"))
)
texts = st.lists(line_texts, max_size=12).map("\n".join)


def kinds(line: str, above: Open = NOTHING) -> list[tuple[str, str]]:
    return [(line[start:end], kind) for start, end, kind in marked(line, above)[0]]


# Light Markdown


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("plain a < b and c > d, snake_case_name", []),
        ("## Head `x`", [("## Head `x`", "heading"), ("`x`", "code")]),
        ("#hash", []),
        ("- item", [("-", "marker")]),
        ("  12. item", [("  12.", "marker")]),
        ("> - quoted", [("> -", "marker")]),
        ("* * *", [("* * *", "marker")]),
        ("a **b `c` d** e", [("**b `c` d**", "bold"), ("`c`", "code")]),
        ("*a* and _b_ but 2 * 3 * 4", [("*a*", "italic"), ("_b_", "italic")]),
        ("`` a`b ``", [("`` a`b ``", "code")]),
        ("<example> </example>", [("<example>", "tag"), ("</example>", "tag")]),
        ("a <!-- b --> c", [("<!-- b -->", "comment")]),
        ("`<!-- code -->`", [("`<!-- code -->`", "code")]),
        ("<!-- a -->" + " x" * 2_000, [("<!-- a -->", "comment")]),
    ],
)
def test_marked(line: str, found: list[tuple[str, str]]) -> None:
    assert kinds(line) == found
    assert marked(line)[1] == NOTHING


def test_a_comment_goes_on_until_it_is_closed() -> None:
    spans, below = marked("a <!-- b")
    assert spans == (Span(2, 8, "comment"),)
    assert marked("anything # -->x", below) == ((Span(0, 14, "comment"),), NOTHING)
    long = "<!-- " + "x" * 5_000
    assert marked(long) == ((Span(0, len(long), "comment"),), Open(comment=True))
    assert marked(f"{long} --> y")[0] == (Span(0, len(long) + 4, "comment"),)


def test_code_goes_on_until_its_own_fence() -> None:
    _, below = marked("~~~~ sh")
    assert below == Open(fence="~~~~")
    assert kinds("# not a heading <!-- nor a comment", below) == [("# not a heading <!-- nor a comment", "code")]
    assert marked("~~~", below)[1] == below
    assert marked("~~~~", below)[1] == NOTHING


@given(st.lists(line_texts, max_size=8))
def test_spans_lie_within_their_line(lines: list[str]) -> None:
    below = NOTHING
    for line in lines:
        spans, below = marked(line, below)
        assert all(0 <= span.start <= span.end <= len(line) for span in spans)


@pytest.mark.parametrize("evil", ["`", "*a", "** ", "_ _a", "<a ", "<!--", "`a``a", "> ", "__a ", "[x](", "- "])
def test_marking_takes_no_longer_than_the_text_is_worth(evil: str) -> None:
    assert marked(evil * 20_000)[1].fence in {"", "`" * 20_000}


# Wrapping


@given(line_texts, st.integers(4, 40))
def test_wrapping_loses_nothing_but_blanks_at_breaks(text: str, width: int) -> None:
    rows = list(wrapped(text, width))
    assert rows[0][0] == 0
    for (_, end, _), (start, _, _) in pairwise(rows):
        assert text[end:start].strip(" ") == ""
    assert text[rows[-1][1] :].strip(" ") == ""
    for start, end, indent in rows:
        assert end - start <= 1 or indent + cell_len(text[start:end]) <= width


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("one two three", ["one two", "three"]),
        ("- one two three", ["- one", "  two", "  three"]),
        ("1. one two three", ["1. one", "   two", "   three"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("a bcdefghijklm", ["a bcdefg", "hijklm"]),
        ("日本語日本語", ["日本語日", "本語"]),
        ("one two   ", ["one two"]),
        ("", [""]),
    ],
)
def test_wrapped(text: str, rows: list[str]) -> None:
    assert [(" " * indent + text[start:end]).rstrip() for start, end, indent in wrapped(text, 8)] == rows


@given(texts, st.integers(4, 60))
def test_everything_is_there_and_selectable(text: str, width: int) -> None:
    source = Source(text, width)
    source.reach(inf)
    lines = text.removesuffix("\n").split("\n") if text else []
    assert source.count == len(lines)
    assert source.extract(SELECT_ALL) == "\n".join(visible(line.removesuffix("\r").expandtabs(4)) for line in lines)
    rows = [source.row(y) for y in range(source.height)]
    assert None not in rows
    assert source.row(source.height) is None


def test_only_what_was_asked_for_is_wrapped() -> None:
    source = Source("word " * 40 + "\n" + "line\n" * 10_000, 80)
    assert source.row(10)
    assert len(source.lines) < 20
    assert source.height > 10_000


def test_line_endings_tabs_and_endless_lines() -> None:
    source = Source("a\r\n\tb\r\n" + "x" * 30_000 + "\nc\rd", 80)
    source.reach(inf)
    shown = [text for text, _ in source.lines]
    assert shown[:2] == ["a", "    b"]
    assert shown[2].endswith("x ⋯ 10,000 more characters in this line")
    assert shown[3] == "c␍d"


def test_hidden_characters_are_pictures_that_stand_out() -> None:
    source = Source("a\u202eb\x1b[31m", 80)
    source.reach(inf)
    text, spans = source.lines[0]
    assert text == "a⟦RLO⟧b␛[31m"
    assert spans == (Span(1, 6, "hidden"), Span(7, 8, "hidden"))


@pytest.mark.parametrize(
    ("selection", "text"),
    [
        (Selection(Offset(1, 0), Offset(2, 0)), "b"),
        (Selection(Offset(1, 0), Offset(1, 2)), "bc\n\nd"),
        (Selection(None, Offset(1, 0)), "a"),
        (Selection(Offset(0, 2), None), "de"),
        (Selection(Offset(0, 1), Offset(0, 1)), ""),
    ],
)
def test_extract(selection: Selection, text: str) -> None:
    source = Source("abc\n\nde\n", 80)
    source.reach(inf)
    assert source.extract(selection) == text


def test_real_bodies_are_shown_whole(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.md")):
        body = Document(path.read_bytes()).body
        source = Source(body, 50)
        source.reach(inf)
        assert len(source.extract(SELECT_ALL).split("\n")) == max(source.count, 1)


# The widget


class SourceApp(App[None]):
    def compose(self) -> ComposeResult:
        yield SourceView()

    @property
    def view(self) -> SourceView:
        return self.query_one(SourceView)


def shown(view: SourceView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


async def test_lines_are_numbered_as_in_the_file() -> None:
    app = SourceApp()
    async with app.run_test(size=(30, 6)) as pilot:
        app.view.first = 99
        app.view.text = "one\n- two words that are too long for it\n"
        await until(pilot, lambda: "one" in shown(app.view)[0])
        assert shown(app.view) == ["  99 one", " 100 - two words that are", "       too long for it", "", "", ""]
        assert {app.view.render_line(y).cell_length for y in range(6)} == {app.view.scrollable_content_region.width}


async def test_scrolling_reaches_the_last_line() -> None:
    app = SourceApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.text = "\n".join(f"line {n} " + "日本語 " * (n % 30) for n in range(300))
        await pilot.pause()
        while app.view.scroll_offset.y < app.view.max_scroll_y:
            app.view.scroll_relative(y=200, animate=False)
            await pilot.pause()
        assert "299" in "".join(shown(app.view))
        app.view.scroll_home(animate=False)
        await until(pilot, lambda: "line 0" in shown(app.view)[0])
        app.view.show_end()
        await until(pilot, lambda: "299" in "".join(shown(app.view)))


async def test_another_text_begins_at_its_top_without_selection() -> None:
    app = SourceApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.view.text = "old\n" * 100
        await pilot.pause()
        app.view.show_end()
        app.view.text_select_all()
        await until(pilot, lambda: app.view.text_selection is not None)
        app.view.text = "new\n" * 100
        await until(pilot, lambda: app.view.scroll_offset.y == 0)
        assert app.view.text_selection is None


async def test_dragging_selects_what_is_copied() -> None:
    app = SourceApp()
    async with app.run_test(size=(30, 10)) as pilot:
        app.view.text = "zero\n- one two three four five six\nlast"
        await until(pilot, lambda: "zero" in shown(app.view)[0])
        await pilot.mouse_down(SourceView, offset=(2, 1))  # on the line number: from the beginning of the line
        await pilot.hover(SourceView, offset=(10, 2))  # within the second row of the same line
        await pilot.mouse_up(SourceView, offset=(10, 2))
        await until(pilot, lambda: bool(app.screen.get_selected_text()))
        selected = app.screen.get_selected_text()
        assert selected
        assert selected.startswith("- one two three four ")
        assert "zero" not in selected
        style = app.view.render_line(1)._segments[-2].style
        assert style
        assert style.bgcolor == app.screen.get_component_rich_style("screen--selection").bgcolor


async def test_every_theme_draws_every_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SourceApp()
    async with app.run_test(size=(60, 12)) as pilot:
        app.view.text = "# h\n- **b** _i_ `c` <t> <!-- x --> \u202e\n```\ncode\n```\nplain"
        for theme in ("textual-dark", "textual-light", "ansi-dark", "ansi-light"):
            app.theme = theme
            await pilot.pause()
            styles = {segment.style for y in range(6) for segment in app.view.render_line(y)}
            assert len({(style.color, style.bgcolor, style.reverse, style.bold) for style in styles if style}) > 5
