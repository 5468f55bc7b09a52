"""The host's reading of a document: verdicts and reasons, name, description, model, color, tools."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.document import LARGEST
from agent_studio.model.hosts import claude_code
from agent_studio.model.hosts.claude_code import Scoped
from agent_studio.model.hosts.tools import TOOLS
from agent_studio.model.hosts.verdict import Verdict
from agent_studio.model.schema import FIELDS
from tests.model.documents import document, headed

START = "name: a\ndescription: d\n"


def verdict(header: str) -> Verdict:
    return claude_code.read(headed(header)).verdict


@pytest.mark.parametrize(
    "header",
    [
        *(START, "description: d\nname: a\n", "name: A b/c\ndescription: ' '\n", '{"name": "a", "description": "d"}\n'),
        *(START + "unknown: x\n", START + "model: gpt-5\n", START + "tools: Read\n", START + "hooks:\n"),
        START + "tools: '*'\n",
        *("name: 'yes'\ndescription: 'no'\n", "name: yes\ndescription: 2024-01-01\n", START + "hooks: {}\n"),
    ],
)
def test_loads(header: str) -> None:
    assert verdict(header) == Verdict("loads")
    assert verdict(header).loads


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("name: a\n", "no description"),
        ("description: d\n", "no name"),
        ("name:\ndescription: d\n", "no name"),
        ("name: ''\ndescription: d\n", "no name"),
        ("name: 0\ndescription: d\n", "no name"),
        ("name: a\ndescription: ''\n", "no description"),
        ("name: 5\ndescription: d\n", "not text"),
        ("name: true\ndescription: d\n", "not text"),
        ("name: [a]\ndescription: d\n", "a list"),
        ("name: {a: b}\ndescription: d\n", "a mapping"),
        ("name: a\ndescription: 5\n", "the number 5"),
        ("name: a\ndescription: true\n", "true or false"),
        ("name: '-x'\ndescription: d\n", "'-'"),
        ("name: 'a:b'\ndescription: d\n", "':'"),
        (f"name: {'x' * 257}\ndescription: d\n", "256"),
        *((f"{START}hooks: {value}\n", "hooks") for value in ("text", "[a]", "[]", "5")),
        (f"{START}...\ntools: Read\n", "`...` on line 4"),
        ("- a\n- b\n", "not made of fields"),
        ("name: a\ndescription: Examples:\n", "YAML"),
        ("name: 'open\ndescription: d\n", "YAML"),
        ('name: a\ndescription: "x" y\n', "line 3"),
    ],
)
def test_dropped(header: str, words: str) -> None:
    found = verdict(header)
    assert found.status == "dropped"
    assert words in (found.reason or "")
    assert not found.loads


@pytest.mark.parametrize("event", ["PreToolUse", "PermissionRequest"])
@pytest.mark.parametrize(
    "hooks",
    [
        *("text", "{matcher: x}", "[{matcher: x}]", "[{matcher: x, hooks: y}]", "[{hooks: [{command: x}]}]"),
        *("[{hooks: [{type: nonsense}]}]", "[{hooks: [{type: command}]}]", "[{hooks: [{type: [a]}]}]", "[[a]]"),
    ],
)
def test_unusable_hooks_before_tools_drop_the_agent(event: str, hooks: str) -> None:
    assert verdict(f"{START}hooks:\n  {event}: {hooks}\n").status == "dropped"


@pytest.mark.parametrize(
    "hooks",
    [
        *("PreToolUse:", "PostToolUse: text", "Nonsense: text", "Stop: [{hooks: [{type: nonsense}]}]"),
        *("PreToolUse: [{matcher: Bash, hooks: [{type: command, command: x}]}]", "PermissionRequest: []"),
    ],
)
def test_other_hooks_do_not_drop_it(hooks: str) -> None:
    assert verdict(f"{START}hooks:\n  {hooks}\n").loads


GOOD: dict[str, dict[str, object]] = {
    "command": {"command": "x"},
    "prompt": {"prompt": ""},
    "agent": {"prompt": "p"},
    "http": {"url": "https://a"},
    "mcp_tool": {"server": "s", "tool": "t"},
}


def before_tools(hook: dict[str, object], **beside: object) -> str:
    """The frontmatter of an agent with one hook before tools."""
    return f"{START}hooks: {json.dumps({'PreToolUse': [{'hooks': [hook], **beside}]})}\n"


@pytest.mark.parametrize("kind", GOOD)
def test_each_type_of_hook_needs_its_keys(kind: str) -> None:
    good = {"type": kind, **GOOD[kind]}
    assert verdict(before_tools(good)).status == "loads"
    for key in good:
        assert verdict(before_tools({name: value for name, value in good.items() if name != key})).status == "dropped"
        assert verdict(before_tools(good | {key: 5})).status == "dropped"


@pytest.mark.parametrize(
    ("kind", "more", "loads"),
    [
        *[(kind, {"timeout": 1.5, "once": True, "if": "", "statusMessage": "x", "other": 5}, True) for kind in GOOD],
        *[(kind, {"timeout": bad}, False) for kind in GOOD for bad in (0, -1, "5", None, True)],
        ("command", {"args": ["a"], "async": False, "shell": "bash"}, True),
        *(("command", more, False) for more in ({"args": [1]}, {"async": 1}, {"shell": "zsh"})),
        ("prompt", {"async": 1, "args": 5}, True),
        *(("http", {"url": bad}, False) for bad in ("nope", "", "http://")),
        *(("http", {"url": good}, True) for good in ("ftp://a", "a:b", "localhost:80", "file:///x")),
        ("http", {"headers": {"a": 1}}, False),
        ("mcp_tool", {"input": []}, False),
    ],
)
def test_other_keys_of_a_hook(kind: str, more: dict[str, object], loads: bool) -> None:
    assert verdict(before_tools({"type": kind, **GOOD[kind], **more})).loads == loads


@pytest.mark.parametrize(("matcher", "loads"), [("", True), ("(", True), (None, False), (5, False), ([], False)])
def test_matchers(matcher: object, loads: bool) -> None:
    hook: dict[str, object] = {"type": "command", "command": "x"}
    assert verdict(before_tools(hook, matcher=matcher)).loads == loads


@pytest.mark.parametrize("hooks", ["Nonsense: []", "Stop: text", "Stop: [{hooks: [{type: nonsense}]}]"])
def test_hooks_that_are_ignored_degrade_it(hooks: str) -> None:
    found = verdict(f"{START}hooks:\n  {hooks}\n")
    assert found.status == "degraded"
    assert "ignored" in (found.reason or "")


@pytest.mark.parametrize("value", ["", "''", "0", "false", "~", ".nan"])
def test_hooks_that_are_nothing_are_ignored(value: str) -> None:
    assert verdict(f"{START}hooks: {value}\n").loads


@pytest.mark.parametrize(
    ("data", "status"),
    [
        *((b"", "dropped"), (b"# Readme\n", "not-agent"), (b"---\ntitle: x\n---\n", "dropped")),
        *((b"---\n---\n", "dropped"), (b"# Reviewer\n\nYou are a reviewer.\n", "dropped")),
        *((b"Begin so:\n```\nYou are a reviewer.\n```\n", "not-agent"), (b"If you are a reviewer\n", "not-agent")),
        *((b"```\nx\n```\nYour task is to review.\n", "dropped"), (b"```\n---\nname: a\n---\n```\n", "dropped")),
        *((b"# A\n\n---\nname: a\n---\n", "dropped"), (b"# A\n```\nname: a\n```\n", "not-agent")),
        *((b"---\nname: a\n", "dropped"), (b"\n---\nname: a\n---\n", "dropped"), (b"\x00\x01", "dropped")),
        *(("---\nname: a\n---\n".encode("utf-16"), "dropped"), (b"---\n- a\n---\n", "dropped")),
    ],
)
def test_files_without_a_usable_frontmatter(data: bytes, status: str) -> None:
    found = claude_code.read(document(data)).verdict
    assert found.status == status
    assert found.reason


@pytest.mark.parametrize(("size", "loads"), [(LARGEST, True), (LARGEST + 1, False)])
def test_the_largest_file_that_is_read(size: int, loads: bool) -> None:
    start = f"---\n{START}---\n".encode()
    assert claude_code.read(document(start + b"x" * (size - len(start)))).verdict.loads == loads


@pytest.mark.parametrize("header", ["name: a\ndescription: Use when: x\n", "name: a\ndescription: d\nx: a: b\n"])
def test_tolerated(header: str) -> None:
    found = verdict(header)
    assert found.status == "tolerated"
    assert found.loads
    assert "repairs" in (found.reason or "")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tools:", "no tool"),
        ("tools: []", "no tool"),
        ("tools: 5", "tools is no list of names"),
        ("color: Red", "color"),
        ("color: magenta", "color"),
        ("memory: yes", "memory"),
        ("memory: true", 'memory "true" does not count, it is off: memory takes user'),
        ("permissionMode: [plan]", 'permissionMode "[plan]" does not count'),
        ("maxTurns: 0", "maxTurns"),
        ("background: yes", "background"),
        ("permissionMode: yolo", "permissionMode"),
        ("isolation: docker", "isolation"),
        ("effort: wild", "effort"),
        ("model: [a]", "model"),
        ("tools: read, grep", "cannot be started"),
        ("tools: Bash(a", "cannot be started"),
        ("tools: Read\ndisallowedTools: Read", "takes all of its tools away"),
        ("allowed-tools: Read", "tools is"),
        ("Tools: Read", "tools is"),
        ("modle: opus", "model is"),
        ("color: red\ncolor: blue", "color stands 2 times"),
    ],
)
def test_degraded(line: str, words: str) -> None:
    found = verdict(f"{START}{line}\n")
    assert found.status == "degraded"
    assert words in (found.reason or "")
    assert found.loads


@pytest.mark.parametrize("line", ["version: 1", "mode: subagent", "category: x", "note: x", "memory: user # mine"])
def test_what_is_no_loss(line: str) -> None:
    assert verdict(f"{START}{line}\n").status == "loads"


def test_a_comment_that_cuts_a_description_is_told() -> None:
    read = claude_code.read(headed("name: a\ndescription: Fix issue #12 or # 13\n"))
    assert read.description == "Fix issue"
    assert '"#12 or # 13" never reaches the model' in read.losses[0].words


def test_all_losses_are_told_the_worst_first() -> None:
    read = claude_code.read(headed(f"{START}color: mauve\nmemory: yes\ntools: []\n"))
    assert [loss.key for loss in read.losses] == ["tools", "color", "memory"]
    assert read.verdict.reason == read.losses[0].words


@pytest.mark.parametrize(
    ("lines", "roster"),
    [
        ("", "All tools"),
        ("tools: []", "All tools"),
        ("tools: '*'", "All tools"),
        ("tools: Read Bash(a, b)", "Read, Bash(a, b)"),
        ("disallowedTools: Write, Edit", "All tools except Write, Edit"),
        ("disallowedTools: '*'", "All tools"),
        ("tools: Read, Write\ndisallowedTools: Write", "Read"),
        ("tools: Write\ndisallowedTools: Write", "None"),
        ("tools: Read\nmemory: user", "Read, Write, Edit"),
        ("tools: Read\nmemory: mine", "Read"),
        ("memory: user", "All tools"),
    ],
)
def test_the_tools_as_the_model_is_told(lines: str, roster: str) -> None:
    read = claude_code.read(headed(f"{START}{lines}\n"))
    assert read.roster == roster
    assert read.entry == f"- a: d (Tools: {roster})"


SCOPED = Scoped("seo", ("sub",), "file")


@pytest.mark.parametrize(
    ("data", "name", "description", "status"),
    [
        ("---\nname: x\ndescription: one\\ntwo\n---\n", "seo:sub:x", "one\\ntwo", "loads"),
        ("---\nname: 18\ndescription: 5\n---\n", "seo:sub:18", "5", "loads"),
        ("---\nname: -a:b\ndescription: d\n---\n", "seo:sub:-a:b", "d", "loads"),
        ("---\ndescription: d\n---\n", "seo:sub:file", "d", "degraded"),
        ("---\nname: x\n---\n", "seo:sub:x", "Agent from seo plugin", "degraded"),
        ("---\nname: 'x\n---\n", "seo:sub:file", "Agent from seo plugin", "degraded"),
        ("# Notes\n", "seo:sub:file", "Agent from seo plugin", "degraded"),
        ("---\nname: x\ndescription: d\nhooks: 5\n---\n", "seo:sub:x", "d", "degraded"),
        ("---\nname: x\ndescription: d\npermissionMode: plan\n---\n", "seo:sub:x", "d", "degraded"),
    ],
)
def test_a_plugin_s_agent_is_read_more_tolerantly(data: str, name: str, description: str, status: str) -> None:
    read = claude_code.read(document(data), scoped=SCOPED)
    assert (read.name, read.description, read.verdict.status) == (name, description, status)


@pytest.mark.parametrize(
    ("data", "versions"),
    [
        (f"---\n{START}---\n".encode(), set()),
        (f"---\nname: {'n' * 257}\ndescription: d\n---\n".encode(), {"2.1.197", "2.1.260"}),
        (b"---\nname: 'a:b'\ndescription: d\n---\n", {"2.1.197"}),
        (f"---\n{START}hooks: 5\n---\n".encode(), {"2.1.197"}),
        (f"\ufeff---\n{START}---\n".encode(), {"2.1.197"}),
    ],
)
def test_older_releases_that_judge_otherwise(data: bytes, versions: set[str]) -> None:
    now = claude_code.read(document(data)).verdict
    elsewhere = claude_code.elsewhere(document(data))
    assert set(elsewhere) == versions
    assert all(found.loads != now.loads for found in elsewhere.values())


def test_a_value_that_dashes_cut_is_degraded() -> None:
    found = claude_code.read(document("---\nname: a\ndescription: one --- two\nmodel: opus\n---\nBody\n"))
    assert found.description == "one"
    assert found.model is None
    assert found.verdict.status == "degraded"


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("a\\nb", "a\nb"),
        ("'a\\nb'", "a\nb"),
        ('"a\\nb"', "a\nb"),
        ('"a\\\\nb"', "a\nb"),
        ("a\\\\nb", "a\\\nb"),
        ("C:\\new: x", "C:\new: x"),
        ("a\\tb", "a\\tb"),
        ("use: text   ", "use: text   "),
        ("use: text # 5", "use: text # 5"),
        ("text # 5", "text"),
        ('"  text  "', "  text  "),
        ("|\n  a\n  b", "a\nb\n"),
        ("\u200b\u202ex", "\u200b\u202ex"),
    ],
)
def test_the_description_as_it_is_sent(written: str, sent: str) -> None:
    assert claude_code.read(headed(f"name: a\ndescription: {written}\n")).description == sent


@pytest.mark.parametrize(
    ("line", "model"),
    [
        *(("", None), ("model:", None), ("model: ''", None), ("model: ' '", None), ("model: 5", None)),
        ("model: [opus]", None),
        *(("model: opus", "opus"), ("model: OPUS", "OPUS"), ("model: ' opus '", "opus"), ("model: Inherit", "inherit")),
        *(("model: INHERIT", "inherit"), ("model: gpt-5", "gpt-5"), ('model: "\\ufeffopus\\x85"', "opus\x85")),
    ],
)
def test_model(line: str, model: str | None) -> None:
    assert claude_code.read(headed(f"{START}{line}\n")).model == model


@pytest.mark.parametrize(
    ("line", "tools"),
    [
        *(("", None), ("tools: '*'", None), ("tools: [Read, '*']", None), ("tools:", ()), ("tools: ''", ())),
        ("tools: []", ()),
        *(("tools: 5", ()), ("tools: {Read: x}", ()), ("tools: Read", ("Read",))),
        ("tools: Read Grep", ("Read", "Grep")),
        *(("tools: [Read, 5, 'Grep, Glob']", ("Read", "Grep", "Glob")),),
        ("tools: Bash(git log:*)", ("Bash(git log:*)",)),
        *(("tools: read", ("read",)), ("tools:\n  - Read\n  - Grep", ("Read", "Grep"))),
    ],
)
def test_tools(line: str, tools: tuple[str, ...] | None) -> None:
    assert claude_code.read(headed(f"{START}{line}\n")).tools == tools


words = st.sampled_from(
    ["", "command", "prompt", "PreToolUse", "PermissionRequest", "hooks", "type", "matcher", "Read", "*"]
)
nested = st.recursive(
    st.one_of(words, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
)


@given(st.dictionaries(st.sampled_from([field.name for field in FIELDS]), nested, max_size=4))
def test_any_value_under_any_field_is_read(fields: dict[str, object]) -> None:
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in fields.items()]
    read = claude_code.read(headed("name: a\ndescription: d\n" + "".join(lines)))
    assert read.verdict.reason or read.verdict.status == "loads"
    assert read.verdict.loads or set(fields) & {"name", "description", "hooks"}


hooks_like = st.fixed_dictionaries({}, optional={"type": nested, "command": nested, "hooks": nested})
matchers = st.fixed_dictionaries({}, optional={"matcher": nested, "hooks": st.lists(hooks_like, max_size=2)})
events = st.sampled_from(["PreToolUse", "PermissionRequest", "Stop"])


@given(st.dictionaries(events, st.one_of(nested, st.lists(matchers, max_size=2))))
def test_any_hooks_are_read(hooks: dict[str, object]) -> None:
    read = claude_code.read(headed(f"name: a\ndescription: d\nhooks: {json.dumps(hooks)}\n"))
    assert read.verdict.loads or read.verdict.cause == "hooks-invalid"


def test_name_and_color_stay_as_they_are_written() -> None:
    read = claude_code.read(headed("name: ' Über \\n '\ndescription: d\ncolor: Magenta\n"))
    assert (read.name, read.color) == (" Über \\n ", "Magenta")
    assert claude_code.read(headed("name: 5\ndescription: [d]\ncolor: 5\n")).name is None


def test_the_last_of_two_keys_counts() -> None:
    read = claude_code.read(headed("name: a\nname: b\ndescription: d\ndescription: e\n"))
    assert (read.name, read.description) == ("b", "e")


def test_the_names_of_tools_are_in_order_and_told_once() -> None:
    assert list(TOOLS) == sorted(TOOLS, key=str.lower)
    assert len(TOOLS) == len(set(TOOLS))
    assert {"Read", "Write", "Edit", "Bash", "Grep", "Glob", "Agent", "WebFetch"} <= set(TOOLS)
