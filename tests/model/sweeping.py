"""Edits tried on a real file, each proved by its bytes."""

from __future__ import annotations

from collections import Counter

from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field, without_field
from agent_studio.model.schema import Value, items_of
from tests.model.documents import confined, differing, others

PROSE = "Use \"when\": it's said — C:\\new \\n ✅ --- done, user: 'x' # 1"
EDITS: tuple[tuple[str, Value | None], ...] = (
    ("color", "pink"),
    ("model", "claude-opus-4-1"),
    ("description", PROSE),
    ("tools", ("Read", "Bash(git log:*)")),
    ("color", None),
)


def ends_in_a_line(held: Document) -> bool:
    """Whether the closing dashes stand behind something on their line."""
    return bool(held.fences and held.text[: held.fences.close].rpartition("\n")[2].strip())


def faults_of_set(before: Document, after: Document, key: str, value: Value) -> list[str]:
    """What is wrong with a document in which a field was set."""
    read = after.get(key)
    found = [] if (items_of(read) if isinstance(value, tuple) else read) == value else [f"reads as {read!r}"]
    if not confined(before, after, key):
        found.append("bytes outside the value changed")
    if not before.has(key):
        start, _, end = differing(before.data, after.data)
        # A header that ends in the middle of a line needs a line break of its own before the new line.
        lines = {0} if before.header.flow else {1, 1 + ends_in_a_line(before)}
        if after.data[start:end].count(b"\n") not in lines:
            found.append("more than one line came in")
    return found


def faults_of_removal(before: Document, after: Document, key: str) -> list[str]:
    """What is wrong with a document from which a field was removed."""
    start, end, end_after = differing(before.data, after.data)
    found = ["it is still there"] if after.has(key) else []
    if end_after != start:
        found.append("bytes came in")
    if before.has(key) != (end > start):
        found.append("the wrong bytes went")
    return found


def swept(held: Document, counts: Counter[str]) -> list[str]:
    """Everything that is wrong with the edits of one file; how each ended is added to `counts`."""
    faults: list[str] = []
    if not held.locked and {held.with_text(held.text_view), held.with_body(held.body_view)} != {Document(held.data)}:
        faults.append("opening and saving changed it")
    for key, value in EDITS:
        title = f"unset {key}" if value is None else f"set {key}"
        try:
            after = without_field(held, key) if value is None else with_field(held, key, value)
        except EditRefused as refused:
            counts[f"{title}: refused"] += 1
            faults += [] if held.trouble and str(refused) == held.trouble else [f"{title} refused: {refused}"]
            continue
        counts[f"{title}: " + ("unchanged" if after is held else "changed")] += 1
        found = faults_of_removal(held, after, key) if value is None else faults_of_set(held, after, key, value)
        if after.body != held.body or (held.reading != "lines" and others(after, key) != others(held, key)):
            found.append("something else reads differently")
        faults += [f"{title}: {fault}" for fault in found]
    return faults
