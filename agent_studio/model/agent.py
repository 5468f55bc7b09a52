"""One agent file as the studio knows it: where it is, its document, and how the host reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .document import Document
from .hosts import claude_code
from .hosts.claude_code import Reading, Scoped
from .hosts.intent import NO_FRONTMATTER, is_document
from .hosts.verdict import Cause, Verdict
from .ref import EXTENSION, Ref


@dataclass(frozen=True)
class Agent:
    """A file that is an agent, or failed to be one.

    `path` is absolute; `mtime` is in seconds since the epoch, `size` in bytes, `mode` as in `st_mode`. `link` is the
    real path where the file is reached through a symbolic link. `trouble` says why it could not be read; its document
    is empty then. `file` is equal for two agents that the host takes for one file (a hard link, a folder reached
    through a link). `plugin` is the name of the plugin it belongs to.
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
    file: str | None = None
    plugin: str | None = None

    @cached_property
    def reading(self) -> Reading:
        """What the host makes of the file; of a parked one, or one whose name it does not take, what it would."""
        if self.trouble:
            cause: Cause = "broken-link" if self.link and not self.mode else "unreadable"
            return Reading(verdict=Verdict("dropped", self.trouble, cause))
        reading = claude_code.read(self.document, scoped=self.scoped)
        if not self.plugin and self.document.trouble == NO_FRONTMATTER and is_document(self.ref.stem):
            return reading._replace(verdict=reading.verdict._replace(status="not-agent"))
        if reading.verdict.status == "not-agent":
            return reading
        if self.ref.parked:
            return reading._replace(verdict=Verdict("parked", _parked(reading.verdict), "not-scanned"))
        if not self._is_read:
            reason = f"Claude Code reads only files whose names end in {EXTENSION}, in lower case"
            return reading._replace(verdict=Verdict("dropped", reason, "not-scanned"))
        return reading

    def remember(self, reading: Reading) -> None:
        """Take over what another process made of the file."""
        vars(self)["reading"] = reading

    @property
    def _is_read(self) -> bool:
        """Whether the host takes the file for its name's ending; in a plugin it does in any case of letters."""
        return (self.ref.path.lower() if self.plugin else self.ref.path).endswith(EXTENSION)

    @property
    def scoped(self) -> Scoped | None:
        """What its plugin adds to its name; None outside of plugins."""
        folders = tuple(self.ref.folder.split("/")) if self.ref.folder else ()
        return Scoped(self.plugin, folders, self.ref.stem) if self.plugin else None

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

    @cached_property
    def called(self) -> str:
        """Its name without case, as words are looked for in it."""
        return self.name.casefold()

    @cached_property
    def haystack(self) -> str:
        """Name and description without case, as words are looked for in both."""
        return f"{self.name}\n{self.description}".casefold()

    @property
    def locked(self) -> str | None:
        """Why it cannot be edited in the studio; None when it can."""
        if self.read_only:
            return "read-only"
        return self.trouble or self.document.locked

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes, in hex."""
        import hashlib  # noqa: PLC0415  # loads OpenSSL, and few verbs ask for it

        return hashlib.sha256(self.document.data).hexdigest()

    @property
    def lines(self) -> int:
        """How many lines the file has; a last one without an end counts."""
        data = self.document.data
        return data.count(b"\n") + bool(data and not data.endswith(b"\n"))

    @property
    def tokens(self) -> tuple[int, int]:
        """Estimated tokens of (name and description, body).

        The first by the host's own formula, the second as a quarter of the characters.
        """
        return self.reading.tokens, -(-len(self.document.body) // 4)


def _parked(verdict: Verdict) -> str:
    """What to know of a parked file that would be read so."""
    words = "parked: out of Claude Code's sight until it is unparked"
    return words if verdict.loads else f"{words}, and then it would not load: {verdict.reason}"
