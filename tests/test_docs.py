"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.rule import Rule
from agent_studio.model.query.query import parse
from agent_studio.store.settings import VARIABLE, lint_configuration, views
from tests.docs import (
    CURATE_PAGE,
    FIELD_PAGE,
    INDEX,
    KEY_PAGE,
    README,
    RULE_PAGES,
    TOP,
    field_page,
    key_page,
    rule_pages,
    with_keys,
    with_qualifiers,
)


def test_the_readme_has_the_keys() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_keys(text) == text, "run `make docs`"


def test_the_page_of_keys() -> None:
    assert KEY_PAGE.read_text(encoding="utf-8") == key_page(), "run `make docs`"


def test_the_page_of_fields() -> None:
    assert FIELD_PAGE.read_text(encoding="utf-8") == field_page(), "run `make docs`"


def test_the_page_about_many_agents() -> None:
    text = CURATE_PAGE.read_text(encoding="utf-8")
    assert with_qualifiers(text) == text, "run `make docs`"


def test_the_queries_of_the_page_are_understood() -> None:
    terms = CURATE_PAGE.read_text(encoding="utf-8").partition("<!--")[0]
    cells = re.findall(r"^\| (`.+?`) \| ", terms.replace("\\|", "¦"), re.MULTILINE)
    spelled = [query.replace("¦", "|") for cell in cells for query in re.findall(r"`([^`]+)`", cell)]
    assert len(spelled) > 15
    assert [query for query in spelled if parse(query).mistakes] == []


def test_the_views_of_the_page_are_understood(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", CURATE_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(example)
    saved = views({VARIABLE: str(path)}, tmp_path)
    assert saved
    assert all(parse(query).mistakes == () for query in saved.values())


def test_the_pages_of_rules() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in RULE_PAGES.iterdir()}
    assert written == rule_pages(), "run `make docs`"


def test_the_index_leads_to_every_page() -> None:
    links = re.findall(r"\]\((\w+\.md)\)", rule_pages()[INDEX])
    assert links == [f"{rule.id}.md" for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_page_holds_no_markup_that_would_not_be_shown(rule: Rule) -> None:
    prose = re.sub(r"(?m)^    .*$|(`+).+?\1", "", rule.about, flags=re.DOTALL | re.MULTILINE)
    assert "<" not in prose


def test_the_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (TOP / "docs/lint.md").read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "config.toml"
    path.write_text(example)
    found = lint_configuration(str(tmp_path), {VARIABLE: str(path)}, tmp_path)
    assert found.ignore
    assert found.severities
    assert found.per_file
