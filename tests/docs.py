"""Write what the documentation takes from the code, keys, fields, qualifiers and rules: `make docs`."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path

from agent_studio.model.checks.catalogue import FAMILIES, RULES
from agent_studio.model.checks.rule import Rule
from agent_studio.model.query.qualifier import Qualifier
from agent_studio.model.query.qualifiers import QUALIFIERS
from agent_studio.model.schema import FIELDS, Field
from agent_studio.ui.commands import COMMANDS, Command
from agent_studio.ui.offer import key_name

TOP = Path(__file__).parents[1]
README = TOP / "README.md"
KEY_PAGE = TOP / "docs" / "keys.md"
FIELD_PAGE = TOP / "docs" / "fields.md"
RULE_PAGES = TOP / "docs" / "rules"
INDEX = "README.md"
CURATE_PAGE = TOP / "docs" / "curate.md"
QUALIFIERS_START, QUALIFIERS_END = "<!-- qualifiers: written by `make docs` -->\n", "<!-- /qualifiers -->"
START, END = "<!-- keys: written by `make docs` -->\n", "<!-- /keys -->"
PLACES = {
    "app": "Everywhere",
    "empty": "Where there is no agent yet",
    "list": "List",
    "form": "Form, body, raw",
    "compare": "Compare and merge",
    "history": "History",
    "problems": "Problems",
    "duplicates": "Duplicates",
    "trust": "Trust",
}
"""What the places are called where a command's keys work."""


def with_keys(text: str) -> str:
    """The README's text with the keys that the list tells at its foot."""
    before, _, rest = text.partition(START)
    daily = sorted((each for each in COMMANDS if each.context in {"app", "list"} and each.footer), key=_footer)
    return f"{before}{START}\n{_key_table(daily)}\n\n{END}{rest.partition(END)[2]}"


def _footer(command: Command) -> int:
    return command.footer


def key_page() -> str:
    """The page of all keys."""
    parts = [_keys(title, (each for each in COMMANDS if each.context == place)) for place, title in PLACES.items()]
    return f"""# Keys

`?` tells those of the pane that you are in. Written by `make docs` from `agent_studio/ui/commands.py`.
{"".join(parts)}"""


def _keys(title: str, commands: Iterable[Command]) -> str:
    return f"\n## {title}\n\n{_key_table(command for command in commands if command.keys)}\n"


def _key_table(commands: Iterable[Command]) -> str:
    rows = ["| keys | what |", "|---|---|"]
    for command in commands:
        keys = " ".join(f"`{key_name(key)}`" for key in command.keys.split(","))
        rows.append(f"| {keys} | {command.help} |")
    return "\n".join(rows)


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


def with_qualifiers(text: str) -> str:
    """The page about many agents with the qualifiers as the query language has them."""
    before, _, rest = text.partition(QUALIFIERS_START)
    rows = "\n".join(_qualifier_row(name, qualifier) for name, qualifier in QUALIFIERS.items())
    table = f"| qualifier | asks for | always offered |\n|---|---|---|\n{rows}\n"
    fields = "And every other field, by its name in any case: `permissionMode:plan`, `maxTurns:>10`, `memory:unset`."
    return f"{before}{QUALIFIERS_START}\n{table}\n{fields}\n\n{QUALIFIERS_END}{rest.partition(QUALIFIERS_END)[2]}"


def _qualifier_row(name: str, qualifier: Qualifier) -> str:
    offered = " ".join(f"`{value}`" for value in qualifier.offered) or "–"
    return f"| `{name}:` | {qualifier.about} | {offered} |"


def rule_pages() -> dict[str, str]:
    """The pages of all rules, and their index, by file name."""
    return {INDEX: _index()} | {f"{rule.id}.md": _rule_page(rule) for rule in RULES}


def _index() -> str:
    families = "".join(_family(letter, title) for letter, title in FAMILIES.items())
    return f"""# Rules

What [`agent-studio lint`](../lint.md) looks for. `agent-studio explain RULE` prints the same pages. Written by
`make docs` from `agent_studio/model/checks/rules/`.
{families}"""


def _family(letter: str, title: str) -> str:
    rows = "\n".join(
        f"| [{rule.id}]({rule.id}.md) | `{rule.name}` | {_weight(rule)} | {rule.summary} |"
        for rule in RULES
        if rule.family == letter
    )
    return f"""
## {title}

| id | name | severity | what |
|---|---|---|---|
{rows}
"""


def _weight(rule: Rule) -> str:
    return f"{rule.severity}, only on demand" if rule.experimental else rule.severity


def _rule_page(rule: Rule) -> str:
    demand = " It runs only where it is selected by id or name." if rule.experimental else ""
    return f"""# {rule.id} {rule.name}

Severity: {rule.severity}.{demand} [All rules](README.md)

{inspect.cleandoc(rule.about)}
"""


def write_rule_pages() -> None:
    """Write the pages of all rules, and remove those of rules that are no more."""
    pages = rule_pages()
    RULE_PAGES.mkdir(exist_ok=True)
    for path in RULE_PAGES.iterdir():
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (RULE_PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
    KEY_PAGE.write_text(key_page(), encoding="utf-8")
    FIELD_PAGE.write_text(field_page(), encoding="utf-8")
    CURATE_PAGE.write_text(with_qualifiers(CURATE_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    write_rule_pages()
