"""The fields that the host knows: what a person may type, and what a file may hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.schema import BY_NAME, COLORS, FIELDS, ORDER, Field, IllegalValue, Value, items_of, split_list
from tests.model.documents import headed
from tests.model.headers import texts

KNOWN = (
    "name description tools disallowedTools model color permissionMode memory maxTurns skills mcpServers hooks"
    " background effort isolation initialPrompt omitClaudeMd autoCompactWindow observer observerMessage experimental"
)


def test_every_field_of_the_host_is_there_in_its_order() -> None:
    assert [field.name for field in FIELDS] == KNOWN.split()
    assert sorted(ORDER, key=ORDER.__getitem__) == KNOWN.split()
    assert all(field.help and field.default for field in FIELDS)
    assert {field.name for field in FIELDS if field.required} == {"name", "description"}


def test_fields_that_do_not_count_in_a_plugin() -> None:
    ignored = {field.name for field in FIELDS if field.plugin == "ignored"}
    assert {"hooks", "permissionMode", "mcpServers"} <= ignored
    assert not ignored & {"name", "description", "tools", "model", "color", "memory"}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        *(("", ()), ("  ", ()), (",", ()), ("Read", ("Read",)), ("Read,Grep", ("Read", "Grep"))),
        ("Read Grep", ("Read", "Grep")),
        *(("Read, Grep ,", ("Read", "Grep")), ("Bash(a b, c)", ("Bash(a b, c)",))),
        ("Bash(a) Read", ("Bash(a)", "Read")),
        *(("Bash(a(b) c), d", ("Bash(a(b)", "c)", "d")), ("Bash(a b", ("Bash(a b",)), ("Read\tGrep", ("Read\tGrep",))),
        *(("Read\nGrep", ("Read\nGrep",)), ("Read; Grep", ("Read;", "Grep")), ("All tools", ("All", "tools"))),
        *(("\tRead\t, Grep\n", ("Read", "Grep")), (")Read,(x,y)", (")Read", "(x,y)"))),
    ],
)
def test_a_comma_text_is_split_as_the_host_splits_it(text: str, items: tuple[str, ...]) -> None:
    assert split_list(text) == items


@given(
    st.lists(st.from_regex(r"[A-Za-z_]+(\([a-z:*, ]*\))?", fullmatch=True)), st.sampled_from([",", ", ", " ", " , "])
)
def test_joined_items_are_split_again(items: list[str], separator: str) -> None:
    assert split_list(separator.join(items)) == tuple(items)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        *((["Read", "Grep"], ("Read", "Grep")), (["Read, Grep", "Bash(a b)"], ("Read", "Grep", "Bash(a b)"))),
        *((["Read", 5, None, ["x"], {"a": 1}], ("Read",)), ([], ()), (None, ()), (5, ()), (True, ())),
        ({"Read": 1}, ()),
        *((("Read",), ("Read",)), ("", ()), ("*", ("*",))),
    ],
)
def test_items_of_a_value(value: object, items: tuple[str, ...]) -> None:
    assert items_of(value) == items


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("name", "code-reviewer", "code-reviewer"),
        ("name", "Über Agent/x", "Über Agent/x"),
        ("name", "😀" * 128, "😀" * 128),
        ("description", " ", " "),
        ("tools", "Read, Grep", ("Read", "Grep")),
        ("tools", "", ()),
        ("model", "sonnet", "sonnet"),
        ("model", "claude-opus-4-1[1m]", "claude-opus-4-1[1m]"),
        ("color", "red", "red"),
        ("permissionMode", "acceptEdits", "acceptEdits"),
        ("memory", "project", "project"),
        ("maxTurns", "5", 5),
        ("maxTurns", "0012", 12),
        ("background", "true", True),
        ("background", "false", False),
        ("effort", "high", "high"),
        ("effort", "XHigh", "XHigh"),
        ("effort", "12", 12),
        ("isolation", "remote", "remote"),
        ("autoCompactWindow", "100000", 100_000),
        ("omitClaudeMd", "true", True),
        ("observer", "a, b", "a, b"),
        ("initialPrompt", "", ""),
    ],
)
def test_what_a_person_may_type(field: str, text: str, value: Value) -> None:
    parsed = BY_NAME[field].parse(text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(
            ("name", ""),
            ("name", "-x"),
            ("name", "a:b"),
            ("name", "x" * 257),
            ("name", "😀" * 129),
            ("description", ""),
        ),
        *(("model", ""), ("color", "Red"), ("color", "magenta"), ("color", "#ff0000"), ("color", "")),
        ("color", " red"),
        *(("permissionMode", "AcceptEdits"), ("permissionMode", ""), ("memory", "User"), ("memory", "yes")),
        *(("maxTurns", "0"), ("maxTurns", "-1"), ("maxTurns", "1.5"), ("maxTurns", "five"), ("maxTurns", "")),
        ("maxTurns", "٣"),
        *(("background", "yes"), ("background", "1"), ("background", "True"), ("effort", "extreme"), ("effort", "")),
        *(("isolation", "docker"), ("autoCompactWindow", "99999"), ("hooks", "{}"), ("mcpServers", "x")),
    ],
)
def test_what_is_refused_with_a_reason(field: str, text: str) -> None:
    with pytest.raises(IllegalValue, match=field if field != "name" else "name"):
        BY_NAME[field].parse(text)


def test_a_refusal_says_what_is_taken_and_what_would_come_of_it() -> None:
    with pytest.raises(IllegalValue) as caught:
        BY_NAME["color"].parse("magenta")
    assert all(color in str(caught.value) for color in COLORS)
    assert "silently" in str(caught.value)


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        *(("maxTurns: 5", True), ("maxTurns: '5'", True), ("maxTurns: 0", False), ("maxTurns: true", False)),
        *(("maxTurns: [5]", False), ("maxTurns: 1.5", False), ("background: true", True), ("background: 'true'", True)),
        *(("background: yes", False), ("background: 1", False), ("color: red", True), ("color: Red", False)),
        *(("color: [red]", False), ("color: 5", False), ("memory: user", True), ("memory: User", False)),
        *(("effort: HIGH", True), ("effort: 3", True), ("effort: wild", False), ("model: anything", True)),
        ("model: 5", False),
        *(("permissionMode: plan", True), ("permissionMode: Plan", False), ("autoCompactWindow: 100000", True)),
        *(("autoCompactWindow: 5", False), ("isolation: worktree", True), ("tools: 5", True), ("hooks: x", True)),
        *(("name: 5", False), ("name: -x", False), ("description: [a]", False), ("description: ''", False)),
    ],
)
def test_what_a_file_may_hold(line: str, fine: bool) -> None:
    field = line.partition(":")[0]
    problem = BY_NAME[field].problem(headed(f"{line}\n").get(field))
    assert (problem is None) == fine
    assert problem is None or len(problem) > 10


@given(
    st.sampled_from([field for field in FIELDS if field.kind != "yaml"]),
    st.one_of(texts, st.from_regex(r"-?[0-9]{1,7}")),
)
def test_what_may_be_typed_may_stand_in_a_file(field: Field, text: str) -> None:
    try:
        value = field.parse(text)
    except IllegalValue:
        return
    assert field.problem(list(value) if isinstance(value, tuple) else value) is None
