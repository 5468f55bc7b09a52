"""The sample agents: a copy holds all of them and touches nothing else, and every quirk they show is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from agent_studio import demo
from agent_studio.model import schema
from agent_studio.model.decoded import BOM
from agent_studio.model.document import Document
from agent_studio.model.hosts import claude_code
from agent_studio.store.demo import copy_to

SHIPPED = Path(demo.__file__).parent / "files"
FILES = {path.relative_to(SHIPPED).as_posix(): path.read_bytes() for path in sorted(SHIPPED.rglob("*.md"))}
DOCUMENTS = {path: Document(data) for path, data in FILES.items()}
LOADED = {path: doc for path, doc in DOCUMENTS.items() if claude_code.read(doc).verdict.loads}

AT = "project/agents/"
CRLF = AT + "catalog-importer.md"
CUT = AT + "pricing-analyst.md"
DAMAGED = AT + "support-triage.md"
NO_TOOLS = AT + "analytics-engineer.md"
UNCLOSED = AT + "shipping-integrator.md"
UNENDED = AT + "docs-writer.md"
WITH_BOM = "user/agents/commit-writer.md"
VARIANTS = AT + "checkout-engineer.md", "user/agents/checkout-engineer.md"
TWINS = AT + "bug-hunter.md", "user/agents/defect-investigator.md"

SECRETS = re.compile(
    r"-----BEGIN|\b(?:AKIA|ASIA|AIza|gh[opsu]_|github_pat_|glpat-|hf_|npm_|pypi-|sk[-_]|xox[abpr]-|eyJ)[\w-]{8}"
    r"|[\w+/=-]*(?=[\w+/=]{32})(?=[\w+/=]*[0-9])(?=[\w+/=]*[a-zA-Z])[\w+/=]{32,}"
    r"|(?i:password|passwd|secret|token|api_?key)\s*[:=]\s*\S"
)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder: each file with its bytes, each folder with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def shingles(path: str) -> set[tuple[str, ...]]:
    """The runs of five words in a body."""
    words = re.findall(r"\w+", DOCUMENTS[path].body.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def headings(path: str) -> list[str]:
    """The second-level headings of a body, in order."""
    return re.findall(r"^## (.+)$", DOCUMENTS[path].body, re.MULTILINE)


def test_a_copy_holds_every_file_byte_for_byte(tmp_path: Path) -> None:
    project = copy_to(tmp_path / "new" / "copy")
    assert project == tmp_path / "new" / "copy" / "project"
    copied = tree(project.parent)
    plugin = "home/.claude/plugins/cache/tidewater/storefront-tools/1.2.0/"
    places = {"project/": "project/.claude/", "user/": "home/.claude/", "plugin/storefront-tools/": plugin}
    wanted = {
        path.replace(stored, place, 1): data
        for path, data in FILES.items()
        for stored, place in places.items()
        if path.startswith(stored)
    }
    assert {path: data for path, data in copied.items() if path.endswith(".md")} == wanted
    assert len(wanted) == len(FILES) == 26


def test_the_plugin_is_installed_where_its_list_says(tmp_path: Path) -> None:
    config = copy_to(tmp_path).parent / "home" / ".claude"
    installed = json.loads((config / "plugins" / "installed_plugins.json").read_bytes())
    [[entry]] = installed["plugins"].values()
    plugin = Path(entry["installPath"])
    assert plugin.is_relative_to(config)
    assert json.loads((plugin / ".claude-plugin" / "plugin.json").read_bytes())["name"] == "storefront-tools"
    assert [path.name for path in sorted((plugin / "agents").iterdir())] == ["search-tuner.md", "seo-auditor.md"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_the_project_is_a_repository_of_its_own(tmp_path: Path) -> None:
    project = copy_to(tmp_path)
    asked = subprocess.run(
        ["git", "rev-parse", "--show-toplevel"], cwd=project, capture_output=True, text=True, check=True
    )
    assert Path(asked.stdout.strip()) == project.resolve()


def test_nothing_outside_the_folder_is_written(tmp_path: Path, home: Path) -> None:
    (tmp_path / "beside.md").write_bytes(b"mine")
    shipped = tree(SHIPPED)
    copy_to(tmp_path / "copy")
    outside = {path: data for path, data in tree(tmp_path).items() if path.split("/")[0] != "copy"}
    assert outside == {"beside.md": b"mine"}
    assert tree(home) == {}
    assert tree(SHIPPED) == shipped


@pytest.mark.parametrize("taken", ["project", "home"])
def test_a_link_does_not_lead_a_copy_outside(tmp_path: Path, taken: str) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "copy"
    outside.mkdir()
    folder.mkdir()
    (folder / taken).symlink_to(outside, target_is_directory=True)
    with pytest.raises(FileExistsError):
        copy_to(folder)
    assert tree(outside) == {}


def test_a_second_copy_does_not_overwrite_the_first(tmp_path: Path) -> None:
    edited = copy_to(tmp_path) / ".claude" / "agents" / "code-reviewer.md"
    edited.write_bytes(b"edited")
    with pytest.raises(FileExistsError):
        copy_to(tmp_path)
    assert edited.read_bytes() == b"edited"


def test_counts() -> None:
    assert Counter(path.split("/")[0] for path in FILES) == {"project": 20, "user": 4, "plugin": 2}
    assert FILES.keys() - LOADED.keys() == {AT + "README.md", UNCLOSED}
    assert AT + "database/migration-writer.md" in LOADED


@pytest.mark.parametrize("path", FILES)
def test_every_file_is_utf8_of_a_natural_length_without_a_secret(path: str) -> None:
    text = FILES[path].decode("utf-8-sig")
    assert "\ufffd" not in text
    assert not re.search(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f]", text)
    assert 20 <= DOCUMENTS[path].body.count("\n") <= 120
    assert not SECRETS.search(text)


@pytest.mark.parametrize(
    "secret", ["ghp_abcdefgh12345678", "AKIAIOSFODNN7EXAMPLE", "password: hunter2", "9f86d081884c7d659a2feaa0c55ad015"]
)
def test_a_secret_would_be_found(secret: str) -> None:
    assert SECRETS.search(f"Use {secret} here")


@pytest.mark.parametrize("path", LOADED)
def test_every_body_is_structured(path: str) -> None:
    assert headings(path)
    assert re.search(r"^(?:-|\d+\.) ", DOCUMENTS[path].body, re.MULTILINE)


def test_most_bodies_have_a_table_and_a_fence() -> None:
    tables = [path for path, doc in LOADED.items() if re.search(r"^\|-", doc.body, re.MULTILINE)]
    fences = [path for path, doc in LOADED.items() if doc.body.count("```") >= 2]
    assert len(tables) >= 20
    assert len(fences) >= 20


def test_line_ends_bom_and_the_last_newline_are_kept() -> None:
    assert FILES[CRLF].count(b"\r\n") == FILES[CRLF].count(b"\n") > 20
    assert [path for path, data in FILES.items() if b"\r" in data] == [CRLF]
    assert [path for path, data in FILES.items() if data.startswith(BOM)] == [WITH_BOM]
    assert [path for path, data in FILES.items() if not data.endswith(b"\n")] == [UNENDED]


def test_the_damaged_text_can_be_repaired() -> None:
    text = FILES[DAMAGED].decode()
    header, body = text.split("---\n")[1:]
    assert "â€”" in header
    assert "â€”" in body
    repaired = text.encode("cp1252").decode()
    assert "â" not in repaired
    assert "—" in repaired


def test_fences_open_and_closed_too_early() -> None:
    assert FILES[UNCLOSED].startswith(b"---\nname: ")
    assert b"---" not in FILES[UNCLOSED][3:]
    assert b"---" in FILES[CUT].splitlines()[2]
    assert DOCUMENTS[CUT].values == {"name": "pricing-analyst", "description": "Checks planned price changes"}
    assert "\nmodel: " in DOCUMENTS[CUT].body


def test_colors() -> None:
    colors = Counter(claude_code.read(doc).color for doc in LOADED.values())
    assert set(schema.COLORS) < colors.keys()
    assert colors.keys() - set(schema.COLORS) == {None, "magenta"}
    assert colors["red"] >= 3
    assert colors[None] >= 3


def test_models() -> None:
    models = Counter(claude_code.read(doc).model for doc in LOADED.values())
    assert {"sonnet", "opus", "haiku", "inherit", "claude-sonnet-5-5", None} == models.keys()


def test_tools() -> None:
    entries = [doc.entry("tools") for doc in LOADED.values()]
    assert {entry.style for entry in entries if entry} == {"plain", "flow", "block", "empty"}
    assert None in entries
    assert b"\ntools:\n" in FILES[NO_TOOLS]
    assert claude_code.read(DOCUMENTS[NO_TOOLS]).tools == ()


def test_descriptions() -> None:
    entries = [doc.entry("description") for doc in LOADED.values()]
    assert {entry.style for entry in entries if entry} == {"plain", "single", "double", "literal", "folded"}


def test_variants_of_one_name_share_sections_in_another_order() -> None:
    project, user = (DOCUMENTS[path] for path in VARIANTS)
    assert project.get("name") == user.get("name") == "checkout-engineer"
    assert project.reading == "tolerant"
    assert r"\n<example>\n" in project.source(project.fields[1])
    assert user.reading == "strict"
    first, second = (headings(path) for path in VARIANTS)
    shared = set(first) & set(second)
    assert len(shared) >= 4
    assert [heading for heading in first if heading in shared] != [heading for heading in second if heading in shared]
    assert set(first) - shared
    assert set(second) - shared
    assert [path for path, doc in LOADED.items() if doc.reading != "strict"] == [VARIANTS[0]]


def test_twins_differ_in_name_and_hardly_in_text() -> None:
    one, other = map(shingles, TWINS)
    assert DOCUMENTS[TWINS[0]].get("name") != DOCUMENTS[TWINS[1]].get("name")
    assert 0.8 <= len(one & other) / len(one | other) < 1


def test_names_are_unique_but_for_the_variants() -> None:
    names = Counter(claude_code.read(doc).name for doc in LOADED.values())
    assert [name for name, times in names.items() if times > 1] == ["checkout-engineer"]
    differing = [path for path, doc in LOADED.items() if not path.endswith(f"/{doc.get('name')}.md")]
    assert differing == [WITH_BOM]


def test_fields_beyond_the_usual() -> None:
    assert DOCUMENTS[UNENDED].values.keys() - set(schema.BY_NAME) == {"category", "version"}
    assert {"hooks", "mcpServers", "skills"} <= DOCUMENTS[AT + "release-captain.md"].values.keys()
    responder = DOCUMENTS[AT + "incident-responder.md"].values
    assert {"memory", "maxTurns", "permissionMode", "disallowedTools", "effort"} <= responder.keys()
    header = FILES[AT + "dependency-updater.md"].split(b"---\n")[1]
    assert header.startswith(b"# ")
    assert b"haiku # " in header


def test_other_scripts_and_emoji() -> None:
    text = FILES[AT + "localization-editor.md"].decode()
    for sample in ("日本語", "한국어", "🌏", "✉\ufe0f"):
        assert sample in text
