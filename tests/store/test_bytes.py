"""Whatever bytes a file is made of: what is written to the disk differs from them by the edit, and by nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from agent_studio.model import plans
from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.schema import Value
from agent_studio.store.disk import Store
from tests.model.documents import confined
from tests.store.folders import ref, tree, write

LINES = (
    "---",
    "name: zoë",
    "description: 'reviews: all' # why",
    "color:  red",
    "---",
    "",
    "First.",
    "Middle \t",
    "Last.",
)
ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
ODD = {
    "invalid in the body": (b"First", b"\xff\xc3 First \xed\xa0\x80"),
    "invalid in the header": (b"reviews", b"re\xe9views"),
    "nul in the body": (b"First", b"Fi\0rst"),
    "odd separators": (b"First", "Fi\u2028r\u2029s\x85t\v\f\x1c".encode()),
    "hidden characters": (b"First", "\u202efirst\u202c \u200b\x1b[31m".encode()),
}


def texts() -> dict[str, bytes]:
    """A file of every class of bytes, by the name of its class."""
    plain = "\n".join(LINES).encode()
    made = {name: plain.replace(b"\n", end.encode()) for name, end in ENDS.items()}
    made["mixed"] = plain.replace(b"\n", b"\r\n", 3).replace(b"First.\n", b"First.\r\r\n")
    ends = {"lf": b"\n", "crlf": b"\r\n", "cr": b"\r", "mixed": b"\n"}
    made = made | {f"{name}, ended": data + ends[name] for name, data in made.items()}
    made = made | {f"{name}, bom": b"\xef\xbb\xbf" + data for name, data in made.items()}
    made = made | {name: plain.replace(*odd) for name, odd in ODD.items()}
    return made | {"utf-16": ("\ufeff" + plain.decode()).encode("utf-16-le"), "binary": b"\x7fELF\0\0" + plain}


TEXTS = texts()
LOCKED = {"binary", "utf-16"}
"""Classes that are shown and not edited."""
HEADLESS = {name for name in TEXTS if name.startswith("cr,") or name == "cr"}
"""Classes in which the host sees no header, as it knows no line that ends with a carriage return alone."""
EDITED = TEXTS.keys() - LOCKED
FIELDS = EDITED - HEADLESS

every = pytest.mark.parametrize("name", TEXTS)
Values = dict[str, Value | None]


def opened(folder: Path, texts: dict[str, bytes]) -> tuple[Store, Library]:
    """A store over files of these texts, and what it reads."""
    for name, data in texts.items():
        write(folder, f"{name}.md", data=data)
        (folder / f"{name}.md").chmod(0o640)
    store = Store([Root("project", "project", str(folder))])
    return store, store.load()


def written(folder: Path) -> dict[str, bytes]:
    """What stands on the disk, with the permissions that it had."""
    found = tree(folder)
    assert {mode for _, mode in found.values()} <= {0o640}
    return {path.removesuffix(".md"): data for path, (data, _) in found.items() if isinstance(data, bytes)}


def taken_back(store: Store, change: Change, folder: Path) -> dict[str, bytes]:
    """What stands on the disk after a change was written and undone."""
    operation = store.commit(change)
    store.commit(change.inverse, "undo", operation.id)
    return written(folder)


def test_there_are_all_classes() -> None:
    assert (len(TEXTS), len(set(TEXTS.values()))) == (23, 23)


@every
def test_opening_and_saving_changes_nothing(folder: Path, name: str) -> None:
    store, library = opened(folder, {name: TEXTS[name]})
    document = library.agents[ref(f"{name}.md")].document
    assert document.data == TEXTS[name]
    if name in EDITED:
        assert document.with_text(document.text_view).data == document.with_body(document.body_view).data == TEXTS[name]
    before = (folder / f"{name}.md").stat()
    store.commit(Change("save", (Edit(ref(f"{name}.md"), TEXTS[name], TEXTS[name]),)))
    after = (folder / f"{name}.md").stat()
    assert (after.st_ino, after.st_mtime_ns, written(folder)) == (
        before.st_ino,
        before.st_mtime_ns,
        {name: TEXTS[name]},
    )


@every
def test_a_field_is_edited_alone(folder: Path, name: str) -> None:
    store, library = opened(folder, {name: TEXTS[name]})
    plan = plans.assign(library, {"color": "blue"})
    if name not in FIELDS:
        assert (plan.change.edits, len(plan.skipped)) == ((), 1)
        return
    assert taken_back(store, plan.change, folder) == {name: TEXTS[name]}
    store.commit(plan.change)
    assert written(folder) == {name: TEXTS[name].replace(b"red", b"blue")}


@every
def test_a_new_field_ends_as_its_neighbours_do(folder: Path, name: str) -> None:
    store, library = opened(folder, {name: TEXTS[name]})
    plan = plans.assign(library, {"model": "opus"})
    if name not in FIELDS:
        assert plan.change.edits == ()
        return
    store.commit(plan.change)
    ends = {"crlf": {b"\r\n"}, "mixed": {b"\r\n", b"\n"}}.get(name.split(",", maxsplit=1)[0], {b"\n"})
    assert TEXTS[name] in {written(folder)[name].replace(b"model: opus" + end, b"") for end in ends}


@every
def test_a_line_of_the_body_is_edited_alone(folder: Path, name: str) -> None:
    store, library = opened(folder, {name: TEXTS[name]})
    if name in LOCKED:
        assert library.agents[ref(f"{name}.md")].locked
        return
    document = library.agents[ref(f"{name}.md")].document
    after = document.with_body(document.body_view.replace("Middle", "Centre")).data
    change = Change("body", (Edit(ref(f"{name}.md"), TEXTS[name], after),))
    assert taken_back(store, change, folder) == {name: TEXTS[name]}
    store.commit(change)
    assert written(folder) == {name: TEXTS[name].replace(b"Middle", b"Centre")}


def test_all_at_once(folder: Path) -> None:
    store, library = opened(folder, TEXTS)
    plan = plans.assign(library, {"color": "blue"})
    assert {skip.ref for skip in plan.skipped} == {ref(f"{name}.md") for name in LOCKED | HEADLESS}
    assert taken_back(store, plan.change, folder) == TEXTS
    store.commit(plan.change)
    expected = {name: data.replace(b"red", b"blue") if name in FIELDS else data for name, data in TEXTS.items()}
    assert written(folder) == expected


BULK: tuple[Values, ...] = (
    {"color": "pink"},
    {"model": "claude-opus-4-1"},
    {"description": 'Use "when": it\'s said — C:\\new ✅ # 1'},
    {"tools": ("Read", "Bash(git log:*)")},
)


@pytest.mark.sweep
def test_every_real_file(corpus: Path, top: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = top / "agents"
    texts = {f"{number % 20}/{number}": path.read_bytes() for number, path in enumerate(sorted(corpus.rglob("*.md")))}
    store, library = opened(folder, texts)
    assert written(folder) == texts
    counts = Counter(files=len(texts))
    for values in BULK:
        ((key, _),) = values.items()
        plan = plans.assign(library, values)
        operation = store.commit(plan.change)
        after = written(folder)
        changed = {edit.ref.path.removesuffix(".md") for edit in plan.change.edits}
        assert {name for name in texts if texts[name] != after[name]} == changed
        assert [name for name in changed if not confined(Document(texts[name]), Document(after[name]), key)] == []
        store.commit(plan.change.inverse, "undo", operation.id)
        assert written(folder) == texts
        counts |= {f"{key} set": len(changed), f"{key} refused": len(plan.skipped)}
    change = Change("body", tuple(extended(agent.ref, agent.document) for agent in library if not agent.locked))
    assert taken_back(store, change, folder) == texts
    store.commit(change)
    after = written(folder)
    assert [name for name in texts if not after[name].startswith(texts[name])] == []
    with capsys.disabled():
        print("", f"bodies: {len(change.edits)}", *sorted(counts.items()), sep="\n  ")


def extended(at: Ref, document: Document) -> Edit:
    """The edit that adds a line at the end of a body."""
    return Edit(at, document.data, document.with_body(document.body_view + "\nMore.").data)
