"""A comparison as text: by field and section, line by line or word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from agent_studio.cli import output
from agent_studio.cli.output import ADDED, BOLD, DIM, PLACE, REMOVED, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.table import cells
from agent_studio.model.compare import Cell, Comparison, Row, rows
from agent_studio.model.compare.fields import FieldPair
from agent_studio.model.compare.words import Owner, merged

Shape = Literal["sections", "fields", "word"]
Printed = Iterator[list[Piece]]

_SIGNS = {"left": ("-", REMOVED), "right": ("+", ADDED)}
_SAID = {"left": "only in a", "right": "only in b"}
_CONTEXT = 1
"""Equal lines shown around what differs."""


def compared(comparison: Comparison, names: Sequence[str], shape: Shape) -> Printed:
    """A comparison line by line, most of what is equal left out."""
    yield [Piece(plain_line(f"--- {names[0]}"), BOLD)]
    yield [Piece(plain_line(f"+++ {names[1]}"), BOLD)]
    width = max([4, *(cells(plain_line(field.name)) for field in comparison.fields)])
    for field in comparison.fields:
        yield from _field(field, width, shape)
    yield [Piece(f"  {'body':<{width}}  {_summary(comparison)}", DIM)]
    if shape != "fields":
        for place, found in _by_section(comparison):
            yield [Piece(_span(found), PLACE), Piece(plain_line(_heading(comparison, place, found)), BOLD)]
            for row in rows.folded([row for row in found if row.section is None or row.status != "same"], _CONTEXT):
                yield from _row(row, "", shape)


def _field(field: FieldPair, width: int, shape: Shape) -> Printed:
    """A field that is the same on one line, one that differs with what it was and what it is."""
    name = plain_line(field.name)
    label = name + " " * (width - cells(name)) + "  "
    if field.status == "same":
        yield [Piece(f"  {label}the same{' but for its spelling' * field.respelled}", DIM)]
        return
    for row in rows.folded(rows.field_rows(field, 1), _CONTEXT, kept=1):
        yield from _row(row, label, shape)


def _row(row: Row, label: str, shape: Shape) -> Printed:
    """One row; of a field, its name on the first one."""
    pad = " " * cells(label)
    if row.kind == "fold":
        elsewhere = " there" * row.moved
        yield [Piece(f"  {pad}⋯ {len(row.folded)} lines the same{elsewhere}", DIM)]
    elif row.status == "same":
        cell = row.left or row.right
        yield _line("  ", label if cell and cell.label else pad, DIM, _pieces(cell, DIM if label else ""))
    elif shape == "word":
        yield from _by_word(row, label, pad)
    else:
        for cell, (sign, style) in zip((row.left, row.right), _SIGNS.values(), strict=True):
            if cell:
                yield _line(f"{sign} ", label if cell.label else pad, style, _pieces(cell, style))


def _line(sign: str, label: str, style: str, pieces: Iterator[Piece]) -> list[Piece]:
    """A line; where it has no text, no blanks at its end either."""
    found = list(pieces)
    return [Piece(sign + label if found else (sign + label).rstrip(), style), *found]


def _pieces(cell: Cell | None, style: str) -> Iterator[Piece]:
    """The text of a cell; what the other side lacks is bold."""
    for piece in cell.pieces if cell else ():
        yield Piece(piece.text, f"{BOLD};{style}" if piece.changed else style)


def _by_word(row: Row, label: str, pad: str) -> Printed:
    """A row as one line of both sides, if words can be told apart."""
    left, right = row.left, row.right
    sides: tuple[tuple[Owner, Cell | None], ...] = (("left", left), ("right", right))
    first = label if (left and left.label) or (right and right.label) else pad
    found = merged(left.pieces if left else (), right.pieces if right else ())
    within = row.moved or row.status == "changed"
    alone = [_alone(cell, side, within) for side, cell in sides if cell]
    for parts in [found] if left and right and found else alone:
        yield _line("  ", first, "", (_marked(text, side) for side, text in parts))


def _alone(cell: Cell, side: Owner, within: bool) -> list[tuple[Owner, str]]:
    """A line of one side alone, `within` it the words that the other side lacks."""
    if within:
        return [(side if piece.changed else "both", piece.text) for piece in cell.pieces]
    text = "".join(piece.text for piece in cell.pieces)
    return [(side, text)] if text else []


def _marked(text: str, side: Owner) -> Piece:
    """Words of one side: in its color, without color between marks."""
    if side == "both":
        return Piece(text)
    sign, style = _SIGNS[side]
    return Piece(text, style) if output.in_color() else Piece(f"{{{sign}{text}{sign}}}")


def _by_section(comparison: Comparison) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each section in which anything differs, by its place among the sections."""
    place, found = 0, list[Row]()
    for row in rows.line_rows(comparison.lines, comparison.first, 0):
        if row.section is not None:
            yield from _differing(place, found)
            place, found = row.section, []
        found.append(row)
    yield from _differing(place, found)


def _differing(place: int, found: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    texts = [
        piece.text
        for row in found
        if row.status != "same"
        for cell in (row.left, row.right)
        if cell
        for piece in cell.pieces
    ]
    if any(map(str.strip, texts)):
        yield place, found


def _span(found: Sequence[Row]) -> str:
    """The lines of a section in both files, as a patch spells them."""
    sides = (
        [cell.number for cell in cells if cell and cell.number]
        for cells in zip(*((r.left, r.right) for r in found), strict=True)
    )
    spelled = (f"{numbers[0]},{len(numbers)}" if numbers else "0,0" for numbers in sides)
    return "@@ -{} +{} @@ ".format(*spelled)


def _heading(comparison: Comparison, place: int, found: Sequence[Row]) -> str:
    """A section's heading, and what became of it."""
    pair = comparison.sections[place]
    section = pair.left or pair.right
    assert section is not None
    title = f"{'#' * section.level} {section.heading}" if section.level else "above the first heading"
    said = [_SAID.get(pair.status, pair.status)]
    if pair.moved and pair.left and pair.right:
        first, other = comparison.first
        here = found[0].left is not None
        said = [f"moved to line {other + pair.right.start}" if here else f"moved from line {first + pair.left.start}"]
    if pair.changed and pair.status in {"moved", "renamed"}:
        said.append("changed")
    return f"{title}  ({', '.join(said)})"


def _summary(comparison: Comparison) -> str:
    """What there is to say about the bodies in one line."""
    lines = comparison.lines
    if lines.same:
        return "the same"
    counts = Counter(pair.status for pair in comparison.sections if pair.status != "same")
    said = [f"{count} {_SAID.get(status, status)}" for status, count in counts.items()]
    found = f"+{lines.added} −{lines.removed} lines, {alike(comparison.similarity)} alike"
    return f"{found}; sections: {', '.join(said)}" if len(comparison.sections) > 1 else found


def alike(similarity: float) -> str:
    """How alike two bodies are, in whole percents; 100 only where nothing differs."""
    return "100%" if similarity == 1 else f"{min(round(similarity * 100), 99)}%"
