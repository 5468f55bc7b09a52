"""Documents for tests, and proofs about what an edit did to the bytes: none of them trusts the offsets it checks."""

from __future__ import annotations

from bisect import bisect_left

from agent_studio.model.agent import Agent
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.frontmatter import Entry
from agent_studio.model.ref import Ref


def document(data: str | bytes) -> Document:
    """A document of these bytes, as the disk would hand it over."""
    data = data.encode() if isinstance(data, str) else data
    return Document(data[:LARGEST], len(data) <= LARGEST)


def headed(header: str, body: str = "Body.\n") -> Document:
    """A document with this header between its fences."""
    return document(f"---\n{header}---\n{body}")


def agent(data: str | bytes | Document, path: str = "a.md", root: str = "project") -> Agent:
    """An agent with these bytes."""
    held = data if isinstance(data, Document) else document(data)
    return Agent(Ref(root, path), f"/{root}/{path}", held)


def named(name: str, path: str = "", root: str = "project", extra: str = "") -> Agent:
    """A well-formed agent called `name`."""
    return agent(f"---\nname: {name}\ndescription: what {name} does\n{extra}---\nBody.\n", path or f"{name}.md", root)


def byte_of(data: bytes, index: int) -> int:
    """The offset of the character `index` of the decoded text, counted byte by byte."""
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    for _ in range(index):
        at += _first(data[at : at + 4])
    return at


def _first(data: bytes) -> int:
    """How many bytes the first character takes, or the invalid sequence that stands in its place."""
    try:
        return len(data.decode()[0].encode())
    except UnicodeDecodeError as error:
        return error.end if error.start == 0 else len(data[: error.start].decode()[0].encode())


def offset_of(held: Document, index: int) -> int:
    """The byte offset of a character."""
    try:
        held.data.decode()
    except UnicodeDecodeError:
        return byte_of(held.data, index)
    start = 3 if held.data.startswith(b"\xef\xbb\xbf") else 0
    return start + len(held.text[:index].encode())


def differing(before: bytes, after: bytes) -> tuple[int, int, int]:
    """(length of the common start, end of the difference before, end of the difference after)."""
    start = _common(before, after)
    end = min(_common(before[::-1], after[::-1]), len(before) - start, len(after) - start)
    return start, len(before) - end, len(after) - end


def _common(one: bytes, other: bytes) -> int:
    """How many bytes two strings begin with in common."""
    most = min(len(one), len(other))
    return bisect_left(range(most), True, key=lambda place: one[: place + 1] != other[: place + 1])


def extent(held: Document, entry: Entry) -> tuple[int, int]:
    """The bytes that setting a field may touch: its value; behind the colon where the value is none or a block."""
    start, end = entry.value_start, entry.value_end
    if entry.style in {"block", "empty"}:
        start = entry.key_end
        newline = held.text.find("\n", end)
        end = len(held.text) if newline < 0 else newline
    return offset_of(held, start), offset_of(held, end)


def confined(before: Document, after: Document, key: str) -> bool:
    """Whether only the value of `key` changed, or where the field was absent only new bytes came in."""
    start, end, _ = differing(before.data, after.data)
    entry = before.entry(key)
    if entry is None:
        return start == end or after.data == before.data
    first, last = extent(before, entry)
    return before.data[:first] == after.data[:first] and (
        before.data[last:] == after.data[len(after.data) - (len(before.data) - last) :]
    )


def others(held: Document, key: str) -> list[tuple[str, str]]:
    """Every field but one, in order, by what it reads as."""
    return [(name, repr(value)) for name, value in held.values.items() if name != key]
