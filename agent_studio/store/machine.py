"""What stands around agents where the host is started: skills, MCP servers, files; and what of them was reviewed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from agent_studio.model.agent import Agent
from agent_studio.model.checks import paths
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root

from . import extensions
from .host_files import Settings, json_at
from .plugins import Plugin, installed
from .reviews import Review
from .roots import AGENTS, MANAGED, StrPath

_LIVE = ("managed", "project", "user")
"""Scopes of agents that are read where they lie, so that what they name must be there, too."""


class _Missing:
    """The paths that agents name and that are not there, each looked for when somebody asks."""

    def __init__(self, library: Library, places: Mapping[str, list[str]]) -> None:
        self._library = library
        self._places = places

    def __contains__(self, named: tuple[Ref, str], /) -> bool:
        ref, path = named
        if path[0] == "/" or path[1] == ":":
            return _is_missing(path)
        places = self._places.get(ref.root, [])
        folder = os.path.dirname(self._library.agents[ref].path)
        return bool(places) and all(_is_missing(os.path.join(place, path)) for place in (*places, folder))


class Machine:
    """Looks at what stands around agents; what their texts name is remembered as long as they stay the same."""

    def __init__(self, cwd: StrPath, environ: Mapping[str, str], home: StrPath) -> None:
        own = environ.get("CLAUDE_CONFIG_DIR")
        self._start = os.path.realpath(cwd)
        self._config = os.path.abspath(own or os.path.join(home, ".claude"))
        self._state = os.path.join(own or home, ".claude.json")
        self._managed = os.path.dirname(MANAGED.get(sys.platform, MANAGED["linux"]))
        self._named: dict[Ref, tuple[Document, frozenset[str]]] = {}

    def around(self, library: Library, reviews: Mapping[str, Review]) -> Surroundings:
        """What is there, and what is not, for the agents of a library; `reviews` are those of a person, by path.

        Files that agents name are looked for when somebody asks.
        """
        return Surroundings(
            self._skills(library),
            self._servers(library),
            _Missing(library, {root.name: self._places(root) for root in library.roots}),
            {agent.ref: reviews[agent.path].fingerprint for agent in library if agent.path in reviews},
        )

    def looked(self, library: Library, reviews: Mapping[str, Review]) -> Surroundings:
        """The same with all files looked for, so that it can be compared with what was there before."""
        around = self.around(library, reviews)
        self._named = {ref: held for ref, held in self._named.items() if ref in library.agents}
        named = ((agent.ref, path) for agent in library for path in self._paths(agent))
        return around._replace(missing=frozenset(one for one in named if one in around.missing))

    def _paths(self, agent: Agent) -> frozenset[str]:
        """The paths that an agent names."""
        document, named = self._named.get(agent.ref, (None, frozenset[str]()))
        if document is not agent.document:
            found = (*paths.absolute(agent.document), *paths.relative(agent.document))
            named = frozenset(one.path for one in found)
            self._named[agent.ref] = agent.document, named
        return named

    def _places(self, root: Root) -> list[str]:
        """Where the files of a project may be that agents of a root name; none for agents of all projects."""
        return self._folders(root) if root.scope in {"project", "folder"} else []

    def _folders(self, root: Root) -> list[str]:
        """The folders of the project that the agents of a root work in."""
        project = root.path.removesuffix(os.sep + AGENTS) if root.scope in {"project", "folder"} else self._start
        return list(dict.fromkeys([*_upwards(project), *_upwards(self._start)]))

    def _skills(self, library: Library) -> dict[str, frozenset[str]]:
        """The names of skills for the agents of each root; nothing where the host was never used, or nobody asks."""
        if not os.path.isdir(self._config) or not any(_has_skills(agent.document) for agent in library):
            return {}
        common = {
            *extensions.SKILLS,
            *extensions.skills_in(self._config),
            *extensions.skills_in(self._managed),
            *self._of_plugins(extensions.skills_of),
        }
        return self._for_each(library, common, lambda folder: extensions.skills_in(os.path.join(folder, ".claude")))

    def _servers(self, library: Library) -> dict[str, frozenset[str]]:
        """The names of MCP servers for the agents of each root; nothing where the host was never started."""
        own = json_at(self._state)
        if not isinstance(own, dict):
            return {}
        managed = json_at(os.path.join(os.path.dirname(self._managed), "managed-mcp.json"))
        plugins = self._of_plugins(extensions.servers_of)
        common = {*extensions.SERVERS, *extensions.servers_in(own), *extensions.servers_in(managed), *plugins}

        def of_project(folder: str) -> Iterator[str]:
            yield from extensions.servers_in(json_at(os.path.join(folder, ".mcp.json")))
            match own:
                case {"projects": dict() as projects}:
                    yield from extensions.servers_in(projects.get(folder))
                case _:
                    pass

        return self._for_each(library, common, of_project)

    def _for_each(
        self, library: Library, common: set[str], of_project: Callable[[str], Iterable[str]]
    ) -> dict[str, frozenset[str]]:
        """For each root what all agents have, and what those of its project have."""
        live = [root for root in library.roots if root.scope in _LIVE]
        return {root.name: frozenset(common.union(*map(of_project, self._folders(root)))) for root in live}

    def _of_plugins(self, look: Callable[[Plugin], Iterable[str]]) -> Iterator[str]:
        """What the plugins bring along that the host reads."""
        plugins = installed(self._config, self._start, Settings.of(self._config, self._start)) or ()
        return (name for plugin in plugins if not plugin.idle for name in look(plugin))


def _has_skills(document: Document) -> bool:
    """Whether a document has that field; few headers need be read for it."""
    may_have = b"skills" in document.data or b"\\" in document.data
    return may_have and document.has("skills")


def _upwards(folder: str) -> list[str]:
    """A folder and those above it in its repository; alone outside of one."""
    folders = [folder, *map(str, Path(folder).parents)]
    top = next((at for at, path in enumerate(folders) if os.path.lexists(os.path.join(path, ".git"))), 0)
    return folders[: top + 1]


def _is_missing(path: str) -> bool:
    """Whether it is certain that nothing is there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # out of reach, or no path at all
        return False
    return False
