"""The entry point: the only module that knows both front ends."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from agent_studio.model.ref import Root

TURN = 0.000_5
"""Seconds after which work in a thread lets the interface have its turn; a key may need several."""


def open_studio(roots: tuple[Root, ...], given: frozenset[str] = frozenset(), *, fresh: bool = False) -> int:
    """Open the interface on some roots; the exit code when it is closed.

    `given` are names of agents that the host is started with; `fresh` lists as if for the first time.
    """
    sys.setswitchinterval(TURN)
    from agent_studio.ui.app import StudioApp  # noqa: PLC0415  # a verb without the interface never loads Textual
    from agent_studio.ui.terminal import restored  # noqa: PLC0415

    app = StudioApp(roots, given=given, fresh=fresh)
    with restored():
        app.run()
    gc.freeze()  # all of it goes with the process: to look it through first would hold up the end for seconds
    return app.return_code or 0


def main() -> None:
    """Run the program and end with its exit code."""
    # What a verb reads stays to its end, and so does what the interface reads first: the collector would look through
    # all of it again and again. The interface lets it in when the list is there.
    gc.disable()
    from agent_studio.cli.program import run  # noqa: PLC0415

    code = run(sys.argv[1:], open_studio)
    if "agent_studio.ui.app" in sys.modules:
        sys.exit(code)
    # A verb has nothing left to do, and to take apart all that it has read would take a while.
    for stream in filter(None, (sys.stdout, sys.stderr)):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
