"""The preview: source at once, rendered on demand, and nothing that the model gets is left out."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Markdown

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.ref import Ref
from agent_studio.ui.panes.preview import Banner, Preview, PreviewTitle, hidden_characters, short
from agent_studio.ui.source_view import SourceView
from tests.ui.waiting import until

HEADER = "---\nname: a\ndescription: b\n---\n"
HOSTILE = (
    "\x1b]0;title\x07\x1b[31mred \x9b1m",
    "[/nope] [b [0] [",
    "[@click=app.bell]x[/]",
    "\u202eRLO\u200bZWSP \U000e0068",
    "日本語のテキスト" * 30,
    "👩\u200d💻 ⚠️ e\u0301",
    "x" * 2_000,
    "> " * 200 + "deep",
    "[x](javascript:alert(1)) ![i](file:///etc/passwd) <script>x</script>",
)


def agent(body: str, name: str = "a", **more: Any) -> Agent:
    return Agent(Ref("user", f"{name}.md"), f"/{name}.md", Document((HEADER + body).encode()), **more)


class PreviewApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Preview()

    @property
    def pane(self) -> Preview:
        return self.query_one(Preview)

    def show(self, agent: Agent | None) -> None:
        self.pane.agent, self.pane.document = agent, agent.document if agent else None

    def heading(self) -> str:
        return self.query_one(PreviewTitle).render().plain

    def banner(self) -> str:
        banner = self.query_one(Banner)
        return banner.render().plain if banner.display else ""

    def source(self) -> list[str]:
        view = self.query_one(SourceView)
        return [view.render_line(y).text.rstrip() for y in range(view.size.height)]

    def is_rendered(self) -> bool:
        return self.pane.mode == "rendered"

    def page(self) -> Markdown | None:
        """The rendered text, once it shows."""
        return next((page for page in self.query(Markdown) if page.parent and page.is_on_screen), None)

    def page_text(self) -> str:
        """Everything on the screen."""
        return "\n".join("".join(segment.text for segment in line) for line in self.screen._compositor.render_strips())


async def test_source_shows_the_body_numbered_from_its_first_line() -> None:
    app = PreviewApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.show(agent("# Head\n\nbody\n"))
        await until(pilot, lambda: app.source()[0] == "   5 # Head")
        assert app.source()[2] == "   7 body"
        assert app.heading().startswith("SOURCE · p rendered · P given · w where ")
        assert app.heading().endswith(" 3 lines · ≈4 tok")
        assert app.banner() == ""


async def test_a_narrow_title_leaves_the_figures_out() -> None:
    app = PreviewApp()
    async with app.run_test(size=(36, 10)) as pilot:
        app.show(agent("body\n"))
        await until(pilot, lambda: "body" in app.source()[0])
        assert app.heading() == "SOURCE · p rendered · P given"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (agent(""), "the body is empty: this agent has no instructions"),
        (agent("x", trouble="no permission to read [it]"), "✖ no permission to read [it]"),
        (None, ""),
    ],
)
async def test_says_why_there_is_nothing_to_read(shown: Agent | None, said: str) -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        app.show(agent("something"))
        app.show(shown)
        await until(pilot, lambda: app.banner() == said)


async def test_a_draft_shows_instead_of_the_file() -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        saved = agent("old\n")
        app.show(saved)
        app.pane.document = saved.document.with_body("new\nlines\n")
        await until(pilot, lambda: app.source()[:2] == ["   5 new", "   6 lines"])
        assert app.heading().endswith("2 lines · ≈3 tok")


async def test_rendered_on_demand_and_back() -> None:
    app = PreviewApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.show(agent("# Head\n\n- item\n"))
        await pilot.pause()
        assert not app.query(Markdown)
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.page() is not None)
        assert app.heading().startswith("RENDERED · p source · P given · w where")
        assert "• item" in app.page_text()
        app.pane.mode = "source"
        await until(pilot, lambda: not app.query(Markdown))
        assert app.heading().startswith("SOURCE")
        assert app.query_one(SourceView).display


async def test_toggling_in_haste_leaves_one_page_or_none() -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        app.show(agent("# Head\n" * 50))
        for rendered in (True, False, True, False, True):
            app.pane.mode = "rendered" if rendered else "source"
        await until(pilot, lambda: app.page() is not None)
        await until(pilot, lambda: len(app.query(Markdown)) == 1)
        for rendered in (False, True, False):
            app.pane.mode = "rendered" if rendered else "source"
        await until(pilot, lambda: not app.query(Markdown))
        assert app.query_one(SourceView).display


async def test_another_body_is_source_again() -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        first = agent("first\n")
        app.show(first)
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.page() is not None)
        app.pane.document = Document(first.document.data.replace(b"name: a", b"name: b"))
        await pilot.pause()
        assert app.is_rendered()  # the body is the same
        app.show(agent("second\n", "b"))
        await until(pilot, lambda: not app.query(Markdown))
        assert not app.is_rendered()
        assert "second" in app.source()[0]


async def test_rendered_hides_nothing() -> None:
    app = PreviewApp()
    async with app.run_test(size=(100, 30)) as pilot:
        app.show(agent("<!-- obey -->\n\ntext\u200b\u200b\u202e\n\n<example>\nuser: hi\n</example>\n\n<!-- two"))
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.page() is not None)
        await until(pilot, lambda: "two" in app.page_text())
        said = "⚠ 2 HTML comments and 3 hidden characters: shown here as text, sent to the model as written"
        assert app.banner() == said
        for part in ("<!-- obey -->", "text⟦ZWSP⟧⟦ZWSP⟧⟦RLO⟧", "<example> user: hi </example>", "<!-- two"):
            assert part in app.page_text()


async def test_an_endless_body_is_rendered_in_part() -> None:
    app = PreviewApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.show(agent("x" * 39_990 + "\n\n# the\n## end\n"))
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.page() is not None)
        app.pane.focus()
        await until(pilot, lambda: "the" in [header[1] for header in app.query_one(Markdown).table_of_contents])
        assert "end" not in [header[1] for header in app.query_one(Markdown).table_of_contents]
        assert app.banner() == "only the first 40,000 characters are rendered"


async def test_a_body_that_cannot_be_rendered_stays_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Markdown, markdown: str) -> None:
        raise RecursionError

    monkeypatch.setattr(Markdown, "append", fail)
    app = PreviewApp()
    async with app.run_test() as pilot:
        app.show(agent("body"))
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.banner() == "this text cannot be rendered")
        await until(pilot, lambda: not app.query(Markdown))
        assert "body" in app.source()[0]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_stays_text(hostile: str) -> None:
    app = PreviewApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.show(agent(f"# {hostile}\n\n- {hostile}\n\n```{hostile}\n{hostile}\n```\n<!-- {hostile}"))
        await until(pilot, lambda: "#" in app.source()[0])
        assert not any(char in "".join(app.source()) for char in "\x1b\x07\x9b\u202e\u200b\u200d\U000e0068")
        view = app.query_one(SourceView)
        assert {view.render_line(y).cell_length for y in range(20)} == {view.scrollable_content_region.width}
        app.pane.mode = "rendered"
        await until(pilot, lambda: app.page() is not None)
        assert not any(char in app.page_text() for char in "\x1b\x07\x9b\u202e\u200b\u200d\U000e0068")
        assert app._exception is None


@pytest.mark.parametrize("rendered", [False, True])
async def test_the_keys_of_the_list_scroll(rendered: bool) -> None:
    app = PreviewApp()
    async with app.run_test(size=(80, 12)) as pilot:
        app.show(agent("".join(f"line {n}\n\n" for n in range(100)) + "the end"))
        app.pane.mode = "rendered" if rendered else "source"
        await until(pilot, lambda: "line 0" in app.page_text() and (app.page() is not None) is rendered)
        app.pane.focus()

        def at(row: int) -> bool:
            return (app.pane._page or app.query_one(SourceView)).scroll_offset.y == row

        for keys, moved in ((["j", "down", "k"], 1), (["ctrl+d"], 7), (["pageup", "up"], 0)):
            await pilot.press(*keys)
            await until(pilot, partial(at, moved))
        await pilot.press("G")
        await until(pilot, lambda: "the end" in app.page_text())
        await pilot.press("g")
        await until(pilot, partial(at, 0))


async def test_the_title_tells_the_focus() -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        await until(pilot, lambda: app.query_one(PreviewTitle).focused)
        app.screen.set_focus(None)
        await until(pilot, lambda: not app.query_one(PreviewTitle).focused)


async def test_a_click_focuses_the_pane() -> None:
    app = PreviewApp()
    async with app.run_test() as pilot:
        app.show(agent("body"))
        app.screen.set_focus(None)
        await pilot.click(SourceView)
        await until(pilot, lambda: app.pane.has_focus)


def test_hidden_characters() -> None:
    assert hidden_characters("a\r\nb\tc\n日本 👩") == 0
    assert hidden_characters("a\rb\u200b\x1b\U000e0068") == 4


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (999, "999"), (1_000, "1.0k"), (1_649, "1.6k"), (9_949, "9.9k"), (9_950, "10k")]
)
def test_short(number: int, said: str) -> None:
    assert short(number) == said
