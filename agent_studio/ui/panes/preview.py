"""The text of an agent to read: its source, or rendered on demand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from markdown_it import MarkdownIt
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget
from textual.widgets import Markdown
from textual.worker import Worker, WorkerState

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.visible import is_hidden, visible
from agent_studio.ui.offer import bindings
from agent_studio.ui.shown import shown_line
from agent_studio.ui.source_view import SourceView

_RENDERED = 40_000
"""Characters that are rendered at most: each paragraph is a widget, and thousands of them stall the terminal."""
_PART = 4_000
"""Characters that are rendered in one go: about a tenth of a second."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Preview(Vertical, can_focus=True):
    """The body as it is sent to the model: as source, or rendered while `rendered` is on.

    Another body is shown as source again, whatever `rendered` was: rendering takes up to a second.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("list")
    DEFAULT_CSS = """
    Preview > Banner { display: none; }
    Preview > Banner.-said { display: block; }
    Preview > VerticalScroll { height: 1fr; scrollbar-gutter: stable; }
    """

    agent: reactive[Agent | None] = reactive[Agent | None](None)
    document: reactive[Document | None] = reactive[Document | None](None)
    rendered: reactive[bool] = reactive(False)

    def __init__(self) -> None:
        super().__init__()
        self._title = PreviewTitle()
        self._banner = Banner()
        self._source = SourceView()

    def compose(self) -> ComposeResult:
        """The title, what is to be known about the text, the text."""
        yield self._title
        yield self._banner
        yield self._source

    def watch_document(self, document: Document | None) -> None:
        """Show another text."""
        body = document.body if document else ""
        if body != self._source.text:
            self.rendered = False
        self._source.first = document.body_line if document else 1
        self._source.text = body
        self._describe()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Let the title tell."""
        super().watch_has_focus(has_focus)
        self._title.focused = has_focus

    def watch_agent(self) -> None:
        """Say what is wrong with another agent; its text comes with its document."""
        self._say(self._known())

    def watch_rendered(self, rendered: bool) -> None:
        """Begin to render, or go back to the source."""
        self.workers.cancel_group(self, "render")
        self.query(VerticalScroll).remove()
        self._source.display = True
        if rendered:
            self._render_body()
        self._describe()

    @work(group="render", exclusive=True, exit_on_error=False)
    async def _render_body(self) -> None:
        """Lay the body out part by part; the first takes the place of the source."""
        text = visible(self._source.text[:_RENDERED].replace("\r\n", "\n"))
        markdown = Markdown(open_links=False, parser_factory=_parser)
        page = VerticalScroll(markdown, can_focus=False)
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
            self.rendered = False
            self._say(Content("this text cannot be rendered"))

    def _describe(self) -> None:
        """The title and the banner for what shows now."""
        self._title.mode = "source" if not self.rendered else "rendered" if self._page else "rendering…"
        self._title.facts = self._facts()
        self._say(self._known())

    def _facts(self) -> str:
        if self.agent is None or self.document is None:
            return ""
        agent = self.agent if self.agent.document is self.document else replace(self.agent, document=self.document)
        lines = self._source.count
        return f"{lines:,} line{'' if lines == 1 else 's'} · ≈{short(agent.tokens[1])} tok"

    def _known(self) -> Content | None:
        """What the text alone does not tell."""
        if self.agent is None or self.document is None:
            return None
        if self.agent.trouble:
            return Content.assemble("✖ ", shown_line(self.agent.trouble))
        if not self.document.body.strip():
            return Content("the body is empty: this agent has no instructions")
        return self._unusual(self.document.body) if self.rendered else None

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
    return MarkdownIt("gfm-like", {"html": False})


class PreviewTitle(Widget):
    """What is shown and how long it is."""

    DEFAULT_CSS = """
    PreviewTitle { height: 1; padding: 0 1; color: $text-muted; }
    Preview:focus > PreviewTitle { color: $text-primary; }
    """

    focused: reactive[bool] = reactive(False)
    mode: reactive[str] = reactive("source")
    facts: reactive[str] = reactive("")

    def render(self) -> Content:
        """Mode and the key for the other left, size right."""
        other = "rendered" if self.mode == "source" else "source"
        name = ("PREVIEW", "bold reverse" if self.focused else "")
        left = Content.assemble(name, " ", (self.mode, "bold"), " · ", ("p", "bold $accent"), f" {other}")
        right = Content(self.facts)
        gap = self.size.width - left.cell_length - right.cell_length
        return Content.assemble(left, " " * gap, right) if gap >= 2 else left


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
