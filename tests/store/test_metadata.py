"""What a file has besides its bytes and its name is the same after a save, an undo and a rename."""

from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_studio.model.change import Change, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, as_root, write
from tests.store.runs import LONGER, Look, edit, look
from tests.store.seam import forked

SAVE = Change("save", (edit("a"),))
NOBODY = 65534
_ANY = 2**32 - 1
ACL = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", *entry) for entry in ((1, 6, _ANY), (2, 4, 1234), (4, 4, _ANY), (16, 4, _ANY), (32, 0, _ANY))
)
"""An access list as Linux stores it: 1234 may read, besides owner and group."""


def mode(bits: int) -> Callable[[Path], None]:
    return lambda path: path.chmod(bits)


def owned(path: Path) -> None:
    os.chown(path, 1234, 5678)
    path.chmod(0o4640)


def attributed(path: Path) -> None:
    for name, value in (("user.reviewed", b"yes"), ("user.empty", b""), ("user.bytes", bytes(range(256)))):
        os.setxattr(path, name, value)


def controlled(path: Path) -> None:
    os.setxattr(path, "system.posix_acl_access", ACL)


def linked(path: Path) -> None:
    os.link(path, path.with_name("other.md"))
    path.chmod(0o6755)


def chained(path: Path) -> None:
    path.rename(path.with_name("end.txt"))
    for name, target in (("1", "end.txt"), ("2", "./1"), ("3", "../agents/2"), ("4", str(path.with_name("3")))):
        path.with_name(name).symlink_to(target)
    path.symlink_to("4")


def elsewhere(path: Path) -> None:
    chained(path)
    os.chdir("/")


METADATA = {
    "0600": mode(0o600),
    "0666": mode(0o666),
    "sticky": mode(0o1644),
    "setuid": mode(0o4755),
    "setgid": mode(0o2640),
    "owner": owned,
    "attributes": attributed,
    "access list": controlled,
    "hard link": linked,
    "chain of links": chained,
    "relative link from elsewhere": elsewhere,
}


def without_bytes(seen: Look) -> Look:
    return {path: (isinstance(content, bytes) or content, *rest) for path, (content, *rest) in seen.items()}


@pytest.mark.parametrize("given", METADATA)
def test_it_stays(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.chdir(folder)
    write(folder, "a.md")
    try:
        METADATA[given](folder / "a.md")
    except OSError as error:
        pytest.skip(f"not on this system, or not for this user: {error}")
    before = look(str(folder))
    store = Store([root])
    operation = store.commit(SAVE)
    assert (folder / "a.md").read_bytes() == LONGER
    assert without_bytes(look(str(folder))) == without_bytes(before)
    store.commit(SAVE.inverse, "undo", operation.id)
    assert look(str(folder)) == before


@pytest.mark.parametrize("given", [given for given in METADATA if "link" not in given])
def test_it_goes_with_a_new_name_and_returns_with_a_deleted_file(folder: Path, root: Root, given: str) -> None:
    write(folder, "a.md")
    try:
        METADATA[given](folder / "a.md")
    except OSError as error:
        pytest.skip(f"not on this system, or not for this user: {error}")
    before = look(str(folder))
    store = Store([root])
    for change in (
        Change("rename", (edit("a", AGENT, None), edit("b", None, LONGER))),
        Change("delete", (edit("a", AGENT, None),)),
    ):
        operation = store.commit(change)
        seen = look(str(folder))
        assert [rest[:3] for _, *rest in seen.values()] == [rest[:3] for _, *rest in before.values()][: len(seen)]
        store.commit(change.inverse, "undo", operation.id)
        assert look(str(folder)) == before


def test_a_link_that_leads_in_a_circle(folder: Path, root: Root) -> None:
    (folder / "a.md").symlink_to("b.md")
    (folder / "b.md").symlink_to("a.md")
    before = look(str(folder))
    with pytest.raises(WriteFailed):
        Store([root]).commit(SAVE)
    assert look(str(folder)) == before


@as_root
def test_a_file_that_cannot_be_changed(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    if subprocess.run(["chattr", "+i", folder / "a.md"], check=False, capture_output=True).returncode:
        pytest.skip("this file system does not know such files")
    before = look(str(folder))
    try:
        for change in (SAVE, Change("delete", (edit("a", AGENT, None),))):
            with pytest.raises(WriteFailed, match="no permission to write here"):
                Store([root]).commit(change)
            assert look(str(folder)) == before
    finally:
        subprocess.run(["chattr", "-i", folder / "a.md"], check=True)


def as_nobody(top: Path, work: Callable[[], object]) -> int:
    """Do some work below `top` as somebody without rights, where we may: the exit status of a child."""
    top.parent.chmod(0o755)
    for path in (top, *top.rglob("*")):
        if os.geteuid() == 0 and path.stat().st_uid == 0:
            os.chown(path, NOBODY, NOBODY)

    def child() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        work()

    return forked(child)


@pytest.fixture
def ours(top: Path) -> tuple[Path, Store]:
    """A folder with an agent where nobody can come, and a store over it."""
    folder = top / "agents"
    write(folder, "a.md")
    return folder, Store([Root("project", "project", str(folder))])


@as_root
def test_somebody_elses_file_stays_theirs(top: Path, ours: tuple[Path, Store]) -> None:
    folder, store = ours
    os.chown(folder / "a.md", 1234, 5678)
    (folder / "a.md").chmod(0o666)
    before = look(str(folder))
    assert as_nobody(top, lambda: store.commit(SAVE)) == 0
    assert (folder / "a.md").read_bytes() == LONGER
    assert without_bytes(look(str(folder))) == without_bytes(before)


def test_a_folder_that_must_not_be_written(top: Path, ours: tuple[Path, Store]) -> None:
    folder, store = ours

    def refused() -> None:
        with pytest.raises(WriteFailed, match="no permission to write here: check the permissions"):
            store.commit(SAVE)

    folder.chmod(0o555)
    before = look(str(folder))
    assert as_nobody(top, refused) == 0
    assert [content for content, *_ in look(str(folder)).values()] == [content for content, *_ in before.values()]
