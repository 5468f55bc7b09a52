"""The record of the probes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from oracle.probe import Damaged, read


def index(folder: Path, **more: Any) -> Path:
    """An oracle folder with one probe of one file."""
    (folder / "probes").mkdir()
    (folder / "probes/x.md").write_bytes(b"one\r\n")
    file = {"file": "probes/x.md", "place": "project/x.md", "sha256": hashlib.sha256(b"one\r\n").hexdigest()}
    row = {"id": "x", "version": "1", "files": [file], "observed": {"agents": [], "files": {}}} | more
    (folder / "probes.jsonl").write_text(json.dumps(row) + "\n")
    return folder


def test_a_probe_is_read_with_its_files(tmp_path: Path) -> None:
    (found,) = read(index(tmp_path, args=["--add-dir", "@extra"], mkdir=["project/.git"]))
    assert (found.id, found.cwd, found.args) == ("x", "project", ("--add-dir", "@extra"))
    assert (found.files, found.folders) == ({"project/x.md": b"one\r\n"}, ("project/.git",))


def test_a_large_file_is_generated(tmp_path: Path) -> None:
    recipe = {"start": "---\n", "fill": "x", "bytes": 1_048_577}
    (found,) = read(index(tmp_path, generate={"project/large.md": recipe}))
    assert found.files["project/large.md"] == b"---\n" + b"x" * 1_048_573


def test_a_file_that_is_not_the_recorded_one_is_refused(tmp_path: Path) -> None:
    folder = index(tmp_path)
    (folder / "probes/x.md").write_bytes(b"one\n")
    with pytest.raises(Damaged, match="line endings"):
        read(folder)


def test_the_record_is_whole(oracle: Path) -> None:
    found = read(oracle)
    assert len(found) == 266
    assert all(place in probe.files or probe.links or probe.hardlinks for probe in found for place in probe.verdicts)
