"""The part of the main screen that owns the session and everything between it and the disk."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterable

from textual import work
from textual.reactive import reactive
from textual.screen import Screen

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.model.session import Session
from agent_studio.store.disk import Store
from agent_studio.store.roots import path_of
from agent_studio.store.watch import watch

Step = Callable[[Document], Document]


class WritingScreen(Screen[None]):
    """Loads, watches and writes: the session is assigned here and in its subclasses, nowhere else."""

    session: reactive[Session] = reactive(Session(), init=False)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._disk = asyncio.Lock()
        self._turn = asyncio.Lock()
        self._stop = asyncio.Event()
        self._has_written = False

    def say(self, message: str, wrong: bool = False) -> None:
        """Tell the person what happened, or (`wrong`) what did not and why."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Read the disk, then keep watching it."""
        self.follow()

    def on_unmount(self) -> None:
        """Let the watcher go."""
        self._stop.set()

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Read the disk and follow its changes until another place is opened."""
        stop = self._stop = asyncio.Event()
        async with self._disk:
            library = await asyncio.to_thread(self.store.load)
        self.session = self.session.loaded(library)
        # What was read stays: without this the collector walks all of it at every few keys.
        gc.freeze()
        self.loaded()
        async for paths in watch(self.store.roots, stop):
            await self.reread(paths)

    def loaded(self) -> None:
        """Called when the disk was read for the first time."""

    async def reread(self, paths: Iterable[str] | None) -> None:
        """Take over what changed on disk, at some paths or (None) anywhere."""
        async with self._disk:
            before = self.session.library
            if paths is None:
                library = await asyncio.to_thread(self.store.reload, before)
            else:
                library = await asyncio.to_thread(self.store.reload_some, before, paths)
            self.session = self.session.loaded(library)

    def open_store(self, store: Store) -> None:
        """Leave what is open and open other roots."""
        self._stop.set()
        self.store = store
        self.session = Session()
        self.follow()

    async def _commit(self, change: Change, then: Callable[[Session], Session]) -> bool:
        """Write a change, read its files again and go on with `then`; False (and said) where it was not written."""
        async with self._disk:
            try:
                await asyncio.to_thread(self.store.commit, change)
            except (Conflict, WriteFailed) as failed:
                self.say(str(failed), wrong=True)
            else:
                paths = [path_of(self.store.roots, ref) for ref in change.refs]
                library = await asyncio.to_thread(self.store.reload_some, self.session.library, paths)
                moved = _moves(change)
                marks = {moved.get(ref, ref) for ref in self.session.marks}
                session = then(self.session).marked(marks).loaded(library)
                created = [edit.ref for edit in change.edits if edit.before is None]
                cursor = created[0] if len(created) == 1 else moved.get(self.session.cursor)
                shown = {agent.ref for agent in session.shown}
                self.session = session.picked(cursor) if cursor in shown else session
                return True
        await self.reread(None)
        return False

    @work(group="write")
    async def write(
        self, plan: Callable[[Session], Plan], said: Callable[[Change], str], step: Step | None = None
    ) -> None:
        """Make a plan from the session as it is when its turn comes, write it, and say so.

        Verbs pressed in a row wait for each other: each one sees what the one before has written.
        """
        async with self._turn:
            try:
                planned = plan(self.session)
            except (PlanRefused, EditRefused) as refused:
                self.say(str(refused), wrong=True)
                return
            change, skipped = planned.change, planned.skipped
            roots = [root for edit in change.edits if (root := self.session.library.root_of(edit.ref))]
            left = f"{skipped[0].ref}: {skipped[0].reason}" if skipped else ""
            if not change:
                self.say(left or "nothing to do: it is so already", wrong=bool(left))
            elif await self._commit(change, lambda session: session.committed(change, step)):
                more = f" · {len(skipped)} skipped ({left})" if skipped else ""
                self.say(f"✔ {said(change)}{more} · u undo{self._when_live(roots)}")

    def _when_live(self, roots: Iterable[Root]) -> str:
        """When the host sees what was written below these roots (as they were before), where that is worth a word."""
        read = [root for root in roots if root.scope != "folder" and not root.idle]
        first, self._has_written = not self._has_written, self._has_written or bool(read)
        if any(not root.exists for root in read):
            return " · restart Claude Code: this folder is new to it"
        return " · live in Claude Code within seconds" if first and read else ""

    @work(group="write")
    async def take_back(self) -> None:
        """Undo the last change."""
        async with self._turn:
            if self.session.done:
                change = self.session.done[-1]
                if await self._commit(change.inverse, Session.took_back):
                    self.say(f"↶ undone: {change.title} · U redo")

    @work(group="write")
    async def bring_back(self) -> None:
        """Redo the last undone change."""
        async with self._turn:
            if self.session.undone:
                change = self.session.undone[-1]
                if await self._commit(change, Session.brought_back):
                    self.say(f"↷ redone: {change.title} · u undo")

    def happened(self, ref: Ref, before: bytes, after: bytes, title: str) -> None:
        """Remember a change that another program made on the person's behalf, so that undo takes it back."""
        if before != after:
            self.session = self.session.committed(Change(title, (Edit(ref, before, after),)))
            self.say(f"✔ {title} · u undo")


def _moves(change: Change) -> dict[Ref | None, Ref]:
    """Old ref -> new ref of the files that a change parks or unparks."""
    new = {edit.ref.unparked: edit.ref for edit in change.edits if edit.after is not None}
    gone = (edit.ref for edit in change.edits if edit.after is None)
    return {ref: new[ref.unparked] for ref in gone if ref.unparked in new}
