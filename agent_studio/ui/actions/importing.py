"""Agents of another folder, taken over after a look at which are new here, the same, or otherwise."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from agent_studio.model.change import Change
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, Skip
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.store.roots import NoSuchPath, find_roots
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.actions.carrying import folders
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.shown import near, shown_line

if TYPE_CHECKING:
    from agent_studio.model.transfer import Incoming, Status

_ALL = "a"
_WORDS: dict[Status, str] = {"new": "new", "changed": "otherwise here", "same": "the same here", "refused": "refused"}


class Importing(Actions):
    """Takes over agents: a folder, a place for them, a review, every line, one change."""

    @work("import")
    async def do_import(self) -> None:
        """Ask for a folder, review what it has, show what would be written, write it."""
        from agent_studio.ui.dialogs.ask import Ask
        from agent_studio.ui.dialogs.change_view import ChangeView, lines_of

        roots = [root for root in self.session.library.roots if not root.read_only]
        if not roots:
            self.say("nothing here can be written to: open a project or folder of your own", wrong=True)
            return
        note = "A folder of agent files, a project, or one file. First a review: nothing is written yet."
        folder = await self.app.push_screen_wait(Ask("Import from", note, str(Path.cwd()), _missing))
        root = await self._place_for(roots) if folder else None
        if not folder or root is None:
            return
        review = await asyncio.to_thread(_reviewed, self.session.library, folder, root)
        taken = await self._chosen_of(review, folder)
        if not taken:
            return
        noun = taken[0].agent.name if len(taken) == 1 else f"{len(taken):,} agents"
        refused = tuple(Skip(one.agent.ref, one.reason) for one in review if one.status == "refused")
        change = Change(f"import {noun} to {root.name}", tuple(one.edit for one in taken))
        files = await asyncio.to_thread(lines_of, change)
        if await self.app.push_screen_wait(ChangeView(Plan(change, refused), files)):
            self.studio.write(lambda _: Plan(change), lambda change: f"{change.title} · T: look before you trust one")

    async def _place_for(self, roots: Sequence[Root]) -> Root | None:
        """The folder that agents go to; asked for where there are several."""
        if len(roots) == 1:
            return roots[0]
        name = await self.app.push_screen_wait(Pick(Content("import to"), folders(roots)))
        return next((root for root in roots if root.name == name), None)

    async def _chosen_of(self, review: Sequence[Incoming], folder: str) -> list[Incoming]:
        """What of a folder is taken over; none where there is nothing to take, and it is said."""
        counts = Counter(one.status for one in review)
        told = ", ".join(f"{counts[status]:,} {word}" for status, word in _WORDS.items() if counts[status])
        if not counts["new"] and not counts["changed"]:
            self.say(f"nothing to take over from {near(folder)}: {told or 'no agents'}")
            return []
        ways: dict[str, tuple[Status, str]] = {
            "n": ("new", "the new"),
            "c": ("changed", "those that are otherwise here, in their place"),
        }
        choices = [Choice(key, key, Content(words)) for key, (status, words) in ways.items() if counts[status]]
        if len(choices) > 1:
            choices.append(Choice(_ALL, _ALL, Content("both")))
        title = Content.assemble(shown_line(f"{near(folder)}: {told}"), " · take over")
        key = await self.app.push_screen_wait(Pick(title, choices))
        wanted: set[Status] = {"new", "changed"} if key == _ALL else {ways[key][0]} if key else set()
        return [one for one in review if one.status in wanted]


def _missing(text: str) -> str | None:
    """Why there is nothing to import at a path; None where there is."""
    try:
        _roots_at(text)
    except NoSuchPath as missing:
        return str(missing)
    return None


def _roots_at(text: str) -> tuple[Root, ...]:
    return find_roots([Path(text).expanduser()], Path.cwd(), os.environ, Path.home())


def _reviewed(library: Library, folder: str, root: Root) -> tuple[Incoming, ...]:
    from agent_studio.model.transfer import incoming

    there = Store(_roots_at(folder)).load()
    return incoming(library, [agent for agent in there if agent.verdict.status != "not-agent"], root)
