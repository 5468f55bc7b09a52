"""Destination: the folder that a new file goes to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from agent_studio.cli import selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.recovery import recovered
from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store

SCOPES = ("project", "user")
"""The scopes that agents can be put in."""


def of_scope(library: Library, *scopes: str) -> Root:
    """The nearest folder of the first of these scopes that has one; raises `Trouble` where none has."""
    for scope in scopes:
        for root in library.roots:
            if root.scope == scope and not root.read_only and not root.added:
                return root
    raise Trouble(f"there is no {' or '.join(scopes)} folder for agents here: name a folder instead")


def of_folder(path: str) -> Root:
    """A folder by its path, whether it exists yet or not; raises `Trouble` where it is none."""
    if not os.path.lexists(path):
        return Root("folder", "folder", str(Path(path).absolute()), exists=False)
    if not os.path.isdir(path):
        raise Trouble(f"{path} is not a folder")
    return selection.roots((path,))[0]


def of(library: Library, place: str) -> Root:
    """The root that `--to` means: a scope, or else a folder; raises `Trouble`."""
    return of_scope(library, place) if place in SCOPES else of_folder(place)


def library_of(library: Library, root: Root) -> Library:
    """The library in which names can be taken at a destination: this one, or else one of that folder alone."""
    if root in library.roots:
        return library
    return selection.opened_at(root.path) if root.exists else Library((root,))


def within(library: Library, root: Root) -> tuple[Library, Root]:
    """The library with what stands at a destination, too, and that under a name of its own."""
    if root in library.roots:
        return library, root
    root = replace(root, name=selection.free_name(root.name, {held.name for held in library.roots}))
    agents = recovered(Store((root,))).load().agents
    return replace(library, roots=(*library.roots, root), agents={**library.agents, **agents}), root


class PlaceType(click.Path):
    """A scope that agents can be put in, or a folder."""

    def __init__(self) -> None:
        super().__init__(file_okay=False)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The scopes that begin so, and folders."""
        scopes = [CompletionItem(scope) for scope in SCOPES if scope.startswith(incomplete)]
        return scopes + super().shell_complete(ctx, param, incomplete)


def to_option(**settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--to`, which a verb gets as `place`."""
    words = {"metavar": "project|user|FOLDER", "help": "This project's agents, your own, or any folder."}
    return click.option("--to", "place", type=PlaceType(), **{**words, **settings})
