"""Recovery: what a studio that died left half-written is taken back before a verb looks at the files."""

from __future__ import annotations

from agent_studio.cli.diagnostics import say
from agent_studio.store.disk import Store


def recovered(store: Store) -> Store:
    """The store without anything half-written below its roots; what was taken back is said."""
    try:
        for operation in store.recover():
            say(f"an interrupted change was taken back: {operation.title}")
    except OSError as error:
        say(f"an interrupted change could not be taken back: {error}")
    return store
