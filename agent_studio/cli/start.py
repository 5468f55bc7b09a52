"""How Claude Code is started, as far as that decides which agents it sees: options as they are given to it."""

from __future__ import annotations

import json
import os
from functools import partial
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem

from agent_studio.store.contents import read

GIVEN, ADDED, PLUGINS = "agent_studio.given", "agent_studio.added", "agent_studio.plugins"
"""Keys of `click.Context.meta`: the names of `--agents`, the folders of `--add-dir`, those of `--plugin-dir`."""

_FORM = 'it takes JSON like {"reviewer": {"description": "…", "prompt": "…"}}, or a file with that'


class Start(NamedTuple):
    """The agents that Claude Code is given by name, and folders of further agents and of plugins."""

    given: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    plugin_dirs: tuple[str, ...] = ()

    @classmethod
    def asked(cls) -> Start:
        """What the command line says, in front of the verb or behind it."""
        context = click.get_current_context(silent=True)
        said = context.meta if context else {}
        return cls(said.get(GIVEN, frozenset()), said.get(ADDED, ()), said.get(PLUGINS, ()))


BARE = Start()
"""Claude Code without these options."""


class NamesType(click.ParamType[frozenset[str]]):
    """The names of the agents in a JSON object, which may stand in a file."""

    name = "agents"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        """The names; a usage error where there is no such object."""
        try:
            found = json.loads(value if value.lstrip()[:1] in {"{", "["} else self._file(value, param, ctx))
        except (ValueError, RecursionError) as error:
            self.fail(f"this is no JSON ({error}): {_FORM}", param, ctx)
        if not isinstance(found, dict):
            self.fail(f"this is no JSON object: {_FORM}", param, ctx)
        return frozenset(found)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Files."""
        return [CompletionItem(incomplete, type="file")]

    def _file(self, path: str, param: click.Parameter | None, ctx: click.Context | None) -> bytes:
        try:
            contents = read(os.path.realpath(path))
        except (FileNotFoundError, ValueError):
            self.fail(f"there is no file {path}: {_FORM}", param, ctx)
        if contents.trouble:
            self.fail(f"{path}: {contents.trouble}", param, ctx)
        return contents.data


def start_options() -> list[click.Parameter]:
    """The options of a verb that shows what Claude Code would see; they are those of `claude`."""
    folder = click.Path(file_okay=False)
    return [
        click.Option(
            ["--agents"],
            type=NamesType(),
            metavar="JSON",
            help="As you give it to claude: agents of these names win. JSON, or a file.",
            expose_value=False,
            callback=partial(_remembered, GIVEN),
        ),
        click.Option(
            ["--add-dir"],
            type=folder,
            multiple=True,
            metavar="DIR",
            help="As you give it to claude: the agents in DIR/.claude/agents count, too. Can be repeated.",
            expose_value=False,
            callback=partial(_remembered, ADDED),
        ),
        click.Option(
            ["--plugin-dir"],
            type=folder,
            multiple=True,
            metavar="DIR",
            help="As you give it to claude: the plugin in DIR counts, too. Can be repeated.",
            expose_value=False,
            callback=partial(_remembered, PLUGINS),
        ),
    ]


def _remembered(key: str, context: click.Context, _: click.Parameter, value: object) -> object:
    """Keep an option where `Start.asked` finds it; a verb's own counts more than the program's."""
    if value not in {None, ()}:
        context.meta[key] = value
    return value
