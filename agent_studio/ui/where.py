"""Where an agent loads: the host's verdict, who else has its name and who wins, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.agent import Agent
from agent_studio.model.hosts import claude_code
from agent_studio.model.hosts.releases import LATEST
from agent_studio.model.library import Library
from agent_studio.model.precedence import Standing, meet, rank
from agent_studio.model.ref import Root
from agent_studio.model.visible import one_line
from agent_studio.ui.gauge import thousands
from agent_studio.ui.shown import near, shown_line, tail

_LABEL = 20
"""Cells that the name of a place takes at most."""
_WINS = Content.assemble("  ", ("← wins", "bold $text-success"))
_LOSES = Content.styled("  shadowed", "dim")


class Where(Widget):
    """The way of one agent into Claude Code, as text; `agent` is the file, `edited` what the form makes of it."""

    DEFAULT_CSS = "Where { height: auto; padding: 0 1; }"

    agent: reactive[Agent | None] = reactive[Agent | None](None, layout=True)
    edited: reactive[Agent | None] = reactive[Agent | None](None, layout=True)
    library: reactive[Library] = reactive(Library(), layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the text takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Verdict, places, cost."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        if self.agent is None or width < 8:
            return []
        edited = self.edited or self.agent
        standing = self.library.standing(self.agent)
        return [
            *_hung(verdict(edited, standing), width),
            *_hung(older(edited), width),
            Content(""),
            _caption("Where it loads", width),
            *_table(places(self.agent, self.library), width),
            *_hung(_why(self.agent, self.library, standing), width),
            Content(""),
            _caption("Tokens", width),
            *_hung(_costs(edited, standing.active), width),
        ]


Row = tuple[str, Content]
"""What stands in front, and the text that hangs behind it."""


class Place(NamedTuple):
    """A place that the host looks at: what is there, and what becomes of it."""

    label: str
    file: str = ""
    style: str = ""
    outcome: Content = Content("")

    def drawn(self, label: int, width: int) -> Content:
        """One row; of a path that is too long the end is kept."""
        file = tail(self.file, width - label - 2 - self.outcome.cell_length) if self.file else "–"
        style = self.style if self.file else "dim"
        return Content.assemble((tail(self.label, label).ljust(label + 2), "dim"), (file, style), self.outcome)


def verdict(agent: Agent, standing: Standing) -> Iterator[Row]:
    """Whether the host loads it, and everything that is lost."""
    status, reason = agent.verdict.status, agent.verdict.reason or ""
    if agent.verdict.loads and standing.why and not standing.active:
        style = "$text-warning" if standing.undefined else ""
        yield "○ ", Content.assemble("Claude Code does not take it: ", shown_line(standing.why)).stylize(style)
    elif status == "loads":
        yield "✔ ", Content.styled("Claude Code loads it as it is written", "$text-success")
    if status == "tolerated":
        yield "~ ", Content.assemble("Claude Code can read it: ", shown_line(reason)).stylize("$text-warning")
    elif status == "degraded":
        yield "⚠ ", Content.styled("Claude Code can read it, but not all of it counts:", "$text-warning")
    elif status == "parked":
        yield "○ ", Content.assemble(shown_line(reason), " · ", ("x", "bold $text-accent"), " unparks it")
    elif status in {"dropped", "not-agent"}:
        word = "Claude Code drops it: " if status == "dropped" else "no agent: "
        yield "✖ ", Content.assemble(word, shown_line(reason)).stylize("$text-error")
    for loss in agent.reading.losses:
        yield "  · ", shown_line(loss.words)


def older(agent: Agent) -> Iterator[Row]:
    """The older releases that judge otherwise."""
    if agent.trouble or agent.verdict.cause == "not-scanned":
        return
    for version, found in claude_code.elsewhere(agent.document, agent.scoped).items():
        word = "loads it" if found.loads else f"drops it: {found.reason}"
        yield "  · ", Content.assemble((version, "bold"), " ", shown_line(word))


def places(agent: Agent, library: Library) -> Iterator[Place]:
    """Each place that the host looks at, strongest first, with the files of this name there."""
    home = library.root_of(agent.ref)
    if home is None:
        return
    files = _Files(agent, library)
    if home.scope == "folder":
        yield from files.below(home)
        return
    roots = [root for root in sorted(library.roots, key=rank) if _is_seen_with(home, root)]
    taken = any(library.standing(twin).active for root in roots for twin in files.of(root))
    given, built_in = agent.reading.name in library.given, agent.reading.name in LATEST.built_ins
    for scope in ("managed", "--agents", "project", "user", "plugin", "built-in"):
        if scope == "--agents":
            yield _other(scope, given, wins=not taken)
        elif scope == "built-in":
            yield _other(scope, built_in, wins=not taken and not given)
        else:
            yield from [row for root in roots if root.scope == scope for row in files.below(root)] or [Place(scope)]


def _other(label: str, there: bool, wins: bool) -> Place:
    """A place that is no folder."""
    return Place(label, "an agent of this name", "", _WINS if wins else _LOSES) if there else Place(label)


def _is_seen_with(home: Root, root: Root) -> bool:
    """Whether the host can look into both roots, and can find one name in both: each plugin has names of its own."""
    if root.name == home.name or root.scope in {"folder", "plugin"}:
        return root.name == home.name
    return meet(home, root)


class _Files(NamedTuple):
    """The files that have the name of an agent, itself included."""

    agent: Agent
    library: Library

    def of(self, root: Root) -> list[Agent]:
        """Those below one root."""
        twins = sorted((self.agent, *self.library.same_name(self.agent)), key=lambda twin: twin.ref)
        return [twin for twin in twins if twin.ref.root == root.name]

    def below(self, root: Root) -> Iterator[Place]:
        """A place for each, or one that says there is none."""
        found = self.of(root)
        if not found:
            yield Place(root.name)
        for number, twin in enumerate(found):
            mine = twin.ref == self.agent.ref
            file, style = ("this file", "bold") if mine else (one_line(near(twin.path)), "")
            yield Place("" if number else root.name, file, style, self._outcome(twin, root))

    def _outcome(self, twin: Agent, root: Root) -> Content:
        if self.library.standing(twin).active:
            return _WINS
        if twin.verdict.loads:
            return Content.styled("  not read", "dim") if root.idle else _LOSES
        return Content.styled(f"  {twin.verdict.status}", "$text-error" if twin.verdict.status == "dropped" else "dim")


def _why(agent: Agent, library: Library, standing: Standing) -> Iterator[Row]:
    """Why it wins, or that nobody looks."""
    root = library.root_of(agent.ref)
    if standing.why and standing.active:
        yield "⇄ ", shown_line(standing.why, "$text-warning" if standing.undefined else "")
    if root is not None and root.scope == "folder":
        yield "  ", Content.styled("Claude Code does not look into this folder: it was opened by hand", "dim")


def _costs(agent: Agent, active: bool) -> Iterator[Row]:
    tokens = agent.reading.warned_tokens
    share = f"{100 * tokens / LATEST.budget:.1f} % of the budget of {thousands(LATEST.budget)}"
    yield "description  ", Content(f"≈{thousands(tokens)} · {share if active else 'not given to the model'}")
    yield "body         ", Content(f"≈{thousands(agent.tokens[1])} · when it runs")


def _caption(text: str, width: int) -> Content:
    return Content.assemble(("─ ", "dim"), (text, "bold"), (f" {'─' * max(width - len(text) - 3, 0)}", "dim"))


def _hung(rows: Iterator[Row], width: int) -> Iterator[Content]:
    """The rows wrapped, each under its own beginning."""
    for label, text in rows:
        for number, line in enumerate(text.wrap(max(width - len(label), 1))):
            yield Content.assemble(" " * len(label) if number else label, line)


def _table(rows: Iterator[Place], width: int) -> Iterator[Content]:
    """A row for each place."""
    found = list(rows)
    label = min(max((len(row.label) for row in found), default=0), _LABEL, width // 3)
    return (row.drawn(label, width) for row in found)
