"""The screen of a comparison: two titles, the pane, the keys."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from inspect import isawaitable
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from agent_studio.model.compare import Comparison
from agent_studio.model.unified import unified
from agent_studio.store.copies import copies
from agent_studio.ui import clipboard, external
from agent_studio.ui.commands import BY_ID
from agent_studio.ui.dialogs.keys import Keys
from agent_studio.ui.external import NoEditor
from agent_studio.ui.ground import ground
from agent_studio.ui.panes.compare import ComparePane, CompareTitle, FindBar, Side
from agent_studio.ui.panes.key_bar import KeyBar
from agent_studio.ui.panes.status_line import StatusLine
from agent_studio.ui.shown import shown

_ABOUT = (
    "Two agents: fields first, then the body by section. What only A has and words that B lacks are tinted one way,"
    " what only B has the other. ▌ changed, ◀ or - only in A, ▶ or + only in B, ⇅ stands elsewhere on the other side,"
    " ≈ spelled otherwise but read the same. n and N go through the differences; after / they go through what was"
    " found, as in less, until esc; ] and [ always go to the next field or section. A merge is made of choices: >"
    " takes a difference from A, < from B; the first choice says which file the merge goes to. ● is in the result,"
    " ○ is not, ✎ is your own. w shows the bytes and asks where to; until then nothing is written."
)

Fitting = TypeVar("Fitting", bound=Widget)


class Notice(Static):
    """What there is to say about a comparison as a whole."""

    DEFAULT_CSS = "Notice { padding: 0 1; color: $text-warning; }"


class ComparingScreen(Screen[bool]):
    """Shows two agents, field by field and word by word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.keys, command.action, command.label, id=command.id, show=False)
        for command in (BY_ID["compare.back"], BY_ID["app.help"], BY_ID["app.quit"])
    ]

    def __init__(self) -> None:
        super().__init__(classes="-loading")
        self.sides: tuple[Side, ...] = ()
        self.loose = False

    def compose(self) -> ComposeResult:
        """Titles, the pane, the keys; what else there is comes when it has something to say."""
        yield CompareTitle()
        yield ComparePane()
        yield KeyBar("compare")

    def render_lines(self, crop: Region) -> list[Strip]:
        """What is behind the panes."""
        return ground(self, crop)

    def fitted(self, kind: type[Fitting], *, before: str | None = None, after: str | None = None) -> Fitting:
        """The widget of a kind, put before or after another one when it is first asked for."""
        found = next(iter(self.query(kind)), None)
        if found is None:
            found = kind()
            self.mount(found, before=before, after=after)
        return found

    def on_mount(self) -> None:
        """Start comparing, unless the screen is only kept for later."""
        if self.sides:
            self.begin()

    def begin(self) -> None:
        """Start comparing the sides."""
        self.query_one(CompareTitle).sides = self.sides
        self.query_one(ComparePane).focus()
        self.call_after_refresh(self.compare)

    def on_screen_suspend(self) -> None:
        """Where the comparison was left, and not only covered, nothing of it is kept."""
        if self not in self.app.screen_stack:
            with suppress(NoMatches):  # as the studio ends, one pane goes after the other
                self.clear()

    def clear(self) -> None:
        """Be as new: no sides, nothing going on, nothing said, chosen or sought."""
        self.workers.cancel_node(self)
        self.sides, self.loose = (), False
        self.add_class("-loading", update=False)
        self.clear_selection()
        title = self.query_one(CompareTitle)
        title.sides, title.comparison, title.hunk = (), None, 0
        self.query_one(ComparePane).clear()
        for bar in self.query(FindBar):
            bar.clear()
        self.query("Notice, StatusLine").set(display=False)

    def compare(self) -> object:
        """Compare the sides anew and show what comes of it."""
        raise NotImplementedError

    def show(self, comparison: Comparison) -> None:
        """Show a comparison."""
        title, pane = self.query_one(CompareTitle), self.query_one(ComparePane)
        pane.comparison = title.comparison = comparison
        title.sides, title.hunk = self.sides, pane.hunk
        said = _said(comparison, *self.sides)
        if said or self.query(Notice):
            notice = self.fitted(Notice, after="CompareTitle")
            notice.update(shown("\n".join(said)))
            notice.display = bool(said)
        self.remove_class("-loading", update=False)  # no style hangs on it, and all would be looked up again

    def say(self, message: str, wrong: bool = False) -> None:
        """Say something above the keys, until another key is pressed."""
        line = self.fitted(StatusLine, before="KeyBar")
        line.display = True
        line.say(message, wrong)

    def on_key(self) -> None:
        """What was said was read."""
        self.query(StatusLine).set(display=False)

    @on(ComparePane.HunkPicked)
    def _hunk_picked(self) -> None:
        self.query_one(CompareTitle).hunk = self.query_one(ComparePane).hunk

    # Finding

    async def do_find(self) -> None:
        """Ask what to find."""
        if not self.query(FindBar):
            await self.mount(FindBar(), after=self.query_one(ComparePane))
        self.query_one(FindBar).begin()

    @on(FindBar.Typed)
    def _typed(self, event: FindBar.Typed) -> None:
        self.query_one(ComparePane).seek(event.text)

    @on(FindBar.Left)
    def _left_find(self) -> None:
        pane = self.query_one(ComparePane)
        pane.focus()
        pane.tell_found()

    @on(ComparePane.Found)
    def _found(self, event: ComparePane.Found) -> None:
        self.query_one(FindBar).show(event.count, event.number)

    # Commands

    async def action_do(self, command_id: str) -> None:
        """Run a command; one that has no meaning here does nothing."""
        run = getattr(self, f"do_{BY_ID[command_id].verb}", None)
        if run and isawaitable(done := run()):
            await done

    def do_spelling(self) -> None:
        """Ignore spelling and white space, or count them again."""
        self.loose = not self.loose
        self.compare()
        self.say("spelling and white space make no difference" if self.loose else "every difference counts")

    @work(group="copy", exclusive=True)
    async def do_patch(self) -> None:
        """Copy what turns the left file into the right one, as `diff -u` prints it."""
        left, right = self.sides
        patch = unified(left.document.data, right.document.data, left.title, right.title)
        if patch:
            self.say(f"patch {await clipboard.copy(self.app, patch)}")
        else:
            self.say("there is nothing to copy: the bytes are equal", wrong=True)

    @work(group="difftool", exclusive=True)
    async def do_difftool(self) -> None:
        """Show copies of both in the person's own difftool."""
        named = [(_file_name(side.title), side.document.data) for side in self.sides]
        try:
            with copies(named) as (left, right):
                await external.run_editor(self.app, external.difftool_command(os.environ, left, right))
        except (NoEditor, OSError) as error:
            self.say(str(error), wrong=True)

    def do_back(self) -> None:
        """End finding; then back to where the comparison was asked for."""
        if self.query_one(ComparePane).sought:
            self.query_one(FindBar).action_end()
        else:
            self.leave()

    def do_quit(self) -> None:
        """Back, too: what is left is the comparison."""
        self.leave()

    def leave(self) -> None:
        """Back to where the comparison was asked for."""
        self.dismiss(False)

    def do_help(self) -> None:
        """The keys of the comparison."""
        self.app.push_screen(Keys("compare", _ABOUT))


def _file_name(title: str) -> str:
    """A name for a copy of what has this title."""
    name = re.sub(r"[^\w.-]", "_", title.rpartition("/")[2].rpartition(":")[2])
    return name.lstrip(".-")[-80:] or "agent.md"


def _said(comparison: Comparison, left: Side, right: Side) -> list[str]:
    """What there is to say about the whole: a side that the host cannot read, or no difference at all."""
    said = [f"{name}: {s.document.trouble}" for name, s in zip("AB", (left, right), strict=True) if s.document.trouble]
    if comparison.same:
        equal = left.document.data == right.document.data
        more = "and the bytes are equal" if equal else "but the bytes differ: in spelling, comments or line endings"
        said.append(f"no difference: the host reads the same from both, {more}")
    return said
