"""The reassign screen: one field of many agents, with everything that would be written, before it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker

from agent_studio.model.agent import Agent
from agent_studio.model.plans import Plan
from agent_studio.model.reassign import (
    BODY,
    Amendment,
    Outcome,
    Reassignment,
    Substitute,
    Tally,
    outcomes,
    reassign,
    value_of,
)
from agent_studio.model.schema import IllegalValue
from agent_studio.ui.amending import (
    FIELD_KEYS,
    Asking,
    Way,
    field_of,
    other_fields,
    suggestions,
    typed,
    ways,
)
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.change_view import ChangeLines, lines_of
from agent_studio.ui.dialogs.rows import Rows
from agent_studio.ui.editors.written_view import Row
from agent_studio.ui.offer import hints
from agent_studio.ui.panes.outcome_list import OutcomeList
from agent_studio.ui.shown import shown_line

Files = tuple[tuple[str, tuple[Row, ...]], ...]


class Reassigned(NamedTuple):
    """What a person agreed to: a plan, and the amendments that it came from."""

    plan: Plan
    amendments: tuple[Amendment, ...]


class _Preview(NamedTuple):
    """All that is shown of a reassignment."""

    found: Reassignment
    outcomes: tuple[Outcome, ...]
    files: Files


class ReassignScreen(Screen[Reassigned | None]):
    """Asks for a field and a value by one key each; enter dismisses it with the plan that is shown, escape with None.

    A key that comes while the plan is still made waits for it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "apply", "Apply", show=False, priority=True),
        Binding("escape", "leave", "Back", show=False),
        Binding("v", "view", "All lines", show=False),
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page down", show=False),
        Binding("pageup", "scroll(-10)", "Page up", show=False),
    ]
    DEFAULT_CSS = """
    ReassignScreen { background: $background; layout: vertical; }
    ReassignScreen Static { height: auto; padding: 0 1; }
    ReassignScreen #reassign-title { background: $panel; text-style: bold; }
    ReassignScreen #reassign-keys { background: $panel; color: $text-muted; }
    ReassignScreen #reassign-state { color: $text-muted; }
    ReassignScreen #reassign-counts { text-wrap: nowrap; text-overflow: ellipsis; }
    ReassignScreen OutcomeList { height: 2fr; min-height: 3; }
    ReassignScreen #reassign-panel { height: auto; border-top: hkey $panel-lighten-2; }
    ReassignScreen ChangeLines { height: 1fr; min-height: 4; border-top: hkey $panel-lighten-2; }
    ReassignScreen.-choosing ChangeLines, ReassignScreen.-lines OutcomeList { display: none; }
    """

    field: reactive[str] = reactive("")
    amendments: reactive[tuple[Amendment, ...]] = reactive[tuple[Amendment, ...]](())

    def __init__(self, agents: Sequence[Agent], what: str, amendments: tuple[Amendment, ...] = ()) -> None:
        super().__init__()
        self._agents = agents
        self._what = what
        self._preview: _Preview | None = None
        self._making: Worker[None] | None = None
        self.set_reactive(ReassignScreen.amendments, amendments)
        if amendments:
            self.set_reactive(ReassignScreen.field, amendments[0].field)

    def compose(self) -> ComposeResult:
        """The agents, the choices, the counts, the lines, the keys."""
        yield Static(Content.assemble("REASSIGN  ", shown_line(self._what)), id="reassign-title")
        yield OutcomeList()
        with Vertical(id="reassign-panel"):
            yield Static(id="reassign-field")
            yield Static(id="reassign-value")
            yield Static(id="reassign-counts")
        yield ChangeLines()
        yield Static(id="reassign-state")
        yield Static(id="reassign-keys")

    def on_mount(self) -> None:
        """Show what was chosen already."""
        self._choose(self.field, self.amendments)

    # Choosing

    def _choose(self, field: str, amendments: tuple[Amendment, ...] = ()) -> None:
        self.field, self.amendments = field, amendments
        self._preview = None
        if self._making:
            self._making.cancel()
        self._making = self._make() if amendments else None
        self._show()

    @work(group="reassign")
    async def _make(self) -> None:
        preview = await asyncio.to_thread(_previewed, self._agents, self.amendments)
        self._preview = preview
        with suppress(NoMatches):  # as the studio ends, one part of the screen goes after the other
            self._show()

    def on_key(self, event: events.Key) -> None:
        """A letter chooses a field, then what is done to it."""
        if not self.field:
            if name := FIELD_KEYS.get(event.character or ""):
                event.stop()
                self._choose(name)
            elif event.character == "o":
                event.stop()
                self._ask_field()
            return
        if way := next((way for way in ways(self.field) if way.key == event.character), None):
            event.stop()
            self._go(way)

    def _go(self, way: Way) -> None:
        match way.then:
            case "replace":
                self._ask_replaced()
            case "set" | "add" | "take":
                self._ask(way.then)
            case amendment:
                self._choose(self.field, (amendment,))

    def _ask_field(self) -> None:
        names = other_fields(self._agents)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._choose(names[place])

        rows = [Content.assemble(shown_line(name), ("  " + field_of(name).help, "dim")) for name in names]
        self.app.push_screen(Rows(Content("which field"), rows, "choose"), chosen)

    def _ask(self, asking: Asking) -> None:
        name = self.field
        verb = {"set": "Set", "add": "Add to", "take": "Take from"}.get(asking, "")

        def check(text: str) -> str | None:
            try:
                typed(name, asking, text)
            except IllegalValue as illegal:
                return str(illegal)
            return None

        def chosen(text: str | None) -> None:
            if text is not None:
                self._choose(name, (typed(name, asking, text),))

        known = suggestions(name, asking, self._agents)
        note = field_of(name).help or "A field that Claude Code does not know."
        self.app.push_screen(Ask(f"{verb} {name} of {self._what}", note, check=check, suggestions=known), chosen)

    def _ask_replaced(self) -> None:
        name = self.field

        def first(old: str | None) -> None:
            if old:
                title = f"In {name} of {self._what}, instead of {old}"
                self.app.push_screen(Ask(title, "Nothing takes it out."), lambda new: second(old, new))

        def second(old: str, new: str | None) -> None:
            if new is not None:
                self._choose(name, (Substitute(name, old, new),))

        def check(old: str) -> str | None:
            return None if old else "a text that stands there"

        note = "The text as it stands there, capitals count."
        self.app.push_screen(Ask(f"Replace in {name} of {self._what}", note, check=check), first)

    # Showing

    @property
    def _room(self) -> int:
        """Cells for keys and labels; the last label brings two blanks along."""
        return self.app.size.width

    def on_resize(self) -> None:
        """Keys and labels in another width."""
        self._show()

    def _show(self) -> None:
        preview = self._preview
        self.set_class(preview is None, "-choosing")
        listed = self.query_one(OutcomeList)
        listed.field, listed.pending = self.field or "model", preview is None
        listed.outcomes = preview.outcomes if preview else _held(self._agents, listed.field)
        self.query_one("#reassign-field", Static).update(self._fields())
        self.query_one("#reassign-value", Static).update(self._values())
        self.query_one("#reassign-counts", Static).update(self._counts())
        self.query_one(ChangeLines).show(preview.files if preview else ())
        self.query_one("#reassign-state", Static).update(self._state())
        self.query_one("#reassign-keys", Static).update(self._keys())

    def _fields(self) -> Content:
        pairs = list(FIELD_KEYS.items())
        if self.field and self.field not in FIELD_KEYS.values():
            pairs.append(("o", self.field))
        else:
            pairs.append(("o", "other…"))
        return _line("field", [(key, name, name == self.field) for key, name in pairs], not self.field, self._room)

    def _values(self) -> Content:
        if not self.field:
            return Content.styled("value   choose a field first", "dim")
        chosen = self.amendments[0] if self.amendments else None
        found = [(way.key, way.label, way.then == chosen) for way in ways(self.field)]
        line = _line("value", found, True, self._room)
        if chosen and not any(is_chosen for *_, is_chosen in found):
            words = ", ".join(map(str, self.amendments))
            return Content.assemble(line, "\n        ", shown_line(words, "bold reverse"))
        return line

    def _counts(self) -> Content:
        if self._preview:
            lines = [line for tally in self._preview.found.tallies for line in _told(tally)]
            return Content("\n").join([*lines, *_skipped(self._preview.found.plan)])
        field = self.field or "model"
        counts = Counter(value_of(agent.document, field) for agent in self._agents)
        many = len(counts) - 4
        most = ", ".join(f"{value} {number:,}" for value, number in counts.most_common(4))
        more = f", {many:,} other" if many > 0 else ""
        return _labelled("now", f"{most}{more}" if field != BODY else "a text each")

    def _state(self) -> Content:
        if self._making and not self._preview:
            return Content("looking at every file…")
        return Content("Nothing is written yet." + (" One undo takes all of it back." if self._preview else ""))

    def _keys(self) -> Content:
        keys = [("esc", "another field" if self.field else "cancel"), ("↑↓", "scroll")]
        if self._preview:
            count = len(self._preview.found.plan.change.edits)
            lines = "agents" if self.has_class("-lines") else "all lines"
            keys = [("⏎", f"apply to {count:,}"), ("v", lines), *keys]
        return hints(keys)

    # Keys

    @work(group="apply", exclusive=True)
    async def action_apply(self) -> None:
        """Leave with what is shown."""
        if self._making:
            await self._making.wait()
        if self._preview is None:
            self.query_one("#reassign-state", Static).update(Content("Choose a field and a value first."))
        elif not self._preview.found.plan.change:
            self.query_one("#reassign-state", Static).update(Content("There is nothing to apply."))
        else:
            self.dismiss(Reassigned(self._preview.found.plan, self.amendments))

    def action_leave(self) -> None:
        """One level back: from the lines to the agents, to the fields, to the list."""
        if self.has_class("-lines"):
            self.action_view()
        elif self.field:
            self._choose("")
        else:
            self.dismiss(None)

    def action_view(self) -> None:
        """All lines on the whole screen, or the agents again."""
        if self._preview:
            self.toggle_class("-lines")
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll what has most of the screen."""
        target = self.query_one(ChangeLines if self.has_class("-lines") else OutcomeList)
        target.scroll_relative(y=by, animate=False)


def _previewed(agents: Sequence[Agent], amendments: tuple[Amendment, ...]) -> _Preview:
    found = reassign(agents, amendments)
    return _Preview(found, outcomes(agents, amendments, found.plan), lines_of(found.plan.change))


def _held(agents: Sequence[Agent], field: str) -> tuple[Outcome, ...]:
    """The agents with what they have now."""
    return tuple(Outcome(agent, value_of(agent.document, field), agent.locked) for agent in agents)


def _labelled(label: str, text: str, style: str = "") -> Content:
    """A text behind a label."""
    return Content.assemble((f"{label:8}", "dim"), shown_line(text, style))


def _told(tally: Tally) -> tuple[Content, Content]:
    """Before and after of a tally, one line each."""
    before, after = (
        ", ".join(f"{value} {number:,}" for value, number in side) or "none" for side in (tally.before, tally.after)
    )
    return _labelled("before", before), _labelled("after", after)


def _skipped(plan: Plan) -> list[Content]:
    """How many are skipped for which reason."""
    reasons = Counter(skip.reason for skip in plan.skipped)
    return [_labelled("skipped", f"{number:,}: {reason}", "$text-warning") for reason, number in reasons.most_common(3)]


def _line(name: str, keys: Sequence[tuple[str, str, bool]], live: bool, width: int) -> Content:
    """Keys with their labels behind a name, on as many lines as they need; the chosen one stands out.

    Keys that do nothing now are dim.
    """
    lines = [Content.styled(f"{name:8}", "dim")]
    for key, label, on in keys:
        style = "bold $text-accent" if live else "dim"
        part = Content.assemble((key, style), " ", shown_line(label, "bold reverse" if on else ""), "  ")
        if lines[-1].cell_length + part.cell_length > width:
            lines.append(Content(" " * 8))
        lines[-1] += part
    return Content("\n").join(lines)
