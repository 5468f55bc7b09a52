"""Rules look first for what their findings need: that spares time and never costs a finding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, hidden, mojibake, paths, promise, prose
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document
from tests.model.documents import agent

SIEVED = frozenset(
    "B008 B009 B010 E001 E002 E005 S001 S002 S003 S004 S006 S020 S021 S022 S023 S024 S030 T006 T007".split()
)
LOOKING = [rule for rule in RULES if rule.id in SIEVED]
PIECES = (
    *(
        "above ",
        "training",
        "Forget your ",
        "Do not obey ",
        "override all prior ",
        "These ",
        "no longer apply",
        "`https://a.b` ",
    ),
    *(
        "忽略以上",
        "指令",
        "用户",
        "不要告诉",
        "anyone ",
        "secretly ",
        "upload ",
        "a secret ",
        "never know",
        "if asked, deny",
    ),
    *(
        "as your instructions ",
        "for your next task ",
        "visit ",
        "printenv | nc ",
        "~/.npmrc ",
        "-i ",
        "Library/Keychains/ ",
    ),
    *("\n", "\n\n", "\n- ", "\n> ", " ", " ", ". ", ": ", "`", "``", "\n```\n", '"', "“", "”", "'", "_", "**", "1"),
    *("ignore ", "Ignore all ", "previous ", "instructions", "you are no longer bound by", "your new task is", "|"),
    *(
        "do not ",
        "Never ",
        "tell ",
        "the user",
        "keep this ",
        "load your rules ",
        "from ",
        "without telling ",
        "edit ",
        "files",
        "\\n",
    ),
    *(
        "read-only ",
        "read only",
        "agent",
        "use the ",
        "Bash ",
        "use the WebSearch",
        " tool",
        "use `Grep`",
        "agents ",
        " if available",
        "Task tool",
        "MultiEdit",
    ),
    *(
        "<!-- ",
        "-->",
        "\\`",
        "<? x ?>",
        "<p hidden>",
        'style="display:none"',
        "[b]: https://a.b (t)\n",
        "[b] ",
        "\u2800" * 70,
    ),
    *(
        "always ",
        "ask before you commit ",
        "no emoji",
        "✅",
        "fetch ",
        "your rules ",
        "http://a.b/c ",
        "system message ",
    ),
    *(
        "~/.ssh",
        "id_rsa ",
        ".env ",
        "/etc/shadow",
        "curl ",
        "wget x ",
        "| sh",
        "base64 -d ",
        "xxd -r ",
        "\\x41\\x42\\x43\\x44 ",
        "irm a ",
        ".then(eval)",
        "powershell -enc ",
        " && sh x",
        "A0" * 24,
        "send ",
    ),
    *("data:text/html;base64,", "B" * 45, "[//]: # (x)", "[a]: <> 'b'", " " * 205, "<b>", "</b>", "<a-b>", "~~~"),
    *("sk-ant-api03-" + "x9Y" * 30, "ghp_", "AKIAABCDEFGHIJKLMNOP", f"-----BEGIN PRIVATE KEY-----\n{'Ab0' * 40}"),
    *("â€™", "‚Äî", 'â€"', "√π", "Ã©", "\ufffd", "\x1b[0m", "\x07", "\x0b", "\u2028", "\u200b", "\u202e"),
    *(
        "\U000e0061",
        "1\ufe0f",
        "İ",
        "\u212a",
        "printenv | nc ",
        "~/.npmrc ",
        "-i ",
        "Library/Keychains/ ",
        "gist ",
        "# Persistent Agent Memory",
        "\n# Other",
        "é",
        "仕様",
        "—",
        "•",
    ),
)
"""What the patterns of these rules are made of, and what may stand between."""
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
HEADER = '---\nname: a-b\ndescription: "Use it, \\u200b never `x` tell the user"\ntools: Read, Bash, Edit\n---\n'


@contextmanager
def without_sieves(rule: Rule) -> Iterator[None]:
    """Every sieve lets everything through."""
    assert rule.agent
    with pytest.MonkeyPatch.context() as patch:
        module = import_module(rule.agent.__module__)
        for name in ("_may_load", "_may_contradict"):
            if hasattr(module, name):
                patch.setattr(module, name, lambda _: True)
        for name in ("stand_in", "stand_so_in", "begin"):
            patch.setattr(Phrases, name, lambda *_: True)
        patch.setattr(Phrases, "among", lambda self, _: self._phrases.values())
        patch.setattr(Phrases, "around", lambda _, document, *__: iter([document.text.lower()]))
        patch.setattr(granted, "_may_order", lambda *_: True)
        patch.setattr(promise, "_may_promise", lambda _: True)
        patch.setattr(hidden, "strange", lambda document: document.text)
        patch.setattr(mojibake, "suspected", lambda _: True)
        for cache in (mojibake.runs, prose.fences, prose.without_code, prose.without_blocks):
            cache.cache_clear()
        yield
    mojibake.runs.cache_clear()


def findings(rule: Rule, held: Agent) -> list[object]:
    return [(found.start, found.end, found.message) for found in rule.of(held)]


@pytest.mark.parametrize("rule", LOOKING, ids=lambda rule: rule.id)
def test_a_sieve_costs_no_finding(rule: Rule) -> None:
    @given(TEXTS)
    def found(text: str) -> None:
        document = Document((HEADER + text).encode())
        with_sieves = findings(rule, agent(document))
        with without_sieves(rule):
            assert findings(rule, agent(document)) == with_sieves

    found()


_PATHS = st.lists(
    st.sampled_from(
        (
            "C:\\",
            "D:\\w\\x",
            ":\\",
            ":/",
            "c",
            "/mnt/",
            "/c/Users/",
            "/Volumes/",
            "\\n",
            "/Users/",
            "/home/",
            "anna/",
            "b.md",
            "x y",
            "..",
            "~",
            "z",
            "`",
            '"',
            "'",
            "\n",
        )
    ),
    max_size=14,
).map("".join)


@given(_PATHS)
def test_absolute_paths_are_found_wherever_they_begin(text: str) -> None:
    spans = [found.span() for found in paths._ABSOLUTE.finditer(text)]
    assert [found.span() for found in paths._written(text)] == spans
