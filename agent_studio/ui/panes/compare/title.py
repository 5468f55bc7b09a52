"""The title of a comparison: what is compared with what, how alike the two are, and where one is."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.compare import Comparison
from agent_studio.model.document import Document
from agent_studio.model.merge import Place
from agent_studio.ui.shown import shown_line

from .canvas import SIDE_FROM
from .inks import inks


@dataclass(frozen=True, slots=True)
class Side:
    """One of two files to compare: what it is called, what there is to know about it, and its content.

    `place` is the file that a merge of it may be written to, None where it is none; `draft` says that the content is an
    edit of that file that is not saved.
    """

    title: str
    note: str
    document: Document
    place: Place | None = None
    draft: bool = False


class CompareTitle(Widget):
    """What is compared with what, how alike the two are, and which difference is the current one."""

    DEFAULT_CSS = "CompareTitle { height: 1; padding: 0 1; background: $panel; }"

    sides: reactive[tuple[Side, ...]] = reactive[tuple[Side, ...]](())
    comparison: reactive[Comparison | None] = reactive[Comparison | None](None)
    hunk: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Both titles as far as they fit, and the facts at the right."""
        facts = self._facts("" if self.outer_size.width < SIDE_FROM else " similar")
        room = max(self.size.width - facts.cell_length - 2, 1)
        named = self._named(room).truncate(room)
        return Content.assemble(named, " " * (room + 2 - named.cell_length), facts)

    def _facts(self, similar: str) -> Content:
        if self.comparison is None:
            return Content.styled("comparing…", self._muted)
        alike, hunks = self.comparison.similarity, self.comparison.hunks
        percent = 100 if alike == 1 else min(round(alike * 100), 99)
        loose = f"{' ' if similar else ''}≈ " if self.comparison.loose else ""
        said = ("difference ", " of ") if similar else ("", "/")
        place = Content.assemble(said[0], (str(self.hunk), "bold"), said[1], str(hunks))
        return Content.assemble(f"{percent} %{similar} · {loose.lstrip()}", place if hunks else "no difference")

    def _named(self, room: int) -> Content:
        """The two titles in `room` cells; what is too long loses the notes, then the head, then its middle."""
        titles = [shown_line(side.title).plain for side in self.sides]
        notes = [shown_line(side.note).plain for side in self.sides]
        head, between = Content.styled("COMPARE  ", "bold"), Content.styled("  ⇄  ", self._muted)
        wide = sum(map(cell_len, titles)) + between.cell_length + len("A B ")
        if wide + head.cell_length + sum(cell_len(note) + 2 for note in notes) > room:
            notes = [""] * len(notes)
        if wide + head.cell_length > room:
            head = Content("")
        titles = shortened(titles, room - head.cell_length - between.cell_length - len("A B "))
        return head + between.join(map(self._side, "AB", titles, notes))

    def _side(self, letter: str, title: str, note: str) -> Content:
        noted = (f"  {note}" if note else "", self._muted)
        ink = inks(self.app)["left" if letter == "A" else "right"]
        return Content.assemble((letter, ink), " ", (title, "bold"), noted)

    @property
    def _muted(self) -> str:
        return inks(self.app)["muted"]


def shortened(titles: list[str], cells: int) -> list[str]:
    """Two titles in so many cells: where they are longer each gets half, and what the shorter one leaves."""
    if len(titles) != 2 or sum(map(cell_len, titles)) <= cells:
        return titles
    left, right = map(cell_len, titles)
    room = min(left, max(cells // 2, cells - right))
    return [middle(titles[0], room), middle(titles[1], cells - room)]


def middle(text: str, cells: int) -> str:
    """`text` in at most so many cells, cut in the middle where it is longer."""
    if cell_len(text) <= cells:
        return text
    tail = max(cells - 1, 0) // 2
    head = max(cells - 1 - tail, 0)
    return f"{set_cell_size(text, head)}…{set_cell_size(text[::-1], tail)[::-1]}"
