"""The screen of a comparison: two titles, the pane, the keys."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from agent_studio.model.compare import Comparison, compare
from agent_studio.model.document import Document
from agent_studio.ui.commands import BY_ID
from agent_studio.ui.dialogs.keys import Keys
from agent_studio.ui.panes.compare import SIDE_FROM, ComparePane
from agent_studio.ui.panes.key_bar import KeyBar
from agent_studio.ui.shown import shown, shown_line

_ABOUT = (
    "Two agents: fields first, then the body. What only A has and words that B lacks are tinted one way, what only B "
    "has the other; ▌ changed, ◀ only in A, ▶ only in B, ≈ spelled otherwise but read the same. Nothing is written."
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two files to compare: what it is called, what there is to know about it, and its content."""

    title: str
    note: str
    document: Document


class CompareTitle(Widget):
    """What is compared with what, how alike the two are, and which difference is the current one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--a", "title--b", "title--muted"}

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
            return Content.styled("comparing…", ".title--muted")
        alike, hunks = self.comparison.similarity, self.comparison.hunks
        percent = 100 if alike == 1 else min(round(alike * 100), 99)
        place = Content.assemble("hunk ", (str(self.hunk), "bold"), f"/{hunks}") if hunks else Content("no difference")
        return Content.assemble(f"{percent} %{similar} · ", place)

    def _named(self, room: int) -> Content:
        """The two titles in `room` cells; what is too long loses the notes, then the head, then its middle."""
        titles = [shown_line(side.title).plain for side in self.sides]
        notes = [shown_line(side.note).plain for side in self.sides]
        head, between = Content.styled("COMPARE  ", "bold"), Content.styled("  ⇄  ", ".title--muted")
        wide = sum(map(cell_len, titles)) + between.cell_length + len("A B ")
        if wide + head.cell_length + sum(cell_len(note) + 2 for note in notes) > room:
            notes = [""] * len(notes)
        if wide + head.cell_length > room:
            head = Content("")
        titles = shortened(titles, room - head.cell_length - between.cell_length - len("A B "))
        return head + between.join(map(self._side, "AB", titles, notes))

    def _side(self, letter: str, title: str, note: str) -> Content:
        noted = (f"  {note}" if note else "", ".title--muted")
        return Content.assemble((letter, f".title--{letter.lower()}"), " ", (title, "bold"), noted)


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


class CompareScreen(Screen[None]):
    """Two agents, field by field and word by word."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.keys, command.action, command.label, id=command.id, show=False)
        for command in (BY_ID["compare.back"], BY_ID["compare.swap"], BY_ID["app.help"], BY_ID["app.quit"])
    ]

    def __init__(self, left: Side, right: Side) -> None:
        super().__init__(classes="-loading")
        self._sides = (left, right)

    def compose(self) -> ComposeResult:
        """Titles, what there is to say about the whole, the pane, the keys."""
        yield CompareTitle()
        yield Static()
        yield ComparePane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the frame and start comparing."""
        self.query_one(KeyBar).context = "compare"
        self.query_one(CompareTitle).sides = self._sides
        self.query_one(ComparePane).focus()
        self._compare()

    @work(exclusive=True, group="compare")
    async def _compare(self) -> None:
        left, right = self._sides
        comparison = await asyncio.to_thread(compare, left.document, right.document)
        title, pane = self.query_one(CompareTitle), self.query_one(ComparePane)
        pane.comparison = title.comparison = comparison
        title.sides, title.hunk = (left, right), pane.hunk
        said = _said(comparison, left, right)
        self.query_one(Static).update(shown("\n".join(said)))
        self.set_class(bool(said), "-noticed")
        self.remove_class("-loading")

    @on(ComparePane.HunkPicked)
    def _hunk_picked(self, event: ComparePane.HunkPicked) -> None:
        self.query_one(CompareTitle).hunk = event.hunk

    # Commands

    def action_do(self, command_id: str) -> None:
        """Run a command; one that has no meaning here does nothing."""
        if run := getattr(self, f"do_{BY_ID[command_id].verb}", None):
            run()

    def do_swap(self) -> None:
        """Put the left side to the right."""
        left, right = self._sides
        self._sides = (right, left)
        self._compare()

    def do_back(self) -> None:
        """Back to where the comparison was asked for."""
        self.dismiss()

    def do_quit(self) -> None:
        """The same as back: what is left is the comparison."""
        self.dismiss()

    def do_help(self) -> None:
        """The keys of the comparison."""
        self.app.push_screen(Keys("compare", _ABOUT))


def _said(comparison: Comparison, left: Side, right: Side) -> list[str]:
    """What there is to say about the whole: a side that the host cannot read, or no difference at all."""
    said = [f"{name}: {s.document.trouble}" for name, s in zip("AB", (left, right), strict=True) if s.document.trouble]
    if comparison.same:
        equal = left.document.data == right.document.data
        more = "and the bytes are equal" if equal else "but the bytes differ: in spelling, comments or line endings"
        said.append(f"no difference: the host reads the same from both, {more}")
    return said
