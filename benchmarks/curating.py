"""Measure what curating many agents takes, each figure against a floor of the same run."""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable
from dataclasses import replace

import yaml

from agent_studio.model.document import Document
from agent_studio.model.duplicates.finder import Finder
from agent_studio.model.facts import Facts
from agent_studio.model.library import Library
from agent_studio.model.listing import Listing
from agent_studio.model.query.query import parse
from agent_studio.model.reassign import Amendment, Assign, Include, reassign
from agent_studio.model.sort import Sort
from benchmarks.library import library
from benchmarks.timing import paired

Row = tuple[str, float, float, str]
"""What was measured, median seconds, median ratio, and against what."""
QUERIES = ("review", "zqx", "model:opus", "-review", "review | model:opus", "tokens:>200", "body:regex:/fi+x.*tests/")


def duplicates(held: Library) -> list[Row]:
    """All duplicates from nothing, and after one file changed."""
    bodies = [agent.document.body for agent in held]
    finder = Finder()
    finder.find(held)
    agent = held.ordered[0]
    numbers = itertools.count()

    def words() -> object:
        return [body.lower().split() for body in bodies]

    def changed() -> Library:
        text = agent.document.text.replace("e ", f"{next(numbers)} ", 3)
        return held.replaced([replace(agent, document=Document(text.encode()))])

    return [
        (f"duplicates of {len(held):,}", *paired(lambda: Finder().find(held), words), "split all into words"),
        ("one file changed since", *paired(lambda: finder.find(changed()), words), "split all into words"),
    ]


def filters(held: Library) -> list[Row]:
    """A keystroke in the filter: queries from nothing, and a word typed letter by letter."""
    agents, facts = held.ordered, Facts(held)
    texts = [agent.haystack for agent in agents]
    listing = Listing.of(agents, "", Sort(), None, facts)

    def floor() -> object:
        return [text for text in texts if "review" in text]

    def selected(text: str) -> Callable[[], object]:
        return lambda: parse(text).select(agents, facts)

    def typed() -> None:
        shown = listing
        for end in range(1, 7):
            shown = shown.through("review"[:end], facts)

    rows = [(f"filter by {query}", *paired(selected(query), floor), "look for the word alone") for query in QUERIES]
    return [*rows, ("type review, six keys", *paired(typed, floor), "look for the word alone")]


def bulk(held: Library) -> list[Row]:
    """A field set and a list changed in every agent, in memory."""
    agents = held.ordered
    heads = [agent.document.text.partition("---\n")[2].partition("---\n")[0] for agent in agents]

    def floor() -> None:
        for head in heads:
            yaml.dump(yaml.load(head, yaml.CSafeLoader), Dumper=yaml.CSafeDumper)

    def amending(amendment: Amendment) -> Callable[[], object]:
        return lambda: reassign(agents, [amendment])

    amendments = (Assign("model", "x"), Include("skills", ("x",)))
    return [
        (f"{amendment} in all", *paired(amending(amendment), floor), "load and dump YAML") for amendment in amendments
    ]


def main() -> None:
    """Make the libraries, measure, print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.curating", description=__doc__)
    parser.add_argument("--files", type=int, nargs="*", default=[1_000, 10_000], help="sizes (default 1000 10000)")
    for count in parser.parse_args().files:
        held = library(count)
        for agent in held:
            assert agent.verdict.loads
        print(f"{count:,} files, medians of rounds run in turn with the floor")
        for what, seconds, ratio, against in (*duplicates(held), *filters(held), *bulk(held)):
            print(f"{what:<40} {seconds * 1000:9.2f} ms {ratio:8.2f} × {against}")


if __name__ == "__main__":
    main()
