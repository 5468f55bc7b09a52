"""Where in some folders a person was when they were last open: one small file among the studio's state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from agent_studio.model.ref import Root

from .state import tell, told

_NAME = "places.json"
_MOST = 100
"""Places that are remembered; the one that was left longest ago goes first."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A filter, the agent under the cursor (as its ref is written), and how the panes share the screen."""

    filter: str = ""
    cursor: str = ""
    zoomed: bool = False
    broad: bool = False


def whereabouts(roots: Iterable[Root]) -> Whereabouts:
    """Where the person was in these folders; what cannot be read or understood counts as nowhere."""
    wanted = _paths(roots)
    for paths, held in reversed(_places()):
        if paths == wanted:
            return held
    return Whereabouts()


def remember(roots: Iterable[Root], held: Whereabouts) -> None:
    """Keep it for the next time; raises `OSError` where it cannot be written."""
    here = _paths(roots)
    places = [(paths, other) for paths, other in _places() if paths != here]
    tell([{"paths": paths, **asdict(held)} for paths, held in [*places, (here, held)][-_MOST:]], _NAME)


def _paths(roots: Iterable[Root]) -> list[str]:
    """What a place is known by: the folders that were opened, or that are the project's and the person's own."""
    return [root.path for root in roots if root.scope in {"project", "user", "folder"}]


def _places() -> Sequence[tuple[list[str], Whereabouts]]:
    """All places, the one that was left last at the end."""
    found: list[tuple[list[str], Whereabouts]] = []
    places = told(_NAME)
    for place in places if isinstance(places, list) else ():
        match place:
            case {
                "paths": [*paths],
                "filter": str(text),
                "cursor": str(cursor),
                "zoomed": bool(zoomed),
                "broad": bool(broad),
            }:
                found.append((paths, Whereabouts(text, cursor, zoomed, broad)))
    return found
