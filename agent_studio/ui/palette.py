"""The palette: every command that works on the main screen, and every agent by name."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from agent_studio.ui.commands import COMMANDS, Command
from agent_studio.ui.offer import ALONE, key_name
from agent_studio.ui.screens.main import MainScreen
from agent_studio.ui.shown import shown_line

_LONGEST = 80
"""Characters of a name that are searched: the toolkit's matcher is exponential on long text."""


class CommandProvider(Provider):
    """Hits for commands and agents."""

    def _commands(self) -> list[tuple[str, Command]]:
        if not isinstance(self.screen, MainScreen):
            return []
        return [(_title(command), command) for command in COMMANDS if _offered(command)]

    def _run(self, command: Command) -> Awaitable[None] | None:
        assert isinstance(self.screen, MainScreen)
        return self.screen.action_do(command.id)

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for title, command in self._commands():
            yield DiscoveryHit(title, partial(self._run, command))

    async def search(self, query: str) -> Hits:
        """Commands and agents whose name fits."""
        matcher = self.matcher(query)
        for title, command in self._commands():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, command))
        if isinstance(self.screen, MainScreen):
            for agent in self.screen.session.agents:
                name = shown_line(agent.name).plain[:_LONGEST]
                if (score := matcher.match(name)) > 0:
                    yield Hit(score, shown_line(f"{name}  {agent.ref}"), partial(self.screen.go_to, agent.ref))


def _offered(command: Command) -> bool:
    return (
        not command.local
        and command.context not in ALONE | {"problems"}
        and command.id not in {"app.palette", "app.back"}
    )


def _title(command: Command) -> str:
    return f"{command.help}  ({key_name(command.keys.split(',')[0])})" if command.keys else command.help
