"""The colors of agents."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import palette
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.palette import ORDER, balanced, clashes, recolored, together, usage
from agent_studio.model.schema import COLORS
from tests.model.documents import agent, headed


def colored(name: str, color: str | None = None, body: str = "Body.\n") -> Agent:
    return agent(headed(f"name: {name}\ndescription: d\n" + (f"color: {color}\n" if color else ""), body), f"{name}.md")


def after(agents: list[Agent]) -> list[str | None]:
    """The colors of agents when they are balanced and written."""
    plan = recolored(agents, balanced(agents))
    documents = {edit.ref: Document(edit.after or b"") for edit in plan.change.edits}
    return [replace(held, document=documents.get(held.ref, held.document)).reading.color for held in agents]


def test_every_color_has_its_place() -> None:
    assert sorted(ORDER) == sorted(COLORS)


def test_who_has_which() -> None:
    agents = [colored("a", "red"), colored("b"), colored("c", "red"), colored("d", "mauve")]
    assert {color: [held.name for held in of] for color, of in usage(agents).items()} == {
        "red": ["a", "c"],
        None: ["b"],
        "mauve": ["d"],
    }
    assert next(iter(usage(agents))) == "red"


def test_a_few_all_differ_and_keep_what_they_can() -> None:
    agents = [colored("a", "red"), colored("b", "red"), colored("c"), colored("d", "mauve"), colored("e", "cyan")]
    assert after(agents) == ["red", "blue", "yellow", "orange", "cyan"]
    assert balanced([colored(str(n), color) for n, color in enumerate(COLORS)]) == {}


def test_many_share_the_colors_evenly_but_not_with_those_that_they_speak_of() -> None:
    agents = [colored(f"agent-{number}", body=f"Then ask agent-{(number + 8) % 24}.\n") for number in range(24)]
    found = after(agents)
    assert set(Counter(found).values()) == {3}
    assert all(found[number] != found[(number + 8) % 24] for number in range(24))


def test_who_is_used_together() -> None:
    few = [colored("a"), colored("b"), colored("c")]
    assert len(together(few)) == 3
    many = [
        *(colored(f"x-{number}") for number in range(8)),
        colored("the-boss", body="Hand it to `x-3`, or to @tester.\n"),
        colored("tester", body="You report to the-boss; x is no agent, and testers neither.\n"),
    ]
    assert [(one.name, other.name) for one, other in together(many)] == [("x-3", "the-boss"), ("the-boss", "tester")]


def test_clashes() -> None:
    agents = [colored("a", "red"), colored("b", "red"), colored("c"), colored("d"), colored("e", "mauve")]
    assert [(one.name, other.name) for one, other in clashes([*agents, colored("f", "mauve")])] == [("a", "b")]


def test_locked_agents_keep_theirs_and_others_give_way() -> None:
    locked = replace(colored("a", "red"), read_only=True)
    bare = replace(colored("b"), read_only=True)
    assert after([colored("c", "red"), locked, bare]) == ["blue", "red", None]


def test_of_equal_colors_the_one_that_others_have_less() -> None:
    assert balanced([colored("a")], [colored("b", "blue")]) == {colored("a").ref: "yellow"}


def test_the_title() -> None:
    agents = [colored("a"), colored("b", "red")]
    assert recolored(agents, balanced(agents)).change.title == "balance the colors of a"


@given(st.lists(st.sampled_from([None, *COLORS, "mauve"]), max_size=20))
def test_balanced_once_is_balanced(colors: list[str | None]) -> None:
    agents = [colored(f"agent-{number}", color) for number, color in enumerate(colors)]
    found = after(agents)
    assert set(found) <= set(palette.ORDER)
    counts = Counter(found)
    share = -(-len(agents) // len(ORDER))
    assert all(number <= share for number in counts.values())
    assert balanced([colored(f"agent-{number}", color) for number, color in enumerate(found)]) == {}
