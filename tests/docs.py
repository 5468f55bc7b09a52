"""Write what the documentation takes from the code, the key table and the page of fields: `make docs`."""

from __future__ import annotations

from pathlib import Path

from agent_studio.model.schema import FIELDS, Field
from agent_studio.ui.offer import key_table

TOP = Path(__file__).parents[1]
README = TOP / "README.md"
FIELD_PAGE = TOP / "docs" / "fields.md"
START, END = "<!-- keys: written by `make docs` -->\n", "<!-- /keys -->"


def with_keys(text: str) -> str:
    """The README's text with the key table as the commands have it."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{key_table()}\n\n{END}{rest.partition(END)[2]}"


def field_page() -> str:
    """The page of all fields."""
    rows = "\n".join(map(_row, FIELDS))
    return f"""# Frontmatter fields

Every field that Claude Code 2.1.329 knows, in the order in which the studio writes new ones. Written by `make docs`
from `agent_studio/model/schema.py`. Other keys are shown, kept, and mean nothing to Claude Code.

| field | takes | absent | anything else | plugin agents | since | what it is |
|---|---|---|---|---|---|---|
{rows}
"""


def _row(field: Field) -> str:
    takes = ", ".join(f"`{choice}`" for choice in field.choices) or field.kind
    takes += ", or other text" if field.open else ""
    if field.minimum is not None:
        takes = f"whole number from {field.minimum:,}"
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    cells = (name, takes, field.default, field.invalid, field.plugin, field.since or "–", field.help)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
    FIELD_PAGE.write_text(field_page(), encoding="utf-8")
