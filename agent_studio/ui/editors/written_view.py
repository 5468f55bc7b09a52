"""What a save will write: the exact lines, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from agent_studio.model.compare.pairing import similar
from agent_studio.model.compare.words import differences
from agent_studio.model.visible import visible
from agent_studio.model.written import WrittenLine, written

_TITLE = "─ What will be written "
_NOTHING = "─ Nothing will be written: the file is as it is on disk "


@dataclass(frozen=True, slots=True)
class Row:
    """A line to show, and the words of its text (first, end) that its partner on the other side lacks."""

    line: WrittenLine
    words: tuple[tuple[int, int], ...] = ()


class WrittenView(ScrollView):
    """The lines that differ between two texts, with line numbers; a title alone where none does."""

    DEFAULT_CSS = """
    WrittenView { height: auto; max-height: 12; overflow-x: hidden; scrollbar-size-vertical: 1; }
    WrittenView > .written--title { color: $text-muted; }
    WrittenView:focus > .written--title { color: $text-accent; text-style: bold; }
    WrittenView > .written--kept { color: $text-muted; }
    WrittenView > .written--gone { color: $text-error; }
    WrittenView > .written--new { color: $text-success; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"written--title", "written--kept", "written--gone", "written--new"}

    texts: reactive[tuple[str, str]] = reactive(("", ""), repaint=False)
    """(on disk, to be written)."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._digits = 3

    def watch_texts(self, texts: tuple[str, str]) -> None:
        """Compare them; with the first change in sight."""
        before, self._rows = self._rows, rows_of(texts)
        self._digits = max(3, *(len(str(row.line.number)) for row in self._rows), 3)
        self.virtual_size = Size(0, len(self._rows) + 1)
        self.scroll_to(0, 0, animate=False)
        if self._rows != before:
            self.refresh()

    def allow_focus(self) -> bool:
        """Only where there is something to scroll."""
        return self.allow_vertical_scroll

    def render_line(self, y: int) -> Strip:
        """The title, or one line of the file."""
        width = self.scrollable_content_region.width
        place = y + self.scroll_offset.y
        if place > len(self._rows):
            return Strip.blank(width, self.rich_style)
        content = self._content(place, width)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(place)) is not None:
            start, end = span
            style = self.screen.get_visual_style("screen--selection")
            content = content.stylize(style, start, len(content) if end == -1 else end)
        strip = Strip(content.render_segments(self.visual_style), content.cell_length)
        return strip.adjust_cell_length(width, self.rich_style).apply_offsets(0, place)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The selected text as it is shown."""
        width = self.scrollable_content_region.width
        lines = [self._content(place, width).plain for place in range(len(self._rows) + 1)]
        return selection.extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _content(self, place: int, width: int) -> Content:
        return self._line(self._rows[place - 1], width) if place else self._title(width)

    def _title(self, width: int) -> Content:
        title = _TITLE if self._rows else _NOTHING
        return Content.styled(title.ljust(width, "─"), self.get_visual_style("written--title"))

    def style_of(self, row: Row) -> Style:
        """How a line looks that goes, comes, or stays."""
        name = {"-": "written--gone", "+": "written--new"}.get(row.line.sign, "written--kept")
        return self.get_visual_style(name)

    def _line(self, row: Row, width: int) -> Content:
        line, style = row.line, self.style_of(row)
        if line.sign == "⋯":
            return Content.styled(f" {'⋯':>{self._digits + 2}}", style)
        head = f" {line.sign} {line.number:>{self._digits}}  "
        text = _windowed(row, max(width - len(head) - 1, 8))
        return Content.assemble((head, style), text.stylize_before(style))


def rows_of(texts: tuple[str, str]) -> tuple[Row, ...]:
    """The lines that differ between two texts, each pair with the words in which it does."""
    return tuple(_paired(_bare(written(*texts))))


def _bare(lines: tuple[WrittenLine, ...]) -> tuple[WrittenLine, ...]:
    """The lines without their carriage returns where all have one: then it is no difference."""
    real = [line for line in lines if line.sign != "⋯"]
    if not all(line.text.endswith("\r") for line in real):
        return lines
    return tuple(WrittenLine(line.sign, line.number, line.text.removesuffix("\r")) for line in lines)


def _paired(lines: tuple[WrittenLine, ...]) -> Iterator[Row]:
    """Each removed line beside the added one that takes its place, with the words in which they differ."""
    place = 0
    while place < len(lines):
        gone = _run(lines, place, "-")
        new = _run(lines, place + len(gone), "+")
        pairs = list(zip(gone, new, strict=False))
        yield from (_differing(line, partner) for line, partner in pairs)
        yield from (Row(line) for line in gone[len(pairs) :])
        yield from (_differing(line, partner) for partner, line in pairs)
        yield from (Row(line) for line in new[len(pairs) :])
        place += len(gone) + len(new)
        if not gone and not new:
            yield Row(lines[place])
            place += 1


def _run(lines: tuple[WrittenLine, ...], place: int, sign: str) -> tuple[WrittenLine, ...]:
    return tuple(takewhile(lambda line: line.sign == sign, lines[place:]))


def _differing(line: WrittenLine, partner: WrittenLine) -> Row:
    if not similar(line.text, partner.text):
        return Row(line)
    found: list[tuple[int, int]] = []
    at = 0
    for piece in differences(line.text, partner.text).left:
        found += [(at, at + len(piece.text))] * piece.changed
        at += len(piece.text)
    return Row(line, tuple(found))


def marked(row: Row, start: int, end: int) -> Content:
    """A stretch of the text of a row, with the words set off that differ."""
    text = row.line.text
    cuts = sorted({start, end, *(min(max(place, start), end) for word in row.words for place in word)})
    parts = (
        (visible(text[a:b], keep=""), "bold underline" * any(first <= a < last for first, last in row.words))
        for a, b in pairwise(cuts)
    )
    return Content.assemble(*parts)


def _windowed(row: Row, width: int) -> Content:
    """The text of a row in `width` cells, around the first words that differ, with … where it goes on."""
    text = row.line.text
    start, end = row.words[0] if row.words else (0, 0)
    left = 0 if end <= width else max(start - width // 3, 0)
    right = min(left + 2 * width, len(text))
    content = Content("…" if left else "") + marked(row, left, right)
    if right < len(text) and content.cell_length <= width:
        return Content.assemble(content.truncate(width - 1), "…")
    return content.truncate(width, ellipsis=True)
