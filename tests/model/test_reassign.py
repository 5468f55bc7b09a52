"""Changing fields of many agents at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.document import Document, EditRefused
from agent_studio.model.reassign import Amendment, Assign, Exclude, Include, Substitute, amended, reassign
from agent_studio.model.schema import items_of
from tests.model.documents import agent, document, headed, named


def text(header: str, amendment: Amendment, body: str = "Body.\n") -> str:
    """What a header with this field becomes, without the fences and the first fields."""
    before = headed(f"name: a\ndescription: b\n{header}", body)
    return amended(before, [amendment]).text.removeprefix("---\nname: a\ndescription: b\n").partition("---\n")[0]


@pytest.mark.parametrize(
    ("header", "amendment", "after"),
    [
        ("model: opus\n", Assign("model", "sonnet"), "model: sonnet\n"),
        ("model: opus\n", Assign("model", None), ""),
        ("tools: Read, Grep\n", Include("tools", ("Bash",)), "tools: Read, Grep, Bash\n"),
        ("tools: Read\n", Include("tools", ("Bash", "Read", "Bash")), "tools: Read, Bash\n"),
        ("tools: [Read]\n", Include("tools", ("Bash",)), "tools: [Read, Bash]\n"),
        ("tools:\n  - Read\n", Include("tools", ("Bash",)), "tools:\n  - Read\n  - Bash\n"),
        ("tools: []\n", Include("tools", ("Bash",)), "tools: [Bash]\n"),
        ("tools: Read, Bash, Grep\n", Exclude("tools", ("Bash",)), "tools: Read, Grep\n"),
        ("tools: Read, Bash(git *), mcp__a__b\n", Exclude("tools", ("Bash", "mcp__*")), "tools: Read\n"),
        ("tools: Read, Bash(git *), Bash\n", Exclude("tools", ("Bash(git *)",)), "tools: Read, Bash\n"),
        ("tools: Read # why\n", Exclude("tools", ("Bash",)), "tools: Read # why\n"),
        ("skills: a\n", Exclude("skills", ("a",)), ""),
        ("", Include("skills", ("a", "b")), "skills: a, b\n"),
        ("", Include("disallowedTools", ("Bash",)), "disallowedTools: Bash\n"),
        (
            "initialPrompt: use yarn, yarn\n",
            Substitute("initialPrompt", "yarn", "pnpm"),
            "initialPrompt: use pnpm, pnpm\n",
        ),
        ("initialPrompt: x\n", Substitute("initialPrompt", "yarn", "pnpm"), "initialPrompt: x\n"),
        ("skills: yarn\nmaxTurns: 3\n", Substitute("maxTurns", "3", "4"), "skills: yarn\nmaxTurns: 3\n"),
    ],
)
def test_one_field(header: str, amendment: Amendment, after: str) -> None:
    assert text(header, amendment) == after


@pytest.mark.parametrize(
    ("header", "amendment", "words"),
    [
        ("", Include("tools", ("Bash",)), "every tool"),
        ("tools: '*'\n", Exclude("tools", ("Bash",)), "every tool"),
        ("tools: Bash\n", Exclude("tools", ("Bash",)), "no tool at all"),
        ("", Substitute("description", "b", ""), "cannot be empty"),
        ("", Substitute("name", "a", "-x"), "cannot start"),
        ("color: red\n", Substitute("color", "re", "ma"), "color takes red"),
    ],
)
def test_what_would_not_mean_what_it_says_is_refused(header: str, amendment: Amendment, words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        text(header, amendment)


def test_a_text_in_the_prompt_keeps_line_ends_and_everything_else() -> None:
    before = document(b"---\r\nname: yarn\r\n---\r\nRun yarn.\r\nyarn \xff on\nyarn")
    after = amended(before, [Substitute("body", "yarn", "pnpm")])
    assert after.data == b"---\r\nname: yarn\r\n---\r\nRun pnpm.\r\npnpm \xff on\npnpm"
    assert amended(before, [Substitute("body", "Run yarn.\n", "")]).body_view == "yarn \ufffd on\nyarn"


def test_a_text_that_would_become_a_header_is_refused() -> None:
    with pytest.raises(EditRefused, match="frontmatter"):
        amended(document("# No header\n"), [Substitute("body", "# No header", "---\nname: x\n---")])


MANY = (
    named("a", extra="model: opus\ntools: Read, Bash\n"),
    named("b", extra="model: opus\ntools: Bash\n"),
    named("c", extra="model: sonnet\n"),
    replace(named("d", extra="model: opus\n"), read_only=True),
    named("e"),
)


def test_what_is_changed_skipped_and_counted() -> None:
    found = reassign(MANY, [Assign("model", "sonnet")])
    assert [edit.ref.stem for edit in found.plan.change.edits] == ["a", "b", "e"]
    assert [(skip.ref.stem, skip.reason) for skip in found.plan.skipped] == [("d", "read-only")]
    assert found.plan.change.title == "model=sonnet"
    assert found.words == ("model: opus 3, sonnet 1, unset 1 → sonnet 4, skipped 1",)


def test_counts_of_items_and_texts() -> None:
    found = reassign(MANY, [Exclude("tools", ("Bash",)), Assign("color", "red")])
    assert found.words == (
        "tools: Bash 2 → 0, skipped 4",
        "color: unset 5 → red 1, skipped 4",
    )
    assert found.plan.change.title == "tools-=Bash, color=red"
    (tally,) = reassign(MANY[:2], [Substitute("body", "Body", "Text")]).tallies
    assert str(tally) == "body: Body 2 → 0"


def test_an_agent_is_amended_as_a_whole_or_not_at_all() -> None:
    found = reassign([MANY[1]], [Assign("model", "haiku"), Exclude("tools", ("Bash",))])
    assert not found.plan.change
    assert found.plan.skipped[0].reason == "it would be left with no tool at all"


ITEMS = st.lists(st.sampled_from(["Read", "Bash", "Grep", "Bash(git *)", "mcp__a__b"]), max_size=4, unique=True)


@given(ITEMS, ITEMS, st.sampled_from(["skills: {}\n", "skills: [{}]\n"]))
def test_added_and_taken_away_again(held: list[str], items: list[str], spelled: str) -> None:
    before = headed(f"name: a\ndescription: b\n{spelled.format(', '.join(held)) if held else ''}")
    new = tuple(item for item in items if item not in held)
    after = amended(before, [Include("skills", tuple(items))])
    assert items_of(after.get("skills")) == (*held, *new)
    assert amended(after, [Include("skills", tuple(items))]) == after
    gone = amended(after, [Exclude("skills", ("Bash", "mcp__*"))])
    assert [item for item in items_of(gone.get("skills")) if item.startswith(("Bash", "mcp"))] == []
    assert {item for item in (*held, *new) if item in {"Read", "Grep"}} == set(items_of(gone.get("skills")))


def test_what_is_no_agent_file_is_skipped() -> None:
    found = reassign([agent("# Readme\n", "README.md"), agent(b"\x00", "x.md")], [Include("skills", ("a",))])
    assert len(found.plan.skipped) == 2
    assert isinstance(MANY[0].document, Document)
