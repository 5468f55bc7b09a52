"""Whatever call to the system fails, and wherever the program dies, a change is written wholly or not at all."""

from __future__ import annotations

import errno
import os
import re
import signal
from pathlib import Path
from typing import get_args

import pytest

from agent_studio.model.change import Change, Conflict, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, tree, write
from tests.store.runs import CASES, MIXED, Case, Meddling, Runs, edit, look
from tests.store.seam import CALLS, SYSTEMS, Died, forked, installed, interrupted, killed, no_fault, preceded, refusing

ERRORS = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EIO,
    errno.EACCES,
    errno.EROFS,
    errno.EINTR,
    errno.EMFILE,
    errno.EXDEV,
)
WORST = (errno.ENOSPC, errno.EIO, errno.EXDEV)
POORER = [system for system in SYSTEMS if SYSTEMS[system]]
TYPICAL = [
    case
    for case in CASES
    if case.title in {"save", "create", "rename and edit", "append to a shared file", "everything at once"}
]

cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)


def errors_of(case: Case) -> tuple[int, ...]:
    """The errors that a case meets in every run of the tests: of the largest cases one meets all of them."""
    return WORST if len(case.edits) > 5 and case.title != "everything at once" else ERRORS


def test_a_save_is_flushed_at_every_step(folder: Path, root: Root) -> None:
    write(folder, "edited.md")
    Store([root]).commit(Change("before", (edit("edited", AGENT, b""),)))
    with installed(no_fault, {}) as log:
        Store([root]).commit(Change("save", (edit("edited", b"", AGENT),)))
    intent = ["lock_file", "create", "write", "sync", "replace", "sync_folder"]
    staged = ["create", "write", "chmod", "sync"]
    swapped = ["exchange", "sync_folder"]
    committed = ["replace", "sync_folder"]
    kept = ["replace", "chmod"]
    assert log == [*intent, *staged, *swapped, *committed, *kept, "replace"]


def test_these_are_thousands_of_runs(top: Path) -> None:
    """The four tests below are more than 7,000 runs: faults of every kind at each call, and half-written files."""
    runs = 0
    for case in CASES:
        log = Runs(top, case).log
        kinds = len(["death", *errors_of(case), *WORST, "no space from then on", "interrupt"])
        runs += len(log) * kinds + 2 * log.count("write")
    assert runs > 7_000


@cases
def test_death_at_any_call(top: Path, case: Case) -> None:
    runs = Runs(top, case)
    runs.die_everywhere()
    assert (runs.wrong, runs.count > len(runs.log)) == ([], True)


def left(top: Path) -> list[tuple[str, object]]:
    """What stands below a folder, but for notes of the time; names that were drawn by lot look alike."""
    seen = look(str(top), {str(top / "state/agent-studio/journal"), str(top / "data/Trash/info")})
    names = {path: re.sub(r"\.[0-9a-f]{8}\.agst-tmp", ".agst-tmp", path) for path in seen}
    return sorted((names[path], (*rest, names[str(same)])) for path, (*rest, same, _) in seen.items())


@pytest.mark.parametrize("place", range(0, 61, 4))
def test_a_death_leaves_what_kill_9_leaves(top: Path, place: int) -> None:
    runs = Runs(top, next(case for case in CASES if case.title == "everything at once"))
    with installed(killed(place), {}), pytest.raises(Died):
        runs._write_change()
    died = left(top)
    runs._set_up()
    with installed(preceded(place, lambda: os.kill(os.getpid(), signal.SIGKILL)), {}):
        assert forked(runs._write_change) == -signal.SIGKILL
    assert left(top) == died


@cases
def test_an_error_at_any_call(top: Path, case: Case) -> None:
    runs = Runs(top, case)
    for error in errors_of(case):
        runs.fail_everywhere(error)
    assert runs.wrong == []


@cases
def test_errors_at_any_call_and_all_that_follow(top: Path, case: Case) -> None:
    runs = Runs(top, case)
    for error in WORST:
        runs.fail_everywhere(error, "all")
    runs.fail_everywhere(errno.ENOSPC, "same")
    assert runs.wrong == []


@cases
def test_an_interrupt_at_any_call(top: Path, case: Case) -> None:
    runs = Runs(top, case)
    for place, name in enumerate(runs.log):
        runs.failing(f"interrupt {place} {name}", interrupted(place))
    assert runs.wrong == []


