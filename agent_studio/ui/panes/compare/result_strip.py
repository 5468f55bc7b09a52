"""The result strip: what a merge takes from which side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.compare import Difference
from agent_studio.model.merge import Choice, Merging, Own
from agent_studio.ui.shown import shown_line

from .inks import inks

_LETTERS = {"left": "A", "right": "B"}
_KINDS = {"section": "section", "block": "lines in"}


class ResultStrip(Widget):
    """One line, or three where there is room: the count, the differences by field, the current one."""

    DEFAULT_CSS = """
    ResultStrip { height: 1; padding: 0 1; }
    ResultStrip.-tall { height: 4; border-top: solid $foreground 20%; }
    """

    merging: reactive[Merging | None] = reactive[Merging | None](None)
    hunk: reactive[int] = reactive(0)

    def render(self) -> Content:
        """The lines."""
        merging = self.merging
        if merging is None or not merging.comparison.differences:
            return Content("")
        room = self.size.width
        if self.size.height < 2:
            count = Content.styled(self._count(merging), inks(self.app)["muted"])
            current = self._current(merging).truncate(max(room - count.cell_length - 2, 1), ellipsis=True)
            return Content.assemble(current, " " * max(room - current.cell_length - count.cell_length, 0), count)
        first = Content.assemble(("RESULT  ", "bold"), (self._count(merging), inks(self.app)["muted"]))
        lines = (first, self._parts(merging), self._current(merging))
        return Content("\n").join(line.truncate(room, ellipsis=True) for line in lines)

    def _count(self, merging: Merging) -> str:
        """How much is decided, and what becomes of the rest."""
        count = len(merging.comparison.differences)
        decided = f"{count - len(merging.undecided)} of {count} decided"
        return f"{decided}, the rest as in {_LETTERS[merging.into]}" if merging.undecided else decided

    def _parts(self, merging: Merging) -> Content:
        """Each field that differs with what was chosen, and the differences of the body by their number."""
        fields = [d for d in merging.comparison.differences if d.field]
        parts = [self._field(difference, merging.choices.get(difference.number)) for difference in fields]
        if len(fields) < len(merging.comparison.differences):
            body = [merging.choices.get(d.number) for d in merging.comparison.differences if not d.field]
            parts.append(Content.assemble(("body ", inks(self.app)["label"]), ", ".join(_counted(body))))
        return Content("   ").join(parts)

    def _field(self, difference: Difference, choice: Choice | None) -> Content:
        signs = f"{_sign(choice, 'left')}A {_sign(choice, 'right')}B" + " ✎" * isinstance(choice, Own)
        return Content.assemble(shown_line(difference.name, inks(self.app)["label"]), f" {signs}")

    def _current(self, merging: Merging) -> Content:
        """What the current difference is, and what was chosen for it."""
        if not self.hunk:
            return Content("")
        difference = merging.difference(self.hunk)
        section = difference.name or "the beginning"
        where = difference.name if difference.field else f"{_KINDS[difference.kind]} {section}"
        said = _said(merging.choices.get(self.hunk))
        return Content.assemble(shown_line(where, inks(self.app)["label"]), f": {said}")


def _sign(choice: Choice | None, side: str) -> str:
    return "●" if choice in {side, "both"} else "○"


def _said(choice: Choice | None) -> str:
    """What was chosen, in words."""
    match choice:
        case None:
            return "undecided"
        case "both":
            return "both"
        case Own():
            return "your own"
        case side:
            return f"from {_LETTERS[side]}"


def _counted(choices: list[Choice | None]) -> Iterator[str]:
    """How many choices there are of each kind."""
    said = Counter(map(_said, choices))
    yield from (f"{count} {kind}" for kind, count in sorted(said.items(), key=lambda pair: pair[0] == "undecided"))
