"""An agent: its reading, its names, its tokens, and when it is locked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from agent_studio.model.ref import Ref
from tests.model.documents import agent, headed, named


def test_what_is_told_of_a_well_formed_agent() -> None:
    held = agent("---\nname: a\ndescription: b\\nc\n---\nBody\n", "folder/file.md")
    assert (held.name, held.description, held.verdict.status) == ("a", "b\nc", "loads")
    assert held.sha256 == hashlib.sha256(held.document.data).hexdigest()
    assert held.locked is None


def test_what_is_told_of_a_file_that_is_none() -> None:
    held = agent("# Readme\n", "docs/README.md")
    assert (held.name, held.description) == ("README", "")
    assert held.verdict.status == "not-agent"


@pytest.mark.parametrize("text", ["# Readme\n", "You are a guide.\n"])
def test_a_document_by_its_name_is_no_agent_but_in_a_plugin(text: str) -> None:
    held = agent(text, "README.md")
    assert held.verdict.status == "not-agent"
    assert replace(held, plugin="kit").verdict.loads
    assert agent("---\nname: a\ndescription: b\n---\n", "README.md").verdict.loads
    assert agent("---\nname: a\n", "README.md").verdict.status == "dropped"


def test_a_file_that_could_not_be_read_is_dropped_and_locked_for_that_reason() -> None:
    held = replace(named("a"), document=headed(""), trouble="permission denied")
    assert held.verdict.status == "dropped"
    assert held.verdict.reason == held.locked == "permission denied"
    assert held.reading.name is None


def test_locked() -> None:
    assert replace(named("a"), read_only=True).locked == "read-only"
    assert agent(b"\x00\x01").locked
    assert agent(b"x" * 1_100_000).locked
    assert agent(b"text").locked is None


@pytest.mark.parametrize(
    ("name", "description", "tokens"),
    [
        ("a", "b", 1),
        ("aa", "b", 1),
        ("aa", "bb", 2),
        ("a", "😀", 1),
        ("a", "😀x", 2),
        ("ab", "c\\nd", 2),
        ("a", "é" * 5, 2),
    ],
)
def test_tokens_of_name_and_description(name: str, description: str, tokens: int) -> None:
    assert agent(f"---\nname: {name}\ndescription: {description}\n---\n").tokens[0] == tokens


@pytest.mark.parametrize(("body", "tokens"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("😀" * 8, 2)])
def test_tokens_of_the_body(body: str, tokens: int) -> None:
    assert agent(f"---\nname: a\ndescription: b\n---\n{body}").tokens[1] == tokens


def test_tokens_as_the_host_counts_them(oracle: Path, corpus: Path) -> None:
    rows = [json.loads(row) for row in (oracle / "claude-code-2.1.329.jsonl").read_text().split("\n") if row]
    seeds = [row for row in rows if row["path"].startswith("seeds/")]
    assert len(seeds) == 5
    for row in seeds:
        assert agent((corpus / row["path"]).read_bytes()).tokens[0] == row["tokens"]


@pytest.mark.parametrize(
    ("path", "stem", "folder", "beside"),
    [("a.md", "a", "", "b.md"), ("x/y/a.b.md", "a.b", "x/y", "x/y/b.md"), ("x/noext", "noext", "x", "x/b.md")],
)
def test_refs(path: str, stem: str, folder: str, beside: str) -> None:
    ref = Ref("project", path)
    assert (ref.stem, ref.folder, str(ref)) == (stem, folder, f"project:{path}")
    assert ref.beside("b.md") == Ref("project", beside)
    assert Ref.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "name", ":a", "a:", ":"])
def test_what_is_no_ref(text: str) -> None:
    assert Ref.parse(text) is None


def test_a_ref_may_hold_a_colon_in_its_path() -> None:
    assert Ref.parse("plugin/x:a:b.md") == Ref("plugin/x", "a:b.md")


@pytest.mark.parametrize("path", ["a.md.parked", "sub/a.md.disabled", "a.md.off", "a.MD.Off"])
def test_a_parked_file_keeps_its_name_and_is_out_of_sight(path: str) -> None:
    held = named("a", path)
    assert (held.name, held.ref.parked, held.ref.stem) == ("a", True, "a")
    assert held.ref.unparked.path == path.rpartition(".")[0]
    assert (held.verdict.status, held.verdict.cause, held.verdict.loads) == ("parked", "not-scanned", False)


def test_a_parked_file_says_when_it_would_not_load() -> None:
    held = agent("---\nname: a\n---\n", "a.md.parked")
    assert "it would not load: it has no description" in (held.verdict.reason or "")


def test_notes_that_were_set_aside_are_still_no_agent() -> None:
    assert agent("# Notes\n", "README.md.off").verdict.status == "not-agent"


@pytest.mark.parametrize("path", ["a.MD", "a.Md", "a.markdown", "a.mdx"])
def test_a_file_that_the_host_overlooks_for_its_ending(path: str) -> None:
    held = named("a", path)
    assert (held.name, held.ref.parked, held.ref.stem) == ("a", False, "a")
    assert (held.verdict.status, held.verdict.cause) == ("dropped", "not-scanned")
    assert agent("# Notes\n", path).verdict.status == "not-agent"


def test_a_plugin_s_agent_is_called_by_its_folders() -> None:
    held = replace(named("a", "review/deep/x.md"), plugin="seo")
    assert held.name == "seo:review:deep:a"
    assert replace(agent("text", "x.MD"), plugin="seo").verdict.loads
