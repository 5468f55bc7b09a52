"""The rows of the duplicates: a heading for each kind, below it the groups, below each its agents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field

from rich.cells import cell_len

from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.group import KINDS, TITLES, Group
from agent_studio.model.duplicates.purpose import Overlap
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.visible import one_line
from agent_studio.ui.looked import Looked
from agent_studio.ui.row_list import Piece, cut, fitted
from agent_studio.ui.shown import tail

PURPOSE = "described alike"
"""The heading of what is no duplicate, and may be taken for one."""
_STATE = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """A kind by its title, and how many groups it has."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Member:
    """An agent as one of a group."""

    group: Group | Overlap
    ref: Ref


Row = Heading | Group | Overlap | Member


@dataclass(frozen=True, slots=True)
class View:
    """What rows are drawn with: the files as they are now, the marks, and what is folded."""

    library: Library = field(default_factory=Library)
    marks: frozenset[Ref] = frozenset()
    folded: Collection[Hashable] = frozenset()


def name_of(row: Row) -> Hashable:
    """What a row is known by when the files have changed."""
    match row:
        case Heading():
            return row.title
        case Member():
            return name_of(row.group), row.ref
        case Group():
            return row.kind, row.refs[0]
    return PURPOSE, *refs_of(row)


def refs_of(group: Group | Overlap) -> tuple[Ref, ...]:
    """The agents of a group."""
    return group.refs if isinstance(group, Group) else (group.one.ref, group.other.ref)


def rows(looked: Looked, folded: Collection[Hashable]) -> Iterator[Row]:
    """All rows, without what is folded away."""
    kinds: dict[str, list[Group | Overlap]] = {TITLES[kind]: [] for kind in KINDS}
    for group in looked.duplicates.groups:
        kinds[TITLES[group.kind]].append(group)
    kinds[PURPOSE] = [*looked.overlaps]
    for title, groups in kinds.items():
        if groups:
            yield Heading(title, len(groups))
            yield from () if title in folded else _below(groups, folded)


def _below(groups: list[Group | Overlap], folded: Collection[Hashable]) -> Iterator[Row]:
    for group in groups:
        yield group
        if name_of(group) not in folded:
            yield from (Member(group, ref) for ref in refs_of(group))


def drawn(row: Row, looked: Looked, view: View, width: int) -> list[Piece]:
    """A row in at most `width` cells, behind the sign of the cursor."""
    if isinstance(row, Member):
        return _member(row, looked, view, width)
    fold = "▸ " if name_of(row) in view.folded else "▾ "
    if isinstance(row, Heading):
        noun = "pair" if row.title == PURPOSE else "group"
        count = f"  {row.count:,} {noun}{'' if row.count == 1 else 's'}"
        kind = "muted" if row.title == PURPOSE else "strong"
        return [Piece(fold, "muted"), Piece(cut(row.title, width - 2), kind), Piece(count, "muted")]
    return _group(row, looked, view, f"  {fold}", width)


def _group(row: Group | Overlap, looked: Looked, view: View, fold: str, width: int) -> list[Piece]:
    marked = sum(ref in view.marks for ref in refs_of(row))
    count = f"  {len(refs_of(row))} agents" + (f", {marked} marked" if marked else "")
    alike = f"  {percent(row.similarity)} alike" if is_measured(row) else ""
    title = cut(title_of(row, looked), max(width - len(fold) - len(count) - len(alike), 1))
    pieces = [Piece(fold, "muted"), Piece(title), Piece(count, "muted"), Piece(alike, "muted")]
    room = width - sum(len(piece.text) for piece in pieces) - 2
    if isinstance(row, Group) and row.differs and room > 20:
        pieces.append(Piece(f"  {cut(one_line(', '.join(row.differs)), room)}", "muted"))
    return pieces


def title_of(group: Group | Overlap, looked: Looked) -> str:
    """The names of the agents in a group, each once and the commonest first."""
    found = (looked.library.get(ref) for ref in refs_of(group))
    return one_line(", ".join(name for name, _ in Counter(agent.name for agent in found if agent).most_common()))


def is_measured(group: Group | Overlap) -> bool:
    """Whether the share that is told of a group says more than its kind does."""
    return isinstance(group, Overlap) or group.kind in {"same-name", "near"}


def percent(share: float) -> str:
    """A share, of which only a whole one is 100 %."""
    return f"{int(share * 100)} %"


def _member(row: Member, looked: Looked, view: View, width: int) -> list[Piece]:
    agent = view.library.get(row.ref) or looked.library.get(row.ref)
    state, kind = _state(row, agent, view)
    mark = "✓ " if row.ref in view.marks else "  "
    model = one_line(agent.reading.model or "") if agent else ""
    room = width - 6 - 2 - (_STATE + 2) - 10
    return [
        Piece("      "),
        Piece(mark, "marked"),
        Piece(
            fitted(middle(one_line(str(row.ref)), room), max(room, 8)) + "  ", "marked" if row.ref in view.marks else ""
        ),
        Piece(f"{fitted(model, 8)}  ", "muted"),
        Piece(fitted(state, _STATE), kind),
    ]


def middle(text: str, width: int) -> str:
    """Both ends of a text, an ellipsis between them where it does not fit: of a path they tell the most."""
    if cell_len(text) <= width:
        return text
    head = cut(text, max(width // 2, 1))
    return head.removesuffix("…") + tail(text, max(width - cell_len(head) + 1, 1))


def _state(row: Member, agent: Agent | None, view: View) -> tuple[str, str]:
    """What is to be known of an agent among the others, in a word."""
    if agent is None or view.library.get(row.ref) is None:
        return "gone", "muted"
    if isinstance(row.group, Group) and row.group.winner == row.ref:
        return "wins", "strong"
    if row.ref.parked:
        return "parked", "muted"
    if not agent.verdict.loads:
        return "dropped", "error"
    return view.library.standing(agent).word.partition(",")[0] or ("read-only" if agent.read_only else ""), "muted"
