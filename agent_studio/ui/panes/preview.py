"""An agent to read: its source, rendered, what of it the model is given, and where it loads."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.visible import is_hidden, visible
from agent_studio.ui.given import Given
from agent_studio.ui.offer import bindings
from agent_studio.ui.shown import shown_line
from agent_studio.ui.source_view import SourceView
from agent_studio.ui.where import Where

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_RENDERED = 40_000
"""Characters that are rendered at most: each paragraph is a widget, and thousands of them stall the terminal."""
_PART = 4_000
"""Characters that are rendered in one go: about a tenth of a second."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


Mode = Literal["source", "rendered", "given", "where"]
"""What the preview shows: the body as it is written or rendered, what the model is given, where the agent loads."""


class Preview(Vertical, can_focus=True):
    """One view of an agent.

    Another body is shown as source again where it was rendered: rendering takes up to a second.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    DEFAULT_CSS = """
    Preview > Banner { display: none; }
    Preview > Banner.-said { display: block; }
    Preview > VerticalScroll { height: 1fr; scrollbar-gutter: stable; }
    Preview > #where { display: none; }
    """

    agent: var[Agent | None] = var[Agent | None](None)
    document: var[Document | None] = var[Document | None](None)
    library: var[Library] = var(Library())
    mode: var[Mode] = var[Mode]("source")

    def __init__(self) -> None:
        super().__init__()
        self._title = PreviewTitle()
        self._banner = Banner()
        self._source = SourceView()
        self._where = Where()

    def compose(self) -> ComposeResult:
        """The title, what is to be known about the text, the text, where it loads."""
        yield self._title
        yield self._banner
        yield self._source
        with VerticalScroll(id="where", can_focus=False):
            yield self._where

    def watch_document(self, before: Document | None, document: Document | None) -> None:
        """Show another text."""
        if self.mode == "rendered" and (before is None or document is None or before.body != document.body):
            self.mode = "source"
        self._fill()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Let the title tell."""
        super().watch_has_focus(has_focus)
        self._title.focused = has_focus

    def watch_agent(self) -> None:
        """Say what is wrong with another agent; its text comes with its document."""
        self._fill()

    def watch_library(self) -> None:
        """Others may win now."""
        self._fill()

    def watch_mode(self, mode: Mode) -> None:
        """Show another view; a rendered text takes its time."""
        self.workers.cancel_group(self, "render")
        self.query(".rendered").remove()
        self._source.display = mode != "where"
        self.query_one("#where").display = mode == "where"
        if mode == "rendered":
            self._render_body()
        self._fill()

    @property
    def _edited(self) -> Agent | None:
        """The agent as its draft has it."""
        if self.agent is None or self.document is None or self.agent.document is self.document:
            return self.agent
        return replace(self.agent, document=self.document)

    def _fill(self) -> None:
        """Put the text of this view in its place."""
        agent, edited = self.agent, self._edited
        if self.mode == "where":
            self._where.library, self._where.agent, self._where.edited = self.library, agent, edited
        elif self.mode == "given":
            given = Given.of(edited, self.library.standing(agent)) if agent and edited else Given("", {})
            self._source.captions, self._source.text = given.captions, given.text
        else:
            self._source.captions = {}
            self._source.first = self.document.body_line if self.document else 1
            self._source.text = self.document.body if self.document else ""
        self._describe()

    @work(group="render", exclusive=True, exit_on_error=False)
    async def _render_body(self) -> None:
        """Lay the body out part by part; the first takes the place of the source."""
        from textual.widgets import Markdown  # noqa: PLC0415  # takes a while, and few look at it

        text = visible(self._source.text[:_RENDERED].replace("\r\n", "\n"))
        markdown = Markdown(open_links=False, parser_factory=_parser)
        page = VerticalScroll(markdown, can_focus=False, classes="rendered")
        page.display = False
        await self.mount(page)
        for start in range(0, len(text), _PART):
            await markdown.append(text[start : start + _PART])
            self._source.display = False
            page.display = True
            self._describe()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when a text cannot be rendered."""
        if event.state is WorkerState.ERROR:
            self.mode = "source"
            self._say(Content("this text cannot be rendered"))

    def _describe(self) -> None:
        """The title and the banner for what shows now."""
        self._title.mode = self.mode
        self._title.facts = self._facts()
        self._say(self._known())

    def _facts(self) -> tuple[str, ...]:
        """How long the text is, in full and short."""
        if self.mode == "rendered" and not self._page:
            return ("rendering…",)
        if (agent := self._edited) is None or self.document is None or self.mode in {"given", "where"}:
            return ()
        lines, tokens = self._source.count, f"≈{short(agent.tokens[1])} tok"
        return f"{lines:,} line{'' if lines == 1 else 's'} · {tokens}", tokens

    def _known(self) -> Content | None:
        """What the text alone does not tell."""
        if self.agent is None or self.document is None or self.mode in {"given", "where"}:
            return None
        if self.agent.trouble:
            return Content.assemble("✖ ", shown_line(self.agent.trouble))
        if not self.document.body.strip():
            return Content("the body is empty: this agent has no instructions")
        return self._unusual(self.document.body) if self.mode == "rendered" else None

    @staticmethod
    def _unusual(body: str) -> Content | None:
        """What other renderers leave out, and what this one does."""
        counts = ((len(_COMMENT.findall(body)), "HTML comment"), (hidden_characters(body), "hidden character"))
        found = " and ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)
        said = [f"⚠ {found}: shown here as text, sent to the model as written"] if found else []
        if len(body) > _RENDERED:
            said.append(f"only the first {_RENDERED:,} characters are rendered")
        return Content("; ".join(said)) if said else None

    def _say(self, what: Content | None) -> None:
        self._banner.said = what or Content("")
        self._banner.set_class(what is not None, "-said")

    # Moving about: the keys of the list scroll here

    @property
    def _page(self) -> VerticalScroll | None:
        return next((page for page in self.query(VerticalScroll) if page.display), None)

    def _scroll(self, rows: int) -> None:
        (self._page or self._source).scroll_relative(y=rows, animate=False, force=True)

    def action_down(self) -> None:
        """One row down."""
        self._scroll(1)

    def action_up(self) -> None:
        """One row up."""
        self._scroll(-1)

    def action_half_down(self) -> None:
        """Half a page down."""
        self._scroll(max(self.size.height // 2, 1))

    def action_half_up(self) -> None:
        """Half a page up."""
        self._scroll(-max(self.size.height // 2, 1))

    def action_top(self) -> None:
        """To the first row."""
        (self._page or self._source).scroll_home(animate=False, force=True)

    def action_bottom(self) -> None:
        """To the last row."""
        if page := self._page:
            page.scroll_end(animate=False, force=True)
        else:
            self._source.show_end()


def _parser() -> MarkdownIt:
    """A parser that takes HTML for text: comments and `<example>` blocks are for the model, so they must show."""
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("gfm-like", {"html": False})


_KEYS: dict[Mode, str] = {"source": "p", "rendered": "p", "given": "P", "where": "w"}


class PreviewTitle(Widget):
    """What is shown, the keys for the other views, and how long the text is."""

    DEFAULT_CSS = """
    PreviewTitle { height: 1; padding: 0 1; color: $text-muted; }
    Preview:focus > PreviewTitle { color: $text-primary; }
    """

    focused: reactive[bool] = reactive(False)
    mode: reactive[Mode] = reactive[Mode]("source")
    facts: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """How long the text is, the longest wording first."""

    def render(self) -> Content:
        """The view and as many keys as fit left; right the facts in the longest wording that fits."""
        width = self.size.width
        others = [mode for mode in _KEYS if mode != self.mode and not (mode == "rendered" and self.mode != "source")]
        parts = [Content.styled(self.mode.upper(), "bold reverse" if self.focused else "bold")]
        parts += [Content.assemble((_KEYS[mode], "bold $accent"), f" {mode}") for mode in others]
        left = Content(" · ").join(parts)
        while left.cell_length > width and len(parts) > 1:
            del parts[-1]
            left = Content(" · ").join(parts)
        facts = next((text for text in self.facts if left.cell_length + 2 + len(text) <= width), "")
        return Content.assemble(left, " " * (width - left.cell_length - len(facts)), facts) if facts else left


class Banner(Widget):
    """A line about the text, above it."""

    DEFAULT_CSS = "Banner { height: auto; padding: 0 1; color: $text-warning; background: $warning-muted; }"

    said: var[Content] = var(Content(""))

    def watch_said(self) -> None:
        """Take the height that the text needs."""
        self.refresh(layout=True)

    def render(self) -> Content:
        """The text."""
        return self.said


def hidden_characters(text: str) -> int:
    """The number of characters that a terminal obeys or hides; line breaks and tabs are none."""
    text = text.replace("\r\n", "\n")
    return sum(text.count(char) for char in set(text) if char not in "\n\t" and is_hidden(char))


def short(number: int) -> str:
    """A number in at most four characters: 812, 1.6k, 24k."""
    if number < 1_000:
        return str(number)
    return f"{number / 1_000:.1f}k" if number < 9_950 else f"{number / 1_000:.0f}k"
