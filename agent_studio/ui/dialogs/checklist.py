"""What many agents have of a list, to be added to and taken from by ticks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from agent_studio.ui.agent_row import fitted
from agent_studio.ui.dialogs.dialog import Dialog, Options
from agent_studio.ui.offer import hints
from agent_studio.ui.shown import shown_line


class Ticked(NamedTuple):
    """What was ticked: items to add, to take away; or (`exact`) all that the list shall be."""

    added: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    exact: tuple[str, ...] | None = None


class _Items(Options):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.take", "Take", show=False),
        Binding("space", "screen.tick", "Tick", show=False),
    ]


class Checklist(Dialog[Ticked | None]):
    """Asks for ticks; dismissed with them, or None on escape.

    `counts` says how many of `total` have each item. Where none has a list, what is ticked is the whole list (`whole`).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("equals_sign", "take(True)", "Exactly these", show=False),
    ]
    DEFAULT_CSS = """
    Checklist > Vertical { width: 68; height: 92%; max-height: 34; padding: 1 0; }
    Checklist Static { padding: 0 2; height: auto; }
    Checklist Options { height: 1fr; }
    """

    def __init__(
        self, title: Content, counts: Sequence[tuple[str, int]], total: int, note: str = "", whole: bool = False
    ) -> None:
        super().__init__()
        self._question = title
        self._counts = counts
        self._total = total
        self._note = note
        self._whole = whole
        self._wanted: dict[str, bool] = {}
        """Item -> whether all shall have it, of those that were ticked or unticked."""

    def compose(self) -> ComposeResult:
        """The title, the items, the keys."""
        with Vertical():
            yield Static(self._question.stylize("bold"))
            if self._note:
                yield Static(shown_line(self._note), id="note")
            yield _Items()
            keys = [("spc", "tick"), ("⏎", "look at it"), ("esc", "cancel")]
            if not self._whole:
                keys.insert(2, ("=", "exactly what is ticked"))
            yield Static(hints(keys), id="keys")

    def on_mount(self) -> None:
        """The first item first."""
        items = self.query_one(_Items)
        for name, count in self._counts:
            items.add_option(Option(Content.assemble(self._item(name, count))))
        items.highlighted = 0
        items.focus()

    def _item(self, name: str, count: int) -> Content:
        wanted = self._wanted.get(name)
        box = "[x]" if wanted or (wanted is None and count == self._total) else "[ ]"
        box = "[~]" if wanted is None and 0 < count < self._total else box
        sign, style = ("+", "$text-success") if wanted else (" ", "") if wanted is None else ("-", "$text-error")
        held = f"{count:,} of {self._total:,}" if count else ""
        line = Content.assemble(f"{sign} {box} ", fitted(shown_line(name).plain, 36), (held, "dim"))
        return line.stylize(f"bold {style}") if style else line

    def action_tick(self) -> None:
        """Add to all, take from all, leave as it is: the next of them that differs; then go on."""
        items = self.query_one(_Items)
        place = items.highlighted
        if place is None:
            return
        name, count = self._counts[place]
        states = [None, *([True] if count < self._total else []), *([False] if count else [])]
        wanted = states[(states.index(self._wanted.get(name)) + 1) % len(states)]
        self._wanted.pop(name, None)
        if wanted is not None:
            self._wanted[name] = wanted
        items.replace_option_prompt_at_index(place, self._item(name, count))

    def action_take(self, exactly: bool = False) -> None:
        """Leave with the ticks."""
        added = tuple(name for name, wanted in self._wanted.items() if wanted)
        taken = tuple(name for name, wanted in self._wanted.items() if not wanted)
        if exactly or self._whole:
            ticked = [name for name, count in self._counts if self._wanted.get(name, count == self._total)]
            self.dismiss(Ticked(exact=tuple(ticked)) if ticked else None)
        else:
            self.dismiss(Ticked(added, taken) if self._wanted else None)
