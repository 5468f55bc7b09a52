"""What is found again after a change is what is found from nothing, and what comparing all with all finds."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.checks import mojibake
from agent_studio.model.checks.subject import judged
from agent_studio.model.document import Document
from agent_studio.model.duplicates import index
from agent_studio.model.duplicates.finder import LEAST, Finder
from agent_studio.model.duplicates.group import Duplicates
from agent_studio.model.duplicates.index import Index
from agent_studio.model.duplicates.text import Sketch
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.duplicates.libraries import TEXT, edited, library, written

Pair = tuple[Ref, Ref]


def runs(agent: Agent) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", mojibake.repaired(agent.document.body).lower())
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def exactly(agents: list[Agent]) -> dict[Pair, float]:
    """The pairs that are nearly the same, every one compared with every other that shares a run."""
    held = [runs(agent) for agent in agents]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, found in enumerate(held):
        for run in found:
            holders[run].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        for pair in combinations(places, 2):
            shared[pair] += 1
    found_pairs = {}
    for (one, other), common in shared.items():
        share = common / (len(held[one]) + len(held[other]) - common)
        if share >= LEAST:
            found_pairs[agents[one].ref, agents[other].ref] = share
    return {(min(pair), max(pair)): share for pair, share in found_pairs.items()}


def pairs(duplicates: Duplicates) -> dict[Pair, float]:
    """The pairs that were found, those with one prompt included."""
    found = {
        (min(ref, other), max(ref, other)): share for ref, near in duplicates.near.items() for other, share in near
    }
    for group in duplicates.groups:
        if group.kind in {"identical", "same-body"}:
            found |= dict.fromkeys(combinations(sorted(group.refs), 2), 1.0)
    return found


TEXTS = [
    "",
    TEXT,
    TEXT.lower(),
    *(edited(TEXT, place) for place in (5, 20, 35, 50)),
    edited(TEXT, 5, 20),
    edited(TEXT, 5, 20, 35),
    " ".join(TEXT.split()[::-1]),
    "Too short to say much.",
    "Too short to say much!",
]
STATES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(range(len(TEXTS))), max_size=8)


def of(state: dict[str, int]) -> Library:
    return library(*(written(f"{name}{text % 3}", TEXTS[text], f"{name}.md") for name, text in state.items()))


@given(st.lists(STATES, min_size=1, max_size=5), st.sampled_from([1, 3, 64]))
def test_what_is_found_after_changes_is_what_is_found_from_nothing(states: list[dict[str, int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_MOST", most)
        finder = Finder()
        for state in states:
            assert finder.find(of(state)) == Finder().find(of(state))


@given(STATES)
def test_near_goes_both_ways_and_the_order_of_reading_does_not_matter(state: dict[str, int]) -> None:
    found = Finder().find(of(state))
    for ref, near in found.near.items():
        assert ref not in dict(near)
        assert all(dict(found.near[other])[ref] == share for other, share in near)
    turned = Finder().find(of(dict(reversed(state.items()))))
    assert {(group.kind, group.refs) for group in turned.groups} == {(group.kind, group.refs) for group in found.groups}
    assert turned.near == found.near


@given(STATES)
def test_it_finds_what_comparing_all_with_all_finds(state: dict[str, int]) -> None:
    held = of(state)
    assert pairs(Finder().find(held)) == pytest.approx(
        exactly([agent for agent in held if judged(agent)]) | _same_short_prompts(held)
    )


def _same_short_prompts(held: Library) -> dict[Pair, float]:
    """Prompts without a run of five words that are the same."""
    short = [agent for agent in held if not runs(agent) and agent.document.body.strip()]
    same = (pair for pair in combinations(short, 2) if pair[0].document.body.strip() == pair[1].document.body.strip())
    return {(min(one.ref, other.ref), max(one.ref, other.ref)): 1.0 for one, other in same}


def test_a_file_is_not_looked_at_again_while_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    held = of({"a": 1, "b": 2, "c": 3})
    finder = Finder()
    first = finder.find(held)
    assert finder.find(held) is first
    looked: list[str] = []

    def sketched(text: str) -> Sketch:
        looked.append(text)
        return Sketch(())

    monkeypatch.setattr("agent_studio.model.duplicates.trace.sketch", sketched)
    agent = written("a", TEXT.upper(), "a.md")
    finder.find(held.replaced([agent]))
    assert looked == [agent.document.body]


def test_a_search_that_was_ended_goes_on() -> None:
    class Enough(Exception):
        pass

    def enough(done: int, of: int) -> None:
        raise Enough

    held = of({"a": 1, "b": 2, "c": 3, "d": 4})
    finder = Finder()
    with pytest.raises(Enough):
        finder.find(held, enough)
    assert finder.find(held) == Finder().find(held)


def test_many_that_share_a_run_are_all_held_against_the_first() -> None:
    crowd = Index(0.5)
    keys = [bytes([number]) for number in range(1, 200)]
    for key in keys:
        crowd.add(key, Sketch((1, 2)))
    assert crowd.near(keys[0]) == keys[1:]
    assert crowd.near(keys[100]) == keys[:1]
    crowd.changed.clear()
    crowd.add(b"\0", Sketch((1, 2)))
    assert crowd.changed == {b"\0", *keys}
    for key in keys[60:]:
        crowd.discard(key)
    assert crowd.near(keys[0]) == [b"\0", *keys[1:60]]


def of_corpus(corpus: Path) -> Library:
    found = [path for path in sorted(corpus.rglob("*.md")) if path.is_file()]
    refs = {Ref("corpus", path.relative_to(corpus).as_posix()): path for path in found}
    agents = {ref: Agent(ref, str(path), Document(path.read_bytes())) for ref, path in refs.items()}
    return Library((Root("corpus", "folder", str(corpus)),), agents)


def test_real_files_all_pairs_and_no_other(corpus: Path) -> None:
    held = of_corpus(corpus)
    expected = exactly([agent for agent in held if judged(agent)])
    found = pairs(Finder().find(held))
    assert len(expected) > 100
    assert len(expected.keys() & found.keys()) >= 0.98 * max(len(expected), len(found))
    assert all(found[pair] == pytest.approx(expected[pair]) for pair in expected.keys() & found.keys())


def test_every_family_of_real_files(corpus: Path) -> None:
    held = of_corpus(corpus)
    duplicates = Finder().find(held)
    families: dict[str, list[Ref]] = defaultdict(list)
    with (corpus / "MANIFEST.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            ref = Ref("corpus", row["path"])
            for word in row["classes"].split():
                if word.startswith("near-duplicate-cluster:"):
                    families[word].append(ref)
                elif word == "byte-identical":
                    families[row["sha256"]].append(ref)
                elif word.startswith("family:") and (agent := held.get(ref)) and agent.reading.name:
                    families[f"{word} {agent.reading.name}"].append(ref)
    real = [refs for refs in families.values() if len(refs) > 1]
    assert len(real) > 30
    for refs in real:
        assert any(set(refs) <= set(group.refs) for group in duplicates.groups), refs


def test_the_two_samples_of_one_name_are_not_joined_by_their_text(corpus: Path) -> None:
    held = of_corpus(corpus / "seeds")
    refs = {ref for ref in held.agents if ref.path.endswith("backend-engineer.md")}
    (group,) = (group for group in Finder().find(held).groups if refs & set(group.refs))
    assert (group.kind, set(group.refs)) == ("same-name", refs)
    assert group.similarity < 0.05
