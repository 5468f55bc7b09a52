"""Paths that an agent's text names: absolute ones of somebody's machine, and files of its project."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from agent_studio.model.checks.prose import fences
from agent_studio.model.document import Document

_ABSOLUTE = re.compile(
    r"`([A-Za-z]:\\(?!n\\?[^a-z])[^`\n]{2,300}|/(?:Users|home)/[^`\n/]{1,60}/[^`\n]{1,300})`"
    r"|(?<![\w/~.-])([A-Za-z]:\\(?!n\\?[^a-z])[^\s`\"'<>|*?,;)(]{2,300}"
    r"|/(?:Users|home)/[^\s`\"'<>|*?,;)(/]{1,60}/[^\s`\"'<>|*?,;)(]{1,300})"
)
_STAND_INS = frozenset(
    "user username you yourname your-name your_name me name someone node runner ubuntu vscode app dev path".split()
)
"""Names in paths that are nobody's, and of accounts that every container has."""
_TOKEN = re.compile(r"(?<![\w/.:~\\$@{}<>*-])[A-Za-z0-9_][\w./-]{4,200}(?![\w/<{*(])")
_FILE = re.compile(
    r"\.(?:md|txt|json|ya?ml|toml|py|ts|tsx|js|jsx|go|rs|java|rb|sh|sql|css|html|csv|cfg|ini|lock|tf|kt|swift|cs|c|h|cpp)$"
)
_ORDER = re.compile(
    r"\b(?:open|read|load|see|consult|follow|check|review|listed in|refer to|according to|defined in|described in)\b"
    r"(?!.*(?:e\.g\.|example|such as|like))",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before a path in which a word must send the reader there."""
_SAMPLES = re.compile(r"(?:^|/)(?:path|to|your|my|example|sample|foo|bar)[-_./]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A path as it is spelled at `[start, end)` of the file's text."""

    start: int
    end: int
    path: str


def absolute(document: Document) -> Iterator[Named]:
    """The absolute paths below somebody's home or on a drive, in description and body."""
    for found in _ABSOLUTE.finditer(document.text):
        group = 1 if found[1] else 2
        path = found[group].rstrip(".,:;\\" if group == 2 else "")
        parts = re.split(r"[\\/]", path)
        owner = parts[2] if parts[1].lower() in {"users", "home"} else parts[1]
        if owner.lower() not in _STAND_INS:
            yield Named(found.start(group), found.start(group) + len(path), path)


def relative(document: Document) -> Iterator[Named]:
    """The files below the project's folder that the text sends its reader to, outside of blocks of code.

    Folders that begin with a dot are left out: they belong to tools, which make them where they are used.
    """
    blocks = deque(fences(document.text))
    for found in _TOKEN.finditer(document.text):
        path = found[0].rstrip(".")
        while blocks and blocks[0].end <= found.start():
            blocks.popleft()
        inside = bool(blocks) and blocks[0].start <= found.start()
        if inside or "/" not in path or "//" in path or not _FILE.search(path) or _SAMPLES.search(path):
            continue
        line = document.text[max(found.start() - _BEFORE, 0) : found.start()].rpartition("\n")[2]
        if _ORDER.search(line):
            yield Named(found.start(), found.start() + len(path), path)
