"""What is known of each observed release of Claude Code, as data: a new release is a new entry.

Source: black-box observation of the versions named here on linux-x64; what is not listed was the same in all of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Release(NamedTuple):
    """How one release reads agent files.

    `largest` is in bytes, `longest_name` in UTF-16 units (None: any length), `budget` in estimated tokens. `by_path` is
    whether the last of several namesakes is the last by its path (in UTF-16 units), not in the order in which the file
    system lists them. `built_ins` are the agents that it brings along: a file of that name in a project or user folder
    replaces them.
    """

    version: str
    largest: int = 1_048_576
    longest_name: int | None = 256
    colon_in_name: bool = False
    reads_bom: bool = True
    bad_hooks_drop: bool = True
    budget: int = 15_000
    by_path: bool = False
    built_ins: tuple[str, ...] = ("claude", "Explore", "general-purpose", "Plan", "statusline-setup")


_R329 = Release("2.1.329")
LATEST = _R329._replace(version="2.1.330", by_path=True)
_R260 = _R329._replace(version="2.1.260", longest_name=None)
_R197 = _R260._replace(version="2.1.197", colon_in_name=True, reads_bom=False, bad_hooks_drop=False)

RELEASES = (_R197, _R260, _R329, LATEST)
"""The observed releases, oldest first.

2.1.197 also accepted a NUL in the header, and listed no model for `inherit`: neither is modelled.
"""


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as JavaScript counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def rejected_name(name: str, release: Release = LATEST) -> str | None:
    """Why a release drops every agent of this name; None when it takes the name."""
    if name.startswith("-"):
        return "a name cannot start with '-': Claude Code drops the agent"
    if ":" in name and not release.colon_in_name:
        return "a name cannot contain ':': Claude Code drops the agent"
    if release.longest_name and units(name) > release.longest_name:
        return f"a name cannot be longer than {release.longest_name} characters: Claude Code drops the agent"
    return None
