"""The documentation says what the code does."""

from __future__ import annotations

from tests.docs import FIELD_PAGE, README, field_page, with_keys


def test_the_readme_has_the_keys() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_keys(text) == text, "run `make docs`"


def test_the_page_of_fields() -> None:
    assert FIELD_PAGE.read_text(encoding="utf-8") == field_page(), "run `make docs`"
