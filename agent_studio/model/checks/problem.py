"""What a rule found, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from agent_studio.model.document import Document
from agent_studio.model.ref import Ref

Severity = Literal["error", "warning", "info", "high", "medium", "low"]
"""By consequence. error: the agent does not load, cannot be started, or loses data; warning: it works otherwise than
written; info: taste or portability. high, medium, low: to be looked at before it is trusted (family S and some others).
"""

SEVERITIES: tuple[Severity, ...] = ("error", "high", "warning", "medium", "low", "info")
"""The most pressing first."""

Step = Callable[[Document], Document]
"""What a fix does to a document; may raise `EditRefused`."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a problem: another text (`step`), or another file name (`rename`, a path below the root).

    A safe one leaves everything as the host reads it, or takes only damage away; an unsafe one is looked at first.
    """

    title: str
    safe: bool
    step: Step | None = field(default=None, compare=False)
    rename: str | None = None


class Problem(NamedTuple):
    """One finding: `[start, end)` are characters of the document's text, the message says what happens.

    `others` are further files that it is about (namesakes, twins). `severity` is set where it weighs otherwise than its
    rule.
    """

    rule: str
    ref: Ref
    start: int
    end: int
    message: str
    fix: Fix | None = None
    others: tuple[Ref, ...] = ()
    severity: Severity | None = None
