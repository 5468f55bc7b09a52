"""What the list shows of an agent, cut into columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Severity
from agent_studio.model.precedence import Standing
from agent_studio.model.ref import Scope
from agent_studio.model.schema import FIELDS
from agent_studio.model.visible import one_line
from agent_studio.ui.findings import KINDS, SIGNS
from agent_studio.ui.swatches import TAGS, tag

_CALM = {"": "muted", **dict.fromkeys(TAGS, "muted")}
"""What is quieter in a calm row."""

LEAD = 7
"""Cells in front of the name: cursor, mark and color, a blank behind each."""

_SIGNS = {"dropped": "✖", "degraded": "⚠", "tolerated": "~"}
_SUBJECTS = re.compile(
    r"YAML|1 MiB|UTF-16|binary|closed|dashes|no frontmatter|file is empty"
    rf"|\b(?:{'|'.join(field.name for field in FIELDS)})\b"
)
_WORDS = {
    "YAML": "yaml",
    "1 MiB": "size",
    "UTF-16": "utf16",
    "closed": "fence",
    "dashes": "fence",
    "no frontmatter": "fence",
    "file is empty": "empty",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells that each column takes, 0 for one that is left out, and the blanks between them."""

    name: int
    model: int
    tools: int
    scope: int
    age: int
    state: int
    gap: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """The columns for a width: the name takes what is left up to 48, then the state; scope, age, tools go first."""
        gap = 1 if width < 76 else 2
        model, state = min(max(width // 8, 7), 24), min(max(width // 6, 8), 24)
        left = width - LEAD - model - state - 2 * gap
        taken = {"tools": 0, "age": 0, "scope": 0}
        for column, cells in (("tools", 5), ("age", 4), ("scope", 7)):
            if left - cells - gap < 20:
                break
            taken[column] = cells
            left -= cells + gap
        name = max(min(left, 48), 1)
        return cls(name, model, **taken, state=state + max(left - name, 0), gap=gap)


class Piece(NamedTuple):
    """A text and what it is: a color's name, or muted, marked, draft, error, warning; empty for plain."""

    text: str
    kind: str = ""


class Row(NamedTuple):
    """An agent with what is known about it in the list; `seconds` is its age, `twins` counts others of its name.

    `standing` is where it stands among those; an agent that is not taken, though it could be, has a calmer row. `idle`
    is whether the host does not look where it is. `worst` is how much the worst weighs of what was `found` in it.
    `alike` is how many agents are the same or nearly, this one included; 0 for one of a kind.
    """

    agent: Agent
    seconds: float = 0.0
    scope: Scope | None = None
    marked: bool = False
    draft: bool = False
    outside: bool = False
    twins: int = 0
    standing: Standing = Standing(True)
    idle: bool = False
    worst: Severity | None = None
    found: int = 0
    alike: int = 0

    def pieces(self, columns: Columns, under_cursor: bool = False) -> list[Piece]:
        """The row from cursor sign to state."""
        color = self.agent.reading.color
        cells = (
            (columns.name, Piece(one_line(self.agent.name), "marked" if self.marked else "")),
            (columns.model, self._model()),
            (columns.tools, self._tools()),
            (columns.scope, Piece(self.scope or "", "muted")),
            (columns.age, Piece(age(self.seconds), "muted")),
        )
        pieces = [
            Piece("▶ " if under_cursor else "  "),
            Piece("✓ " if self.marked else "  ", "marked"),
            Piece(tag(color), color if color in TAGS else "muted"),
            Piece(" "),
            *(Piece(fitted(piece.text, width) + " " * columns.gap, piece.kind) for width, piece in cells if width),
            *_joined(self.state(), columns.state),
        ]
        return [Piece(text, _CALM.get(kind, kind)) for text, kind in pieces] if self._is_calm else pieces

    @property
    def _is_calm(self) -> bool:
        """Whether the host takes another agent instead, or does not see this one."""
        return self.agent.ref.parked or (self.agent.verdict.loads and not self.standing.active)

    def _model(self) -> Piece:
        if self.agent.reading.model:
            return Piece(one_line(self.agent.reading.model))
        return Piece("inherit" if self.agent.verdict.loads else "–", "muted")

    def _tools(self) -> Piece:
        tools = self.agent.reading.tools
        if tools is None:
            return Piece("all" if self.agent.verdict.loads else "–", "muted")
        return Piece(str(len(tools)) if tools else "none")

    def state(self) -> list[Piece]:
        """A sign for each thing to know, the most pressing first; a word may follow it."""
        found = (
            Piece("●" if self.draft else "", "draft"),
            Piece("≠" if self.outside else "", "warning"),
            self._trouble(),
            self._place_among_twins(),
            Piece("ro" if self.agent.read_only and not self.idle else "", "muted"),
        )
        return [piece for piece in found if piece.text]

    def _trouble(self) -> Piece:
        """That it does not load as written and why, else how bad the worst is that was found."""
        status = self.agent.verdict.status
        if status in {"dropped", "degraded"}:
            is_error = status == "dropped" or self.worst == "error"
            sign = _SIGNS["dropped" if is_error else "degraded"]
            return Piece(f"{sign} {reason_word(self.agent)}".strip(), "error" if is_error else "warning")
        if self.worst is not None:
            return Piece(f"{SIGNS[self.worst]}{self.found}", KINDS[self.worst])
        return Piece(_SIGNS.get(status, ""), "warning")

    def _place_among_twins(self) -> Piece:
        """How many have its name, else how many are like it; and whether another one is taken."""
        if self.agent.ref.parked:
            return Piece("parked", "muted")
        count = f"⇄{self.twins + 1}" if self.twins else f"⇄{self.alike}" if self.alike else ""
        kind = "warning" if self.standing.undefined else "muted" if self._is_calm or not self.twins else ""
        return Piece(f"{count} {self.standing.word.partition(',')[0]}".strip(), kind)


def header(columns: Columns) -> list[Piece]:
    """The names of the columns."""
    named = (
        ("NAME", columns.name),
        ("MODEL", columns.model),
        ("TOOLS", columns.tools),
        ("SCOPE", columns.scope),
        ("AGE", columns.age),
        ("STATE", columns.state),
    )
    return [Piece(" " * LEAD), *(Piece(fitted(t, width) + " " * columns.gap, "header") for t, width in named if width)]


def reason_word(agent: Agent) -> str:
    """What a verdict is about, in a word: `yaml`, `fence`, or the field that is wrong."""
    if agent.trouble:
        return "unreadable"
    found = _SUBJECTS.search(agent.verdict.reason or "")
    return _WORDS.get(found[0], found[0]) if found else ""


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells, an ellipsis at the end where it does not fit."""
    if cell_len(text) > width:
        text = f"{set_cell_size(text, width - 1).rstrip()}…"
    return set_cell_size(text, width)


def _joined(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces a blank apart in `width` cells: several go without their words where those do not fit, one is cut."""
    if len(pieces) > 1 and sum(cell_len(piece.text) + 1 for piece in pieces) - 1 > width:
        pieces = [piece._replace(text=piece.text.partition(" ")[0]) for piece in pieces]
    joined: list[Piece] = []
    for piece in pieces:
        room = width - sum(cell_len(before.text) for before in joined)
        if room > 0:
            fits = cell_len(piece.text) <= room
            joined.append(piece._replace(text=f"{piece.text} " if fits else fitted(piece.text, room)))
    return joined
