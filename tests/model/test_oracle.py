"""The host's reading of real and made-up files, against what the host itself was seen to do with them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.fences import JS_SPACE
from tests.model.documents import agent

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text().split("\n") if line]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def same_text(expected: str | Row | None, text: str | None) -> bool:
    """Whether a text is the expected one, which may be given by its hash."""
    return expected == text if not isinstance(expected, dict) else expected["sha256"] == digest(text or "")


ASPECTS = ("name", "description", "model", "tokens", "tools", "body")


def told(read: Agent, aspect: str) -> Any:
    """What the studio says about one aspect of an agent."""
    match aspect:
        case "tokens":
            return read.tokens[0]
        case "tools":
            return read.reading.roster
        case "body":
            return read.document.body.strip(JS_SPACE)
        case _:
            return getattr(read.reading, aspect)


def agrees(row: Row, read: Agent, aspect: str) -> bool:
    if aspect not in row:
        return True
    said = told(read, aspect)
    return same_text(row[aspect], said) if isinstance(said, str) else bool(row[aspect] == said)


@pytest.fixture(scope="module")
def real(oracle: Path, corpus: Path) -> list[tuple[Row, Agent]]:
    """Each file of the corpus, with what the host made of it."""
    found = rows(oracle / "claude-code-2.1.329.jsonl")
    assert len(found) == 418
    return [(row, agent((corpus / row["path"]).read_bytes())) for row in found]


def test_every_real_file_loads_where_the_host_loads_it(real: list[tuple[Row, Agent]]) -> None:
    differ = [row["path"] for row, read in real if read.verdict.loads != (row["verdict"] == "loaded")]
    assert differ == []


@pytest.mark.parametrize("aspect", ASPECTS)
def test_real_files_read_as_the_host_reads_them(real: list[tuple[Row, Agent]], aspect: str) -> None:
    loaded = [(row, read) for row, read in real if row["verdict"] == "loaded"]
    assert len(loaded) == 397
    assert [row["path"] for row, read in loaded if not agrees(row, read, aspect)] == []


def test_real_files_are_tolerated_where_the_host_repairs_them(real: list[tuple[Row, Agent]]) -> None:
    loaded = [(row, read) for row, read in real if row["verdict"] == "loaded"]
    assert [row["path"] for row, read in loaded if row["repaired"] != (read.document.reading == "tolerant")] == []


def single(row: Row) -> bool:
    """Whether a probe is one project file, read because of what stands in it."""
    files = row["files"]
    special = any(row.get(name) for name in ("generate", "links", "hardlinks"))
    return not special and len(files) == 1 and files[0]["place"].startswith("project/") and row["class"] != "path"


def probes(oracle: Path) -> Iterator[tuple[Row, Row, Agent]]:
    """(probe, what became of its file, the agent) for each probe of a single file."""
    for row in rows(oracle / "probes.jsonl"):
        if single(row):
            file = row["files"][0]
            yield row, row["observed"]["files"][file["place"]], agent((oracle / file["file"]).read_bytes())


def test_probes_load_where_the_host_loads_them(oracle: Path) -> None:
    found = list(probes(oracle))
    assert len(found) > 200
    assert [row["id"] for row, seen, read in found if read.verdict.loads != (seen["verdict"] == "loaded")] == []


@pytest.mark.parametrize("aspect", ASPECTS)
def test_probes_read_as_the_host_reads_them(oracle: Path, aspect: str) -> None:
    loaded = [(row, read) for row, seen, read in probes(oracle) if seen["verdict"] == "loaded"]
    differ = [row["id"] for row, read in loaded if not agrees(row["observed"]["agents"][0], read, aspect)]
    assert differ == []


SILENT = {"no-frontmatter": "silent", "no-name": "silent"}


def cause(read: Agent) -> str | None:
    """Why a file is dropped, in the words of the record."""
    return SILENT.get(read.verdict.cause or "", read.verdict.cause)


def test_the_reason_why_a_file_is_dropped(oracle: Path, real: list[tuple[Row, Agent]]) -> None:
    single = [(row | seen, read) for row, seen, read in probes(oracle)]
    dropped = [(row, read) for row, read in (*real, *single) if row["verdict"] == "dropped"]
    assert len(dropped) > 70
    assert [row.get("path", row.get("id")) for row, read in dropped if cause(read) != row["reason"]] == []


def test_an_agent_that_cannot_be_started_or_has_no_tools_is_degraded(real: list[tuple[Row, Agent]]) -> None:
    words = ("cannot be started", "no tool at all")
    for row, read in real:
        without = "zero tools" in (row.get("not_started") or "") or row.get("run_tools") == []
        servers = all(tool.startswith("mcp__") for tool in read.reading.tools or ())  # they may be there elsewhere
        said = any(word in loss.words for loss in read.reading.losses for word in words)
        if row["verdict"] == "loaded" and not (without and servers and read.reading.tools):
            assert said == without, row["path"]


def differing(oracle: Path, kind: str) -> list[str]:
    """The random files of a kind that are not read in every respect as the host read them."""
    found = [row for row in rows(oracle / "fuzz.jsonl") if row["id"].startswith(kind)]
    assert len(found) == 700
    reads = [(row, agent(base64.b64decode(row["base64"]))) for row in found]
    return [
        row["id"]
        for row, read in reads
        if read.verdict.loads != (row["verdict"] == "loaded")
        or (not read.verdict.loads and cause(read) != row["reason"])
        or (read.verdict.loads and not all(agrees(row, read, aspect) for aspect in ASPECTS))
    ]


@pytest.mark.parametrize("kind", ["lines", "yaml"])
def test_random_files_are_read_as_the_host_reads_them(oracle: Path, kind: str) -> None:
    assert differing(oracle, kind) == []
