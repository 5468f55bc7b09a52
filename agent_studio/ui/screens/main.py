"""The screen of the studio: list, form and preview over one session."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.css.query import NoMatches
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.disk import Store
from agent_studio.ui.actions.marking import RANGING, Marking
from agent_studio.ui.commands import BY_ID, Context
from agent_studio.ui.ground import ground
from agent_studio.ui.offer import bindings
from agent_studio.ui.panes.agent_list import AgentList
from agent_studio.ui.panes.detail import DetailStrip
from agent_studio.ui.panes.empty import EmptyState
from agent_studio.ui.panes.filter_bar import FilterBar
from agent_studio.ui.panes.key_bar import KeyBar
from agent_studio.ui.panes.status_line import StatusLine
from agent_studio.ui.panes.title_bar import TitleBar
from agent_studio.ui.screens.arranging import ArrangeScreen

if TYPE_CHECKING:
    from agent_studio.ui.actions.actions import Actions
    from agent_studio.ui.panes.preview import Preview

_ABOUT: dict[Context, str] = {
    "app": "Agent Studio",
    "empty": "No agent file was found. An agent is a Markdown file with a name and a description in its frontmatter.",
    "list": "The agents. Verbs act on the marked ones, else on the one under the cursor. u takes back what they wrote.",
    "form": "One agent. What is typed is a draft until ^s writes it; below stands exactly what will be written.",
    "compare": "Two agents side by side.",
    "history": "What was done to an agent.",
    "problems": "What the rules found. ? shows the whole page of the rule under the cursor. u takes back what f wrote.",
    "duplicates": "Agents that are there more than once, or nearly. A marks all of a group but the one to keep: the one"
    " that Claude Code takes, else the first. d and x act on what is marked.",
    "trust": "What to look at before an agent is trusted.",
}


class MainScreen(ArrangeScreen):
    """List, form and preview; which of them show depends on the width and on what has the focus."""

    AUTO_FOCUS = "AgentList"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-medium"), (140, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (15, "-short"), (30, "-tall")]  # noqa: RUF012

    pane: reactive[str] = reactive("list", repaint=False)
    """The pane in front where not all fit: list, form, preview; problems and duplicates take the place of all."""

    def __init__(self, store: Store, place: str = "", now: Callable[[], float] = time.time) -> None:
        super().__init__(store, now)
        self.set_classes(["-loading", "-list"])
        self._place = place
        self._marking = Marking(self)
        self.actions: tuple[Actions, ...] = (self._marking,)
        """What commands do, but for what this screen does itself."""
        self._typed: str | None = None
        """A filter that is typed, and shown in its bar, but not looked for yet."""

    def compose(self) -> ComposeResult:
        """Title, filter, the list, the last message, the keys: what the first picture shows."""
        yield TitleBar()
        yield FilterBar()
        with Horizontal(id="panes"), Vertical(id="left"):
            yield AgentList(now=self.now)
            yield DetailStrip()
        yield EmptyState()
        yield Static("This terminal is too small: 60 × 15 is needed. Keys still work.", id="too-small")
        yield StatusLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what is open."""
        self.query_one(TitleBar).place = self._place

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is behind the panes."""
        return ground(self, crop)

    async def furnish(self) -> None:
        """Put up the other panes: what they need takes longer to load than the first picture may."""
        if self.furnished.is_set():
            return
        furniture = await asyncio.to_thread(import_module, "agent_studio.ui.screens.furniture")
        self.actions += tuple(furniture.actions(self))
        await self.query_one("#panes").mount(furniture.EditorPane(), furniture.Preview())
        await self.mount(furniture.ProblemsPane(), furniture.DuplicatesPane(), after="#panes")
        self.furnished.set()

    async def prepare(self) -> None:
        """Have at hand what a first comparison would have to load and to build."""
        await asyncio.to_thread(import_module, "markdown_it")  # which some texts are outlined with
        compare = await asyncio.to_thread(import_module, "agent_studio.ui.screens.compare")
        self.app.call_later(compare.CompareScreen.keep, self.app)

    def opened(self) -> None:
        """Fill the other panes."""
        self.watch_session(Session(), self.session)

    def loaded(self, news: list[str]) -> None:
        """Show what was found; with nothing found, say where was looked."""
        super().loaded(news)
        self.remove_class("-loading", update=False)  # no style hangs on it
        self._show_emptiness()
        if self.focused is None or self.focused is self.query_one(AgentList):
            self.focus_on(self.query_one(EmptyState if self.has_class("-empty") else AgentList))

    def _show_emptiness(self) -> None:
        empty = not self.session.agents and not self.has_class("-loading")
        self.place_panes({"-empty": empty})
        self.query_one(EmptyState).library = self.session.library

    # Session to panes

    def watch_session(self, before: Session, session: Session) -> None:
        """Hand each pane its slice; what is equal costs nothing."""
        if self.is_mounted:
            with suppress(NoMatches):  # as the studio ends, one pane goes after the other
                self._hand_down(before, session)

    def _hand_down(self, before: Session, session: Session) -> None:
        title = self.query_one(TitleBar)
        title.library, title.agents, title.unsaved = session.library, session.agents, len(session.drafts)
        title.marks = session.marks
        self.query_one(FilterBar).session = session
        status = self.query_one(StatusLine)
        status.marked = len(session.marks)
        hides = session.marks and session.filter
        status.hidden = len(session.marks - session.listing.places.keys()) if hides else 0
        agents = self.query_one(AgentList)
        agents.library, agents.drafts = session.library, session.drafts
        agents.outside = frozenset(ref for ref in session.drafts if session.outside(ref))
        agents.filtered = bool(session.filter)
        agents.sections = session.listing.sections
        agents.places, agents.agents = session.listing.places, session.shown
        agents.marks = session.marks
        agents.cursor = session.cursor
        if session.agents != before.agents:
            self._show_emptiness()
        self._show_current(before, session)

    def _show_current(self, before: Session, session: Session) -> None:
        agent = session.current
        document = session.document(agent.ref) if agent else None
        detail = self.query_one(DetailStrip)
        detail.library, detail.agent = session.library, agent
        if not self.ready.is_set():
            return
        self.duplicates.library, self.duplicates.marks = session.library, session.marks
        editor, preview = self.editor, self.preview
        if before.cursor != session.cursor:
            preview.mode = "source" if preview.mode == "rendered" else preview.mode
        editor.outside = session.outside(agent.ref) if agent else None
        editor.base = session.drafts[agent.ref].agent if agent and agent.ref in session.drafts else agent
        root = session.library.root_of(agent.ref) if agent else None
        editor.plugin = root is not None and root.scope == "plugin"
        editor.found = self.findings.of(agent.ref) if agent else ()
        editor.agent, editor.document = agent, document
        preview.library, preview.agent, preview.document = session.library, agent, document

    def watch_pane(self, pane: str) -> None:
        """Bring a pane to the front."""
        self.place_panes({f"-{name}": pane == name for name in ("list", "form", "preview", "problems", "duplicates")})

    def say(self, message: str, wrong: bool = False) -> None:
        """In the status line, where it stays."""
        self.query_one(StatusLine).say(message, wrong)

    # Panes to session

    @on(AgentList.Picked)
    def _picked(self, event: AgentList.Picked) -> None:
        self._filter_now()
        self.session = self._marking.moved(self.session.picked(event.ref))

    @on(AgentList.Opened)
    async def _opened(self, event: AgentList.Opened) -> None:
        self.session = self.session.picked(event.ref)
        await self.ready.wait()
        self.do_open()

    @on(FilterBar.Typed)
    def _filter_soon(self, event: FilterBar.Typed) -> None:
        """Let what was typed be seen first; of several letters in a row only the last text is looked for."""
        self._typed = event.text
        self.call_after_refresh(self._filter_now)

    def _filter_now(self) -> None:
        """Look for what was typed, where that is still to be done."""
        if self._typed is not None:
            self.session, self._typed = self.session.filtered(self._typed), None

    def filter(self, text: str) -> None:
        """Filter the list by a text that was chosen elsewhere."""
        self._typed = None
        self.query_one(FilterBar).show(text)
        self.session = self._in_time.filtered(text)

    @property
    def _in_time(self) -> Session:
        """The session with ages counted from now."""
        return self.session.knowing(replace(self.session.known, now=self.now()))

    @on(FilterBar.Left)
    def _left_filter(self) -> None:
        self._filter_now()
        self.focus_on(self.query_one(AgentList))

    # Commands

    @property
    def preview(self) -> Preview:
        """The pane that shows an agent's text."""
        from agent_studio.ui.panes.preview import Preview

        return self.query_one(Preview)

    def action_do(self, command_id: str) -> Awaitable[None] | None:
        """Run a command, as soon as commands may act, or say why it cannot be run now."""
        if not self.ready.is_set():
            return self._do_when_ready(command_id)
        self.do(command_id)
        return None

    async def _do_when_ready(self, command_id: str) -> None:
        await self.ready.wait()
        self.do(command_id)

    def do(self, command_id: str) -> None:
        """Run a command, or say why it cannot be run now."""
        self._filter_now()
        command = BY_ID[command_id]
        reason = command.blocked(self.session) if command.blocked else None
        if reason:
            self.say(reason, wrong=True)
            return
        if command_id not in RANGING:
            self._marking.end_range()
        name = f"do_{command.verb}"
        next(getattr(group, name) for group in (self, *self.actions) if hasattr(group, name))()

    def on_problems_pane_opened(self) -> None:
        """Go to the problem under the cursor."""
        self.do("problems.go")

    def on_duplicates_pane_opened(self) -> None:
        """Go to the agent under the cursor."""
        self.do("duplicates.visit")

    @property
    def context(self) -> Context:
        """The context whose keys work where the focus is."""
        if self.query("EditorPane:focus-within"):
            return "form"
        if self.pane == "problems":
            return "problems"
        if self.pane == "duplicates":
            return "duplicates"
        return "empty" if self.has_class("-empty") else "list"

    def focus_on(self, widget: Widget) -> None:
        """Focus a widget before the next key is taken; while it is not shown yet, nothing else has the focus."""
        if widget.focusable:
            self.set_focus(widget)
        else:
            self.set_focus(None)
            widget.focus()

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that has the focus."""
        self.query_one(KeyBar).context = self.context

    def do_help(self) -> None:
        """The keys of this pane."""
        from agent_studio.ui.dialogs.keys import Keys

        self.app.push_screen(Keys(self.context, _ABOUT[self.context]))

    def do_palette(self) -> None:
        """All commands."""
        self.app.action_command_palette()

    def do_theme(self) -> None:
        """Choose a theme."""
        self.app.action_change_theme()

    def do_rescan(self) -> None:
        """Read the disk again, the configuration of the rules included."""
        self.run_worker(self.reread(None), group="write")
        self.check_soon()
        self.say("read again")

    def do_pane_list(self) -> None:
        """To the list."""
        self.pane = "list"
        self.focus_on(self.query_one(AgentList))

    def do_pane_form(self) -> None:
        """To the form."""
        self.do_open()

    def do_open(self) -> None:
        """Edit the agent under the cursor."""
        if self.session.current:
            self.pane = "form"
            self.set_focus(None)
            self.editor.focus_first()

    def do_filter(self) -> None:
        """Into the filter; ages count from now on."""
        self.session = self._in_time
        self.focus_on(self.query_one(FilterBar).query_one(Input))

    def do_back(self) -> None:
        """One level back: to the list, then the filter goes, then the marks."""
        if self.zoomed:
            self.zoomed = False
        elif not isinstance(self.focused, AgentList | EmptyState):
            self.do_pane_list()
        elif self._marking.end_range():
            self.say("the range is marked; esc again clears")
        elif self.session.filter:
            self.filter("")
        elif self.session.marks:
            self.session = replace(self.session, marks=frozenset())

    # Other places

    def go_to(self, ref: Ref) -> None:
        """Put the cursor on an agent, whatever the filter."""
        if ref not in self.session.listing.places:
            self.filter("")
        self.session = self.session.picked(ref)
        self.do_pane_list()
