"""What a dead studio left half-written is taken back by the next one, whoever wrote there since."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Ref, Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.rollback import _mixed
from agent_studio.store.staging import SUFFIX
from tests.store.folders import AGENT, ref, tree, write
from tests.store.runs import APPENDED, CASES, LONGER, Case, Runs, edit
from tests.store.seam import SYSTEMS, Call, Died, failing, installed, killed, refusing

SAVE, CREATE, DELETE = edit("edited"), edit("created", None), edit("deleted", AGENT, None)

# Faults while recovering


def fail_while_recovering(runs: Runs, tries: int) -> None:
    """Die while writing and twice more while recovering, or meet errors then, at places drawn by lot."""
    draw = random.Random(runs.case.title)
    for place, name in enumerate(runs.log):
        for _ in range(tries):
            where, again = draw.randrange(24), draw.randrange(24)
            error, scope = draw.choice([errno.EIO, errno.ENOSPC, errno.EXDEV]), draw.choice(["once", "same", "all"])
            what = f"killed at {place} {name}, then at {where}"
            runs.dying(f"{what}, then at {again}", killed(place), killed(where), killed(again))
            runs.dying(f"{what}: {scope} {error}", killed(place), failing(where, error, scope), killed(again))


@pytest.mark.parametrize("title", ["save", "rename and edit", "append to a shared file", "everything at once"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_faults_while_recovering(top: Path, title: str, system: str) -> None:
    runs = Runs(top, next(case for case in CASES if case.title == title), system)
    fail_while_recovering(runs, 1)
    assert runs.wrong == []


@pytest.mark.sweep
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("system", SYSTEMS)
def test_many_faults_while_recovering(top: Path, case: Case, system: str) -> None:
    runs = Runs(top, case, system)
    fail_while_recovering(runs, 25)
    assert runs.wrong == []


# Upper and lower case


@pytest.fixture
def one_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make names that differ in case lead to one file, as on most disks of a Mac."""

    def folded(path: Any, descriptor: int | None) -> Any:
        if not isinstance(path, str):
            return path
        folder, name = os.path.split(path)
        with suppress(OSError):
            names = os.listdir(folder if descriptor is None else f"/proc/self/fd/{descriptor}")
            return os.path.join(folder, next((it for it in names if it.lower() == name.lower()), name))
        return path

    def folding(call: Call, folders: tuple[str, ...]) -> Call:
        def called(*args: Any, **options: Any) -> Any:
            paths = [folded(path, options.get(folder)) for path, folder in zip(args, folders, strict=False)]
            return call(*paths, *args[len(paths) :], **options)

        return called

    for name in ("access", "lstat", "open", "readlink", "stat", "unlink"):
        monkeypatch.setattr(os, name, folding(getattr(os, name), ("dir_fd",)))
    for name in ("link", "replace"):
        monkeypatch.setattr(os, name, folding(getattr(os, name), ("src_dir_fd", "dst_dir_fd")))
    rename: Call = files._rename

    def renamed(*ends: Any) -> None:
        rename(*(end._replace(name=folded(end.name, end.folder)) for end in ends[:2]), ends[2])

    monkeypatch.setattr(files, "_rename", renamed)


@pytest.mark.usefixtures("one_case")
@pytest.mark.parametrize("after", [AGENT, LONGER], ids=["as it is", "edited"])
@pytest.mark.parametrize("turned", [False, True], ids=["removed first", "created first"])
def test_a_change_of_case_on_a_system_that_does_not_know_it(top: Path, after: bytes, turned: bool) -> None:
    edits = edit("edited", AGENT, None), edit("Edited", None, after)
    runs = Runs(top, Case("change of case", edits[::-1] if turned else edits))
    assert any(path.endswith("Edited.md") for path in runs.after)
    runs.die_everywhere()
    runs.fail_everywhere(errno.EIO)
    fail_while_recovering(runs, 1)
    assert runs.wrong == []


# What others did since


