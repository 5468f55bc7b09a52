"""Write the key table into the README: `make readme`."""

from __future__ import annotations

from pathlib import Path

from agent_studio.ui.offer import key_table

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- keys: written by `make readme` -->\n", "<!-- /keys -->"


def with_keys(text: str) -> str:
    """The README's text with the key table as the commands have it."""
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{key_table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
