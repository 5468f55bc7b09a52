"""N, B, F: duplicates, fields set in many files, and queries; memory and disk apart."""

from __future__ import annotations

import gc
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from unittest.mock import patch

import yaml

from agent_studio.cli import crew
from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.duplicates import trace
from agent_studio.model.duplicates.finder import LEAST, Finder
from agent_studio.model.duplicates.group import Duplicates
from agent_studio.model.duplicates.index import Index
from agent_studio.model.duplicates.text import alike, runs
from agent_studio.model.duplicates.trace import Key
from agent_studio.model.facts import Facts
from agent_studio.model.library import Library
from agent_studio.model.listing import Listing
from agent_studio.model.query.query import parse
from agent_studio.model.reassign import Amendment, Assign, Include, reassign
from agent_studio.model.ref import Ref, Root
from agent_studio.model.sort import Sort
from agent_studio.store.disk import Store
from benchmarks import peers
from benchmarks.bench import WALL, Bench
from benchmarks.collection import SEED, agents, build, reworded
from benchmarks.figure import Figure, absent, amount, counted, ratio, target
from benchmarks.timing import Work, seconds, single

QUERIES = ("review", "zqx", "model:opus", "-review", "review | model:opus", "tokens:>200", "body:regex:/fi+x.*tests/")
WORDS = "split all into words"


def searched(library: Library) -> Duplicates:
    """All duplicates from nothing: what was read of each prompt before is read again."""
    with from_nothing():
        return Finder().find(library)


@contextmanager
def from_nothing() -> Iterator[None]:
    """Nothing of any prompt is known, and nobody looks for garbage: neither does so in the studio nor in a verb."""
    trace._KNOWN.clear()  # noqa: SLF001  # it outlives a search, as long as its document does
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def met(library: Library) -> Mapping[Key, list[Key]]:
    """The prompts that may be nearly the same by their sketches, from nothing; none of them is held against another."""
    with from_nothing():
        index = Index(LEAST)
        for key, sketch in {trace.trace(agent.document) for agent in library}:
            index.add(key, sketch)
        return {key: index.near(key) for key in index.changed}


def duplicates(bench: Bench, size: int) -> Iterator[Figure]:
    """All duplicates from nothing, by sketches alone and with every share exact, and after one file changed."""
    held = bench.library(size)
    bodies = [agent.document.body for agent in held]
    finder = Finder()
    finder.find(held)
    agent = held.ordered[0]
    numbers = itertools.count()

    def words() -> object:
        return sum(len(body.lower().split()) for body in bodies)  # not kept: those of fifty thousand are gigabytes

    def shared() -> Duplicates:
        with from_nothing():
            return crew.duplicates(held)

    def changed() -> Library:
        text = agent.document.text.replace("e ", f"{next(numbers)} ", 3)
        return held.replaced([replace(agent, document=Document(text.encode()))])

    sketches = bench.paired(lambda: met(held), words).own
    yield amount(f"pairs of {size:,} by sketches, each", single([1e6 * sketches / size]), "µs of processor", 200)
    took = bench.paired(lambda: searched(held), words)
    yield amount(
        f"duplicates of {size:,}, every share exact, each", single([1e6 * took.own / size]), "µs of processor", 200
    )
    yield ratio(f"duplicates of {size:,}", took, WORDS)
    if size == bench.sizes[-1]:
        wall = bench.paired(shared, words, WALL).own
        yield amount(f"duplicates of {size:,}, each, by all processors", single([1e6 * wall / size]), "µs", 200)
    yield ratio(f"one of {size:,} changed since", bench.paired(lambda: finder.find(changed()), words), WORDS)


