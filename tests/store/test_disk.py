"""The library is what the disk holds, whatever odd things lie there, and keeps what did not change."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.document import LARGEST
from agent_studio.model.ref import Ref, Root
from agent_studio.store import disk
from agent_studio.store.contents import read
from agent_studio.store.disk import Store
from agent_studio.store.walk import walk
from tests.store.folders import AGENT, as_root, not_as_root, ref, write

OTHER = AGENT.replace(b"Body", b"Text")


def loaded(root: Root) -> dict[str, Agent]:
    """The agents by path; a load that waits for something is a failure."""
    found: dict[str, Agent] = {}
    thread = threading.Thread(target=lambda: found.update({a.ref.path: a for a in Store([root]).load()}), daemon=True)
    thread.start()
    thread.join(10)
    assert not thread.is_alive(), "the load hangs"
    return found


def trouble(root: Root, path: str) -> str:
    return loaded(root)[path].trouble or ""


def test_an_agent_is_what_its_file_holds(folder: Path, root: Root) -> None:
    write(folder, "db/a.md")
    (folder / "db" / "a.md").chmod(0o640)
    agent = loaded(root)["db/a.md"]
    status = (folder / "db" / "a.md").stat()
    path = str(folder / "db" / "a.md")
    assert agent == Agent(ref("db/a.md"), path, agent.document, status.st_mtime, len(AGENT), 0o100640, file=path)
    assert (agent.document.data, agent.document.whole) == (AGENT, True)


@pytest.mark.parametrize("size", [0, 1, LARGEST - 1, LARGEST, LARGEST + 1, 2 * LARGEST])
def test_sizes(folder: Path, root: Root, size: int) -> None:
    write(folder, "a.md", data=b"x" * size)
    agent = loaded(root)["a.md"]
    assert agent.size == size
    assert len(agent.document.data) == min(size, LARGEST)
    assert agent.document.whole == (size <= LARGEST)


def test_a_text_file_counts_where_it_has_the_frontmatter_of_an_agent(folder: Path, root: Root) -> None:
    write(folder, "reviewer.txt", "tester.md.TXT")
    write(folder, "notes.txt", "requirements.txt", data=b"name: x\n---\n")
    write(folder, "post.txt", data=b"---\ntitle: x\n---\n")
    assert sorted(loaded(root)) == ["reviewer.txt", "tester.md.TXT"]


def test_a_huge_file_is_not_read(folder: Path, root: Root) -> None:
    with (folder / "a.md").open("wb") as file:
        file.truncate(1 << 40)
    agent = loaded(root)["a.md"]
    assert (agent.size, len(agent.document.data), agent.document.whole) == (1 << 40, LARGEST, False)


def test_what_is_no_file_is_listed_with_the_reason(folder: Path, root: Root) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "null.md").symlink_to("/dev/null")
    (folder / "tty.md").symlink_to("/dev/tty")
    (folder / "folder.md").mkdir()
    (folder / "link.md").symlink_to("folder.md")
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "loop.md").symlink_to("pool.md")
    (folder / "pool.md").symlink_to("loop.md")
    found = loaded(root)
    assert {path: agent.trouble for path, agent in found.items() if path != "tty.md"} == {
        "pipe.md": "a pipe, not a file",
        "null.md": "a device, not a file",
        "gone.md": "a symbolic link to a file that does not exist",
        "loop.md": "a symbolic link that leads in a circle",
        "pool.md": "a symbolic link that leads in a circle",
    }
    assert found["tty.md"].trouble
    assert all(agent.document.data == b"" and agent.locked for agent in found.values())


def test_a_socket(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.md")
        assert "not a file" in trouble(root, "socket.md")


@as_root
def test_a_device(folder: Path, root: Root) -> None:
    try:
        os.mknod(folder / "null.md", 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("this root may not make devices")
    assert trouble(root, "null.md") == "a device, not a file"


@not_as_root
def test_a_file_without_permission(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "a.md").chmod(0)
    assert trouble(root, "a.md") == "no permission to read it"


def test_names_that_are_not_utf_8(folder: Path, root: Root) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        write(folder, name)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert loaded(root)[name].document.data == AGENT


def test_write_protected_files_are_read_only_even_for_root(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "a.md").chmod(0o444)
    assert loaded(root)["a.md"].read_only


def test_everything_below_a_read_only_root_is(folder: Path) -> None:
    write(folder, "a.md")
    assert loaded(Root("plugin/x", "plugin", str(folder), read_only=True))["a.md"].read_only


def test_what_lies_outside_the_roots_is_read_only(folder: Path, root: Root, tmp_path: Path) -> None:
    write(folder, "a.md")
    write(tmp_path / "elsewhere", "b.md")
    (folder / "in.md").symlink_to("a.md")
    (folder / "out.md").symlink_to(tmp_path / "elsewhere" / "b.md")
    (folder / "far").symlink_to(tmp_path / "elsewhere")
    found = loaded(root)
    assert {path: agent.read_only for path, agent in found.items()} == {
        "a.md": False,
        "in.md": False,
        "out.md": True,
        "far/b.md": True,
    }
    assert found["in.md"].link == str(folder / "a.md")
    assert found["far/b.md"].link == str(tmp_path.resolve() / "elsewhere" / "b.md")
    assert found["a.md"].link is None


def test_a_link_is_never_read_by_its_own_name(folder: Path) -> None:
    write(folder, "a.md")
    (folder / "l.md").symlink_to("a.md")
    contents = read(str(folder / "l.md"))
    assert (contents.data, contents.trouble) == (b"", "a symbolic link that leads in a circle")


@pytest.fixture(params=["at once", "after a tick"])
def trusted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test twice: where the times of new files are trusted, and where the files are read again instead."""
    if request.param == "at once":
        monkeypatch.setattr(disk, "TICK", -1)


