"""One agent file as the studio knows it: where it is, its document, and how the host reads it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from .document import Document
from .hosts import claude_code
from .hosts.claude_code import Reading, Verdict
from .ref import Ref


@dataclass(frozen=True)
class Agent:
    """A file that is an agent, or failed to be one.

    `path` is absolute; `mtime` is in seconds since the epoch, `size` in bytes, `mode` as in `st_mode`. `link` is the
    real path where the file is reached through a symbolic link. `trouble` says why it could not be read; its
    document is empty then.
    """

    ref: Ref
    path: str
    document: Document
    mtime: float = 0.0
    size: int = 0
    mode: int = 0o100644
    read_only: bool = False
    link: str | None = None
    trouble: str | None = None

    @cached_property
    def reading(self) -> Reading:
        """What the host makes of the file."""
        reading = claude_code.read(self.document)
        if not self.trouble:
            return reading
        return Reading(None, None, None, None, None, Verdict("dropped", self.trouble))

    @property
    def verdict(self) -> Verdict:
        """Whether the host loads it."""
        return self.reading.verdict

    @property
    def name(self) -> str:
        """What to call it: its name, or the file's where it has none."""
        return self.reading.name or self.ref.stem

    @property
    def description(self) -> str:
        """The description as it is handed to the model; empty where there is none."""
        return self.reading.description or ""

    @property
    def locked(self) -> str | None:
        """Why it cannot be edited in the studio; None when it can."""
        if self.read_only:
            return "read-only"
        return self.trouble or self.document.locked

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes, in hex."""
        return hashlib.sha256(self.document.data).hexdigest()

    @property
    def tokens(self) -> tuple[int, int]:
        """Estimated tokens of (name and description, body).

        The first by the host's own formula, the second as a quarter of the characters.
        """
        listed = _units(self.reading.name or "") + _units(self.description)
        return -(-listed // 3), -(-len(self.document.body) // 4)


def _units(text: str) -> int:
    """The length of a text in UTF-16 units, as JavaScript counts."""
    return len(text) + sum(char > "\uffff" for char in text)