@target("N1", "near-duplicates of fifty thousand, and that they are found")
def near(bench: Bench) -> Iterator[Figure]:
    for size in sorted({bench.usual, bench.sizes[-1]}):
        yield from duplicates(bench, size)
    hard = _hard(1_000)
    shown = Finder().find(hard)
    found = {frozenset((ref, other)) for ref, others in shown.near.items() for other, _ in others}
    same = (group.refs for group in shown.groups if group.kind in {"identical", "same-body"})
    found |= {frozenset(pair) for refs in same for pair in combinations(refs, 2)}
    truth, close = _truth(hard)
    told = [(agent.ref, trace.trace(agent.document).key) for agent in hard]
    twins = met(hard)
    pairs = {
        frozenset((one, other))
        for (one, key), (other, twin) in combinations(told, 2)
        if key == twin or twin in twins[key]
    }
    yield counted("of the pairs that are alike, met by sketches", len(truth & pairs) / len(truth), "", 0.99, least=True)
    yield counted("of those met, alike or close to it", len(pairs & close) / len(pairs), "", 0.85, least=True)
    yield counted("of the pairs that are alike, found", len(truth & found) / len(truth), "", 0.99, least=True)
    yield counted("of those found, alike", len(found & truth) / len(found), "", 0.85, least=True)