def test_what_was_not_touched_is_not_read_again(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "TICK", -1)
    write(folder, "a.md", "sub/b.md")
    (folder / "l.md").symlink_to("a.md")
    store = Store([root])
    library = store.load()
    monkeypatch.setattr(disk, "read", pytest.fail)
    assert store.reload(library) is library


@pytest.mark.usefixtures("trusted")
def test_unchanged_means_the_same_library(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b/c.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "gone.md").symlink_to("nowhere")
    store = Store([root])
    library = store.load()
    assert store.reload(library) is library
    paths = [agent.path for agent in library]
    assert store.reload_some(library, [*paths, folder / "no.md", folder / "notes.txt", "/etc/passwd"]) is library


@pytest.mark.usefixtures("trusted")
def test_touched_or_replaced_by_the_same_bytes_means_the_same_agent(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md")
    store = Store([root])
    library = store.load()
    os.utime(folder / "a.md", (1, 1))
    write(folder, "new.md")
    (folder / "new.md").replace(folder / "b.md")
    assert store.reload(library) is library


@pytest.mark.usefixtures("trusted")
def test_reload_finds_every_difference(folder: Path, root: Root) -> None:
    write(folder, "same.md", "edited.md", "gone.md", "old.md", "mode.md", "sub/moved.md")
    store = Store([root])
    library = store.load()
    write(folder, "edited.md", data=OTHER)
    (folder / "gone.md").unlink()
    (folder / "old.md").rename(folder / "new.md")
    (folder / "mode.md").chmod(0o600)
    (folder / "sub").rename(folder / "sup")
    after = store.reload(library)
    assert {agent.ref.path for agent in after} == {"same.md", "edited.md", "new.md", "mode.md", "sup/moved.md"}
    assert after.get(ref("same.md")) is library.get(ref("same.md"))
    assert after.agents[ref("edited.md")].document.data == OTHER
    assert after.agents[ref("mode.md")].mode == 0o100600
    assert after.agents[ref("mode.md")].document is library.agents[ref("mode.md")].document


def test_an_edit_within_one_tick_of_the_clock_is_found(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "stamp_of", lambda status: (0, 0, 0, 0, 0))  # a very slow clock
    monkeypatch.setattr(disk, "TICK", 3_600_000_000_000)
    store = Store([root])
    library = store.load()
    for data in (AGENT, OTHER, AGENT):
        write(folder, "a.md", data=data)
        library = store.reload(library)
        assert library.agents[ref("a.md")].document.data == data


@pytest.mark.usefixtures("trusted")
def test_an_edit_that_keeps_size_and_time_is_found(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    store = Store([root])
    library = store.load()
    before = (folder / "a.md").stat()
    write(folder, "a.md", data=OTHER)
    os.utime(folder / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert store.reload(library).agents[ref("a.md")].document.data == OTHER


@pytest.mark.usefixtures("trusted")
def test_a_result_that_was_thrown_away_loses_nothing(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    store = Store([root])
    library = store.load()
    write(folder, "a.md", data=OTHER)
    store.reload(library)
    assert store.reload(library).agents[ref("a.md")].document.data == OTHER


@pytest.mark.usefixtures("trusted")
def test_reload_some_looks_at_these_only(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md", "c.md")
    store = Store([root])
    library = store.load()
    write(folder, "a.md", "b.md", "new.md", data=OTHER)
    (folder / "c.md").unlink()
    after = store.reload_some(library, [folder / name for name in ("a.md", "c.md", "new.md")])
    assert {agent.ref.path: agent.document.data for agent in after} == {"a.md": OTHER, "b.md": AGENT, "new.md": OTHER}


@pytest.mark.usefixtures("trusted")
def test_reload_some_of_a_folder_looks_below_it(folder: Path, root: Root) -> None:
    write(folder, "sub/a.md")
    store = Store([root])
    library = store.load()
    (folder / "sub").rename(folder / "sup")
    assert [a.ref.path for a in store.reload_some(library, [folder / "sub"])] == ["sup/a.md"]
    assert {a.ref.path for a in store.reload_some(library, [folder / "sup"])} == {"sup/a.md"}


@pytest.mark.usefixtures("trusted")
def test_a_link_that_comes_to_lead_elsewhere(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    write(folder, "b.md", data=OTHER)
    os.link(folder / "a.md", folder / "c.md")
    (folder / "l.md").symlink_to("a.md")
    store = Store([root])
    library = store.load()
    for target, data in (("c.md", AGENT), ("b.md", OTHER)):
        (folder / "l.md").unlink()
        (folder / "l.md").symlink_to(target)
        for after in (store.reload(library), store.reload_some(library, [folder / "l.md"])):
            agent = after.agents[ref("l.md")]
            assert (agent.document.data, agent.link) == (data, str(folder / target))


def test_agents_stand_in_read_order_also_when_files_come_and_go(folder: Path, root: Root) -> None:
    write(folder, *(f"{name}.md" for name in "qwertz"), "sub/a.md")
    store = Store([root])
    library = store.load()
    for name in "asdfgh":
        write(folder, f"{name}.md", f"sub/{name}{name}.md")
        library = store.reload_some(library, [folder / f"{name}.md", folder / "sub" / f"{name}{name}.md"])
        assert list(library.agents) == [Ref("project", entry.path) for entry in walk(root) if not entry.folder]
    (folder / "q.md").unlink()
    library = store.reload_some(library, [folder / "q.md"])
    assert list(library.agents) == [Ref("project", entry.path) for entry in walk(root) if not entry.folder]


def test_a_hard_link_is_the_same_file_a_symbolic_one_is_not(folder: Path, root: Root) -> None:
    write(folder, "a.md", "sub/c.md")
    (folder / "b.md").hardlink_to(folder / "a.md")
    (folder / "l.md").symlink_to("a.md")
    found = loaded(root)
    assert found["a.md"].file == found["b.md"].file
    assert len({found[path].file for path in ("a.md", "l.md", "sub/c.md")}) == 3


def test_a_folder_reached_from_two_roots_holds_the_same_files(folder: Path, root: Root, tmp_path: Path) -> None:
    write(folder, "a.md")
    (tmp_path / "other").symlink_to(folder)
    other = Root("user", "user", str(tmp_path / "other"))
    assert [agent.file for agent in Store([other]).load()] == [agent.file for agent in Store([root]).load()]


def test_roots_come_and_go(folder: Path, root: Root) -> None:
    folder.rmdir()
    store = Store([root])
    library = store.load()
    assert [(each.exists, len(library)) for each in library.roots] == [(False, 0)]
    write(folder, "a.md")
    library = store.reload(library)
    assert [(each.exists, len(library)) for each in library.roots] == [(True, 1)]
    assert store.reload(library) is library


def test_real_files(corpus: Path) -> None:
    root = Root("folder", "folder", str(corpus))
    library = Store([root]).load()
    paths = [path for path in corpus.rglob("*.md") if path.is_file()]
    assert {agent.path: agent.document.data for agent in library} == {str(p): p.read_bytes()[:LARGEST] for p in paths}


def test_the_first_agents_are_those_that_the_library_begins_with(folder: Path, root: Root) -> None:
    write(folder, "b.md", "a-b/x.md", "a/y.md", "a.md", "a b/z.md", "é/u.md", "Z/v.md", "a/b/c.md")
    store = Store([root])
    every = list(store.load())
    for count in range(len(every) + 2):
        assert list(Store([root]).first(count)) == every[:count]


def test_a_load_goes_on_from_the_first_agents(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md", "c.md")
    store = Store([root])
    first = store.first(2)
    library = store.reload(first)
    assert len(library) == 3
    assert all(library.get(agent.ref) is agent for agent in first)


def test_who_reads_for_nobody_stops(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    store = Store([root])
    store.abandon()
    with pytest.raises(disk.Abandoned):
        store.load()
