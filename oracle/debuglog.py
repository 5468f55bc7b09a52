"""The program's debug log: why it dropped a file."""

from __future__ import annotations

import re

ENTRY = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z \[[A-Z]+\] ", re.MULTILINE)

REASONS = {
    "same-inode": r"Skipping duplicate file 'FILE' from ",
    "same-name": r"\[agents\] Duplicate agent name .* FILE(,| —)",
    "too-large": r"skipping FILE: not a regular file or exceeds ",
    "broken-link": r"Failed to follow symlink FILE: ",
    "yaml-error": r"YAML frontmatter in FILE failed to parse",
    "name-not-text": r'Failed to parse agent from FILE: Missing required "name"',
    "name-rejected": r'Agent file FILE: Invalid "name"',
    "description-missing": r'Agent file FILE: Missing required "description"',
    "hooks-invalid": r"Failed to parse agent from FILE: Unknown parsing error",
}
"""What the log says about a file that was dropped for each reason; FILE is its path."""

SILENT = ("silent", "shadowed", "not-scanned")
"""Reasons that the log never says: to an observer they are one."""


def entries(log: str) -> tuple[str, ...]:
    """The messages of a debug log, without time and level; one may be several lines long."""
    return tuple(entry.rstrip("\n") for entry in ENTRY.split(log) if entry)


def reason(entries: tuple[str, ...], path: str) -> tuple[str, str | None]:
    """Why a file was dropped, and the message that says so; `silent` where none does."""
    for name, pattern in REASONS.items():
        said = re.compile(pattern.replace("FILE", re.escape(path)), re.DOTALL)
        for entry in entries:
            if said.search(entry):
                return name, entry
    return "silent", None
