"""Real files: opened and saved they keep every byte, and an edit touches nothing but its field."""

from __future__ import annotations

import base64
import json
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_studio.model.document import Document
from tests.model.documents import document
from tests.model.sweeping import swept

SEEDS = (
    "backend-executor.md",
    "backend-feature-builder-v2.md",
    "fastapi-backend-dev.md",
    "variant-a/backend-engineer.md",
    "variant-b/backend-engineer.md",
)


@pytest.mark.parametrize("path", SEEDS)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_seed(corpus: Path, path: str, ending: str) -> None:
    held = Document((corpus / "seeds" / path).read_bytes().replace(b"\n", ending.encode()))
    counts: Counter[str] = Counter()
    assert swept(held, counts) == []
    assert counts["set description: changed"] == counts["set model: changed"] == counts["set color: changed"] == 1


def test_random_files_are_changed_as_meant_or_refused(oracle: Path) -> None:
    rows = [json.loads(row) for row in (oracle / "fuzz.jsonl").read_text().split("\n") if row]
    counts: Counter[str] = Counter()
    found = [
        f"{row['id']}: {fault}" for row in rows for fault in swept(Document(base64.b64decode(row["base64"])), counts)
    ]
    assert [fault for fault in found if "refused" not in fault] == []
    assert counts["set color: changed"] > 1_200
    assert counts["set description: changed"] > 1_100


def large(corpus: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the large corpus, none where it is not at hand."""
    packed = corpus.parent / "corpus-large.tar.xz"
    if not packed.is_file():
        return
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    for path in sorted(folder.rglob("*.md")):
        yield str(path.relative_to(folder)), path.read_bytes()


@pytest.mark.sweep
def test_every_real_file(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = ((str(path.relative_to(corpus)), path.read_bytes()) for path in sorted(corpus.rglob("*.md")))
    counts: Counter[str] = Counter()
    faults: list[str] = []
    started = time.perf_counter()
    for files in (small, large(corpus, tmp_path)):
        for path, data in files:
            held = document(data)
            counts[f"header: {held.reading if held.fences else 'none'}"] += 1
            faults += [f"{path}: {fault}" for fault in swept(held, counts)]
    with capsys.disabled():
        print(f"\n{time.perf_counter() - started:.1f} s", *sorted(counts.items()), sep="\n  ")
    assert counts["header: strict"] > 0
    assert faults == []
