"""What an agent is compared with: another one, its twin, what git has, its edit, any file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import reduce
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.change import Conflict, WriteFailed
from agent_studio.model.document import Document
from agent_studio.model.plans import Plan, vacant
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session
from agent_studio.store.contents import read
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.shown import near, shown_line

if TYPE_CHECKING:
    from agent_studio.model.merge import Place
    from agent_studio.store.git import Revision
    from agent_studio.ui.panes.compare import Side

MOST = 40
"""Agents of which every two are set against each other at most: 780 pairs."""


class Comparing(Actions):
    """Finds what is to be compared with what, and is the desk of those comparisons."""

    def compare(
        self,
        left: Side,
        right: Side,
        base: Document | None = None,
        then: Callable[[bool | None], None] | None = None,
    ) -> None:
        """Show a comparison, `then` say whether it wrote; with a `base` a merge asks only what both changed since."""
        from agent_studio.ui.screens.compare import CompareScreen

        self.app.push_screen(CompareScreen.of(self.app, left, right, self, base), then)

    def compare_agents(self, left: Agent, right: Agent) -> None:
        """Show two agents side by side."""
        self.compare(self.side(left), self.side(right))

    def do_compare(self) -> None:
        """Compare two marked agents, a pair out of more, or the one under the cursor with its nearest twin."""
        agents = self.session.targets
        if len(agents) > MOST:
            self.say(f"{len(agents)} are marked: mark at most {MOST} to choose two of them", wrong=True)
        elif len(agents) > 2:
            self._compare_pair(agents)
        elif len(agents) == 2:
            self.studio.workers.cancel_group(self.studio, "compare")
            self.compare_agents(*agents)
        elif agents:
            self._with_twin(agents[0])

    @work("compare")
    async def _compare_pair(self, agents: tuple[Agent, ...]) -> None:
        from agent_studio.ui.dialogs.rows import Rows

        pairs = await asyncio.to_thread(_alike, agents)
        rows = [
            Content.assemble(
                (f"{_percent(alike)}  ", "bold"), shown_line(str(left.ref)), "\n     ⇄ ", shown_line(str(right.ref))
            )
            for alike, left, right in pairs
        ]
        place = await self.app.push_screen_wait(Rows(Content("which two? the most alike first"), rows))
        if place is not None:
            self.compare_agents(*pairs[place][1:])

    # One agent with something else

    def do_compare_with(self) -> None:
        """Ask what to compare the agent under the cursor with."""
        if agent := self.session.current:
            self.compare_with(agent.ref)

    def compare_with(self, ref: Ref) -> None:
        """Ask what to compare an agent with, and do it."""
        agent = self.session.library.get(ref)
        if agent is None:
            self.say(f"{ref}: it is not there any more", wrong=True)
            return
        ways: dict[str, tuple[Content, Callable[[Agent], object]]] = {
            "h": (Content("git HEAD"), lambda agent: self._with_revision(agent, "HEAD")),
            "c": (Content("a commit of it…"), self._with_commit),
            "r": (Content("any revision…"), self._ask_revision),
            "t": (Content("nearest twin"), self._with_twin),
            "f": (Content("any file…"), self._ask_file),
        }
        if ref in self.session.drafts:
            ways["d"] = (Content("what is on disk"), lambda agent: self.compare_disk(agent.ref))

        def chosen(key: str | None) -> None:
            if key is not None:
                ways[key][1](agent)

        choices = [Choice(key, key, label) for key, (label, _) in ways.items()]
        self.app.push_screen(Pick(Content.assemble("compare ", shown_line(agent.name), " with"), choices), chosen)

    @work("compare")
    async def _with_twin(self, agent: Agent) -> None:
        from agent_studio.model.compare.nearest import nearest

        twin = await asyncio.to_thread(nearest, agent, self.session.library)
        if twin is None:
            self.say("no other agent here is like this one: mark two with space, or + for more", wrong=True)
        else:
            self.compare_agents(agent, twin)

    @work("compare")
    async def _with_revision(self, agent: Agent, revision: str) -> None:
        """Compare with a revision; where both went on since they parted, ask whether to merge."""
        from agent_studio.store import git
        from agent_studio.ui.panes.compare import Side

        try:
            data = await asyncio.to_thread(git.committed, agent.path, revision)
        except git.NotInGit as why:
            self.say(f"{agent.name}: {why}", wrong=True)
            return
        base = await asyncio.to_thread(_parting, agent.path, revision)
        then = Side(str(agent.ref), f"git {revision}", Document(data))
        if base is None:
            self.compare(then, self.side(agent))
            return
        title = Content.assemble("both went on since ", shown_line(revision), " and this parted")
        merge = Choice("m", "merge", Content("merge: only what both changed is asked"))
        answer = await self.app.push_screen_wait(Pick(title, [merge, Choice("=", "compare", Content("compare"))]))
        if answer:
            self.compare(self.side(agent), then, Document(base) if answer == "merge" else None)

    @work("compare")
    async def _with_commit(self, agent: Agent) -> None:
        """Ask for one of the commits that changed the agent, and compare with it."""
        from agent_studio.store import git
        from agent_studio.ui.dialogs.rows import Rows
        from agent_studio.ui.panes.compare import Side

        try:
            found = await asyncio.to_thread(git.revisions, agent.path)
        except git.NotInGit as why:
            self.say(f"{agent.name}: {why}", wrong=True)
            return
        if not found:
            self.say(f"{agent.name}: it was never committed", wrong=True)
            return
        rows = [self._row(revision) for revision in found]
        place = await self.app.push_screen_wait(Rows(Content("commits that changed it, newest first"), rows))
        if place is None:
            return
        try:
            data = await asyncio.to_thread(git.as_of, agent.path, found[place])
        except git.NotInGit as why:
            self.say(f"{agent.name}: {why}", wrong=True)
        else:
            self.compare(Side(str(agent.ref), f"git {found[place].name}", Document(data)), self.side(agent))

    def _row(self, revision: Revision) -> Content:
        when = age(self.studio.now() - revision.time)
        return Content.assemble((f"{when:>4}  {revision.name}  ", "dim"), shown_line(revision.title))

    def _ask_revision(self, agent: Agent) -> None:
        def chosen(revision: str | None) -> None:
            if revision:
                self._with_revision(agent, revision.strip())

        note = "A branch, a tag, a commit, or a place like main~3, as git takes it."
        self.app.push_screen(Ask("Compare with a revision", note, "HEAD"), chosen)

    def _ask_file(self, agent: Agent) -> None:
        def check(text: str) -> str | None:
            path = os.path.realpath(os.path.expanduser(text))
            return None if os.path.isfile(path) else "there is no such file"

        def chosen(text: str | None) -> None:
            if text:
                self._with_file(agent, os.path.abspath(os.path.expanduser(text)))

        note = "Any file. ~ is your home."
        self.app.push_screen(Ask("Compare with a file", note, str(Path(agent.path).parent) + "/", check), chosen)

    @work("compare")
    async def _with_file(self, agent: Agent, path: str) -> None:
        from agent_studio.ui.panes.compare import Side

        known = next((other for other in self.session.library if other.path == path), None)
        if known:
            self.compare_agents(agent, known)
            return
        try:
            contents = await asyncio.to_thread(lambda: read(os.path.realpath(path)))
        except FileNotFoundError:
            self.say(f"{near(path)} is gone", wrong=True)
            return
        if contents.trouble or contents.stat is None:
            self.say(f"{near(path)}: {contents.trouble}", wrong=True)
            return
        when = age(self.studio.now() - contents.stat.st_mtime)
        self.compare(self.side(agent), Side(near(path), when, Document(contents.data)))

    def do_compare_disk(self) -> None:
        """Compare the draft under the cursor with what is on disk now."""
        if self.session.cursor:
            self.compare_disk(self.session.cursor)

    def compare_disk(self, ref: Ref) -> None:
        """Compare a draft with what is on disk; where that changed meanwhile, only what both changed is asked."""
        from agent_studio.ui.panes.compare import Side

        draft, agent = self.session.drafts.get(ref), self.session.library.get(ref)
        if draft is None or agent is None:
            self.say("there is no file to compare the edit with", wrong=True)
            return
        place = self.place_of(agent)
        mine = Side(str(ref), "your edit", draft.document, place, draft=True)
        base = draft.agent.document if self.session.outside(ref) else None
        self.compare(mine, Side(str(ref), "on disk", agent.document, place), base)

    # What a comparison asks for

    def side(self, agent: Agent) -> Side:
        """An agent as it is here now, for a comparison."""
        from agent_studio.ui.panes.compare import Side

        document = self.session.document(agent.ref) or agent.document
        draft = agent.ref in self.session.drafts
        root = self.session.library.root_of(agent.ref)
        scope = f"{root.scope} · " if root and root.scope != root.name else ""
        note = "unsaved edit" if draft else age(self.studio.now() - agent.mtime)
        return Side(str(agent.ref), f"{scope}{note}", document, self.place_of(agent), draft)

    def place_of(self, agent: Agent) -> Place:
        """Where an agent lives, for a merge."""
        from agent_studio.model.merge import Place

        data = agent.document.data if self.session.library.get(agent.ref) else None
        return Place(agent.ref, data, agent.locked)

    async def put(self, plan: Plan, done: Collection[Ref]) -> str | None:
        """Write a merge and drop the edits that are done by it; why it was not written, None where it was."""
        async with self.studio.turn:
            try:
                await self.studio.commit(plan.change, lambda session: _done(session.committed(plan.change), done))
            except (Conflict, WriteFailed) as refused:
                return str(refused)
        self.say(f"✔ {plan.change.title} · u undo")
        return None

    def again(self, side: Side) -> Side:
        """A side of a comparison as it is now."""
        agent = self.session.library.get(side.place.ref) if side.place else None
        if side.place is None or agent is None:
            return replace(side, place=replace(side.place, data=None)) if side.place else side
        document = side.document if side.draft else agent.document
        return replace(side, document=document, place=self.place_of(agent))

    def free(self, stem: str, beside: Place | None) -> Place:
        """The place of a new file; raises `PlanRefused`."""
        from agent_studio.model.merge import Place

        return Place(vacant(self.session.library, stem, beside.ref if beside else None), None)


def _alike(agents: tuple[Agent, ...]) -> list[tuple[float, Agent, Agent]]:
    """Every two of some agents with how alike their bodies are, the most alike first."""
    from agent_studio.model.compare.comparison import similarity

    pairs = [(similarity(a.document.body, b.document.body), a, b) for a, b in combinations(agents, 2)]
    return sorted(pairs, key=lambda pair: -pair[0])


def _percent(part: float) -> str:
    return f"{100 if part == 1 else min(round(part * 100), 99):>3} %"


def _parting(path: str, revision: str) -> bytes | None:
    """What the file was where HEAD and a revision parted; None where there is no such thing to be had."""
    from agent_studio.store import git

    try:
        return git.parting(path, revision)
    except git.NotInGit:
        return None


def _done(session: Session, refs: Collection[Ref]) -> Session:
    """A session without the edits of some agents."""
    return reduce(Session.reverted, refs, session)
