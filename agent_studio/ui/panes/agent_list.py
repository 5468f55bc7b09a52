"""The list of agents: one line each, of which only the visible ones are ever made."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from agent_studio.model.agent import Agent
from agent_studio.model.grouping import Section
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.session import Draft
from agent_studio.model.visible import one_line
from agent_studio.ui.agent_row import LEAD, Columns, Piece, Row, header
from agent_studio.ui.findings import Findings
from agent_studio.ui.offer import bindings
from agent_studio.ui.swatches import ANSI, SHADES

_HEADER = 1
"""Lines above the first row."""
_REVERSED = Style(reverse=True)


class AgentList(ScrollView, can_focus=True, inherit_bindings=False):
    """Agents in the order given, a cursor, marks.

    A move of the cursor shows at once and is told with `Picked`; until the owner has answered by setting `cursor`,
    what it sets from before that is passed over, so that no key is lost. `now` gives seconds since the epoch.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"agents--{kind}"
        for kind in (
            "plain",
            "header",
            "heading",
            "muted",
            "marked",
            "draft",
            "error",
            "warning",
            "cursor",
            "cursor-blurred",
        )
    }
    DEFAULT_CSS = """
    AgentList {
        overflow-x: hidden; scrollbar-gutter: stable;
        & > .agents--header, & > .agents--muted { color: $text-muted; }
        & > .agents--heading { text-style: bold; }
        & > .agents--marked { color: $text-primary; text-style: bold; }
        & > .agents--draft { color: $text-accent; }
        & > .agents--error { color: $text-error; }
        & > .agents--warning { color: $text-warning; }
        & > .agents--cursor {
            color: $block-cursor-foreground; background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
        & > .agents--cursor-blurred {
            color: $block-cursor-blurred-foreground; background: $block-cursor-blurred-background;
            text-style: $block-cursor-blurred-text-style;
        }
        &:ansi > .agents--header, &:ansi > .agents--muted { text-style: dim; }
        &:ansi > .agents--cursor-blurred, &:nocolor > .agents--cursor-blurred { text-style: bold; }
        &:nocolor > .agents--cursor { color: $foreground; background: $background; text-style: bold reverse; }
        &:nocolor > .agents--marked, &:nocolor > .agents--draft { color: $foreground; }
        &:nocolor > .agents--error, &:nocolor > .agents--warning { color: $foreground; }
    }
    """

    agents: reactive[tuple[Agent, ...]] = reactive[tuple[Agent, ...]](())
    places: var[Mapping[Ref, int]] = var[Mapping[Ref, int]](MappingProxyType({}))
    """Where each of the agents stands among them; set before they are."""
    sections: reactive[tuple[Section, ...]] = reactive[tuple[Section, ...]](())
    """The same agents under headings; none for a plain list. The cursor skips headings."""
    library: reactive[Library] = reactive(Library())
    cursor: var[Ref | None] = var[Ref | None](None)
    marks: reactive[frozenset[Ref]] = reactive[frozenset[Ref]](frozenset())
    drafts: reactive[Mapping[Ref, Draft]] = reactive[Mapping[Ref, Draft]](MappingProxyType({}))
    outside: reactive[frozenset[Ref]] = reactive[frozenset[Ref]](frozenset())
    filtered: reactive[bool] = reactive(False)
    findings: reactive[Findings] = reactive(Findings())
    alike: reactive[Mapping[Ref, int]] = reactive[Mapping[Ref, int]](MappingProxyType({}))
    """How many are the same or nearly, where there are several."""

    class Picked(Message):
        """The cursor was moved to an agent."""

        def __init__(self, ref: Ref) -> None:
            super().__init__()
            self.ref = ref

    class Opened(Message):
        """An agent was clicked that was under the cursor already."""

        def __init__(self, ref: Ref) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._now = now
        self._columns = Columns.of(80)
        self._row: int | None = None
        """Where the cursor is, counted in agents."""
        self._heads: list[int] = []
        """For each heading, how many agents stand before it."""
        self._unanswered: list[Ref] = []
        self._answer: Ref | None = None
        self._came = False
        """Whether nothing was picked since the focus came: the click that brings it opens nothing."""

    # The cursor

    def validate_cursor(self, ref: Ref | None) -> Ref | None:
        """The newest pick while the owner has not answered it; what else the owner sets counts."""
        if ref in self._unanswered:
            del self._unanswered[: self._unanswered.index(ref) + 1]
        elif ref != self._answer:
            self._unanswered.clear()
        self._answer = ref
        return self._unanswered[-1] if self._unanswered else ref

    def watch_cursor(self) -> None:
        """Show the cursor where the owner put it."""
        self._place(self._find(self.cursor))

    def watch_sections(self) -> None:
        """Put the headings where they belong."""
        self._lay()

    def watch_agents(self) -> None:
        """Show others."""
        self._lay()

    def _lay(self) -> None:
        """Keep the cursor on its agent, and that on its line of the screen."""
        line = None if self._row is None else self._line(self._row) - self.scroll_offset.y
        self._heads = [0, *accumulate(len(section.agents) for section in self.sections)][: len(self.sections)]
        self._row = self._find(self.cursor)
        self.virtual_size = Size(0, len(self.agents) + len(self._heads) + _HEADER)
        if self._row is not None and line is not None and 0 <= line < self._page:
            self._reveal(self._line(self._row) - line)
        else:
            self._reveal()

    def _line(self, row: int) -> int:
        """The line that an agent stands on, counted from the first below the names of the columns."""
        return row + bisect_right(self._heads, row)

    def _on_line(self, line: int) -> int | Section | None:
        """What stands on a line: an agent by its row, a heading, or nothing."""
        above = bisect_right(range(len(self._heads)), line, key=lambda place: self._heads[place] + place)
        if above and self._heads[above - 1] + above - 1 == line:
            return self.sections[above - 1]
        row = line - above
        return row if 0 <= row < len(self.agents) else None

    def _find(self, ref: Ref | None) -> int | None:
        return None if ref is None else self.places.get(ref)

    def _pick(self, row: int) -> None:
        """Move the cursor and tell."""
        row = min(max(row, 0), len(self.agents) - 1)
        if row < 0 or row == self._row:
            return
        ref = self.agents[row].ref
        self._came = False
        self._unanswered.append(ref)
        self.set_reactive(AgentList.cursor, ref)
        self._place(row)
        self.post_message(self.Picked(ref))

    def _place(self, row: int | None) -> None:
        before, self._row = self._row, row
        for changed in (before, row):
            if changed is not None and 0 <= (line := self._line(changed) - self.scroll_offset.y) < self._page:
                self.refresh(Region(0, line + _HEADER, self.size.width, 1))
        self._reveal()

    def _reveal(self, top: int | None = None) -> None:
        """Scroll as little as brings the cursor into view, from where the list is or (`top`) would be."""
        if self._row is None or self._page <= 0:
            return
        last = max(len(self.agents) + len(self._heads) - self._page, 0)
        line = self._line(self._row)
        first = line - (self._row in self._heads)  # the heading of the first in a section comes along
        top = min(max(self.scroll_offset.y if top is None else top, line - self._page + 1), first, last)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, force=True)

    @property
    def _page(self) -> int:
        """Rows that fit."""
        return self.size.height - _HEADER

    def _step(self, rows: int) -> None:
        self._pick(0 if self._row is None else self._row + rows)

    def action_down(self) -> None:
        """Next agent."""
        self._step(1)

    def action_up(self) -> None:
        """Previous agent."""
        self._step(-1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._step(max(self._page // 2, 1))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._step(-max(self._page // 2, 1))

    def action_top(self) -> None:
        """First agent."""
        self._pick(0)

    def action_bottom(self) -> None:
        """Last agent."""
        self._pick(len(self.agents) - 1)

    def on_resize(self, event: events.Resize) -> None:
        """Columns for the new width, and the cursor in view."""
        self._columns = Columns.of(self.scrollable_content_region.width)
        self.refresh()
        self._reveal()

    def on_focus(self) -> None:
        """Remember that the focus came just now."""
        self._came = True

    def on_click(self, event: events.Click) -> None:
        """Pick the agent that was clicked; open the one that is picked already."""
        row = self._on_line(self.scroll_offset.y + event.y - _HEADER)
        if event.y < _HEADER or not isinstance(row, int):
            return
        if row != self._row:
            self._pick(row)
        elif self._came:
            self._came = False
        else:
            self.post_message(self.Opened(self.agents[row].ref))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The header, an agent, or nothing."""
        if y < _HEADER:
            return self._strip(header(self._columns))
        place = self._on_line(self.scroll_offset.y + y - _HEADER)
        if isinstance(place, Section):
            title = Piece(f"  {one_line(place.title)}", "heading")
            return self._strip([title, Piece(f"  {len(place.agents)}", "muted")])
        if place is not None:
            under_cursor = place == self._row
            return self._strip(self._known(self.agents[place]).pieces(self._columns, under_cursor), under_cursor)
        if self.filtered and not self.agents and y == _HEADER + 1:
            return self._strip([Piece(" " * LEAD), Piece("nothing matches — esc clears the filter", "muted")])
        return self._strip([])

    def _known(self, agent: Agent) -> Row:
        ref, root = agent.ref, self.library.root_of(agent.ref)
        found = self.findings.of(ref)
        return Row(
            agent,
            self._now() - agent.mtime,
            root.scope if root else None,
            ref in self.marks,
            ref in self.drafts,
            ref in self.outside,
            self.library.rivals(agent),
            self.library.standing(agent),
            root is not None and root.idle is not None,
            found[0].severity if found else None,
            len(found),
            self.alike.get(ref, 0),
        )

    def _strip(self, pieces: list[Piece], under_cursor: bool = False) -> Strip:
        strip = Strip([Segment(text, self._style(kind, under_cursor)) for text, kind in pieces])
        return strip.adjust_cell_length(self.scrollable_content_region.width, self._style("", under_cursor))

    def _style(self, kind: str, under_cursor: bool) -> Style:
        style = self._shade(kind) if kind in SHADES else self._plain(kind)
        if not under_cursor:
            return style
        cursor = self._plain("cursor" if self.has_focus else "cursor-blurred")
        if not kind or self.app.no_color:
            return cursor
        if self.has_focus:
            return style + _REVERSED if kind in SHADES else cursor
        return cursor + Style(color=style.color, bold=style.bold, dim=style.dim)

    def _plain(self, kind: str) -> Style:
        return self.get_component_rich_style(f"agents--{kind or 'plain'}")

    def _shade(self, color: str) -> Style:
        if self.app.no_color:
            return self._plain("") + Style(bold=True)
        shade = Color.parse((ANSI if self.app.native_ansi_color else SHADES)[color])
        return self._plain("") + Style(color=shade.rich_color, bold=True)