def died(root: Root, name: str, *edits: Edit, count: int = 1) -> None:
    """Write a change and die right after a call: the `count`th of this name."""
    seen: list[str] = []

    def fault(number: int, called: str, call: Call, args: tuple[Any, ...]) -> object:
        if seen.count(name) == count:
            raise Died
        seen.append(called)
        return call(*args)

    with installed(fault, {}), pytest.raises(Died):
        Store([root]).commit(Change("died", edits))


def in_journal(root: Root) -> bytes:
    """All that the journal holds."""
    return b"\0".join(path.read_bytes() for path in Path(Store([root]).journal.folder).iterdir())


def test_the_next_studio_takes_back_and_says_what(folder: Path, root: Root) -> None:
    write(folder, "edited.md")
    before = tree(folder)
    died(root, "exchange", SAVE, CREATE)
    assert tree(folder) != before
    store = Store([root])
    assert [operation.title for operation in store.recover()] == ["died"]
    assert (tree(folder), store.recover(), store.history().done) == (before, [], ())
    assert LONGER in in_journal(root)


def test_the_next_change_takes_back_first(folder: Path, root: Root) -> None:
    write(folder, "edited.md", "other.md")
    died(root, "exchange", SAVE, CREATE)
    Store([root]).commit(Change("next", (edit("other", AGENT, b"next"),)))
    assert tree(folder) == {"edited.md": (AGENT, 0o644), "other.md": (b"next", 0o644)}


def test_what_was_written_is_not_taken_back(folder: Path, root: Root) -> None:
    write(folder, "edited.md")
    died(root, "replace", SAVE, count=2)
    assert len(tree(folder)) == 2
    store = Store([root])
    assert (store.recover(), tree(folder)) == ([], {"edited.md": (LONGER, 0o644)})
    assert [operation.title for operation in store.history().done] == ["died"]


def test_other_folders_are_left_to_those_who_open_them(folder: Path, root: Root, tmp_path: Path) -> None:
    write(folder, "edited.md")
    died(root, "exchange", SAVE)
    half_written = tree(folder)
    write(tmp_path / "other", "a.md")
    other = Store([Root("folder", "folder", str(tmp_path / "other"))])
    assert other.recover() == []
    other.commit(Change("elsewhere", (Edit(Ref("folder", "a.md"), AGENT, LONGER),)))
    assert tree(folder) == half_written
    assert len(Store([root]).recover()) == 1


def by_file(path: Path) -> None:
    path.write_bytes(b"by others")


ACTS: dict[str, Callable[[Path], None]] = {
    "a file": by_file,
    "a link": lambda path: path.symlink_to("elsewhere"),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("death", "edits"),
    [("exchange 1", SAVE), ("sync 2", SAVE), ("move 1", CREATE), ("replace 2", DELETE)],
)
def test_what_others_put_there_since_stays(folder: Path, root: Root, act: str, death: str, edits: Edit) -> None:
    write(folder, "edited.md", "deleted.md")
    name, count = death.split()
    died(root, name, edits, count=int(count))
    path = folder / edits.ref.path
    path.unlink(missing_ok=True)
    ACTS[act](path)
    theirs = path.lstat()
    Store([root]).recover()
    assert path.lstat() == theirs
    assert [name for name in os.listdir(folder) if name.endswith(SUFFIX)] == []
    assert (edits.before or LONGER) in in_journal(root)


@pytest.mark.parametrize("after", [LONGER, APPENDED], ids=["another text", "a longer one"])
@pytest.mark.parametrize("size", [0, 10, len(AGENT)])
def test_who_has_the_old_file_open_writes_into_the_kept_one(folder: Path, root: Root, after: bytes, size: int) -> None:
    write(folder, "edited.md")
    with (folder / "edited.md").open("r+b", buffering=0) as theirs:
        died(root, "exchange", edit("edited", AGENT, after))
        theirs.truncate(size)
        by_file(folder / "edited.md")
        Store([root]).recover()
        theirs.write(b"late")
    kept = {path.read_bytes()[:4] for path in Path(Store([root]).journal.folder).iterdir()}
    assert (tree(folder), b"late" in kept) == ({"edited.md": (b"by others", 0o644)}, True)


