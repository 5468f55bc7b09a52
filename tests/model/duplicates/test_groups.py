"""Which agents belong together, who wins, and what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.finder import Finder
from agent_studio.model.duplicates.group import Duplicates, Group
from agent_studio.model.duplicates.nearness import Nearness
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.documents import agent
from tests.model.duplicates.libraries import PROJECT, TEXT, USER, edited, library, written


def found(*agents: Agent) -> Duplicates:
    return Finder().find(library(*agents))


def told(duplicates: Duplicates) -> list[tuple[str, list[str]]]:
    return [(group.kind, [str(ref) for ref in group.refs]) for group in duplicates.groups]


def only(*agents: Agent) -> Group:
    (group,) = found(*agents).groups
    return group


OTHER = " ".join(TEXT.split()[::-1])


def test_nothing_in_common() -> None:
    assert found(written("a", TEXT), written("b", OTHER), written("c", "")) == Duplicates()


def test_the_same_name() -> None:
    group = only(written("a", TEXT, extra="model: opus\nx: 1\n"), written("a", OTHER, "b.md", "user", "tools: Read\n"))
    assert (group.kind, group.similarity) == ("same-name", 0)
    assert group.refs == (Ref("project", "a.md"), Ref("user", "b.md"))
    assert (group.winner, group.why) == (Ref("project", "a.md"), "wins over user:b.md")
    assert group.differs == ("tools", "model", "x", "body")


def test_the_same_bytes() -> None:
    one = written("a", TEXT)
    twin = replace(one, ref=Ref("user", "a.md"), path="/user/a.md")
    assert told(found(one, twin)) == [
        ("same-name", ["project:a.md", "user:a.md"]),
        ("identical", ["project:a.md", "user:a.md"]),
    ]
    assert {(group.similarity, group.differs) for group in found(one, twin).groups} == {(1, ())}


def test_the_same_prompt_below_another_header() -> None:
    windows = TEXT.replace(". ", ".\r\n")
    group = only(written("a", windows + "\r\n\r\n"), written("b", windows.replace("\r\n", "\n")))
    assert (group.kind, group.similarity, group.differs) == ("same-body", 1, ("name", "description"))
    assert (group.winner, group.why) == (None, "all are loaded, by names of their own")


def test_nearly_the_same() -> None:
    group = only(written("a", TEXT), written("b", edited(TEXT, 30)), written("c", OTHER))
    runs = len(TEXT.split()) - 4
    assert (group.kind, group.refs) == ("near", (Ref("project", "a.md"), Ref("project", "b.md")))
    assert group.similarity == pytest.approx((runs - 5) / (runs + 5))
    assert group.differs == ("name", "description", "body")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace(" ", "\n"),
        TEXT.upper(),
        TEXT.replace(".", " —").replace(",", "…"),
        TEXT.replace(". ", ".\n\n- "),
        TEXT.replace("others wrote", "others wrote \u00e2\u20ac\u201d"),
    ],
)
def test_the_same_words_are_nearly_the_same_however_they_stand(text: str) -> None:
    group = only(written("a", TEXT), written("b", text))
    assert (group.kind, group.similarity) == ("near", 1)


def test_damage_by_a_wrong_encoding_does_not_count() -> None:
    right = TEXT.replace("what", "où").replace("others", "naïve élèves")
    group = only(written("a", right), written("b", right.encode().decode("mac-roman")))
    assert (group.kind, group.similarity) == ("near", 1)


def test_a_chain_is_one_group() -> None:
    texts = [TEXT, edited(TEXT, 30), edited(TEXT, 30, 40), edited(TEXT, 20, 30, 40)]
    agents = [written(f"a{number}", text) for number, text in enumerate(texts)]
    group = only(*agents)
    assert len(group.refs) == 4
    assert 0.8 <= group.similarity < 1
    near = found(*agents).near
    assert [str(ref) for ref, _ in near[agents[1].ref]] == ["project:a0.md", "project:a2.md"]
    assert agents[3].ref not in {ref for ref, _ in near[agents[0].ref]}


def test_what_a_stronger_kind_says_is_not_said_again() -> None:
    one = written("a", TEXT)
    twin = replace(one, ref=Ref("project", "twin.md"), path="/project/twin.md")
    headed, changed = written("b", TEXT), written("c", edited(TEXT, 30))
    kinds = [group.kind for group in found(one, twin).groups]
    assert kinds == ["same-name", "identical"]
    assert told(found(one, twin, headed, changed))[1:] == [
        ("identical", ["project:a.md", "project:twin.md"]),
        ("same-body", ["project:a.md", "project:b.md", "project:twin.md"]),
        ("near", ["project:a.md", "project:b.md", "project:c.md", "project:twin.md"]),
    ]


def test_what_is_no_agent_or_empty_has_no_duplicates() -> None:
    readme = agent("# Readme\n\n" + TEXT, "README.md")
    again = agent("# Readme\n\n" + TEXT, "x/README.md")
    assert found(readme, again, written("a", "\n"), written("b", " ")) == Duplicates()


def test_parked_and_dropped_files_count() -> None:
    parked, dropped = written("a", TEXT, "a.md.parked"), agent(f"---\nname: b\n---\n{TEXT}", "b.md")
    group = only(parked, dropped)
    assert (group.kind, group.winner, group.why) == ("same-body", None, "none of them is loaded")
    assert only(written("a", TEXT), dropped).why == "the only one of them that is loaded"


def test_folders_that_no_session_sees_together() -> None:
    one, other = Root("one", "folder", "/one"), Root("two", "folder", "/two")
    agents = [written("a", TEXT, root="one"), written("a", OTHER, root="two")]
    (group,) = Finder().find(Library((one, other), {held.ref: held for held in agents})).groups
    assert (group.winner, group.why) == (None, "all are loaded, but never together")


def test_of_and_kinds() -> None:
    one, other, third = written("a", TEXT), written("b", TEXT), written("c", OTHER)
    duplicates = found(one, other, third)
    assert duplicates.of(one.ref) == duplicates.groups
    assert duplicates.of(third.ref) == ()
    assert duplicates.kinds == {one.ref: {"same-body"}, other.ref: {"same-body"}}


def test_another_threshold() -> None:
    agents = library(written("a", TEXT), written("b", edited(TEXT, 10, 20, 30, 40)))
    assert Finder().find(agents).groups == ()
    (group,) = Finder(Nearness(0.3)).find(agents).groups
    assert 0.3 < group.similarity < 0.8
    assert (PROJECT.name, USER.name) == ("project", "user")
