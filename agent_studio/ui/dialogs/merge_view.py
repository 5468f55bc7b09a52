"""A merge before it is written: where it goes, what becomes of the other file, and every byte of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from agent_studio.model.merge import Place, Side, Writing
from agent_studio.model.plans import PlanRefused
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.change_view import ChangeLines, lines_of
from agent_studio.ui.offer import hints
from agent_studio.ui.shown import shown_line


class MergeView(ModalScreen[Writing | None]):
    """Asks where a merge shall be written; dismissed with it, or None. `free` gives the place of a new file."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "write", "Write", show=False),
        Binding("a", "to('left')", "A", show=False),
        Binding("b", "to('right')", "B", show=False),
        Binding("n", "new", "New file", show=False),
        Binding("t", "trash", "Trash", show=False),
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    MergeView { background: $background; }
    MergeView > Vertical { height: 1fr; }
    MergeView Static { height: auto; padding: 0 1; }
    MergeView #merge-title { background: $panel; text-style: bold; }
    MergeView #merge-keys { background: $panel; color: $text-muted; }
    MergeView ChangeLines { border-top: hkey $panel-lighten-2; border-bottom: hkey $panel-lighten-2; }
    """

    def __init__(self, writing: Writing, free: Callable[[str], Place]) -> None:
        super().__init__()
        self._writing = writing
        self._free = free

    def compose(self) -> ComposeResult:
        """What will be done, where to, what is left out and why, the lines, the keys."""
        writing = self._writing
        yield Vertical(
            Static(Content("WRITE THE MERGE"), id="merge-title"),
            Static(self._targets()),
            Static(self._afterwards()),
            *(Static(shown_line(line, "$text-warning")) for line in self._refused()),
            Static(shown_line(self._counted())),
            ChangeLines(lines_of(writing.plan.change)),
            Static(_keys(bool(writing.plan.change)), id="merge-keys"),
        )

    async def _show(self, writing: Writing) -> None:
        self._writing = writing
        await self.recompose()
        self.query_one(ChangeLines).focus()

    def on_mount(self) -> None:
        """The lines have the keys."""
        self.query_one(ChangeLines).focus()

    # What is said

    def _targets(self) -> Content:
        writing = self._writing
        parts = [_option("a", writing.into == "left", "A", writing.left)]
        if writing.left is None or writing.right is None or writing.left.ref != writing.right.ref:
            parts.append(_option("b", writing.into == "right", "B", writing.right))
        new = shown_line(str(writing.new.ref)) if writing.new else Content("a new file…")
        parts.append(_chosen("n", writing.new is not None, new))
        return Content.assemble("to    ", Content("   ").join(parts))

    def _afterwards(self) -> Content:
        other = self._writing.other
        if other is None:
            return Content("then  both files stay")
        trash = Content.assemble("move ", shown_line(str(other.ref)), " to the trash")
        trashing = self._writing.trashing
        keep, gone = ("●", "○") if not trashing else ("○", "●")
        return Content.assemble("then  ", ("t", "bold $text-accent"), f" {keep} keep both   {gone} ", trash)

    def _refused(self) -> Iterator[str]:
        merging = self._writing.merging
        for number, reason in self._writing.result.refused.items():
            yield f"not taken: {merging.difference(number).name or 'text'}: {reason}"

    def _counted(self) -> str:
        writing = self._writing
        count = len(writing.merging.undecided)
        left = f"{count} undecided: as in {'A' if writing.merging.into == 'left' else 'B'}. " if count else ""
        if writing.target is None or writing.target.locked:
            return f"{left}It cannot be written there: {writing.target.locked if writing.target else 'it is no file'}"
        if not writing.plan.change:
            return f"{left}Nothing would change there."
        return f"{left}One undo takes all of it back. Nothing is written yet."

    # Keys

    async def action_to(self, side: Side) -> None:
        """Write it to a side."""
        if self._writing.place(side):
            await self._show(self._writing.to(side))

    def action_new(self) -> None:
        """Ask for a name, write it to a new file."""
        known: dict[str, Place] = {}

        def check(stem: str) -> str | None:
            try:
                known[stem] = self._free(stem)
            except PlanRefused as refused:
                return str(refused)
            return None

        async def chosen(stem: str | None) -> None:
            if stem:
                await self._show(self._writing.to_new(known[stem]))

        self.app.push_screen(Ask("A new file", "Its name without .md", check=check), chosen)

    async def action_trash(self) -> None:
        """Move the other file to the trash, or keep it."""
        if self._writing.other:
            await self._show(self._writing.trash(not self._writing.trashing))

    def action_write(self) -> None:
        """Yes."""
        if self._writing.plan.change:
            self.dismiss(self._writing)

    def action_leave(self) -> None:
        """No."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Scroll the lines."""
        self.query_one(ChangeLines).scroll_relative(y=by, animate=False)


def _option(key: str, chosen: bool, letter: str, place: Place | None) -> Content:
    if place is None:
        return Content.assemble((f"{letter} is no file here", "dim"))
    label = Content.assemble(f"{letter} ", shown_line(str(place.ref)))
    return _chosen(key, chosen, label if not place.locked else Content.assemble(label, (" (read-only)", "dim")))


def _chosen(key: str, chosen: bool, label: Content) -> Content:
    return Content.assemble((key, "bold $text-accent"), " ● " if chosen else " ○ ", label)


def _keys(writable: bool) -> Content:
    keys = [("y", "write"), ("a b n", "where to"), ("t", "trash or keep"), ("j k", "scroll"), ("esc", "back")]
    return hints(keys if writable else keys[1:])