@pytest.mark.parametrize(("name", "edits"), [("exchange", SAVE), ("move", CREATE)])
def test_what_others_removed_since_stays_away(folder: Path, root: Root, name: str, edits: Edit) -> None:
    write(folder, "edited.md", "deleted.md")
    died(root, name, edits)
    (folder / edits.ref.path).unlink()
    Store([root]).recover()
    assert edits.ref.path not in os.listdir(folder)
    assert [name for name in os.listdir(folder) if name.endswith(SUFFIX)] == []
    assert (edits.before or LONGER) in in_journal(root)


@pytest.mark.parametrize("last", [2, 3], ids=["the new file", "what others wrote over it"])
def test_what_others_take_away_just_as_it_is_put_back_stays_away(folder: Path, root: Root, last: int) -> None:
    write(folder, "edited.md")
    path = folder / "edited.md"
    exchanges: list[str] = []

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if name == "exchange":
            exchanges.append(name)
            if len(exchanges) == last:
                path.rename(folder / "moved.md")
            else:
                by_file(path)  # at first a conflict: the change is taken back
        return call(*args)

    with installed(fault, {}), pytest.raises(Conflict):
        Store([root]).commit(Change("save", (SAVE,)))
    assert (len(exchanges), os.listdir(folder)) == (last, ["moved.md"])
    assert b"by others" in in_journal(root) + (folder / "moved.md").read_bytes()
    assert Store([root]).recover() == []


def test_a_folder_that_is_gone_is_not_made_again(folder: Path, root: Root) -> None:
    write(folder, "sub/a.md")
    died(root, "exchange", Edit(ref("sub/a.md"), AGENT, LONGER))
    shutil.rmtree(folder / "sub")
    assert len(Store([root]).recover()) == 1
    assert os.listdir(folder) == []


def test_nothing_is_written_through_a_folder_that_became_a_link(folder: Path, root: Root, tmp_path: Path) -> None:
    write(folder, "sub/a.md")
    died(root, "replace", Edit(ref("sub/a.md"), AGENT, None), count=2)
    (folder / "sub").rename(tmp_path / "outside")
    (folder / "sub").symlink_to(tmp_path / "outside")
    before = tree(tmp_path / "outside")
    assert len(Store([root]).recover()) == 1
    assert tree(tmp_path / "outside") == before


def test_what_cannot_be_put_back_is_told_and_tried_again(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "edited.md")
    died(root, "exchange", SAVE)
    store = Store([root])
    with monkeypatch.context() as patch:
        patch.setattr(files, "exchange", refusing(errno.EIO))
        with pytest.raises(WriteFailed, match="nothing was written, because what a crash left half-written cannot"):
            store.commit(Change("next", (CREATE,)))
        with pytest.raises(OSError, match="Input/output"):
            store.recover()
    assert len(store.recover()) == 1
    assert tree(folder) == {"edited.md": (AGENT, 0o644)}


def test_what_could_not_be_put_back_at_once_is_told(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "edited.md")
    real = files.sync_folder
    full = refusing(errno.ENOSPC)
    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_folder", lambda path: (full if path == str(folder) else real)(path))
        with pytest.raises(WriteFailed, match="half-way, and a file could not be put back yet: the disk is full"):
            Store([root]).commit(Change("test", (SAVE,)))
    assert len(Store([root]).recover()) == 1
    assert tree(folder) == {"edited.md": (AGENT, 0o644)}


@given(st.binary(max_size=12), st.binary(max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_whatever_a_writing_in_place_leaves_is_known(before: bytes, after: bytes, size: int, again: int) -> None:
    begun = after[:size] + before[len(after[:size]) :]
    assert _mixed(begun, before, after)
    assert _mixed(before[:again] + begun[len(before[:again]) :], before, after)
    assert _mixed(begun[:again] + bytes(len(begun[again:])), before, after)


@pytest.mark.parametrize("theirs", [b"", b"abX", b"abcdef!", b"a", b"abcXef"])
def test_what_others_wrote_is_not_taken_for_it(theirs: bytes) -> None:
    assert not _mixed(theirs, b"abc", b"abcdef")
