"""Whatever is done in whatever order, by us and by others, with deaths in between: the disk is as it was said to be."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Conflict, Edit
from agent_studio.model.document import EditRefused
from agent_studio.model.history import Kind
from agent_studio.model.library import Library
from agent_studio.model.plans import PlanRefused
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.store.journal import DONE, KEPT
from tests.store.folders import ref, tree, write
from tests.store.seam import Died, Fault, installed, killed, torn

State = dict[str, tuple[bytes, int]]
"""What stands at each path below the root: bytes and permissions."""

START: State = {
    "one.md": (b"---\nname: one\ndescription: first\ncolor: red\n---\nBody.\n", 0o644),
    "two.md": (b"\xef\xbb\xbf---\r\nname: two\r\ndescription: 'it''s'\r\n---\r\nNo end", 0o640),
    "sub/three.md": (b"---\nname: three\ndescription: >-\n  folded\n  text\n---\n\xff\xfe odd\n", 0o600),
    "plain.md": (b"no header at all", 0o664),
}
FOREIGN = (b"", b"---\nname: theirs\ndescription: by others\n---\nTheirs.\n", b"---\nname: one\n---\n", b"\0binary")
PATHS = ("one.md", "two.md", "sub/three.md", "sub/alpha.md", "new/six.md")
MODES = (0o600, 0o640, 0o644, 0o755)
WORDS = ("alpha", "beta", "one", "two", "it's: odd #", "naïve")

Deed = Callable[[Library], Change]
"""A verb on some agents of a library: what it would write."""


def picked(library: Library, number: int) -> Agent:
    """One of the agents; raises `PlanRefused` where there is none."""
    agents = sorted(library, key=lambda agent: agent.ref)
    if not agents:
        raise PlanRefused("there are no agents")
    return agents[number % len(agents)]


def set_field(key: str, word: str, number: int, library: Library) -> Change:
    return plans.assign([picked(library, number)], {key: word}).change


def set_everywhere(key: str, word: str, library: Library) -> Change:
    return plans.assign(library, {key: word}).change


def edit_body(word: str, number: int, library: Library) -> Change:
    agent = picked(library, number)
    after = agent.document.with_body(f"{word}\n{agent.document.body_view}{word}").data
    return Change("body", (Edit(agent.ref, agent.document.data, after),))


def create(name: str, library: Library) -> Change:
    document = picked(library, len(name)).document if len(name) % 2 else plans.TEMPLATE
    return plans.create(library, "project", name, document).change


def create_in_a_folder(path: str, library: Library) -> Change:
    if library.get(ref(path)):
        raise PlanRefused("it is there")
    return Change("new", (Edit(ref(path), None, plans.TEMPLATE.data),))


def duplicate(number: int, library: Library) -> Change:
    return plans.duplicate(library, picked(library, number)).change


def rename(number: int, name: str | None, stem: str | None, library: Library) -> Change:
    return plans.rename(library, picked(library, number), name, stem).change


def park(number: int, library: Library) -> Change:
    return plans.park(library, list(library)[number % 3 :]).change


def unpark(number: int, library: Library) -> Change:
    return plans.unpark(library, list(library)[number % 3 :]).change


def delete(number: int, count: int, library: Library) -> Change:
    return plans.delete(list(library)[number : number + count]).change


words, numbers = st.sampled_from(WORDS), st.integers(0, 5)
paths = st.sampled_from(PATHS)
fields = st.sampled_from(("name", "description", "color", "tools"))
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(partial, st.just(set_field), fields, words, numbers),
    st.builds(partial, st.just(set_everywhere), fields, words),
    st.builds(partial, st.just(edit_body), words, numbers),
    st.builds(partial, st.just(create), words),
    st.builds(partial, st.just(create_in_a_folder), paths),
    st.builds(partial, st.just(duplicate), numbers),
    st.builds(partial, st.just(rename), numbers, st.none() | words, st.none() | words),
    st.builds(partial, st.just(park), numbers),
    st.builds(partial, st.just(unpark), numbers),
    st.builds(partial, st.just(delete), numbers, st.integers(1, 3)),
)


deaths = st.builds(killed, st.integers(0, 50)) | st.builds(torn, st.integers(0, 50))


class Studio(RuleBasedStateMachine):
    """A studio over a real folder, and what must stand there: `disk`, and the operations that can be taken back."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.top = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None)).resolve()
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("XDG_STATE_HOME", str(self.top / "state"))
        self.patch.setenv("XDG_DATA_HOME", str(self.top / "data"))
        self.folder = self.top / "agents"
        self.disk: State = dict(START)
        for path, (data, mode) in START.items():
            write(self.folder, path, data=data)
            (self.folder / path).chmod(mode)
        self.done: list[tuple[str, Change]] = []
        self.undone: list[tuple[str, Change]] = []
        self.removed: dict[tuple[str, str], int] = {}
        """The permissions with which a file went, by the operation that removed it and its path."""
        self.alone = True
        self.store, self.library = self._opened()
        self.old = self.library

    @initialize(alone=st.booleans(), trash=st.booleans())
    def begin(self, alone: bool, trash: bool) -> None:
        """Others may write into the folder, or not; there may be a trash."""
        self.alone = alone
        if not trash:
            (self.top / "data").touch()

    def teardown(self) -> None:
        """Where nobody else wrote, all that was done can be undone."""
        try:
            if self.alone:
                while self.done:
                    self._step("undo")
                    self.the_disk_is_as_it_was_said_to_be()
                assert self.disk == START
        finally:
            self.patch.undo()
            shutil.rmtree(self.top)

    @invariant()
    def the_disk_is_as_it_was_said_to_be(self) -> None:
        """No file differs in its bytes or permissions, and no temporary one is left."""
        assert tree(self.folder) == self.disk

    @invariant()
    def the_journal_is_in_order(self) -> None:
        """It can be read, says what can be undone and redone, and nothing is half-done."""
        journal = self.store.journal
        assert [path for path in Path(journal.folder).glob("*") if path.suffix not in {DONE, KEPT}] == []
        assert all(journal.entry(one.id) for one in journal.operations())
        history = self.store.history()
        assert [one.id for one in history.done] == [identity for identity, _ in self.done]
        assert [one.id for one in history.undone] == [identity for identity, _ in self.undone]

    @invariant()
    def what_is_read_anew_is_what_stands_there(self) -> None:
        """A look at everything finds every file, whatever was remembered of it."""
        self.library = self.store.reload(self.library)
        assert {agent.ref.path: agent.document.data for agent in self.library} == {
            path: data for path, (data, _) in self.disk.items()
        }

    @rule(deed=deeds, stale=st.booleans())
    def do(self, deed: Deed, stale: bool) -> None:
        """Write what a verb plans, over files as they are or as they were before others wrote."""
        if change := self._planned(deed, stale):
            self._write(change)

    @rule(deed=deeds, death=deaths, again=st.none() | deaths)
    def die(self, deed: Deed, death: Fault, again: Fault | None) -> None:
        """Die while writing, perhaps once more while recovering, and be opened anew."""
        if change := self._planned(deed, stale=False):
            self._write(change, deaths=[death, again] if again else [death])

    @precondition(lambda self: self.done)
    @rule(deaths=st.lists(deaths, max_size=1))
    def undo(self, deaths: list[Fault]) -> None:
        """Take back the last operation, unless its files have moved on."""
        self._step("undo", deaths)

    @precondition(lambda self: self.undone)
    @rule(deaths=st.lists(deaths, max_size=1))
    def redo(self, deaths: list[Fault]) -> None:
        """Bring back what was taken back last."""
        self._step("redo", deaths)

    @rule()
    def restart(self) -> None:
        """Close the studio and open it again."""
        self.store, self.library = self._opened()

    @precondition(lambda self: not self.alone)
    @rule(path=paths, data=st.sampled_from(FOREIGN), mode=st.none() | st.sampled_from(MODES))
    def others_write(self, path: str, data: bytes, mode: int | None) -> None:
        """Others write into a file, or (with permissions of its own) put a new one in its place."""
        self.old = self.library
        if mode is not None:
            (self.folder / path).unlink(missing_ok=True)
        write(self.folder, path, data=data)
        (self.folder / path).chmod(mode or self.disk.get(path, (data, 0o644))[1])
        self.disk[path] = data, (self.folder / path).stat().st_mode & 0o7777

    @precondition(lambda self: not self.alone and self.disk)
    @rule(number=numbers, path=st.none() | paths)
    def others_rename_or_delete(self, number: int, path: str | None) -> None:
        """Others give a file another name, which may be that of one that goes, or remove it."""
        self.old = self.library
        gone = sorted(self.disk)[number % len(self.disk)]
        if path is None:
            (self.folder / gone).unlink()
        else:
            (self.folder / path).parent.mkdir(exist_ok=True)
            (self.folder / gone).replace(self.folder / path)
        seen = self.disk.pop(gone)
        self.disk |= {path: seen} if path else {}

    @precondition(lambda self: not self.alone and self.disk)
    @rule(number=numbers, mode=st.sampled_from(MODES))
    def others_permit(self, number: int, mode: int) -> None:
        """Others change the permissions of a file."""
        path = sorted(self.disk)[number % len(self.disk)]
        (self.folder / path).chmod(mode)
        self.disk[path] = self.disk[path][0], mode

    def _opened(self) -> tuple[Store, Library]:
        store = Store([Root("project", "project", str(self.folder))])
        assert store.recover() == []
        return store, store.load()

    def _planned(self, deed: Deed, stale: bool) -> Change | None:
        """What a verb would write; None where it is refused or changes nothing."""
        try:
            return deed(self.old if stale else self.library) or None
        except (PlanRefused, EditRefused):
            return None

    def _step(self, kind: Kind, deaths: Sequence[Fault] = ()) -> None:
        history = self.store.history()
        operation = (history.done if kind == "undo" else history.undone)[-1]
        identity, change = (self.done if kind == "undo" else self.undone)[-1]
        remembered = self.store.change_of(operation)
        assert operation.id == identity
        assert remembered is not None
        assert set(remembered.edits) == {edit for edit in change.edits if edit.before != edit.after}
        self._write(remembered.inverse if kind == "undo" else remembered, kind, identity, deaths)

    def _write(self, change: Change, kind: Kind = "do", of: str | None = None, deaths: Sequence[Fault] = ()) -> None:
        """Write a change, or die in between: it is written wholly or not at all, and refused where files moved on."""
        expected = self._after(change, of)
        known = len(self.store.journal.operations())
        if deaths:
            self._survive(change, kind, of, deaths)
        else:
            with nullcontext() if expected is not None else pytest.raises(Conflict):
                self.store.commit(change, kind, of)
        operations = self.store.journal.operations()
        if len(operations) == known:
            assert deaths or expected is None
            return
        assert expected is not None
        assert (len(operations), operations[-1].kind, operations[-1].of) == (known + 1, kind, of)
        self._remember(change, kind, of or operations[-1].id)
        self.disk = expected

    def _survive(self, change: Change, kind: Kind, of: str | None, deaths: Sequence[Fault]) -> None:
        """Die while writing, then while recovering, then recover."""
        for number, death in enumerate(deaths):
            with installed(death, {}), suppress(Conflict, Died):
                Store(self.store.roots).recover() if number else self.store.commit(change, kind, of)
        self.store = Store(self.store.roots)
        self.store.recover()
        self.library = self.store.load()

    def _remember(self, change: Change, kind: Kind, identity: str) -> None:
        """Note that a change was written: what can be undone and redone now, and how files were that went."""
        for edit in change.edits:
            if edit.after is None:
                self.removed[identity, edit.ref.path] = self.disk[edit.ref.path][1]
        if kind == "do":
            self.done.append((identity, change))
            self.undone.clear()
        elif kind == "undo":
            self.undone.append(self.done.pop())
        else:
            self.done.append(self.undone.pop())

    def _after(self, change: Change, of: str | None) -> State | None:
        """What must stand on the disk after a change; None where it must be refused."""
        if any(self.disk.get(edit.ref.path, (None,))[0] != edit.before for edit in change.edits):
            return None
        state = {path: seen for path, seen in self.disk.items() if path not in {edit.ref.path for edit in change.edits}}
        for old, new in change.files:
            if new.after is not None:
                back = self.removed.get((of or "", new.ref.path), 0o644)
                state[new.ref.path] = new.after, self.disk.get(old.ref.path, (b"", back))[1]
        return state


def test_any_order_of_deeds() -> None:
    examples = settings().max_examples
    short = settings(max_examples=min(examples, 100), stateful_step_count=30)
    run_state_machine_as_test(Studio, settings=short if examples < 1_000 else settings(stateful_step_count=50))


@pytest.mark.parametrize("create", [True, False], ids=["created", "deleted"])
def test_what_comes_back_has_the_permissions_with_which_it_went(folder: Path, root: Root, create: bool) -> None:
    store, gone = Store([root]), Change("change", (Edit(ref("a.md"), b"secret", None),))
    change = gone.inverse if create else gone
    if not create:
        write(folder, "a.md", data=b"secret")
    identity = store.commit(change).id
    steps: list[tuple[Kind, Change]] = [("undo", change.inverse), ("redo", change)] * 2
    for kind, step in steps[: None if create else -1]:
        if (folder / "a.md").exists():
            (folder / "a.md").chmod(0o600)
        store.commit(step, kind, identity)
    assert tree(folder) == {"a.md": (b"secret", 0o600)}
