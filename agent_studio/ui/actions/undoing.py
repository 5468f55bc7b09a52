"""What was written, taken back and brought back: step by step, or a version of an agent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.document import Document
from agent_studio.model.history import Operation
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.shown import shown, shown_line

if TYPE_CHECKING:
    from agent_studio.model.versions import Version
    from agent_studio.ui.actions.comparing import Comparing
    from agent_studio.ui.panes.compare import Side
    from agent_studio.ui.screens.main import MainScreen

Way = Literal["undo", "redo"]
_DONE: dict[Way, str] = {"undo": "↶ undone: {} · U redo", "redo": "↷ redone: {} · u undo"}
_COUNT = re.compile(r"\d (?:agent|file)")
"""What a title has that says itself how many it is about."""


class Undoing(Actions):
    """Undo and redo over everything that was ever written, and the history of an agent."""

    def __init__(self, studio: MainScreen, comparing: Comparing) -> None:
        super().__init__(studio)
        self._comparing = comparing

    def do_undo(self) -> None:
        """Take the last change back, whoever wrote it."""
        self._step("undo")

    def do_redo(self) -> None:
        """Bring the last undone change back."""
        self._step("redo")

    @work("write", exclusive=False)
    async def _step(self, way: Way, step: Operation | None = None) -> None:
        """Undo or redo a step, or the one whose turn it is."""
        async with self.studio.turn:
            try:
                operation, change = await asyncio.to_thread(self._taken, way, step)
            except OSError as error:
                self.say(f"the history cannot be read: {error}", wrong=True)
                return
            if operation is None or change is None:
                await self.studio.reread(())
                self.say(f"there is nothing to {way} any more", wrong=True)
            else:
                await self._written(way, operation, change)

    def _taken(self, way: Way, step: Operation | None) -> tuple[Operation | None, Change | None]:
        """A step, or else the one that is next to go as the journal is now, and what takes or brings it back."""
        steps = self.studio.store.history().steps(way)
        operation = next((one for one in steps if step is None or one.id == step.id), None)
        change = self.studio.store.change_of(operation) if operation else None
        return operation, change.inverse if change and way == "undo" else change

    async def _written(self, way: Way, operation: Operation, change: Change) -> None:
        try:
            await self.studio.commit(change, kind=way, of=operation.id)
        except Conflict:
            self._offer(way, operation, change)
        except WriteFailed as failed:
            self.say(str(failed), wrong=True)
        else:
            when, files = age(self.studio.now() - operation.time), len(change.files)
            counted = files == 1 or _COUNT.search(operation.title)
            title = operation.title if counted else f"{operation.title} in {files:,} files"
            self.say(_DONE[way].format(title if when == "now" else f"{title} ({when} ago)"))

    def _offer(self, way: Way, operation: Operation, change: Change) -> None:
        """Say that files have moved on since, and ask what to do; nothing was written."""
        moved = [edit for edit in change.edits if self._data(edit.ref) != edit.before]
        what = str(moved[0].ref) if len(moved) == 1 else f"{len(moved)} files"
        sides = next((sides for edit in moved if (sides := self._sides(edit, way))), None)
        choices: list[Choice] = []
        if self.session.rebased(change):
            choices.append(Choice("m", "merge", shown(f"{way} only what it changed")))
        if sides:
            choices.append(Choice("=", "compare", shown("compare")))
        steps = self.session.history.steps(way)
        after = next((after for one, after in pairwise(steps) if one.id == operation.id), None)
        if after:
            choices.append(Choice("n", "next", shown_line(f"leave it, {way} the next one: {after.title}")))
        title = shown_line(f"cannot {way} {operation.title}: {what} changed on disk since. Nothing was written.")

        def chosen(answer: str | None) -> None:
            if answer == "merge":
                self._step_over(way, operation, change)
            elif answer == "next":
                self._step(way, after)
            elif answer and sides:
                self._comparing.compare(*sides, then=merged)

        def merged(written: bool | None) -> None:
            if not written:
                self._offer(way, operation, change)

        self.app.push_screen(Pick(title, choices), chosen)

    @work("write", exclusive=False)
    async def _step_over(self, way: Way, operation: Operation, change: Change) -> None:
        async with self.studio.turn:
            if rebased := self.session.rebased(change):
                await self._written(way, operation, rebased)
            else:
                self._offer(way, operation, change)

    def _data(self, ref: Ref) -> bytes | None:
        agent = self.session.library.get(ref)
        return agent.document.data if agent else None

    def _sides(self, edit: Edit, way: Way) -> tuple[Side, Side] | None:
        """A file as it is, and as undo or redo would have left it."""
        from agent_studio.model.merge import Place
        from agent_studio.ui.panes.compare import Side

        data = self._data(edit.ref)
        if data is None or edit.after is None:
            return None
        now, then, place = Document(data), Document(edit.after), Place(edit.ref, data)
        return Side(str(edit.ref), "on disk", now, place), Side(str(edit.ref), f"what {way} would write", then)

    # History

    @work("history")
    async def do_history(self) -> None:
        """The versions of the agent under the cursor: to compare, and to bring back."""
        agent = self.session.current
        if agent is None:
            return
        try:
            found = await asyncio.to_thread(lambda: list(self._versions(agent)))
        except OSError as error:
            self.say(f"the history cannot be read: {error}", wrong=True)
            return
        if not found:
            self.say(f"{agent.ref}: nothing was done to it with the studio yet")
            return
        from agent_studio.ui.dialogs.history import HistoryScreen

        history = HistoryScreen(agent.name, self._comparing.side(agent), found, self.studio.now(), self._comparing)
        version = await self.app.push_screen_wait(history)
        if version is not None:
            self.studio.write(lambda session: self._back(session, agent.ref, version), lambda change: change.title)

    def _back(self, session: Session, ref: Ref, version: Version) -> Plan:
        """The change that writes a version again."""
        agent = session.library.get(ref)
        if agent is None or agent.locked:
            raise PlanRefused(f"{ref}: {agent.locked if agent else 'it is not there any more'}")
        if ref in session.drafts:
            raise PlanRefused("save (^s) or revert the edits here first: the version would come to lie below them")
        data = agent.document.data
        edits = (Edit(ref, data, version.data),) if data != version.data else ()
        return Plan(Change(f"bring back {agent.name} {version.said(self.studio.now())}", edits))

    def _versions(self, agent: Agent) -> Iterator[Version]:
        from agent_studio.model.versions import versions

        history = self.session.history
        undone = frozenset(operation.id for operation in history.undone)
        known = undone | {operation.id for operation in history.done}
        written = (one for one in self.studio.store.past(agent.ref) if one[0].id in known)
        return versions(agent.ref, written, undone)
