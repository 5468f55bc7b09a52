"""Copies of contents for other programs to read, which are gone when they are done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def copies(named: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, ...]]:
    """The paths of read-only files with these contents, each in a folder of its own; raises `OSError`."""
    with tempfile.TemporaryDirectory(prefix="agent-studio-compare-") as folder:
        yield tuple(_written(Path(folder) / letter, *one) for letter, one in zip("AB", named, strict=True))


def _written(folder: Path, name: str, data: bytes) -> str:
    folder.mkdir()
    path = folder / name
    path.write_bytes(data)
    path.chmod(0o400)
    return str(path)
