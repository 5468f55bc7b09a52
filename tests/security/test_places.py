"""Nothing outside the folders that are open is ever written, whatever agents, files and links are called."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.document import EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.place import Place
from agent_studio.store.staging import SUFFIX
from tests.store.folders import AGENT, tree, write
from tests.store.runs import Look, edit, look
from tests.store.seam import Died, fork, installed, killed, preceded

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


# What becomes a link

CHANGES: dict[str, tuple[Edit, ...]] = {
    "save": (edit("sub/in/a"),),
    "save of a shared file": (edit("sub/in/shared"),),
    "create": (edit("sub/in/new", None),),
    "create in new folders": (edit("sub/in/deep/er/new", None),),
    "delete": (edit("sub/in/a", AGENT, None),),
    "delete of a link": (edit("sub/in/link", AGENT, None),),
    "rename": (edit("sub/in/a", AGENT, None), edit("sub/in/new", None, AGENT)),
    "many at once": (edit("one"), edit("sub/in/a", AGENT, None), edit("sub/in/shared"), edit("sub/in/new", None)),
}
changes = pytest.mark.parametrize("edits", CHANGES.values(), ids=CHANGES)
names = pytest.mark.parametrize("name", ["sub", "sub/in", "sub/in/a.md", "sub/in/shared.md", "sub/in/new.md"])


def everything(place: Path) -> Look:
    """What stands in the place, folders and all, without what is in the two open folders."""
    return look(str(place), {str(place / "agents"), str(place / "mine"), str(place / "home")})


@pytest.fixture
def tempting(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place with files elsewhere that are just like those in the folder of agents; everything is on one disk."""
    for variable, name in {"XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data"}.items():
        monkeypatch.setenv(variable, str(place / "home" / name))
    grow(place)
    for folder in ("other", "other/in"):
        shutil.copytree(place / "agents/sub/in", place / folder, symlinks=True, dirs_exist_ok=True)
    return place


def grow(place: Path) -> None:
    """Make the files that the changes are about, in the place of what is there, and empty the trash."""
    agents = place / "agents"
    for folder in (agents, place / "home/data"):
        shutil.rmtree(folder, ignore_errors=True)
    write(agents, "one.md", "sub/in/a.md", "sub/in/shared.md")
    os.link(agents / "sub/in/shared.md", agents / "same.md")
    (agents / "sub/in/link.md").symlink_to("a.md")


def become_link(place: Path, name: str) -> None:
    """Move a file or folder away, and put a link to one like it there."""
    path = place / "agents" / name
    if path.exists():
        path.rename(place / "agents/moved")
    if path.parent.exists():
        path.symlink_to(place / "other/in" / path.name if path.suffix else place / "other")


@names
@changes
def test_what_becomes_a_link_leads_nothing_outside(
    tempting: Path, store: Store, edits: tuple[Edit, ...], name: str
) -> None:
    """It does so before each call that alters the disk: also between the last look and the very next step."""
    before, number, calls = everything(tempting), 0, 1
    while number < calls:
        grow(tempting)
        with (
            installed(preceded(number, partial(become_link, tempting, name)), {}) as log,
            suppress(WriteFailed, Conflict),
        ):
            store.commit(Change("test", edits))
        assert everything(tempting) == before, number
        number, calls = number + 1, max(calls, len(log))
    assert calls > 10


@names
@changes
def test_nor_does_it_when_a_dead_studio_is_cleared_up_after(
    tempting: Path, store: Store, edits: tuple[Edit, ...], name: str
) -> None:
    before, number = everything(tempting), 0
    while True:
        grow(tempting)
        with installed(killed(number), {}) as log, suppress(Died):
            store.commit(Change("test", edits))
        become_link(tempting, name)
        Store(store.roots).recover()
        assert everything(tempting) == before, number
        if len(log) == number:
            break
        number += 1
    assert number > 10


def turning(folder: str, link: str) -> None:
    """Let a folder and a link change places for ever."""
    while True:
        files.exchange(Place(folder), Place(link))


@pytest.mark.parametrize("tries", [100, pytest.param(1_000, marks=pytest.mark.sweep)])
def test_nothing_is_written_outside_in_a_race(tempting: Path, store: Store, tries: int) -> None:
    agents, before, outcomes = tempting / "agents", everything(tempting), Counter[bool]()
    (agents / "turn").symlink_to(tempting / "other")
    inside = os.open(agents / "sub", os.O_RDONLY)
    child = fork()
    if child == 0:
        turning(str(agents / "sub"), str(agents / "turn"))
    try:
        while outcomes.total() < tries or len(outcomes) < 2:
            for at in ("a", "new"):
                with suppress(FileNotFoundError):
                    os.unlink(f"in/{at}.md", dir_fd=inside)
            os.close(files.create(Place("in/a.md", inside), 0o644))
            edits = [edit("sub/in/a", b""), edit("sub/in/a", b"", None), edit("sub/in/new", None)]
            try:
                store.commit(Change("test", (edits[outcomes.total() % 3],)))
            except (WriteFailed, Conflict):
                outcomes[False] += 1
            else:
                outcomes[True] += 1
            assert everything(tempting) == before
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(inside)


def test_a_link_outside_that_leads_back_is_not_taken_away(tempting: Path, store: Store) -> None:
    (tempting / "agents/far").symlink_to(tempting / "other")
    (tempting / "other/back.md").symlink_to(tempting / "agents/one.md")
    before = everything(tempting)
    with pytest.raises(WriteFailed, match="outside"):
        store.commit(Change("test", (edit("far/back", AGENT, None),)))
    assert everything(tempting) == before
