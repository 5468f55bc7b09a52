"""Other programs and packages that do the same, each where it is there: none is ever a dependency.

Packages are imported from where `AGENT_STUDIO_PEERS` says (a `site-packages` of an environment of their own), programs
are found on the path, or by a variable.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any

_PROGRAMS = {
    "cclint": "AGENT_STUDIO_CCLINT",
    "claude": "AGENT_STUDIO_CLAUDE",
    "agnix": "AGENT_STUDIO_AGNIX",
}
"""Program -> the variable that holds its command line where it is not on the path."""


def program(name: str) -> tuple[str, ...] | None:
    """The command line of a program; None where it is not there."""
    told = shlex.split(os.environ.get(_PROGRAMS[name], ""))
    found = shutil.which(told[0] if told else name)
    return (found, *told[1:]) if found else None


def package(name: str) -> Any | None:
    """A package that may be there; None where it is not."""
    folder = os.environ.get("AGENT_STUDIO_PEERS", "")
    if folder and folder not in sys.path:
        sys.path.append(folder)  # behind what the studio itself imports
    try:
        return import_module(name)
    except ImportError:
        return None


def diff_view() -> Callable[[str, str], object] | None:
    """What textual-diff-view computes of two texts before it draws; None where it is not there."""
    found = package("textual_diff_view")
    if found is None:
        return None

    def computed(one: str, other: str) -> int:
        view = found.DiffView("a", "b", one, other)
        left, right, pieces = one.splitlines(), other.splitlines(), 0
        for tag, i, i_end, j, j_end in (operation for group in view.grouped_opcodes for operation in group):
            if tag == "replace" and i_end - i == j_end - j:  # it marks characters only there
                texts = ("\n".join(left[i:i_end]), "\n".join(right[j:j_end]))
                pieces += len(SequenceMatcher(" \t".__contains__, *texts, autojunk=True).get_opcodes())
        return pieces

    return computed
