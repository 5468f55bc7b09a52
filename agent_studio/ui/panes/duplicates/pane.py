"""The pane of the duplicates: counts, the list, and what is known of the group under the cursor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from agent_studio.model.duplicates.group import KINDS, TITLES, Group, Kind
from agent_studio.model.duplicates.purpose import Overlap
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.ui.looked import Looked
from agent_studio.ui.shown import near, shown_line, tail

from .duplicate_list import DuplicateList
from .rows import PURPOSE, is_measured, middle, percent, title_of

_SHORT: Mapping[Kind, str] = {"same-name": "name", "identical": "identical", "same-body": "prompt", "near": "nearly"}


class DuplicatesPane(Vertical):
    """Everything that was found of duplicates; all of it comes from the screen.

    `library` are the files as they are now, `progress` how many of how many files were looked at, where that goes on.
    """

    DEFAULT_CSS = """
    DuplicatesPane { height: 1fr; }
    DuplicatesPane > #duplicates-head { height: 1; padding: 0 1; }
    DuplicatesPane DuplicateList { height: 1fr; border-top: hkey $panel-lighten-2; }
    DuplicatesPane > #duplicates-why { height: 6; padding: 0 1; border-top: hkey $panel-lighten-2; }
    """

    looked: reactive[Looked] = reactive(Looked())
    library: reactive[Library] = reactive(Library())
    marks: reactive[frozenset[Ref]] = reactive[frozenset[Ref]](frozenset())
    progress: reactive[tuple[int, int] | None] = reactive[tuple[int, int] | None](None)

    class Opened(Message):
        """The agent under the cursor was asked for."""

    def compose(self) -> ComposeResult:
        """Counts, list, what is known."""
        yield Static(id="duplicates-head")
        yield DuplicateList()
        yield Static(id="duplicates-why")

    @property
    def rows(self) -> DuplicateList:
        """The list."""
        return self.query_one(DuplicateList)

    def on_show(self) -> None:
        """Catch up with what was handed down while the pane was hidden."""
        self._show()

    def watch_looked(self) -> None:
        """List it."""
        self._show()

    def watch_library(self) -> None:
        """Show what is gone meanwhile."""
        self._dress()

    def watch_marks(self) -> None:
        """Show what is marked."""
        self._dress()

    def watch_progress(self) -> None:
        """Say how far it is."""
        self._head()

    def on_resize(self) -> None:
        """Fill the lines."""
        self._head()
        self._why()

    def _show(self) -> None:
        if self.is_mounted and self.display:
            self._dress()
            self.rows.show(self.looked)
            self._head()

    def _dress(self) -> None:
        if self.is_mounted and self.display:
            self.rows.dress(self.library, self.marks)

    def _head(self) -> None:
        if not self.is_mounted or not self.display:
            return
        counts = Counter(group.kind for group in self.looked.duplicates.groups)
        room = self.size.width - 2
        words = ["  ".join(f"{counts[k]:,} {titles[k]}" for k in KINDS if counts[k]) for titles in (TITLES, _SHORT)]
        ways = [Content.assemble(("DUPLICATES", "bold"), "  ", said) for said in words]
        left = next((way for way in ways if way.cell_length + len(self._far) + 2 <= room), ways[-1])
        gap = max(room - left.cell_length - len(self._far), 1)
        head = Content.assemble(left, " " * gap, (self._far, "$text-muted"))
        self.query_one("#duplicates-head", Static).update(head)

    @property
    def _far(self) -> str:
        """How far the search is."""
        if self.progress is not None:
            return f"looking… {self.progress[0]:,} of {self.progress[1]:,}"
        return f"{len(self.looked.library):,} files looked at" if self.looked.done else ""

    def _why(self) -> None:
        if self.is_mounted and self.display:
            lines = self._words(self.size.width - 2)
            self.query_one("#duplicates-why", Static).update(Content("\n").join(lines))

    def _words(self, width: int) -> list[Content]:
        """What there is to say of the group under the cursor, and of the agent."""
        group, ref = self.rows.group, self.rows.ref
        if group is None:
            return [Content.styled(_ABOUT, "$text-muted")] if self.looked.done else []
        title = TITLES[group.kind] if isinstance(group, Group) else PURPOSE
        share = f"{percent(group.similarity)} alike" if is_measured(group) else ""
        head = Content.assemble((title, "bold"), "  ", title_of(group, self.looked)).truncate(width - 14, ellipsis=True)
        gap = max(width - head.cell_length - len(share), 1)
        words = [Content.assemble(head, " " * gap, (share, "$text-muted")), *_outcome(group, width // 2)]
        agent = self.looked.library.get(ref) if ref else None
        if agent is not None:
            words.append(Content.styled(tail(shown_line(near(agent.path)).plain, width), "dim"))
        return words

    @on(DuplicateList.Moved)
    def _moved(self, event: DuplicateList.Moved) -> None:
        event.stop()
        self._why()

    @on(DuplicateList.Opened)
    def _opened(self, event: DuplicateList.Opened) -> None:
        event.stop()
        self.post_message(self.Opened())


_ABOUT = "A marks all of each of these groups but the one to keep. ] and [ go from kind to kind, ⏎ folds this one away."


def _outcome(group: Group | Overlap, room: int) -> list[Content]:
    """Who wins, by a ref in `room` cells, why, and what differs."""
    if isinstance(group, Overlap):
        return [shown_line("When to use them is said in nearly the same words: the model may take one for the other.")]
    wins = shown_line(f"{middle(str(group.winner), room)}: {group.why}" if group.winner else group.why)
    differs = f"differs: {', '.join(group.differs)}" if group.differs else "nothing differs that Claude Code reads"
    return [wins, shown_line(differs)]
