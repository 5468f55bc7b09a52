"""The filter language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.duplicates.group import Duplicates, Group
from agent_studio.model.facts import NOTHING, Facts, Found, Need
from agent_studio.model.library import Library
from agent_studio.model.query.qualifiers import EVERY, QUALIFIERS
from agent_studio.model.query.query import parse
from agent_studio.model.ref import Root
from agent_studio.model.sort import Sort
from tests.model.documents import agent, headed, named

AGENTS = (
    named("code-reviewer", extra="model: sonnet\ncolor: red\n"),
    named("api-designer", extra="model: Opus\ncolor: Blue\n"),
    named("tester", "x/test.md", "user", extra="color:\n"),
    agent("# Readme\n", "README.md"),
)


def found(text: str, agents: tuple[Agent, ...] = AGENTS, facts: Facts = NOTHING) -> list[str]:
    parsed = parse(text)
    assert not parsed.mistakes, parsed.mistakes
    names = [held.name for held in agents if parsed.matches(held, facts)]
    assert [held.name for held in parsed.select(agents, facts)] == names
    return names


ALL = ["code-reviewer", "api-designer", "tester", "README"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        *(("", ALL), ("  ", ALL), ("review", ["code-reviewer"]), ("REVIEW", ["code-reviewer"]), ("nothing at all", [])),
        *(("what", ALL[:3]), ("api does", ["api-designer"]), ("cdrv", ["code-reviewer"]), ("rdoc", []), ("z", [])),
        *(('"what api"', ["api-designer"]), ('"api what"', []), ('"what api', ["api-designer"])),
        *(("-review", ["api-designer", "tester", "README"]), ("what -api", ["code-reviewer", "tester"])),
        *(("-what -readme", []), ('-"what api"', ["code-reviewer", "tester", "README"])),
        *(("!review", ["api-designer", "tester", "README"]), ("what !api", ["code-reviewer", "tester"])),
        *(("-cdrv", ALL), ("'cdrv", []), ("'review", ALL[:1]), ('\'"what api"', ["api-designer"])),
        *(("^code", ALL[:1]), ("^what", []), ("er$", ALL[:3]), ("^tester$", ["tester"]), ("^test$", [])),
        *(("!^code", ALL[1:]), ("!er$", ALL[3:]), ("^CODE", ALL[:1])),
        *(("review | api", ALL[:2]), ("review|api", ALL[:2]), ("review | api | tester", ALL[:3])),
        *(("model:opus | model:sonnet what", ALL[:2]), ("what -api | readme", ["code-reviewer", "tester"])),
        *(("| review", ALL[:1]), ("review |", ALL[:1]), ("|", ALL), ("review | | api", ALL[:2])),
        *(("-", ALL), ("!", ALL), ("'", ALL), ("^", ALL), ("$", ALL), ('"', ALL), ('""', ALL), ("regex://", ALL)),
        ("code-rev", ALL[:1]),
        *(("model:sonnet", ALL[:1]), ("model:SONNET,opus", ALL[:2]), ("MODEL:opus", ALL[1:2])),
        *(("model:unset", ALL[2:]), ("model:set", ALL[:2]), ("model:son*", ALL[:1]), ("model:*n*,opus", ALL[:2])),
        *(("model:sonnet,unset", ["code-reviewer", "tester", "README"]), ("-model:unset", ALL[:2]), ("model:son", [])),
        *(("!model:unset", ALL[:2]), ('model:"opus"', ALL[1:2])),
        *(("color:red", ALL[:1]), ("color:blue", ALL[1:2]), ("color:unset", ALL[2:]), ("-color:red", ALL[1:])),
        *(("scope:user", ["tester"]), ("scope:project", ["code-reviewer", "api-designer", "README"])),
        ("scope:unset", []),
        *(("name:rev", ALL[:1]), ("desc:api", ALL[1:2]), ("desc:unset-not", []), ("name:readme", ["README"])),
        *(("desc:unset", ALL[3:]), ('desc:"unset"', []), ("path:x/test", ["tester"]), ("path:user:", ["tester"])),
        *(('desc:"what api"', ALL[1:2]), ("model:sonnet color:red what", ALL[:1]), ("model:sonnet color:blue", [])),
        *(("model:sonnet,", ALL[:1]), ("e\u0301", []), ("(", []), (".*", []), ("\\", [])),
        *(("body:body", ALL[:3]), ("body:regex:/^#\\s*read/", ALL[3:]), ("regex:/^model: (opus|haiku)$/", ALL[1:2])),
        *(("name:regex:/^(code|api)-/", ALL[:2]), ("-name:regex:/^(code|api)-/ what", ["tester"])),
        *(("regex:/code reviewer|code-reviewer/ model:sonnet", ALL[:1]), (r"path:regex:/x\/t/", ["tester"])),
        *(("has:color", ALL[:3]), ("has:colour", []), ("-has:color", ALL[3:])),
        *(("sort:name", ALL), ("group:model review", ALL[:1])),
    ],
)
def test_what_matches(text: str, names: list[str]) -> None:
    assert found(text) == names


def with_fields(extra: str) -> Agent:
    return named("it", extra=extra)


@pytest.mark.parametrize(
    ("extra", "text", "matches"),
    [
        *(("tools: Read, Bash\n", "tools:bash", True), ("tools: Read, Bash\n", "tools:edit,bash", True)),
        *(("tools: Read\n", "tools:bash", False), ("tools: Read\n", "-tools:bash", True), ("", "tools:bash", False)),
        *(("", "tools:all", True), ("tools: '*'\n", "tools:all", True), ("tools: Read\n", "tools:all", False)),
        *(("", "tools:unset", True), ("tools: '*'\n", "tools:unset", False), ("tools: []\n", "tools:none", True)),
        *(("tools: Bash(git *)\n", "tools:bash", True), ("tools: mcp__hub__get\n", "tools:mcp__*", True)),
        *(("disallowedTools: Bash\n", "disallowedtools:bash", True), ("skills: [a, b]\n", "skills:b", True)),
        *(("permissionMode: plan\n", "permissionMode:plan", True), ("", "permissionmode:unset", True)),
        *(("background: true\n", "background:true", True), ("effort: 3\n", "effort:3", True)),
        *(("maxTurns: 12\n", "maxTurns:>10", True), ("maxTurns: 12\n", "maxTurns:<=10", False)),
        *(("maxTurns: 12\n", "maxTurns:10..12", True), ("maxTurns: 12\n", "maxTurns:12", True)),
        *(("", "maxTurns:<10", False), ("", "maxTurns:unset", True), ("maxTurns: 12\n", "maxTurns:set", True)),
        *(("hooks:\n  Stop: []\n", "hooks:stop", True), ("", "hooks:unset", True)),
        *(("hooks:\n  Stop: []\n", "hooks:unset", False), ("initialPrompt: Go on\n", 'initialprompt:"go on"', True)),
        ("description: 'Other words'\n", "description:words", True),
        *(("category: x\n", "has:category", True), ("category: x\n", "has:cat*", True)),
    ],
)
def test_fields(extra: str, text: str, matches: bool) -> None:
    assert found(text, (with_fields(extra),)) == ["it"] * matches


DAY = 86_400.0


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        *(("tokens:>0", True), ("tokens:>1k", False), ("body-tokens:2", True), ("body-tokens:<2", False)),
        *(("lines:>=5", True), ("lines:>5", False), ("lines:1..4", False), ("bytes:100", True), ("bytes:<0.1k", False)),
        *(("age:<7d", True), ("age:<5d", False), ("age:>1w", False), ("age:6", True), ("age:5", False)),
        *(("age:6d", True), ("age:144h", True), ("age:2d..1mo", True), ("age:>1y", False), ("age:<1m", False)),
    ],
)
def test_numbers(text: str, matches: bool) -> None:
    held = replace(agent(headed("name: it\ndescription: x\n", "Say it.\n")), mtime=4 * DAY, size=100)
    assert found(text, (held,), Facts(now=10 * DAY)) == ["it"] * matches


def test_an_agent_without_a_time_has_no_age() -> None:
    assert found("age:>0d", AGENTS, Facts(now=DAY)) == []
    assert found("age:unset", AGENTS, Facts(now=DAY)) == ALL


def test_what_is_known_beside_the_files() -> None:
    one, other, third = AGENTS[:3]
    facts = Facts(
        marks={one.ref},
        drafts={other.ref, third.ref},
        outside={third.ref},
        problems={
            one.ref: [Found("L002", "loads-by-fallback", "warning")],
            other.ref: [Found("S030", "secret", "high")],
        },
        duplicates=Duplicates((Group("near", (one.ref, third.ref), 0.9, None, ""),)),
    )
    names = ALL[:3]
    for text, expected in {
        "is:marked": names[:1],
        "is:dirty": names[1:],
        "is:outside": names[2:],
        "is:dup": [names[0], names[2]],
        "is:marked,outside": [names[0], names[2]],
        "-is:dup": [names[1], "README"],
        "dup:near": [names[0], names[2]],
        "dup:identical": [],
        "rule:L002": names[:1],
        "rule:l,secret": names[:2],
        "severity:high": names[1:2],
        "severity:high,warning": names[:2],
        "severity:error": [],
    }.items():
        assert found(text, AGENTS, facts) == expected, text
        assert found(text, AGENTS) == [] or text.startswith("-")


def test_states() -> None:
    user, project = Root("user", "user", "/user"), Root("project", "project", "/project")
    held = (
        named("one"),
        named("one", "one.md", "user"),
        replace(named("locked"), read_only=True),
        named("idle", "idle.md.parked"),
        agent("---\nname: [\n---\n", "broken.md"),
        agent("---\nname: repaired\ndescription: a: b\n---\n", "repaired.md"),
        named("lossy", extra="color: mauve\n"),
    )
    facts = Facts(Library((project, user), {one.ref: one for one in held}))
    for text, names in {
        "is:shadowed": ["user:one.md"],
        "is:active": ["project:one.md", "project:locked.md", "project:repaired.md", "project:lossy.md"],
        "is:readonly": ["project:locked.md"],
        "is:parked": ["project:idle.md.parked"],
        "is:broken": ["project:broken.md"],
        "is:dropped": ["project:broken.md"],
        "is:tolerated": ["project:repaired.md"],
        "is:degraded": ["project:lossy.md"],
        "is:loads": ["project:one.md", "user:one.md", "project:locked.md"],
        "scope:user": ["user:one.md"],
    }.items():
        assert [str(one.ref) for one in parse(text).select(held, facts)] == names, text


def test_two_files_of_one_name_in_one_folder_are_undefined() -> None:
    held = (named("one"), named("one", "two.md"))
    facts = Facts(Library((Root("project", "project", "/project"),), {one.ref: one for one in held}))
    assert parse("is:undefined").select(held, facts) == held


@pytest.mark.parametrize(
    ("text", "span", "words"),
    [
        *(("colour:red", "colour:red", "did you mean color?"), ("http://x", "http://x", "no filter is called http")),
        *(("x -y:z", "-y:z", "is called y"), ("model:", "model:", "model: wants a value")),
        *(("a name:,", "name:,", "wants a value"), ('desc:"" b', 'desc:""', "wants a value")),
        *(("is:odd", "is:odd", "dup"), ("severity:bad", "severity:bad", "error"), ("dup:x", "dup:x", "near")),
        *(("tokens:many", "tokens:many", ">200"), ("age:<7x", "age:<7x", "<7d"), ("lines:", "lines:", "wants a value")),
        *(
            ("sort:x", "sort:x", "scope"),
            ("group:x", "group:x", "folder"),
            ("regex:abc", "regex:abc", "between slashes"),
        ),
        *((r"body:regex:/(a)\1/ x", r"body:regex:/(a)\1/", "remembered"), ("regex:/a(/", "regex:/a(/", "not closed")),
        *(("model:regex:/x/", "model:regex:/x/", "takes values"), ("a|b:c", "b:c", "is called b")),
    ],
)
def test_what_cannot_be_understood_is_said_and_left_out(text: str, span: str, words: str) -> None:
    parsed = parse(text)
    (mistake,) = parsed.mistakes
    assert text[mistake.start : mistake.end] == span
    assert words in str(mistake)
    assert len(mistake.message) < 70
    rest = text.replace(span, "").replace("|", "")
    assert parsed.select(AGENTS) == parse(rest).select(AGENTS)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_qualifier_wants_a_value(name: str) -> None:
    for text in (f"{name}:", f"{name}: x", f'{name}:""'):
        assert [mistake.message for mistake in parse(text).mistakes] == [f"{name}: wants a value"]


def test_unknown_qualifiers_are_told_the_known_ones() -> None:
    (mistake,) = parse("quux:1").mistakes
    assert mistake.message == "no filter is called quux"
    assert all(name in mistake.hint for name in QUALIFIERS)


@given(st.text(alphabet="ab-:,\" \tmodeluns\\(.*\u00df\u0130!'^$|/regx>0"))
def test_any_text_is_a_query(text: str) -> None:
    parsed = parse(text)
    assert parsed.text == text
    assert all(0 <= mistake.start < mistake.end <= len(text) for mistake in parsed.mistakes)
    assert parsed.select(AGENTS) == tuple(held for held in AGENTS if parsed.matches(held))


@given(st.sampled_from(["'review", "model:sonnet", "color:unset", "name:a", "desc:what", '"what api"', "^a", "r$"]))
def test_a_minus_turns_a_test_round(text: str) -> None:
    for sign in "-!":
        assert sorted([*found(text), *found(f"{sign}{text}")]) == sorted(ALL)


def test_letters_in_order_are_found_where_they_stand_more_than_once() -> None:
    held = named("a" * 30)
    assert parse("a" * 8).matches(held)
    assert not parse("a" * 8 + "b").matches(held)
    assert parse("bab").matches(named("abba-bb"))
    assert not parse("babab").matches(named("abba-bb"))
    assert not parse("a[]^d").matches(named("abcd"))


WORDS = [
    "",
    "a",
    "ap",
    "api",
    "what",
    "what ap",
    "what api",
    "model:opus",
    "model:opus a",
    "a | b",
    "a | bc",
    "-a",
    "-ap",
]


@given(st.sampled_from(WORDS) | st.text("apw -|'^"), st.sampled_from(WORDS) | st.text("apw -|'^"))
def test_a_query_that_narrows_another_finds_no_more(text: str, before: str) -> None:
    query, wider = parse(text), parse(before)
    if query.narrows(wider):
        assert set(query.select(AGENTS)) <= set(wider.select(AGENTS))


@pytest.mark.parametrize(
    ("text", "before", "narrows"),
    [
        *(
            ("apis", "api", True),
            ("api", "apis", False),
            ("x apis", "x api", True),
            ("x api", "x", True),
            ("x", "", True),
        ),
        *(("ap", "a", True), ("api", "ap", False)),  # three letters are also found apart
        *(("-api", "-ap", False), ("a | b", "a", False), ("a", "a | b", False), ("^api", "^ap", False)),
        *(("model:opus", "model:opu", False), ("model:opus x", "model:opus", True), ("y ap", "x ap", False)),
    ],
)
def test_narrowing(text: str, before: str, narrows: bool) -> None:
    assert parse(text).narrows(parse(before)) == narrows


def test_names_come_first_and_letters_alone_last() -> None:
    letters, said, called = named("a-p-i"), named("other", extra="description: an api\n"), named("rest-api")
    held = (letters, said, called)
    query = parse("api")
    assert query.select(held) == held
    assert query.ranked(held) == (called, said, letters)
    assert parse("model:unset").ranked(held) == held


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("a model:b", set()),
        ("is:loads", set()),
        ("is:marked | -is:dirty", {"marks", "drafts"}),
        ("is:dup", {"duplicates"}),
        ("dup:near rule:L", {"duplicates", "problems"}),
        ("age:<2d", {"now"}),
        ("sort:problems group:duplicates", {"problems", "duplicates"}),
        ("sort:name group:model", set()),
    ],
)
def test_what_a_query_needs(text: str, needs: set[Need]) -> None:
    assert parse(text).needs == needs


def test_how_it_is_shown() -> None:
    parsed = parse("x sort:-tokens group:model")
    assert (parsed.sort, parsed.group) == (Sort("tokens", reverse=True), "model")
    assert parse("-sort:tokens").sort == parsed.sort
    assert (parse("x").sort, parse("x").group) == (None, None)
