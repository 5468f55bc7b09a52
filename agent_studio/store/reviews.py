"""What a person has reviewed: one small file for each agent, among the studio's state, never in the agent's file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from .state import state_path, tell, told

_FOLDER = "reviews"


class Review(NamedTuple):
    """What an agent at `path` could do when it was reviewed, `at` seconds since the epoch.

    `fingerprint` is the hash of its rights, `rights` maps each field that decides about them to how it was written.
    """

    path: str
    fingerprint: str
    at: float
    rights: Mapping[str, str]


def reviews() -> dict[str, Review]:
    """Every review, by the path of its agent; what cannot be read counts as never reviewed."""
    try:
        names = sorted(os.listdir(state_path(_FOLDER)))
    except OSError:  # not there, or not for us
        return {}
    found = [_review(told(_FOLDER, name)) for name in names if name.endswith(".json")]
    return {review.path: review for review in found if review is not None}


def _review(value: object) -> Review | None:
    match value:
        case {"path": str(agent), "fingerprint": str(mark), "at": float(at) | int(at), "rights": dict(rights)}:
            return Review(agent, mark, at, {str(key): str(value) for key, value in rights.items()})
    return None


def keep(review: Review) -> None:
    """Remember a review in the place of an earlier one; raises `OSError` where it cannot be written."""
    import hashlib  # noqa: PLC0415  # the interface opens without it

    tell(review._asdict(), _FOLDER, f"{hashlib.sha256(os.fsencode(review.path)).hexdigest()}.json")
