"""Unified diffs: as `diff -u` prints them, and taken by `patch` and `git apply`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_studio.model.unified import unified

NUMBERS = "".join(f"{n}\n" for n in range(1, 21)).encode()

lines = st.sampled_from(["a", "b", "", "same", "naïve ✅", "-- x", "++ y", "a\u2028b", "tab\t", "cr\r"])
contents = st.tuples(st.lists(lines, max_size=12).map(lambda found: "".join(f"{line}\n" for line in found)), lines).map(
    lambda parts: "".join(parts).encode()
)
few = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def needs(command: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(command) is None, reason=f"{command} is not installed")


def test_one_changed_line_has_its_context_and_exact_numbers() -> None:
    after = NUMBERS.replace(b"10\n", b"ten\nand more\n")
    assert unified(NUMBERS, after, "a/x.md", "b/x.md") == (
        "--- a/x.md\n+++ b/x.md\n@@ -7,7 +7,8 @@\n 7\n 8\n 9\n-10\n+ten\n+and more\n 11\n 12\n 13\n"
    )


def test_changes_share_a_hunk_while_their_context_touches() -> None:
    def headers(first: bytes, second: bytes) -> list[str]:
        after = NUMBERS.replace(b"\n%s\n" % first, b"\nx\n").replace(b"\n%s\n" % second, b"\ny\n")
        return re.findall(r"@@.*@@", unified(NUMBERS, after, "a", "b"))

    assert headers(b"5", b"12") == ["@@ -2,14 +2,14 @@"]
    assert headers(b"5", b"13") == ["@@ -2,7 +2,7 @@", "@@ -10,7 +10,7 @@"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, b"a\n", "--- /dev/null\n+++ b\n@@ -0,0 +1 @@\n+a\n"),
        (b"a\nb\n", None, "--- a\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n"),
        (b"a\n", b"", "--- a\n+++ b\n@@ -1 +0,0 @@\n-a\n"),
        (b"a", b"a\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        (b"a\nb", b"c\nb", "--- a\n+++ b\n@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n"),
        (b"a\r\n", b"a\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\r\n+a\n"),
        (b"\xff\n", b"\xef\xbb\xbf\n", "--- a\n+++ b\n@@ -1 +1 @@\n-\ufffd\n+\ufeff\n"),
        (b"a\x0c\xc2\x85b\n", b"b\n", "--- a\n+++ b\n@@ -1 +1 @@\n-a\x0c\x85b\n+b\n"),
        (b"a\n", b"a\n", ""),
        (None, None, ""),
        (None, b"", ""),
    ],
)
def test_the_edges_are_those_of_diff(before: bytes | None, after: bytes | None, expected: str) -> None:
    assert unified(before, after, "a", "b") == expected


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("plain.md", "plain.md"),
        ("naïve ✅.md", "naïve ✅.md\t"),
        ("two words.md", "two words.md\t"),
        ('say "hi".md', '"say \\"hi\\".md"'),
        ("back\\slash", '"back\\\\slash"'),
        ("x\n+++ evil", '"x\\n+++ evil"'),
        ("esc\x1b[0m", '"esc\\033[0m"'),
        ("rlo\u202e", '"rlo\\342\\200\\256"'),
        ("bad\udcff\ud800", '"bad\\377\\355\\240\\200"'),
    ],
)
def test_no_file_name_breaks_the_header(name: str, header: str) -> None:
    assert unified(b"a\n", b"b\n", name, "b").splitlines()[0] == f"--- {header}"


@needs("diff")
@few
@given(contents, contents)
def test_it_is_as_short_as_what_diff_prints(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "a").write_bytes(before)
    (tmp_path / "b").write_bytes(after)
    command = ["diff", "-u", "--minimal", "a", "b"]
    theirs = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout.decode()
    ours = unified(before, after, "a", "b")

    def counts(diff: str) -> tuple[int, int]:
        body = diff.split("\n")[2:]
        return sum(line.startswith("-") for line in body), sum(line.startswith("+") for line in body)

    assert counts(ours) == counts(theirs)


@needs("patch")
@few
@given(contents, contents)
def test_patch_makes_the_one_of_the_other(tmp_path: Path, before: bytes, after: bytes) -> None:
    target = tmp_path / "my agent.md"
    target.write_bytes(before)
    diff = unified(before, after, "my agent.md", "my agent.md").encode()
    if diff:
        command = ["patch", "-p0", "--binary", "--force", "--fuzz=0", "--posix"]
        subprocess.run(command, cwd=tmp_path, input=diff, capture_output=True, check=True)
    assert (target.read_bytes() if target.exists() else b"") == after


@needs("git")
@few
@given(contents, contents)
def test_git_makes_the_one_of_the_other(tmp_path: Path, before: bytes, after: bytes) -> None:
    target = tmp_path / "my agent.md"
    target.write_bytes(before)
    diff = unified(before, after, "a/my agent.md", "b/my agent.md").encode()
    if diff:
        command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]
        subprocess.run(command, cwd=tmp_path, input=diff, capture_output=True, check=True)
    assert target.read_bytes() == after


@needs("git")
def test_git_creates_and_deletes_files(tmp_path: Path) -> None:
    def apply(diff: str) -> None:
        subprocess.run(["git", "apply"], cwd=tmp_path, input=diff.encode(), capture_output=True, check=True)

    target = tmp_path / 'a "new" one.md'
    name = f"b/{target.name}"
    apply(unified(None, b"text\n", name, name))
    assert target.read_bytes() == b"text\n"
    apply(unified(b"text\n", None, name, name))
    assert not target.exists()
