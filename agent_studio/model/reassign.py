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
    after = [Counter[str]() for _ in amendments]

    def step(agent: Agent) -> Document:
        document = amended(agent.document, amendments)
        for amendment, count in zip(amendments, after, strict=True):  # at once: nobody needs the document any more
            count.update(_told(document, amendment))
        return document

    plan = plans.edited(", ".join(map(str, amendments)), agents, step)
    before = [Counter(value for agent in agents for value in _told(agent.document, one)) for one in amendments]
    counts = zip(amendments, before, after, strict=True)
    return Reassignment(plan, tuple(Tally(one.field, _ranked(old), _ranked(new)) for one, old, new in counts))


def _ranked(count: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one agent, in few words (none: it is so already), or why it is left alone."""

    agent: Agent
    words: str
    skipped: str | None = None


def outcomes(agents: Iterable[Agent], amendments: Sequence[Amendment], plan: Plan) -> tuple[Outcome, ...]:
    """What a plan does to each agent: first those that are left alone, last those that are so already."""
    changed = {edit.ref: Document(edit.after) for edit in plan.change.edits if edit.after is not None}
    skipped = {skip.ref: skip.reason for skip in plan.skipped}

    def outcome(agent: Agent) -> Outcome:
        after = changed.get(agent.ref)
        if after is None:
            return Outcome(agent, "", skipped.get(agent.ref))
        return Outcome(agent, "; ".join(filter(None, (_effect(agent.document, after, one) for one in amendments))))

    found = map(outcome, agents)
    return tuple(sorted(found, key=lambda one: 0 if one.skipped is not None else 1 if one.words else 2))


def _effect(before: Document, after: Document, amendment: Amendment) -> str:
    """What an amendment has done to a document."""
    match amendment:
        case Assign(field, _):
            return f"{value_of(before, field)} → {value_of(after, field)}"
        case Include(field, _) | Exclude(field, _):
            old, new = (items_of(document.get(field)) for document in (before, after))
            signed = [f"+{item}" for item in new if item not in old] + [f"-{item}" for item in old if item not in new]
            return plans.shown(" ".join(signed))
        case Substitute():
            return f"{len([*_told(before, amendment)]):,} × {amendment}"


def value_of(document: Document, field: str) -> str:
    """The value of a field in few words, `unset` where there is none."""
    value = document.body_view if field == BODY else document.get(field)
    return UNSET if value is None else plans.shown(values.text(field, value))


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


def _told(document: Document, amendment: Amendment) -> Iterable[str]:
    """The values of a document that an amendment is about."""
    match amendment:
        case Assign(field, _):
            return (value_of(document, field),)
        case Include(field, items) | Exclude(field, items):
            held = items_of(document.get(field))
            return [item for item in held if any(_is_meant(item, pattern) for pattern in items)]
        case Substitute(field, old, _):
            text = document.body if field == BODY else document.get(field)
            return [plans.shown(old)] * (text.count(old) if isinstance(text, str) else 0)
