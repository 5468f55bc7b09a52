"""What came of a run: as a table, as JSON, beside an earlier run, and as a part of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.figure import Figure, targets

Results = Mapping[str, list[Figure]]
"""Target -> what was measured for it."""

TIMED, COUNTED = 0.3, 0.02
"""The share by which a figure may be worse than before: of one that is timed, and of one that is counted."""
BEGIN, END = "<!-- figures: made by `make bench` -->", "<!-- figures end -->"


def line(id: str, figure: Figure) -> str:
    """A figure as a row of the table."""
    limit = "" if figure.limit is None or figure.absent else f"{'≥' if figure.least else '≤'} {_number(figure.limit)}"
    against = f"of {figure.against}" if figure.against else ""
    spread = f"{_number(figure.low)}–{_number(figure.high)}" if figure.rounds else ""
    value = "" if figure.absent else f"{_number(figure.value)} {figure.unit}"
    return f"{id:<3} {figure.what:<48} {value:>16} {spread:>14} {limit:>8}  {verdict(figure):<12} {against}".rstrip()


def verdict(figure: Figure) -> str:
    """Whether a figure holds its target, in words."""
    if figure.absent:
        return f"not measured: {figure.absent}"
    if figure.held is None:
        return ""
    return "held" if figure.held else f"missed, {100 * figure.missed:+.0f} %" if figure.limit else "missed"


def _number(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 0.095 and value else f"{value:.2f}" if abs(value) < 9.95 else f"{value:,.0f}"


def markdown(results: Results) -> str:
    """The figures as a table in Markdown."""
    rows = ["| | what | measured | of | target | |", "| - | --- | -: | --- | -: | --- |"]
    for id, figures in results.items():
        rows += (_row(id, figure) for figure in figures)
    return "\n".join(rows)


def _row(id: str, figure: Figure) -> str:
    value = "" if figure.absent else f"{_number(figure.value)} {figure.unit}".strip()
    limit = "" if figure.limit is None else f"{'≥' if figure.least else '≤'} {_number(figure.limit)}"
    said = verdict(figure)
    shown = f"**{said}**" if figure.held is False else said
    return f"| {id} | {figure.what} | {value} | {figure.against} | {limit} | {shown} |"


def fell_back(results: Results, before: Results) -> list[str]:
    """What is worse than in an earlier run, by more than the spread of both explains, in words."""
    found: list[str] = []
    for id, figures in results.items():
        known = {(figure.what, figure.against): figure for figure in before.get(id, ())}
        for figure in figures:
            old = known.get((figure.what, figure.against))
            if old is not None and _is_worse(figure, old):
                found.append(
                    f"{id} {figure.what}: {_number(old.value)} → {_number(figure.value)} {figure.unit}".rstrip()
                )
    return found


def _is_worse(figure: Figure, old: Figure) -> bool:
    if figure.absent or old.absent:
        return False
    allowed = TIMED if figure.rounds else COUNTED
    if figure.least:
        return figure.high < old.low * (1 - allowed)
    return figure.low > old.high * (1 + allowed)


def gone(results: Results, before: Results) -> list[str]:
    """What an earlier run measured for the same targets, and this one did not."""
    return [
        f"{id} {figure.what}"
        for id in results
        for figure in before.get(id, ())
        if not figure.absent and figure.what not in {new.what for new in results[id] if not new.absent}
    ]


def save(path: Path, results: Results, said: str) -> None:
    """Write figures as JSON."""
    told = {id: [_told(figure) for figure in figures] for id, figures in results.items()}
    path.write_text(json.dumps({"said": said, "figures": told}, indent=1, ensure_ascii=False) + "\n")


def _told(figure: Figure) -> dict[str, object]:
    usual = asdict(Figure(""))
    found = {name: value for name, value in asdict(figure).items() if value != usual[name]}
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in found.items()}


def load(path: Path) -> dict[str, list[Figure]]:
    """The figures that were written as JSON; none where there is no such file."""
    if not path.is_file():
        return {}
    return {id: [Figure(**one) for one in figures] for id, figures in json.loads(path.read_text())["figures"].items()}


def summary(results: Results) -> str:
    """How many targets are held."""
    verdicts = [figure.held for figure in _all(results)]
    skipped = sum(bool(figure.absent) for figure in _all(results))
    told = f"{verdicts.count(True)} held, {verdicts.count(False)} missed"
    return f"{told}, {skipped} not measured" if skipped else told


def _all(results: Results) -> Iterable[Figure]:
    return [figure for figures in results.values() for figure in figures]


def paged(page: str, results: Results, said: str) -> str:
    """A page with its part between the markers made anew."""
    above, _, rest = page.partition(BEGIN)
    _, _, below = rest.partition(END)
    return f"{above}{BEGIN}\n\n{said}: {summary(results)}.\n\n{markdown(results)}\n\n{END}{below}"


def ordered(results: Results) -> dict[str, list[Figure]]:
    """The figures in the order in which targets are declared."""
    return {target.id: results[target.id] for target in targets() if target.id in results}
