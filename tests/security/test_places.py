"""Nothing outside the folders that are open is ever written, whatever agents, files and links are called."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.document import EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.store import transaction
from agent_studio.store.disk import Store
from agent_studio.store.staging import SUFFIX
from agent_studio.store.steps import Step
from tests.store.folders import AGENT, tree

NAMES = (
    *("../x", "../../x", "..", ".", "...", "../../../../tmp/x", "a/../../x", "./../x", "a/..", "../agents/../x"),
    *("/etc/passwd", "/x", "//x", "~/x", "~root", "$HOME/x", "${IFS}x", "`touch x`", "$(touch x)", "a;touch x"),
    *("..\\x", "C:\\x", "\\\\host\\x", "a\\..\\x", "..%2fx", "%2e%2e/x", "\uff0e\uff0e/x", "..\u2215x", "..\u2044x"),
    *("a\0b", "\0", "CON", "nul.md", "com1", "x.", "x ", " ", "", "x" * 300, "-rf", "+!touch x", "a\n../x", "\ud800"),
    *("e\u0301", "\u00e9", "\u202e../x", ".hidden", ".git/config", "x.md/y", "x:y", "*", "?", "|x", "<x>"),
)
"""What somebody may call an agent to have something else written."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that holds two open folders, `agents` and `mine`, and other things."""
    for name in ("agents/sub", "mine", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "x.md").write_bytes(b"theirs")
    (tmp_path / "other" / "x.md").write_bytes(b"theirs")
    return tmp_path


@pytest.fixture
def store(place: Path) -> Store:
    """The store of the two folders."""
    return Store([Root("project", "project", str(place / "agents")), Root("mine", "folder", str(place / "mine"))])


def yaml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def verbs(library: Library, agent: Agent, name: str) -> Iterator[Callable[[], Plan]]:
    """Everything that makes a file under another name."""
    yield lambda: plans.create(library, "project", name)
    yield lambda: plans.rename(library, agent, name, None)
    yield lambda: plans.rename(library, agent, None, name)
    yield lambda: plans.rename(library, agent, None, agent.name)
    yield lambda: plans.rename(library, agent, name, name)
    yield lambda: plans.duplicate(library, agent)
    yield lambda: plans.copy(library, agent, library.roots[1])
    yield lambda: plans.park(library, [agent])
    yield lambda: Plan(Change("test", (Edit(Ref("project", name), None, b""),)))
    yield lambda: Plan(Change("test", (Edit(Ref("project", f"sub/{name}.md"), None, b""),)))


def around(place: Path) -> object:
    """What stands in the place, without what is in the two open folders."""
    return {path: what for path, what in tree(place).items() if path.partition("/")[0] not in {"agents", "mine"}}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_name_leads_outside(place: Path, store: Store, name: str) -> None:
    before = around(place)
    for number in range(10):
        file = place / "agents" / f"agent{number}.md"
        file.write_bytes(f"---\nname: {yaml(name)}\ndescription: d\n---\n".encode())
        library = store.load()
        verb = list(verbs(library, library.agents[Ref("project", file.name)], name))[number]
        with suppress(PlanRefused, EditRefused, WriteFailed, Conflict):
            change = verb().change
            if change:
                store.commit(change)
        assert around(place) == before
        assert not [path for path in os.listdir(place / "agents") if path.endswith(SUFFIX)]


def test_there_are_enough_names() -> None:
    assert len(set(NAMES)) >= 40


BY_PATH = pytest.mark.xfail(reason="the calls go by the path of the folder, not by its descriptor")
MOMENTS = [
    *(pytest.param(("file", moment), id=f"file-{moment}") for moment in (0, 1, 2)),
    pytest.param(("folder", 0), id="folder-0", marks=BY_PATH),
    pytest.param(("folder", 1), id="folder-1"),
    pytest.param(("folder", 2), id="folder-2", marks=BY_PATH),
]
"""What becomes a link, and when: after it was checked, once all is staged, when it was checked for the last time."""


@pytest.mark.parametrize("tries", [30, pytest.param(1_000, marks=pytest.mark.sweep)])
@pytest.mark.parametrize("swapped", MOMENTS)
def test_no_swapped_link_leads_outside(
    place: Path, store: Store, monkeypatch: pytest.MonkeyPatch, swapped: tuple[str, int], tries: int
) -> None:
    """A folder, or a file in it, becomes a link to elsewhere while the file is written or deleted."""
    what, moment = swapped
    agents, other = place / "agents", place / "other"

    def swap() -> None:
        if what == "folder":
            (agents / "sub").rename(place / "agents" / "moved")
            (agents / "sub").symlink_to(other)
        else:
            (agents / "sub" / "x.md").unlink()
            (agents / "sub" / "x.md").symlink_to(other / "x.md")

    def put_back() -> None:
        if (agents / "sub").is_symlink():
            (agents / "sub").unlink()
            (agents / "moved").rename(agents / "sub")
        (agents / "sub" / "x.md").unlink(missing_ok=True)

    before = around(place)
    for number in range(tries):
        (agents / "sub" / "x.md").write_bytes(AGENT)
        with monkeypatch.context() as patch:
            _swapped(patch, moment, swap)
            edits = (Edit(Ref("project", "sub/x.md"), AGENT, None if number % 2 else AGENT + b"x"),)
            with suppress(WriteFailed, Conflict):
                store.commit(Change("test", edits))
        assert around(place) == before
        put_back()


def _swapped(patch: pytest.MonkeyPatch, moment: int, swap: Callable[[], None]) -> None:
    """Swap once: before anything is staged, after it, or when the file itself was checked for the last time."""
    done: list[bool] = []
    owner, name = [(transaction, "_stage"), (transaction, "_write"), (Step, "check")][moment]
    real = getattr(owner, name)

    def first(*args: object, **options: object) -> object:
        result = real(*args, **options) if moment == 2 else None
        if not done:
            done.append(True)
            swap()
        return result if moment == 2 else real(*args, **options)

    patch.setattr(owner, name, first)
