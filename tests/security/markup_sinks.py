"""Every place of Textual that takes a text, given as the studio gives it: as content, or where it is never markup."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    ListItem,
    ListView,
    Log,
    Markdown,
    OptionList,
    RadioButton,
    RadioSet,
    RichLog,
    Select,
    SelectionList,
    Static,
    Tab,
    TabbedContent,
    TabPane,
    Tabs,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from agent_studio.ui.shown import shown, shown_line

Sink = Callable[[str], Widget]


class Rendered(Widget):
    """A widget that renders a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> RenderResult:
        return shown(self._text)


def updated(text: str) -> Widget:
    static = Static()
    static.update(shown(text))
    return static


def cell(text: str) -> Widget:
    table: DataTable[Text] = DataTable()
    table.add_column("c", width=60)
    table.add_row(Text(text))
    return table


def column_label(text: str) -> Widget:
    table: DataTable[Text] = DataTable()
    table.add_column(Text(text), width=60)
    return table


def row_label(text: str) -> Widget:
    table: DataTable[Text] = DataTable()
    table.add_column("c")
    table.add_row(Text("1"), label=Text(text))
    return table


def border_title(text: str) -> Widget:
    framed = Static()
    framed.styles.border = ("solid", "red")
    framed.border_title = shown(text)
    return framed


def border_subtitle(text: str) -> Widget:
    framed = Static()
    framed.styles.border = ("solid", "red")
    framed.border_subtitle = shown(text)
    return framed


def tree_node(text: str) -> Widget:
    tree: Tree[None] = Tree("root")
    tree.root.expand().add(Text(text))
    return tree


def tree_leaf(text: str) -> Widget:
    tree: Tree[None] = Tree("root")
    tree.root.expand().add_leaf("").set_label(Text(text))
    return tree


def log(text: str) -> Widget:
    log = Log()
    log.write(text)
    return log


def rich_log(text: str) -> Widget:
    log = RichLog()
    log.write(text, width=60)
    return log


def select(text: str) -> Widget:
    return Select([(shown(text), 1)], value=1)


def tab_pane(text: str) -> Widget:
    content = TabbedContent()
    content.compose_add_child(TabPane(shown(text)))
    return content


def appended(text: str) -> Widget:
    options = OptionList()
    options.add_option(Option(shown(text)))
    return options


def replaced(text: str) -> Widget:
    options = OptionList(Option("", id="a"))
    options.replace_option_prompt("a", shown(text))
    return options


SINKS: dict[str, Sink] = {
    "Static": lambda text: Static(shown(text)),
    "Static without markup": lambda text: Static(text, markup=False),
    "Static of Text": lambda text: Static(Text(text)),
    "Static of one line": lambda text: Static(shown_line(text)),
    "Static with style": lambda text: Static(shown(text, "bold")),
    "Static assembled": lambda text: Static(Content.assemble("a", shown(text), ("b", "dim"))),
    "Static from template": lambda text: Static(Content.from_markup("[b]$text[/]", text=text)),
    "Static joined": lambda text: Static(Content(" ").join([shown(text), shown("x")])),
    "Static added": lambda text: Static(shown(text) + "x"),
    "Static.update": updated,
    "Label": lambda text: Label(shown(text)),
    "render": Rendered,
    "ListItem": lambda text: ListView(ListItem(Label(shown(text)))),
    "Button": lambda text: Button(shown(text), compact=True),
    "Checkbox": lambda text: Checkbox(shown(text), compact=True),
    "RadioButton": lambda text: RadioButton(shown(text), compact=True),
    "RadioSet": lambda text: RadioSet(RadioButton(shown(text)), compact=True),
    "OptionList": lambda text: OptionList(shown(text)),
    "Option": lambda text: OptionList(Option(shown(text))),
    "OptionList.add_option": appended,
    "OptionList.replace": replaced,
    "SelectionList": lambda text: SelectionList(Selection(shown(text), 1)),
    "Select": select,
    "DataTable cell": cell,
    "DataTable column": column_label,
    "DataTable row": row_label,
    "border_title": border_title,
    "border_subtitle": border_subtitle,
    "Tree": lambda text: Tree(Text(text)),
    "Tree.add": tree_node,
    "Tree.set_label": tree_leaf,
    "Tabs": lambda text: Tabs(Tab(shown(text))),
    "TabPane": tab_pane,
    "Input": Input,
    "Input placeholder": lambda text: Input(placeholder=text),
    "TextArea placeholder": lambda text: TextArea(placeholder=shown(text)),
    "TextArea": TextArea,
    "Log": log,
    "RichLog": rich_log,
    "Markdown": lambda text: Markdown(f"`{text}`", open_links=False),
}
