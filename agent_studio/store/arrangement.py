"""How the list was sorted and grouped when it was last seen: one small file among the studio's state."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent_studio.model.grouping import GROUPINGS, Grouping
from agent_studio.model.sort import ORDERS, Sort

from .state import tell, told

_NAME = "list.json"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An order of the list and its sections, if any."""

    sort: Sort = field(default_factory=Sort)
    group: Grouping | None = None


def arrangement() -> Arrangement:
    """The one that was kept last; what cannot be read or understood counts as the plain one."""
    match told(_NAME):
        case {"sort": str(word), "reverse": bool(reverse), "group": str() | None as section}:
            by = next((order for order in ORDERS if order == word), None)
            group = next((grouping for grouping in GROUPINGS if grouping == section), None)
            return Arrangement(Sort(by, reverse) if by else Sort(), group)
    return Arrangement()


def keep(held: Arrangement) -> None:
    """Remember one in the place of an earlier one; raises `OSError` where it cannot be written."""
    tell({"sort": held.sort.by, "reverse": held.sort.reverse, "group": held.group}, _NAME)
