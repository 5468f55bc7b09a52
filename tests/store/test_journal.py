"""The journal keeps every change before and after, in order, for long enough, and for nobody else's eyes."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.history import Operation
from agent_studio.model.ref import Root
from agent_studio.store import files, journal, rollback, staging
from agent_studio.store.disk import Store
from agent_studio.store.entry import Entry, Trace, header_of, packed, unpacked
from agent_studio.store.journal import DONE, INTENT, KEPT, KEPT_FOR, OLDEST
from agent_studio.store.metadata import Metadata
from agent_studio.store.place import Place
from agent_studio.store.staging import SUFFIX
from agent_studio.store.state import state_folder
from tests.store.folders import AGENT, ref, tree, write
from tests.store.runs import APPENDED, LONGER, edit
from tests.store.seam import refusing

SAVE = Change("save", (edit("a"),))


@pytest.fixture
def store(folder: Path, root: Root) -> Store:
    """A store over a folder with one agent, and a journal without operations."""
    write(folder, "a.md")
    state_folder("journal")
    return Store([root])


def names(store: Store) -> list[str]:
    return sorted(os.listdir(store.journal.folder))


# Entries

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\udc80\udcff"), max_size=20)
BYTES = st.none() | st.binary(max_size=40)
METADATA = st.builds(
    Metadata,
    st.integers(0, 2**31),
    st.integers(0, 2**31),
    st.integers(0, 0o7777),
    st.lists(st.tuples(TEXTS, st.binary(max_size=20)), max_size=3).map(tuple),
)
TRACES = st.builds(
    Trace, TEXTS, TEXTS, BYTES, BYTES, TEXTS, st.none() | TEXTS, st.none() | METADATA, st.lists(TEXTS).map(tuple)
)
ENTRIES = st.builds(
    Entry,
    st.builds(Operation, TEXTS, TEXTS, st.floats(0, 2e9), st.lists(TEXTS).map(tuple), st.just("undo"), TEXTS),
    st.lists(TRACES, max_size=3).map(tuple),
)


@given(ENTRIES)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    data = packed(entry)
    assert unpacked(data) == entry
    assert header_of(data.partition(b"\n")[0]) == entry.operation


@given(ENTRIES, st.data())
def test_a_part_of_an_entry_is_none(entry: Entry, data: st.DataObject) -> None:
    text = packed(entry)
    assert unpacked(text[: data.draw(st.integers(0, len(text) - 1))]) is None
    assert unpacked(text + b"x") is None


@given(st.binary())
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    unpacked(data)
    header_of(data)


@pytest.mark.parametrize(
    "garbage",
    [
        *(b"", b"\n", b"null\n", b"[]\n", b"7", b"\xff\n", b'"version"\n', b"[" * 100_000),
        *(b'{"version": 2}\n', b'{"version": 1}\n', b'{"version": 1, "operation": [], "files": []}\n'),
        b'{"version": 1, "operation": {"paths": 3}}\n',
    ],
    ids=range(12),
)
def test_garbage_is_passed_over(store: Store, garbage: bytes) -> None:
    for ending in (DONE, INTENT, ".written", KEPT, ".else"):
        Path(store.journal.folder, f"{7:020d}{ending}").write_bytes(garbage)
        Path(store.journal.folder, f"notes{ending}").write_bytes(garbage)
    Path(store.journal.folder, f"{8:020d}{DONE}").mkdir()
    Path(store.journal.folder, f"{9:020d}{INTENT}").mkdir()
    store.recover()
    operation = store.commit(SAVE)
    assert store.journal.operations() == [operation]
    assert store.journal.entry(f"{7:020d}") is None
    assert {"notes.done", "notes.intent", "notes.kept"} <= set(names(store))


# History


def test_operations_are_in_order_when_the_clock_goes_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    done = [store.commit(SAVE)]
    monkeypatch.setattr(time, "time_ns", lambda: 10**18)
    done.append(store.commit(SAVE.inverse, "undo", done[0].id))
    done.append(store.commit(SAVE, "redo", done[0].id))
    assert [operation.id for operation in done] == sorted(operation.id for operation in done)
    assert Store(store.roots).journal.operations() == done
    assert done[1].time == 1e9


def test_the_history_is_read_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = store.commit(SAVE)
    assert store.journal.operations() == [first]
    monkeypatch.setattr(journal, "header_of", lambda line: pytest.fail("read again"))
    assert store.journal.operations() == [first]
    Path(store.journal.folder, f"{first.id}{DONE}").unlink()
    assert store.journal.operations() == []


@pytest.mark.parametrize("edits", [(), (edit("a", AGENT, AGENT),)])
def test_a_change_that_changes_nothing_is_not_written_down(store: Store, edits: tuple[Edit, ...]) -> None:
    assert store.commit(Change("nothing", edits)).paths == ()
    assert names(store) == []
    with pytest.raises(Conflict):
        store.commit(Change("nothing", (*edits, edit("a", b"else", b"else"))))


def test_a_refused_change_is_kept_for_a_while_but_not_in_the_history(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(files, "exchange", refusing(errno.EIO))
        with pytest.raises(WriteFailed):
            store.commit(SAVE)
    (kept,) = names(store)
    assert kept.endswith(KEPT)
    assert LONGER in Path(store.journal.folder, kept).read_bytes()
    assert store.journal.operations() == []


def test_what_another_program_wrote_on_our_behalf_can_be_undone(store: Store, folder: Path) -> None:
    write(folder, "a.md", data=LONGER)
    noted = store.note(SAVE)
    assert store.recover() == []
    assert store.history().done == (noted,)
    change = store.change_of(noted)
    assert change is not None
    store.commit(change.inverse, "undo", noted.id)
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


def test_what_a_person_wrote_by_hand_survives_a_crash_while_it_is_noted(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "a.md", data=LONGER)
    monkeypatch.setattr(files, "sync_folder", refusing(errno.EIO))
    with pytest.raises(WriteFailed):
        store.note(SAVE)
    monkeypatch.undo()
    assert (store.recover(), store.history().done, tree(folder)) == ([], (), {"a.md": (LONGER, 0o644)})


# Swapped-out files


@pytest.mark.parametrize("after", [LONGER, APPENDED, None])
def test_who_has_the_file_open_writes_into_the_kept_one(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, after: bytes | None
) -> None:
    monkeypatch.setattr(rollback, "discard", lambda place, path: False)
    with (folder / "a.md").open("r+b") as theirs:
        store.commit(Change("test", (edit("a", AGENT, after),)))
        theirs.write(b"late")
    kept = [path for path in Path(store.journal.folder).iterdir() if path.name.endswith(KEPT)]
    assert [path.read_bytes()[:4] for path in kept] == [b"late"]
    assert tree(folder) == ({"a.md": (after, 0o644)} if after else {})


def test_on_another_disk_other_bytes_than_the_known_ones_are_copied(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = store.journal.begin("test", [])
    real = files.replace

    def replace(source: Place, target: Place) -> None:
        if source.name.startswith(str(tmp_path)):
            raise OSError(errno.EXDEV, "")
        real(source, target)

    monkeypatch.setattr(files, "replace", replace)
    for data in (b"known", b"by others"):
        write(tmp_path, "swapped", data=data)
        store.journal.keep(entry, Place(str(tmp_path / "swapped")), b"known")
        assert not (tmp_path / "swapped").exists()
    (kept,) = [name for name in names(store) if name.endswith(KEPT)]
    assert Path(store.journal.folder, kept).read_bytes() == b"by others"


def test_a_real_other_disk(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == folder.stat().st_dev:
        pytest.skip("there is no other disk here")
    write(folder, "a.md", "b.md")
    with tempfile.TemporaryDirectory(dir=memory) as state:
        monkeypatch.setenv("XDG_STATE_HOME", state)
        store = Store([root])
        operation = store.commit(Change("test", (edit("a"), edit("b", AGENT, None))))
        assert tree(folder) == {"a.md": (LONGER, 0o644)}
        assert names(store) == [f"{operation.id}{DONE}"]
        store.commit(Change("test", (edit("a", LONGER, AGENT), edit("b", None, AGENT))), "undo", operation.id)
        assert tree(folder) == dict.fromkeys(("a.md", "b.md"), (AGENT, 0o644))


# Tidying

NOW = 2_000_000_000.0


def made(store: Store, age: float, ending: str, size: int = 1, hidden: str = "") -> str:
    """A file of the journal of some age."""
    name = f"{hidden}{int((NOW - age) * 1e9):020d}{ending}"
    Path(store.journal.folder, name).write_bytes(b"x" * size)
    return name


def test_kept_files_go_after_a_day(store: Store) -> None:
    stays = made(store, KEPT_FOR - 1, f".0123{KEPT}")
    made(store, KEPT_FOR + 1, f".0123{KEPT}")
    made(store, KEPT_FOR + 2, KEPT)
    store.journal.tidy(NOW)
    assert names(store) == [stays]


def test_half_written_files_of_the_dead_go_at_once(store: Store) -> None:
    made(store, 1, f"{INTENT}.0123{SUFFIX}", hidden=".")
    Path(store.journal.folder, "notes.txt").touch()
    store.recover()
    assert names(store) == ["notes.txt"]


def test_operations_go_when_they_are_old_and_the_others_are_large_enough(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "LARGEST", 100)
    made(store, OLDEST + 3, DONE, 60)
    stays = [made(store, OLDEST + 2, DONE, 60), made(store, OLDEST + 1, DONE, 20), made(store, 1, DONE, 20)]
    intent = made(store, OLDEST + 4, INTENT, 500)
    store.journal.tidy(NOW)
    assert names(store) == sorted([intent, *stays])


def test_operations_stay_when_they_are_young_however_large(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGEST", 100)
    made(store, OLDEST + 1, DONE, 60)
    stays = [made(store, OLDEST - 1, DONE, 500), made(store, 5, DONE, 500)]
    store.journal.tidy(NOW)
    assert names(store) == sorted(stays)


def test_a_small_journal_stays_however_old(store: Store) -> None:
    stays = [made(store, 10 * OLDEST, DONE, 1000), made(store, 9 * OLDEST, DONE, 1000)]
    store.journal.tidy(NOW)
    assert names(store) == sorted(stays)


# The folder


def test_only_the_owner_can_look_into_the_state(store: Store, home: Path) -> None:
    old = os.umask(0)
    (Path(store.roots[0].path) / "a.md").chmod(0o4777)
    try:
        store.commit(SAVE)
        store.journal.begin("test", [])
        staging.put(str(home / ".local" / "state" / "agent-studio" / "copy"), b"")
    finally:
        os.umask(old)
    modes = {path: path.stat().st_mode & 0o7777 for path in (home / ".local").rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {path.suffix or path.name for path in modes} >= {DONE, INTENT, KEPT, "lock", "copy", "journal"}


def test_to_look_makes_nothing(folder: Path, root: Root, home: Path) -> None:
    write(folder, "a.md")
    store = Store([root])
    found = [store.recover(), store.journal.operations(), [*store.history().done], [*store.past(ref("a.md"))]]
    assert found == [[]] * 4
    assert os.listdir(home) == []


def refused(store: Store) -> str:
    before = tree(Path(store.roots[0].path).parent)
    with pytest.raises(WriteFailed) as raised:
        store.commit(SAVE)
    assert tree(Path(store.roots[0].path).parent) == before
    return raised.value.reason


def test_without_a_journal_nothing_is_written(store: Store, home: Path) -> None:
    shutil.rmtree(home / ".local")
    (home / ".local").write_text("in the way")
    assert refused(store) == (
        f"nothing was written, because the journal in {home}/.local/state/agent-studio cannot be: "
        + os.strerror(errno.ENOTDIR)
    )


def test_without_a_home_nothing_is_written(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert "there is no home folder: set HOME or XDG_STATE_HOME" in refused(store)
    assert not {"relative", "~"} & set(os.listdir(tmp_path))


def test_a_relative_state_folder_is_not_used(store: Store, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    store.commit(SAVE)
    assert store.journal.folder == str(home / ".local" / "state" / "agent-studio" / "journal")


def test_the_state_is_made_again(store: Store, home: Path) -> None:
    store.commit(SAVE)
    shutil.rmtree(home / ".local")
    store.commit(SAVE.inverse)
    assert len(store.history().done) == 1


def test_the_journal_is_listed_twice_however_many_files_are_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    listed = os.listdir

    def listdir(path: str) -> list[str]:
        looks.append(path)
        return listed(path)

    for number in range(3_000):
        Path(store.journal.folder, f"{number:020d}{DONE}").touch()
    monkeypatch.setattr(os, "listdir", listdir)
    write(Path(store.roots[0].path), *(f"{number}.md" for number in range(50)))
    store.commit(Change("many", tuple(edit(str(number)) for number in range(50))))
    assert len(looks) == 2