def _hard(count: int) -> Library:
    """Agents, and each of them again with a word in sixty changed, and all its lines broken elsewhere."""
    chance = random.Random(SEED)  # noqa: S311  # the same library every time is the point
    found: dict[Ref, Agent] = {}
    for number, data in enumerate(agents(count // 2)):
        head, _, body = data.decode().partition("\n---")
        words = reworded(body.replace("\r", "").replace("\n", " "), 1 / 60, chance).split(" ")
        again = "\n".join(" ".join(words[at : at + 12]) for at in range(0, len(words), 12))
        for name, text in (("one", data.decode()), ("again", f"{head}\n---\n{again}\n")):
            ref = Ref("folder", f"agent-{number:04}-{name}.md")
            found[ref] = Agent(ref, f"/agents/{ref.path}", Document(text.encode()))
    return Library((Root("folder", "folder", "/agents"),), found)


def _truth(library: Library) -> tuple[set[frozenset[Ref]], set[frozenset[Ref]]]:
    """The pairs that are near-duplicates by every run of words held against every other; and those that nearly are.

    These have four fifths of the share that is asked for, as where the target of sketches was set.
    """
    sets = [(agent.ref, runs(agent.document.body)) for agent in library]
    shares = ((frozenset((one, other)), alike(mine, theirs)) for (one, mine), (other, theirs) in combinations(sets, 2))
    found = {pair: share for pair, share in shares if share >= 0.8 * LEAST}
    return {pair for pair, share in found.items() if share >= LEAST}, set(found)


@target("N2", "near-duplicates beside datasketch, and one against all")
def sketched(bench: Bench) -> Iterator[Figure]:
    held = bench.library(bench.usual)
    lsh = peers.package("datasketch")
    if lsh is None:
        yield absent("duplicates beside datasketch", "datasketch is not there")
    else:
        bodies = [agent.document.body for agent in held]
        took = bench.paired(lambda: searched(held), lambda: _by_datasketch(lsh, bodies))
        yield ratio(f"duplicates of {len(held):,}", took, "datasketch, 64 permutations", 0.4)
    size = bench.sizes[-1]
    held = bench.library(size)
    finder = Finder()
    finder.find(held)
    index = finder._nearness._index  # noqa: SLF001  # one text against the index, as a search asks it
    key = next(iter(index._sketches))  # noqa: SLF001
    asked = [1_000 / 20 * seconds(lambda: [index.near(key) for _ in range(20)]) for _ in range(bench.rounds)]
    yield amount(f"one against {size:,}", single(asked), "ms", 1)


def _by_datasketch(lsh: object, bodies: list[str]) -> int:
    """The pairs that datasketch finds by word 3-grams."""
    index = lsh.MinHashLSH(threshold=0.5, num_perm=64)  # type: ignore[attr-defined]  # a peer, where it is there
    found = 0
    for number, body in enumerate(bodies):
        words = body.lower().split()
        one = lsh.MinHash(num_perm=64)  # type: ignore[attr-defined]
        one.update_batch([" ".join(words[at : at + 3]).encode() for at in range(len(words) - 2)])
        found += len(index.query(one))
        index.insert(number, one)
    return found


@target("F1", "queries, and a word typed letter by letter")
def filters(bench: Bench) -> Iterator[Figure]:
    """A keystroke in the filter: queries from nothing, and a word typed letter by letter."""
    held = bench.library(max(size for size in bench.sizes if size <= 10_000 or size == bench.sizes[0]))
    listed, facts = held.ordered, Facts(held)
    texts = [agent.haystack for agent in listed]
    listing = Listing.of(listed, "", Sort(), None, facts)

    def floor() -> object:
        return [text for text in texts if "review" in text]

    def selected(text: str) -> Work:
        return lambda: parse(text).select(listed, facts)

    def typed() -> None:
        shown = listing
        for end in range(1, 7):
            shown = shown.through("review"[:end], facts)

    for query in QUERIES:
        yield ratio(f"filter {len(held):,} by {query}", bench.paired(selected(query), floor), "look for the word alone")
    yield ratio(f"type review over {len(held):,}", bench.paired(typed, floor), "look for the word alone")


@target("B1", "a field set in all files, in memory")
def bulk(bench: Bench) -> Iterator[Figure]:
    """A field set and a list changed in every agent, in memory."""
    held = [agent for agent in bench.library(bench.usual) if agent.document.fences]
    plan = plans.assign(held, {"color": "purple"})
    touched = [_lines_touched(edit.before, edit.after) for edit in plan.change.edits if edit.before and edit.after]
    one = 100 * sum(count <= 1 for count in touched) / len(held)
    yield counted("files of which one line is touched", one, "%", 100, least=True)
    frontmatter = peers.package("frontmatter")
    if frontmatter is None:
        yield absent("set a color in all", "python-frontmatter is not there")
    else:
        texts = [agent.document.text for agent in held]
        took = bench.paired(lambda: plans.assign(held, {"color": "purple"}), lambda: _dumped(frontmatter, texts))
        yield ratio(f"set a color in {len(held):,}, in memory", took, "python-frontmatter", 0.2)
    heads = [agent.document.text.partition("---\n")[2].partition("---\n")[0] for agent in held]
    for amendment in (Assign("model", "x"), Include("skills", ("x",))):
        took = bench.paired(_amending(held, amendment), lambda: [_reloaded(head) for head in heads])
        yield ratio(f"{amendment} in {len(held):,}, in memory", took, "load and dump YAML")


def _amending(held: list[Agent], amendment: Amendment) -> Callable[[], object]:
    return lambda: reassign(held, [amendment])


def _reloaded(head: str) -> str | None:
    try:
        return str(yaml.dump(yaml.load(head, yaml.CSafeLoader), Dumper=yaml.CSafeDumper))
    except yaml.YAMLError:
        return None


def _dumped(frontmatter: object, texts: list[str]) -> int:
    """How many files python-frontmatter sets a field in."""
    done = 0
    for text in texts:
        try:
            post = frontmatter.loads(text)  # type: ignore[attr-defined]  # a peer, where it is there
        except yaml.YAMLError:
            continue
        post["color"] = "purple"
        done += bool(frontmatter.dumps(post))  # type: ignore[attr-defined]
    return done


def _lines_touched(before: bytes, after: bytes) -> int:
    """How many lines differ: of two texts of which one has a line more, one."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    pairs = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)) - start)
    return max(len(old), len(new)) - start - end


@target("B2", "a field set in all files on the disk, durably")
def durable(bench: Bench) -> Iterator[Figure]:
    folder = build(bench.fresh("bulk"), 1_000)
    store = Store((Root("folder", "folder", str(folder)),))
    colors = itertools.cycle(("red", "blue"))

    def written() -> None:
        store.commit(plans.assign(store.load(), {"color": next(colors)}).change)

    def unsynced() -> None:
        with patch.object(os, "fsync", _nothing), patch.object(os, "fdatasync", _nothing):
            written()

    with patch.dict(os.environ, {"XDG_STATE_HOME": str(bench.fresh("state"))}):
        took = bench.paired(written, unsynced, WALL)
    yield ratio("set a color in 1,000 files", took, "the same without sync", 1.3)
    shutil.rmtree(folder)


def _nothing(_: object = None) -> None:
    """Flush nothing."""
