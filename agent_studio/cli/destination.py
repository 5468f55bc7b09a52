"""Destination: the folder that a new file goes to."""

from __future__ import annotations

import os
from pathlib import Path

from agent_studio.cli import selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.model.library import Library
from agent_studio.model.ref import Root


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


def library_of(library: Library, root: Root) -> Library:
    """The library in which names can be taken at a destination: this one, or else one of that folder alone."""
    if root in library.roots:
        return library
    return selection.opened_at(root.path) if root.exists else Library((root,))
