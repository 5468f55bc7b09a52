"""Where agents live: the folders that are read, and the way between refs and paths."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from agent_studio.model.ref import EXTENSION, Ref, Root, Scope, is_agent_file

from . import host_files
from .plugins import opened_plugin, plugin_roots, roots_of

StrPath = str | os.PathLike[str]

MANAGED = {
    "darwin": "/Library/Application Support/ClaudeCode/.claude/agents",
    "linux": "/etc/claude-code/.claude/agents",
    "win32": r"C:\Program Files\ClaudeCode\.claude\agents",
}
"""Where an administrator puts agents, by platform (Claude Code's documentation; observed on Linux with 2.1.329)."""

AGENTS = os.path.join(".claude", "agents")


class NoSuchPath(Exception):
    """A path that was asked for cannot be opened."""

    def __init__(self, path: str, reason: str = "no such file or folder") -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class OutsideRoot(ValueError):
    """A ref that leads out of its root, or has none."""


class _Places(NamedTuple):
    """The folders that belong to the person or the system, not to a project."""

    config: str
    user: str
    managed: str

    @classmethod
    def of(cls, environ: Mapping[str, str], home: StrPath) -> _Places:
        config = os.path.abspath(environ.get("CLAUDE_CONFIG_DIR") or os.path.join(home, ".claude"))
        return cls(config, os.path.join(config, "agents"), MANAGED.get(sys.platform, MANAGED["linux"]))

    def scope(self, folder: str) -> Scope:
        """What a folder that is opened by hand is."""
        if same(folder, self.user):
            return "user"
        if same(folder, self.managed):
            return "managed"
        if os.path.basename(folder) == "agents" and opened_plugin(os.path.dirname(folder)):
            return "plugin"
        return "project" if folder.endswith(os.sep + AGENTS) else "folder"

    def is_foreign(self, folder: str) -> bool:
        """Whether the files in a folder belong to an administrator or a plugin."""
        real = os.path.realpath(folder)
        places = (self.managed, os.path.join(self.config, "plugins"))
        return any(inside(real, os.path.realpath(place)) for place in places)


def find_roots(
    paths: Iterable[StrPath],
    cwd: StrPath,
    environ: Mapping[str, str],
    home: StrPath,
    *,
    added: Iterable[StrPath] = (),
    plugin_dirs: Iterable[StrPath] = (),
) -> tuple[Root, ...]:
    """The folders to read: those that `paths` name, without any those that the host reads when started in `cwd`.

    `added` and `plugin_dirs` are folders that the host is given by `--add-dir` and `--plugin-dir`. Raises `NoSuchPath`.
    The first root of a scope is named like the scope, further ones `scope/folder`.
    """
    places = _Places.of(environ, home)
    given = [os.fspath(path) for path in paths]
    start = os.path.realpath(cwd)
    if given:
        roots = list(_opened(given, os.path.abspath(cwd), places))
    else:
        settings = host_files.Settings.of(places.config, start)
        host_roots = _host_roots(start, places, os.path.realpath(home), settings)
        roots = [replace(root, denied=settings.denied) for root in host_roots]
    for place, path in enumerate(_folders(added, start), 1):
        folder = os.path.join(path, AGENTS)
        roots.append(Root(Path(path).name, "project", folder, exists=os.path.isdir(folder), added=place))
    plugins = [root for path in _folders(plugin_dirs, start) for root in roots_of(path, Path(path).name)]
    replaced = {root.plugin for root in plugins}
    return _named([*(root for root in roots if root.plugin not in replaced or root.plugin is None), *plugins])


def _folders(paths: Iterable[StrPath], start: str) -> Iterator[str]:
    for path in paths:
        full = os.path.abspath(os.path.join(start, path))
        if not os.path.isdir(full):
            raise NoSuchPath(os.fspath(path), "no such folder")
        yield full


def _host_roots(start: str, places: _Places, home: str, settings: host_files.Settings) -> Iterator[Root]:
    """The roots that the host reads when started in a folder; names are only labels yet."""
    projects = [os.path.join(folder, AGENTS) for folder in _project_folders(Path(start), Path(home))]
    projects = [folder for folder in projects if not same(folder, places.user)]
    idle = host_files.plugins_only(os.path.dirname(os.path.dirname(places.managed)))
    for folder in [folder for folder in projects if os.path.isdir(folder)] or projects[:1]:
        yield Root(_label(folder, "project"), "project", folder, exists=os.path.isdir(folder), idle=idle)
    for folder in map(str, _main_checkout(Path(start))):
        if os.path.isdir(path := os.path.join(folder, AGENTS)):
            yield Root(_label(path, "project"), "project", path, idle=idle, added=-1)
    yield Root("user", "user", places.user, exists=os.path.isdir(places.user), idle=idle)
    if os.path.isdir(places.managed):
        yield Root("managed", "managed", places.managed, read_only=True)
    yield from plugin_roots(places.config, start, settings)


def _project_folders(start: Path, home: Path) -> list[Path]:
    """The start folder and its parents as far as the host looks for project agents, nearest first."""
    folders = [start, *start.parents]
    for place, folder in enumerate(folders):
        if os.path.exists(folder / ".git"):
            return folders[: place + 1]
    return [folder for folder in folders if not home.is_relative_to(folder)]


def _main_checkout(start: Path) -> Iterator[Path]:
    """The main checkout, where the start folder is in a linked git worktree whose top has no agents of its own."""
    folder = next((folder for folder in (start, *start.parents) if os.path.exists(folder / ".git")), start)
    match = re.match(r"gitdir: *(.+)", host_files.text_at(folder / ".git"))
    if match is None or os.path.isdir(folder / AGENTS):
        return
    git = folder / match[1].strip()
    back = os.path.realpath(git / host_files.text_at(git / "gitdir").strip())
    common = host_files.text_at(git / "commondir").strip()
    if common and back == os.path.realpath(folder / ".git"):
        repository = Path(os.path.normpath(git / common))
        yield repository.parent if repository.name == ".git" else repository


def _opened(paths: Iterable[str], cwd: str, places: _Places) -> Iterable[Root]:
    """One root for each folder that some paths, or the files among them, name; names are only labels yet."""
    roots: dict[str, Root] = {}
    for path in paths:
        root = _root_at(path, cwd, places)
        real = os.path.realpath(root.path)
        other = roots.get(real, root)
        only = None if root.only is None or other.only is None else other.only | root.only
        roots[real] = replace(other, only=only)
    return roots.values()


def _root_at(path: str, cwd: str, places: _Places) -> Root:
    """The root that one path names."""
    full = os.path.abspath(os.path.join(cwd, path))
    only: frozenset[str] | None = None
    if not path or not os.path.lexists(full):
        raise NoSuchPath(path)
    if os.path.isdir(full):
        folder = next((inner for inner in _agents_in(full) if os.path.isdir(inner)), full)
    elif not is_agent_file(full):
        raise NoSuchPath(path, f"not an agent file: their names end in {EXTENSION}")
    else:
        parents = [str(parent) for parent in Path(full).parents]
        folder = next((parent for parent in parents if places.scope(parent) != "folder"), parents[0])
        only = frozenset({_relative(full, folder)})
    scope = places.scope(folder)
    plugin = opened_plugin(os.path.dirname(folder)) if scope == "plugin" else None
    return Root(plugin or _label(folder, scope), scope, folder, places.is_foreign(folder), only, plugin=plugin)


def _agents_in(folder: str) -> Iterator[str]:
    """Where the agents of a folder that was named are, when it is a project, a configuration folder or a plugin."""
    yield os.path.join(folder, AGENTS)
    if os.path.basename(folder) == ".claude" or opened_plugin(folder):
        yield os.path.join(folder, "agents")


def _label(folder: str, scope: Scope) -> str:
    """What tells a root from others of its scope: a project's folder, else the folder itself."""
    return Path(folder).parent.parent.name if scope == "project" else Path(folder).name


def _named(roots: Iterable[Root]) -> tuple[Root, ...]:
    """The roots with unique names in place of their labels."""
    named: dict[str, Root] = {}
    for root in roots:
        label = re.sub(r"[^\w.@+-]+", "-", root.name) or "root"
        name = root.scope if root.scope not in named and root.scope != "plugin" else f"{root.scope}/{label}"
        unique, number = name, 2
        while unique in named:
            unique, number = f"{name}-{number}", number + 1
        named[unique] = replace(root, name=unique)
    return tuple(named.values())


def path_of(roots: Iterable[Root], ref: Ref) -> str:
    """The absolute path that a ref stands for; raises `OutsideRoot` where that could lie anywhere else."""
    root = next((root for root in roots if root.name == ref.root), None)
    if root is None:
        raise OutsideRoot(f"there is no folder called {ref.root!r} here")
    parts = ref.path.split("/")
    if not all(map(_is_name, parts)):
        raise OutsideRoot(f"{ref} does not name a file below its folder")
    return os.path.join(root.path, *parts)


def _is_name(part: str) -> bool:
    """Whether a part of a path names an entry of a folder."""
    try:
        os.fsencode(part)
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return part not in {"", os.curdir, os.pardir} and "\0" not in part and os.sep not in part


def ref_of(roots: Sequence[Root], path: StrPath) -> Ref | None:
    """The ref of a path, below the deepest root that holds it; None where none does."""
    full = os.path.abspath(path)
    if ref := _ref_below([(root, root.path) for root in roots], full):
        return ref
    folder, name = os.path.split(full)
    real = os.path.join(os.path.realpath(folder), name)
    return _ref_below([(root, os.path.realpath(root.path)) for root in roots], real)


def _ref_below(roots: list[tuple[Root, str]], path: str) -> Ref | None:
    for root, folder in sorted(roots, key=lambda pair: -len(pair[1])):
        if path != folder and inside(path, folder):
            ref = Ref(root.name, _relative(path, folder))
            if root.only is None or ref.path in root.only:
                return ref
    return None


def _relative(path: str, folder: str) -> str:
    return path[len(os.path.join(folder, "")) :].replace(os.sep, "/")


def inside(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it, by spelling alone."""
    return path == folder or path.startswith(os.path.join(folder, ""))


def same(path: str, other: str) -> bool:
    """Whether two paths lead to the same place, there or not."""
    return path == other or os.path.realpath(path) == os.path.realpath(other)


def may_write(roots: Iterable[Root], real: str) -> bool:
    """Whether a real path lies in a folder that is open and not read-only."""
    return any(not root.read_only and inside(real, os.path.realpath(root.path)) for root in roots)
