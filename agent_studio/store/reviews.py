"""What a person has reviewed: one small file for each agent, among the studio's state, never in the agent's file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from . import files
from .contents import read


@dataclass(frozen=True, slots=True)
class Review:
    """What an agent at `path` could do when it was reviewed, `at` seconds since the epoch.

    `fingerprint` is the hash of its rights, `rights` maps each field that decides about them to how it was written.
    """

    path: str
    fingerprint: str
    at: float
    rights: Mapping[str, str]


def _state() -> str:
    state = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(state):  # the standard has such a value ignored
        state = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(state, "agent-studio", "reviews")


def reviews() -> dict[str, Review]:
    """Every review, by the path of its agent; what cannot be read counts as never reviewed."""
    folder = _state()
    if not os.path.isdir(folder):
        return {}
    found = [_review(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".json")]
    return {review.path: review for review in found if review is not None}


def _review(path: str) -> Review | None:
    try:
        match json.loads(read(path).data):
            case {"path": str(agent), "fingerprint": str(mark), "at": float(at) | int(at), "rights": dict(rights)}:
                return Review(agent, mark, at, {str(key): str(value) for key, value in rights.items()})
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return None


def keep(review: Review) -> None:
    """Remember a review in the place of an earlier one; raises `OSError` where it cannot be written."""
    folder = _state()
    _make(folder)
    target = os.path.join(folder, f"{hashlib.sha256(os.fsencode(review.path)).hexdigest()}.json")
    temporary = f"{target}.{os.getpid()}"
    descriptor = files.create(temporary, 0o600)
    try:
        data = memoryview(json.dumps(asdict(review)).encode())
        while data:
            data = data[files.write(descriptor, data) :]
        files.sync(descriptor)
    finally:
        os.close(descriptor)
    files.replace(temporary, target)


def _make(folder: str) -> None:
    if not os.path.isdir(folder):
        _make(os.path.dirname(folder))
        files.mkdir(folder, 0o700)
