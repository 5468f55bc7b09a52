"""Text from files is never markup and never a command: the calls that would make it so are not in the package."""

from __future__ import annotations

import pytest

from tests.house.content import members, scoped
from tests.house.source import Source, sources
from tests.house.text_safety import (
    RULES,
    Rule,
    broken,
    computed_text,
    computed_text_of_subclass,
    file_outside_store,
    link_style,
    markdown_viewer,
    markdown_with_links,
    markup_escape,
    markup_of_text,
    notice_with_markup,
    shell,
    text_from_render,
    unproven_choices,
    unproven_text,
    unproven_title,
    yaml_with_tags,
)

IMPORTS = """
import os, re, subprocess, yaml
from rich.text import Text
from textual.content import Content
from textual.markup import escape
from textual.style import Style
from textual.widgets import Button, DataTable, Label, Markdown, Select, Static, Static as S
from textual.widgets.option_list import Option
from agent_studio.ui.shown import shown
"""

BAD: tuple[tuple[Rule, str], ...] = (
    (computed_text, "Static(f'{name}')"),
    (computed_text, "S(f'{name}')"),
    (computed_text, "Static('a' + str(name))"),
    (computed_text, "Static('%s' % str(name))"),
    (computed_text, "Static('{}'.format(name))"),
    (computed_text, "Static(', '.join(names))"),
    (computed_text, "Static(content=str(error))"),
    (computed_text, "Button(label=f'Delete {name}')"),
    (computed_text, "def compose(name: str): yield Static(name)"),
    (computed_text, "def compose(name):\n    text = f'{name}'\n    yield Static(text)"),
    (computed_text, "def compose(name):\n    text = 'a'\n    if name: text = str(name)\n    yield Static(text)"),
    (computed_text, "def title() -> str: ...\nStatic(title())"),
    (computed_text, "class A:\n    name: str\nStatic(agent.name)"),
    (computed_text, "Static(shown(name) if name else str(ref))"),
    (computed_text, "self.query_one(Static).update(f'{name}')"),
    (computed_text_of_subclass, "class A(Static):\n    def __init__(self, name: str): super().__init__(name)"),
    (unproven_text, "Label(name)"),
    (unproven_text, "Option(agent.name, id=ref)"),
    (unproven_text, "table.add_row(name, shown(description))"),
    (unproven_text, "tree.root.add_leaf(name)"),
    (unproven_choices, "Select([(name, name) for name in names])"),
    (unproven_choices, "Select([('one', 1), (f'{two}', 2)])"),
    (unproven_title, "self.border_title = name"),
    (unproven_title, "self.border_title = 'Agents'"),
    (unproven_title, "pane.border_subtitle = f'{count}'"),
    (unproven_title, "button.tooltip = why"),
    (text_from_render, "class A(Widget):\n    def render(self) -> str: ..."),
    (notice_with_markup, "self.notify('Saved')"),
    (notice_with_markup, "app.notify(f'{name}', markup=True)"),
    (markup_of_text, "Text.from_markup('[b]a')"),
    (markup_of_text, "Content.from_markup(f'[b]{name}')"),
    (markup_of_text, "Content.from_markup(template)"),
    (markup_escape, "escape(name)"),
    (markup_escape, "import rich.markup\nrich.markup.escape(name)"),
    (markdown_viewer, "from textual.widgets import MarkdownViewer as V\nV(text)"),
    (markdown_viewer, "import textual.widgets as w\nclass A(w.MarkdownViewer): ..."),
    (markdown_with_links, "Markdown(text)"),
    (markdown_with_links, "Markdown(text, open_links=True)"),
    (markdown_with_links, "class A(Markdown):\n    def __init__(self): super().__init__()"),
    (link_style, "Style(bold=True, link=url)"),
    (shell, "subprocess.run(line, shell=True)"),
    (shell, "subprocess.run(line, shell=flag)"),
    (shell, "os.system(line)"),
    (shell, "from os import system as run\nrun(line)"),
    (yaml_with_tags, "yaml.load(text, Loader=yaml.SafeLoader)"),
    (yaml_with_tags, "yaml.unsafe_load(text)"),
    (yaml_with_tags, "from yaml import full_load\nfull_load(text)"),
    (yaml_with_tags, "yaml.compose(text, Loader=yaml.FullLoader)"),
    (file_outside_store, "open('a')"),
    (file_outside_store, "path.open('rb')"),
    (file_outside_store, "path.read_text()"),
    (file_outside_store, "path.read_bytes()"),
    (file_outside_store, "path.write_text('')"),
    (file_outside_store, "(folder / name).write_bytes(b'')"),
    (file_outside_store, "os.replace(one, other)"),
    (file_outside_store, "from os import remove\nremove(path)"),
)

GOOD = (
    "Static('Agents')",
    "Static(shown(name))",
    "Static(shown(name) + f' {count}')",
    "Static(f'{name}', markup=False)",
    "Static(shown(name).stylize('bold'))",
    "def compose(line: Content): yield Static(line)",
    "def row(agent) -> Content: ...\nOption(row(agent), id='a')",
    "def compose(agent):\n    line = Content.assemble('a', shown(agent.name))\n    yield Option(line)",
    "Label('Name')",
    "Label(shown(name), id=f'field-{index}')",
    "names.update(found)",
    "table.add_row(shown(name), Text(description))",
    "Select([(shown(name), name) for name in names])",
    "Select(options)",
    "self.border_title = shown(name)",
    "self.border_title = Content('Agents')",
    "self.border_title = None",
    "class A(Widget):\n    def render(self) -> Content: ...",
    "class A(Static):\n    def __init__(self, name: str): super().__init__(shown(name))",
    "self.notify(f'{name}', markup=False)",
    "Content.from_markup('[b]$name', name=name)",
    "re.escape(name)",
    "Markdown(text, open_links=False)",
    "class A(Markdown):\n    def __init__(self): super().__init__(open_links=False)",
    "Style(bold=True)",
    "subprocess.run(['git', 'status'], shell=False)",
    "yaml.safe_load(text)",
    "yaml.compose(text, Loader=yaml.CSafeLoader)",
    "self.open(node)",
    "reopened(path)",
)


def rules_broken_by(code: str, path: str = "agent_studio/ui/a.py") -> list[Rule]:
    source = Source(path, IMPORTS + code)
    known = members([source])
    return [rule for rule in RULES if any(rule(node, scope) for node, scope in scoped(source, known))]


@pytest.mark.parametrize(("rule", "code"), BAD)
def test_gate_refuses(rule: Rule, code: str) -> None:
    assert rule in rules_broken_by(code)


@pytest.mark.parametrize("code", GOOD)
def test_gate_takes(code: str) -> None:
    assert rules_broken_by(code) == []


def test_every_rule_is_seen_to_refuse_something() -> None:
    assert {rule for rule, _ in BAD} == set(RULES)


def test_the_store_opens_files() -> None:
    assert rules_broken_by("open('a')", "agent_studio/store/disk.py") == []


def test_the_package_keeps_text_safe() -> None:
    package = sources("agent_studio")
    known = members(package)
    assert [finding for source in package for finding in broken(source, known)] == []