@pytest.mark.parametrize("case", TYPICAL, ids=lambda case: case.title)
@pytest.mark.parametrize("system", POORER)
def test_death_on_poorer_systems(top: Path, case: Case, system: str) -> None:
    runs = Runs(top, case, system)
    runs.die_everywhere()
    assert runs.wrong == []


@pytest.mark.sweep
@cases
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("scope", ["once", "same", "all"])
def test_faults_on_all_systems(top: Path, case: Case, system: str, scope: str) -> None:
    runs = Runs(top, case, system)
    runs.die_everywhere()
    for error in ERRORS:
        runs.fail_everywhere(error, scope)
    assert runs.wrong == []


@pytest.mark.parametrize("meddling", get_args(Meddling))
@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("save", "edited.md"),
        ("create", "created.md"),
        ("rename and edit", "edited.md"),
        ("rename and edit", "new.md"),
        ("delete", "deleted.md"),
        ("delete without a trash", "deleted.md"),
        ("save through a link", "target.txt"),
        ("everything at once", "edited.md"),
        ("everything at once", "created.md"),
        ("everything at once", "renamed.md"),
        ("everything at once", "deleted.md"),
        ("everything at once", "target.txt"),
        ("undo of a delete", "deleted.md"),
    ],
)
@pytest.mark.parametrize("refused", [False, True], ids=["written", "refused"])
def test_what_others_do_at_any_call_is_left_as_they_want_it(
    top: Path, title: str, path: str, meddling: Meddling, refused: bool
) -> None:
    runs = Runs(top, next(case for case in CASES if case.title == title))
    runs.meeting(path, meddling, refused=refused)
    assert (runs.wrong, runs.count > 10) == ([], True)


@pytest.mark.parametrize("place", range(6, 11))
def test_permissions_that_others_give_meanwhile_are_not_lost(folder: Path, root: Root, place: int) -> None:
    write(folder, "edited.md")
    Store([root]).commit(Change("before", (edit("edited", AGENT, b""),)))
    with installed(preceded(place, lambda: (folder / "edited.md").chmod(0o600)), {}) as log, pytest.raises(Conflict):
        Store([root]).commit(Change("save", (edit("edited", b"", AGENT),)))
    assert log[place] in {"create", "write", "chmod", "sync", "exchange"}
    assert tree(folder) == {"edited.md": (b"", 0o600)}


def test_another_file_in_the_place_of_a_shared_one_is_not_written_into(folder: Path, root: Root) -> None:
    write(folder, "shared.md")
    os.link(folder / "shared.md", folder / "same.md")

    def put_another() -> None:
        write(folder, "theirs.md", data=b"theirs")
        os.replace(folder / "theirs.md", folder / "shared.md")

    save = Change("save", (edit("shared"),))
    Store([root]).commit(save)
    with installed(no_fault, {}) as log:
        Store([root]).commit(save.inverse)
    for place in range(log.index("reopen") + 1):
        with installed(preceded(place, put_another), {}), pytest.raises(Conflict):
            Store([root]).commit(save)
        assert tree(folder) == {"shared.md": (b"theirs", 0o644), "same.md": (AGENT, 0o644)}
        (folder / "shared.md").unlink()
        os.link(folder / "same.md", folder / "shared.md")


def test_a_link_that_leads_elsewhere_meanwhile(folder: Path, root: Root) -> None:
    write(folder, "one.txt", "two.txt")
    (folder / "link.md").symlink_to("one.txt")

    def turn() -> None:
        (folder / "link.md").unlink()
        (folder / "link.md").symlink_to("two.txt")

    with installed(preceded(15, turn), {}), pytest.raises(Conflict):
        Store([root]).commit(Change("save", (edit("link"),)))
    assert tree(folder) == {"one.txt": (AGENT, 0o644), "two.txt": (AGENT, 0o644), "link.md": ("two.txt", 0)}


def test_the_change_alters_the_disk_through_the_seam_only(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CALLS:
        monkeypatch.setattr(files, name, refusing(errno.EROFS))
    before = tree(folder.parent)
    with pytest.raises(WriteFailed, match=r"nothing was written, because the journal in .* cannot be: .* read-only"):
        Store([root]).commit(Change("test", MIXED))
    assert tree(folder.parent) == before
