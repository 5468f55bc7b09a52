"""The part of the main screen that owns the session and everything between it and the disk."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable, Iterable

from textual import work
from textual.reactive import reactive
from textual.screen import Screen

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.history import History, Kind
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.model.session import Session
from agent_studio.model.sort import Sort
from agent_studio.store.disk import Abandoned, Store
from agent_studio.store.roots import path_of

Step = Callable[[Document], Document]


class WritingScreen(Screen[None]):
    """Loads, watches and writes: the session is assigned here, in its subclasses and their actions, nowhere else."""

    session: reactive[Session] = reactive(Session(), init=False, repaint=False)

    def __init__(self, store: Store, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.store = store
        self.now = now
        self._disk = asyncio.Lock()
        self.turn = asyncio.Lock()
        """Held by who writes: verbs pressed in a row wait for each other."""
        self._stop = asyncio.Event()
        self._has_written = False
        self.furnished = asyncio.Event()
        """Set when every pane is put up."""
        self.ready = asyncio.Event()
        """Set when, besides, what was left unsaved is back: commands wait for it."""

    def say(self, message: str, wrong: bool = False) -> None:
        """Tell the person what happened, or (`wrong`) what did not and why."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Read the disk, then keep watching it."""
        self.follow()

    def on_unmount(self) -> None:
        """Let the watcher go, and whoever reads."""
        self._stop.set()
        self.store.abandon()

    @work(exclusive=True, group="follow")
    async def follow(self) -> None:
        """Read the disk and follow its changes until another place is opened."""
        stop = self._stop = asyncio.Event()
        if self.session.sort == Sort() and not self.session.listing.group:
            self.session = self.session.loaded(self.store.first(self.app.size.height))
        async with self._disk, asyncio.TaskGroup() as tasks:
            furnishing = tasks.create_task(self.furnish())
            news = await self.recover()
            tasks.create_task(self._open(furnishing))
            await self._take(self.session.library)
        # What was read stays: without this the collector walks all of it at every few keys.
        gc.freeze()
        gc.enable()
        self.loaded(news)
        from agent_studio.store.watch import watch

        async for paths in watch(self.store.roots, stop):
            await self.reread(paths)

    async def furnish(self) -> None:
        """Called when the list shows: put up what the first picture did without, once."""
        self.furnished.set()

    async def _open(self, furnishing: asyncio.Task[None]) -> None:
        """Let commands act: what they need is put up, and what was left unsaved is back, so nobody edits beside it."""
        await furnishing
        if not self.ready.is_set():
            self.ready.set()
            self.opened()

    def opened(self) -> None:
        """Called when commands act from now on."""

    async def recover(self) -> list[str]:
        """Take back what a studio that died left half-written; what there is to say of that."""
        try:
            back = await asyncio.to_thread(self.store.recover)
        except OSError as error:
            return [f"an interrupted change could not be taken back: {error}"]
        return [f"an interrupted change was taken back: {operation.title}" for operation in back]

    def loaded(self, news: list[str]) -> None:
        """Called when the disk was read for the first time; `news` is what there is to say."""
        if news:
            self.say(" · ".join(news))

    async def reread(self, paths: Iterable[str] | None) -> None:
        """Take over what changed on disk, at some paths or (None) anywhere."""
        async with self._disk:
            await self._take(self.session.library, paths)

    async def _take(self, library: Library, paths: Iterable[str] | None = None) -> None:
        """Read the disk again, at some paths or (None) anywhere; sort and filter what is there beside the interface."""
        library, history = await asyncio.to_thread(_read, self.store, library, paths)
        before = self.session
        loaded = await asyncio.to_thread(before.loaded, library)
        if before is not self.session:  # a key came in between; one that is held would come in again and again
            loaded = self.session.loaded(library)
        self.session = loaded.remembering(history)

    def open_store(self, store: Store) -> None:
        """Leave what is open and open other roots."""
        self._stop.set()
        self.store = store
        self.session = Session().arranged(self.session.sort, self.session.listing.group)
        self.follow()

    async def commit(
        self,
        change: Change,
        then: Callable[[Session], Session] = lambda session: session,
        kind: Kind = "do",
        of: str | None = None,
    ) -> None:
        """Write a change, read its files again and go on with `then`; an undo or redo is `of` an operation.

        Raises `Conflict` or `WriteFailed` where it was not written, when everything has been read again.
        """
        try:
            async with self._disk:
                await asyncio.to_thread(self.store.commit, change, kind, of)
                paths = [path_of(self.store.roots, ref) for ref in change.refs]
                library, history = await asyncio.to_thread(_read, self.store, self.session.library, paths)
                moved = _moves(change)
                marks = {moved.get(ref, ref) for ref in self.session.marks}
                session = then(self.session).marked(marks).loaded(library).remembering(history)
                created = [edit.ref for edit in change.edits if edit.before is None]
                cursor = created[0] if len(created) == 1 else moved.get(self.session.cursor)
                self.session = session.picked(cursor) if cursor in session.listing.places else session
        except (Conflict, WriteFailed):
            await self.reread(None)
            raise

    @work(group="write")
    async def write(
        self, plan: Callable[[Session], Plan], said: Callable[[Change], str], step: Step | None = None
    ) -> None:
        """Make a plan from the session as it is when its turn comes, write it, and say so.

        Verbs pressed in a row wait for each other: each one sees what the one before has written.
        """
        async with self.turn:
            try:
                planned = plan(self.session)
                change, skipped = planned.change, planned.skipped
                left = f"{skipped[0].ref.stem}: {skipped[0].reason}" if skipped else ""
                if not change:
                    none = f"nothing done, {len(skipped):,} left out: {left}" if len(skipped) > 1 else left
                    self.say(none or "nothing to do: it is so already", wrong=bool(left))
                    return
                roots = [root for edit in change.edits if (root := self.session.library.root_of(edit.ref))]
                await self.commit(change, lambda session: session.committed(change, step))
            except (PlanRefused, EditRefused, Conflict, WriteFailed) as refused:
                self.say(str(refused), wrong=True)
            else:
                more = f" · {len(skipped)} skipped ({left})" if skipped else ""
                self.say(f"✔ {said(change)}{more} · u undo{self._when_live(roots)}")

    def _when_live(self, roots: Iterable[Root]) -> str:
        """When the host sees what was written below these roots (as they were before), where that is worth a word."""
        read = [root for root in roots if root.scope != "folder" and not root.idle]
        first, self._has_written = not self._has_written, self._has_written or bool(read)
        if any(not root.exists for root in read):
            return " · restart Claude Code: this folder is new to it"
        return " · live in Claude Code within seconds" if first and read else ""

    async def happened(self, ref: Ref, before: bytes, after: bytes, title: str) -> None:
        """Remember a change that another program made on the person's behalf, so that undo takes it back."""
        if before == after:
            return
        try:
            await asyncio.to_thread(self.store.note, Change(title, (Edit(ref, before, after),)))
        except OSError as error:
            self.say(f"{title}: it cannot be undone here, for it could not be remembered: {error}", wrong=True)
            return
        await self.reread(())
        self.say(f"✔ {title} · u undo")


def _read(store: Store, library: Library, paths: Iterable[str] | None) -> tuple[Library, History]:
    """The library as the disk is now, read again at some paths or (None) anywhere, and what can be undone."""
    library = store.reload(library) if paths is None else store.reload_some(library, paths)
    for agent in library.agents.values():
        if store.abandoned:
            raise Abandoned
        _ = agent.reading
    _ = library.budget  # as all of this: here, so that the interface need not stand still for it
    try:
        return library, store.history()
    except OSError:  # there is no home to keep a history in
        return library, History()


def _moves(change: Change) -> dict[Ref | None, Ref]:
    """Old ref -> new ref of the files that a change parks or unparks."""
    new = {edit.ref.unparked: edit.ref for edit in change.edits if edit.after is not None}
    gone = (edit.ref for edit in change.edits if edit.after is None)
    return {ref: new[ref.unparked] for ref in gone if ref.unparked in new}
