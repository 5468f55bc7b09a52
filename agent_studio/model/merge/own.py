"""What a person writes for a difference themselves: the text to begin with, and the choice that comes of it."""

from __future__ import annotations

from agent_studio.model import schema
from agent_studio.model.compare import Difference, lines, values
from agent_studio.model.compare.values import Written

from .choice import OTHER, Own
from .merging import Merging


def listed(difference: Difference) -> bool:
    """Whether the value is a list of texts, which is written one item on a line."""
    field = difference.field
    sides = (field.left, field.right) if field else ()
    return bool(sides) and all(
        side is None or values.members(difference.name, side.value) is not None for side in sides
    )


def own_text(merging: Merging, number: int) -> str:
    """What the result has for a difference now; where that is nothing, what the other side has."""
    choice = merging.choices.get(number, merging.into)
    difference = merging.difference(number)
    if isinstance(choice, Own):
        return "\n".join(choice.value) if isinstance(choice.value, tuple) else str(choice.value)
    side = merging.into if choice == "both" else choice
    both = (side, OTHER[side])
    if difference.field:
        sides = {"left": difference.field.left, "right": difference.field.right}
        written = next(found for name in both if (found := sides[name]))
        return _value(difference, written)
    return next(text for name in both if (text := _lines(merging, difference, name)))


def _value(difference: Difference, written: Written) -> str:
    if listed(difference):
        return "\n".join(values.members(difference.name, written.value) or ())
    return values.text(difference.name, written.value)


def _lines(merging: Merging, difference: Difference, side: str) -> str:
    assert difference.region is not None
    document = merging.comparison.left if side == "left" else merging.comparison.right
    span = difference.region.left if side == "left" else difference.region.right
    return "\n".join(line.text for line in lines.split(document.body)[slice(*span)])


def own(difference: Difference, text: str) -> Own:
    """The choice of a text that a person wrote; raises `IllegalValue` where the field cannot have it."""
    if difference.field is None:
        return Own(text)
    if listed(difference):
        return Own(tuple(line.strip() for line in text.split("\n") if line.strip()))
    if field := schema.BY_NAME.get(difference.name):
        return Own(field.parse(text))
    for side in (difference.field.left, difference.field.right):
        if side and isinstance(side.value, list | dict):
            raise schema.IllegalValue(f"{difference.name} is nested: take one side, or edit it in the form")
    return Own(text)
