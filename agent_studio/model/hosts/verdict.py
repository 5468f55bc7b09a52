"""Whether a host loads a file, and why not, or not as it is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

Status = Literal["loads", "tolerated", "degraded", "dropped", "parked", "not-agent"]

Cause = Literal[
    "no-frontmatter",
    "no-name",
    "yaml-error",
    "name-not-text",
    "name-rejected",
    "description-missing",
    "hooks-invalid",
    "too-large",
    "not-scanned",
    "broken-link",
    "unreadable",
]
"""What kind of reason keeps a file from being loaded."""


class Verdict(NamedTuple):
    """Whether the host loads a file; `reason` says in words why it does not, or not as it is written.

    `cause` is the kind of reason, None where the file loads.
    """

    status: Status
    reason: str | None = None
    cause: Cause | None = None

    @property
    def loads(self) -> bool:
        """Whether an agent comes of the file."""
        return self.status in {"loads", "tolerated", "degraded"}
