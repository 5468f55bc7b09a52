"""In which order and in which sections the list shows its agents, and saved views of it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from textual.content import Content

from agent_studio.model.grouping import Grouping
from agent_studio.model.sort import Order
from agent_studio.ui.actions.actions import Actions, work
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.shown import near, shown_line

_SORT_KEYS: dict[str, Order] = {
    "s": "scope",
    "n": "name",
    "m": "model",
    "c": "color",
    "t": "cost",
    "a": "age",
    "w": "state",
}
_GROUP_KEYS: dict[str, Grouping] = {
    "s": "scope",
    "d": "duplicates",
    "m": "model",
    "c": "color",
    "f": "folder",
    "t": "status",
}
_NONE = "none"


class Arranging(Actions):
    """Sorts, groups, and shows a saved view."""

    def do_sort(self) -> None:
        """Ask for an order; the one that is chosen already is reversed."""
        sort = self.session.sort
        labels = {order: f"{order} ✓" if order == sort.by else order for order in _SORT_KEYS.values()}
        choices = [Choice(key, order, Content(labels[order])) for key, order in _SORT_KEYS.items()]

        def chosen(value: str | None) -> None:
            if order := next((order for order in _SORT_KEYS.values() if order == value), None):
                self.session = self.session.sorted(order)

        title = "sort by (the same again reverses)"
        self.app.push_screen(Pick(Content(title), choices), chosen)

    def do_group(self) -> None:
        """Ask what to group the list by."""
        now = self.session.listing.group
        choices = [Choice(key, by, Content(f"{by} ✓" if by == now else by)) for key, by in _GROUP_KEYS.items()] + [
            Choice("0", _NONE, Content(_NONE))
        ]

        def chosen(value: str | None) -> None:
            if value is not None:
                self.session = self.session.grouped(next((by for by in _GROUP_KEYS.values() if by == value), None))

        self.app.push_screen(Pick(Content("group by"), choices), chosen)

    @work("views")
    async def do_views(self) -> None:
        """Ask for one of the saved views, and show it."""
        from agent_studio.store.settings import BadSettings, own_path, views
        from agent_studio.ui.dialogs.rows import Rows

        try:
            saved = list((await asyncio.to_thread(views, os.environ, Path.home())).items())
        except BadSettings as bad:
            self.say(str(bad), wrong=True)
            return
        if not saved:
            file = near(own_path(os.environ, Path.home()))
            self.say(f'no saved views: write them below [views] in {file}, as risky = "tools:Bash"', wrong=True)
            return
        names = [shown_line(name, "bold") for name, _ in saved]
        wide = max(name.cell_length for name in names)
        rows = [
            Content.assemble(name, " " * (wide - name.cell_length + 2), shown_line(query))
            for name, (_, query) in zip(names, saved, strict=True)
        ]
        place = await self.app.push_screen_wait(Rows(Content("saved views"), rows, "show"))
        if place is not None:
            self.studio.filter(saved[place][1])
