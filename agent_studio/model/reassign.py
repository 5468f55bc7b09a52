"""Changing fields of many agents at once: what may be done to a field, and what comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from . import fieldedit, plans
from .agent import Agent
from .compare import values
from .document import Document, EditRefused
from .plans import Plan
from .schema import BY_NAME, IllegalValue, Value, items_of

BODY = "body"
"""What stands for the prompt among the names of fields."""
UNSET = "unset"
"""What stands for an absent field among values."""


@dataclass(frozen=True, slots=True)
class Assign:
    """A field set to a value, or removed (None)."""

    field: str
    value: Value | None

    def __str__(self) -> str:
        return f"no {self.field}" if self.value is None else f"{self.field}={plans.shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Include:
    """Items added to a list."""

    field: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}+={plans.shown(self.items)}"


@dataclass(frozen=True, slots=True)
class Exclude:
    """Items taken from a list, with their patterns (`Bash` also takes `Bash(git *)`); `*` stands for any text."""

    field: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}-={plans.shown(self.items)}"


@dataclass(frozen=True, slots=True)
class Substitute:
    """A text replaced by another wherever it stands in a field, or in the prompt (`body`)."""

    field: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.field}: {plans.shown(self.old)} → {plans.shown(self.new)}"


Amendment = Assign | Include | Exclude | Substitute


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value of a field stands in some agents, the most frequent first."""

    field: str
    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        return f"{self.field}: {_counted(self.before)} → {_counted(self.after)}"


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{value} {number:,}" for value, number in counts) or "0"


@dataclass(frozen=True, slots=True)
class Reassignment:
    """A plan, with what stands in all agents before, and after in those that are not skipped."""

    plan: Plan
    tallies: tuple[Tally, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The tallies in words, with how many are skipped."""
        skipped = f", skipped {len(self.plan.skipped):,}" if self.plan.skipped else ""
        return tuple(f"{tally}{skipped}" for tally in self.tallies)


def reassign(agents: Sequence[Agent], amendments: Sequence[Amendment]) -> Reassignment:
    """Amend every agent; files that are so already are not touched and not skipped."""
    after: list[Document] = []

    def step(agent: Agent) -> Document:
        document = amended(agent.document, amendments)
        after.append(document)
        return document

    plan = plans.edited(", ".join(map(str, amendments)), agents, step)
    before = [agent.document for agent in agents]
    return Reassignment(plan, tuple(_tally(amendment, before, after) for amendment in amendments))


def amended(document: Document, amendments: Iterable[Amendment]) -> Document:
    """`document` with one amendment after the other; raises `EditRefused`."""
    for amendment in amendments:
        document = _amended(document, amendment)
    return document


def _amended(document: Document, amendment: Amendment) -> Document:
    match amendment:
        case Assign(field, value):
            return plans.assigned(document, {field: value})
        case Include(field, items):
            held = _listed(document, field)
            return _with_items(document, field, (*held, *(item for item in dict.fromkeys(items) if item not in held)))
        case Exclude(field, items):
            return _with_items(document, field, _left(_listed(document, field), items))
        case Substitute(field, old, new):
            return _substituted(document, field, old, new)


def _listed(document: Document, field: str) -> tuple[str, ...]:
    """The items of a list field; raises `EditRefused` where there is no list to change."""
    held = items_of(document.get(field))
    if field == "tools" and (not document.has(field) or "*" in held):
        raise EditRefused("it has every tool: set tools to a list, or add to disallowedTools")
    return held


def _left(held: Iterable[str], gone: Sequence[str]) -> tuple[str, ...]:
    return tuple(item for item in held if not any(_is_meant(item, pattern) for pattern in gone))


def _is_meant(item: str, pattern: str) -> bool:
    return fnmatchcase(item, pattern) or fnmatchcase(item.partition("(")[0], pattern) or item == pattern


def _with_items(document: Document, field: str, items: tuple[str, ...]) -> Document:
    """`document` with these items; a list without any goes, but for tools, where that would grant all of them."""
    if items == items_of(document.get(field)):
        return document
    if items:
        return fieldedit.with_field(document, field, items)
    if field == "tools":
        raise EditRefused("it would be left with no tool at all")
    return fieldedit.without_field(document, field)


def _substituted(document: Document, field: str, old: str, new: str) -> Document:
    if field == BODY:
        return document.with_body(document.body_view.replace(old, new))
    value = document.get(field)
    if not isinstance(value, str) or old not in value:
        return document
    value = value.replace(old, new)
    try:
        meant = BY_NAME[field].parse(value) if field in BY_NAME else value
    except IllegalValue as illegal:
        raise EditRefused(str(illegal)) from None
    return fieldedit.with_field(document, field, meant)


def _tally(amendment: Amendment, before: Iterable[Document], after: Iterable[Document]) -> Tally:
    counts = (Counter(value for document in held for value in _told(document, amendment)) for held in (before, after))
    first, second = (tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))) for count in counts)
    return Tally(amendment.field, first, second)


def _told(document: Document, amendment: Amendment) -> Iterable[str]:
    """The values of a document that an amendment is about."""
    match amendment:
        case Assign(field, _):
            value = document.get(field)
            return (UNSET if value is None else plans.shown(values.text(field, value)),)
        case Include(field, items) | Exclude(field, items):
            held = items_of(document.get(field))
            return [item for item in held if any(_is_meant(item, pattern) for pattern in items)]
        case Substitute(field, old, _):
            text = document.body if field == BODY else document.get(field)
            return [plans.shown(old)] * (text.count(old) if isinstance(text, str) else 0)
