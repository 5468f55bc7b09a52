"""What extends the host, by name: the skills and MCP servers of a folder, of a plugin, and those it brings along.

Source: Claude Code's documentation of skills, MCP and plugins (August 2026).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from agent_studio.model.document import Document

from .contents import read
from .host_files import json_at
from .plugins import Plugin

SKILLS = frozenset(
    """
    batch claude-api claude-in-chrome code-review debug fewer-permission-prompts init keybindings-help loop remember
    review run run-skill-generator schedule security-review simplify skillify stuck update-config verify
    """.split()
)
"""Skills that Claude Code brings along."""
SERVERS = frozenset(("claude-in-chrome", "computer-use", "ide"))
"""MCP servers that it starts itself."""


def skills_in(folder: str) -> Iterator[str]:
    """What the skills and commands below a configuration folder (`.claude`, or a plugin) are called."""
    skills = os.path.join(folder, "skills")
    for name in _names(skills):
        said = _document(os.path.join(skills, name, "SKILL.md")).get("name")
        yield name
        if isinstance(said, str):
            yield said
    for _, _, files in os.walk(os.path.join(folder, "commands")):
        yield from (name.removesuffix(".md") for name in files if name.endswith(".md"))


def skills_of(plugin: Plugin) -> Iterator[str]:
    """The skills of a plugin, which are called with its name or without."""
    for name in skills_in(plugin.folder):
        yield from (name, f"{plugin.name}:{name}")


def servers_in(found: object) -> Iterator[str]:
    """The names of the MCP servers that a configuration file holds, as written and as their tools spell them."""
    match found:
        case {"mcpServers": dict() as servers}:
            for name in map(str, servers):
                yield from (name, re.sub(r"[^A-Za-z0-9_-]", "_", name))
        case _:
            pass


def servers_of(plugin: Plugin) -> Iterator[str]:
    """The MCP servers of a plugin, by their own names and with its name, as their tools spell them."""
    manifest = json_at(os.path.join(plugin.folder, ".claude-plugin", "plugin.json"))
    inside = manifest.get("mcpServers") if isinstance(manifest, dict) else None
    files = [file for file in (inside if isinstance(inside, list) else [inside]) if isinstance(file, str)]
    for file in (".mcp.json", *files):
        found = json_at(os.path.join(plugin.folder, file))
        bare = isinstance(found, dict) and "mcpServers" not in found  # there servers may stand by themselves
        yield from _with_plugin(plugin, {"mcpServers": found} if bare else found)
    yield from _with_plugin(plugin, manifest)


def _with_plugin(plugin: Plugin, found: object) -> Iterator[str]:
    for name in servers_in(found):
        yield from (name, f"plugin_{plugin.name}_{name}", f"plugin:{plugin.name}:{name}")


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:  # not there, or not for us
        return []


def _document(path: str) -> Document:
    """A Markdown file; an empty one where there is none that can be read."""
    try:
        return Document(read(os.path.realpath(path)).data)
    except FileNotFoundError:
        return Document(b"")
