"""Calls that would let text from a file become markup, a link, a command or an object, one rule each."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

from tests.house.content import Kind, Scope, scoped
from tests.house.source import Source

Rule = Callable[[ast.AST, Scope], bool]

LENIENT_SINKS = frozenset("Button Checkbox Collapsible ListItem Placeholder RadioButton Static Tab TabPane".split())
STRICT_SINKS = frozenset({"Label", "Option", "Selection"})
STRICT_METHODS = frozenset({"add_column", "add_columns", "add_leaf", "add_row", "add_rows", "set_label"})
PAIR_SINKS = frozenset({"Select", "SelectionList"})
TEXT_ARGUMENTS = frozenset({"content", "label", "prompt", "title"})
TITLES = frozenset({"border_subtitle", "border_title", "tooltip"})
ESCAPES = frozenset({"glob.escape", "html.escape", "re.escape"})
SHELLS = frozenset(
    "asyncio.create_subprocess_shell os.popen os.system subprocess.getoutput subprocess.getstatusoutput".split()
)
YAML_LOADERS = frozenset(
    "full_load full_load_all FullLoader load load_all Loader unsafe_load unsafe_load_all UnsafeLoader".split()
)
FILE_METHODS = frozenset(
    "hardlink_to mkdir open read_bytes read_text rmdir symlink_to touch unlink write_bytes write_text".split()
)
FILE_FUNCTIONS = frozenset(
    "open io.open os.link os.makedirs os.mkdir os.open os.remove os.rename os.replace os.rmdir os.symlink os.truncate "
    "os.unlink os.write shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.move shutil.rmtree".split()
)


def called(node: ast.AST, scope: Scope) -> str:
    """The dotted name that a node calls, empty when it is no call."""
    return scope.source.name(node.func) if isinstance(node, ast.Call) else ""


def last(name: str) -> str:
    """The last part of a dotted name."""
    return name.rpartition(".")[2]


def says(node: ast.AST, argument: str, value: bool) -> bool:
    """Whether a node is a call with this keyword set to this literal."""
    return isinstance(node, ast.Call) and any(
        keyword.arg == argument and isinstance(keyword.value, ast.Constant) and keyword.value.value is value
        for keyword in node.keywords
    )


def is_sink(name: str, sinks: frozenset[str]) -> bool:
    """Whether a dotted name is one of these classes of Textual."""
    return name.startswith("textual.") and last(name) in sinks


def shown_texts(node: ast.AST) -> Iterator[ast.expr]:
    """The arguments of a call to a widget that it shows."""
    if isinstance(node, ast.Call) and not says(node, "markup", value=False):
        yield from node.args[:1]
        yield from (keyword.value for keyword in node.keywords if keyword.arg in TEXT_ARGUMENTS)


def computed_text(node: ast.AST, scope: Scope) -> bool:
    """A widget, or `update`, is given a `str` that was computed: it would be read as markup."""
    name = called(node, scope)
    if not is_sink(name, LENIENT_SINKS | STRICT_SINKS) and last(name) != "update":
        return False
    return any(scope.kind(text) == "text" for text in shown_texts(node))


def computed_text_of_subclass(node: ast.AST, scope: Scope) -> bool:
    """A subclass of such a widget hands up a `str` that was computed."""
    if not isinstance(node, ast.ClassDef):
        return False
    if not any(is_sink(scope.source.name(parent), LENIENT_SINKS | STRICT_SINKS) for parent in node.bases):
        return False
    methods = [(part, scope.within(part)) for part in node.body if isinstance(part, ast.FunctionDef)]
    return any(
        inner.kind(text) == "text"
        for method, inner in methods
        for call in ast.walk(method)
        if called(call, inner) == "?.__init__"
        for text in shown_texts(call)
    )


def unproven_text(node: ast.AST, scope: Scope) -> bool:
    """A label, an option or a row is given something that is neither a literal nor provably content."""
    name = called(node, scope)
    if is_sink(name, STRICT_SINKS):
        texts = list(shown_texts(node))
    elif last(name) in STRICT_METHODS and isinstance(node, ast.Call):
        texts = node.args
    else:
        return False
    return any(scope.kind(text) in {"text", "unknown"} for text in texts)


def unproven_choices(node: ast.AST, scope: Scope) -> bool:
    """A select's (prompt, value) pairs are spelled out with a prompt that is neither a literal nor provably content."""
    if not isinstance(node, ast.Call) or not is_sink(called(node, scope), PAIR_SINKS):
        return False
    pairs = [part for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Tuple) and part.elts]
    return any(scope.kind(pair.elts[0]) in {"text", "unknown"} for pair in pairs)


def unproven_title(node: ast.AST, scope: Scope) -> bool:
    """A border title or a tooltip is set to something that is not provably content."""
    match node:
        case ast.Assign(targets=targets, value=value):
            pass
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
            targets = [target]
        case _:
            return False
    if not any(isinstance(target, ast.Attribute) and target.attr in TITLES for target in targets):
        return False
    return not (isinstance(value, ast.Constant) and value.value is None) and scope.kind(value) != "content"


def text_from_render(node: ast.AST, scope: Scope) -> bool:
    """A widget renders to a `str`, which is markup."""
    return (
        scope.source.path.startswith("agent_studio/ui/")
        and isinstance(node, ast.FunctionDef)
        and node.name == "render"
        and node.returns is not None
        and ast.unparse(node.returns) == "str"
    )


def notice_with_markup(node: ast.AST, scope: Scope) -> bool:
    """`notify` without `markup=False`."""
    return last(called(node, scope)) == "notify" and not says(node, "markup", value=False)


def markup_of_text(node: ast.AST, scope: Scope) -> bool:
    """`Text.from_markup`, or `Content.from_markup` of anything but a literal."""
    name = called(node, scope)
    if not name.endswith(".from_markup") or not isinstance(node, ast.Call):
        return False
    return not name.endswith("Content.from_markup") or any(scope.kind(text) != "literal" for text in node.args)


def markup_escape(node: ast.AST, scope: Scope) -> bool:
    """`escape` of Rich or Textual, which leaves markup in some texts."""
    name = called(node, scope)
    return last(name) == "escape" and name not in ESCAPES


def markdown_viewer(node: ast.AST, scope: Scope) -> bool:
    """`MarkdownViewer`, which reads files and dies of links."""
    return isinstance(node, ast.Name | ast.Attribute) and last(scope.source.name(node)) == "MarkdownViewer"


def markdown_with_links(node: ast.AST, scope: Scope) -> bool:
    """`Markdown`, or a subclass of it, without `open_links=False`."""
    if isinstance(node, ast.ClassDef):
        is_markdown = any(last(scope.source.name(parent)) == "Markdown" for parent in node.bases)
        return is_markdown and not any(says(part, "open_links", value=False) for part in ast.walk(node))
    return last(called(node, scope)) == "Markdown" and not says(node, "open_links", value=False)


def link_style(node: ast.AST, scope: Scope) -> bool:
    """`Style(link=…)`, which writes a URL to the terminal unfiltered."""
    return (
        isinstance(node, ast.Call)
        and last(called(node, scope)) == "Style"
        and any(keyword.arg == "link" for keyword in node.keywords)
    )


def shell(node: ast.AST, scope: Scope) -> bool:
    """A command line that a shell reads."""
    return called(node, scope) in SHELLS or (
        isinstance(node, ast.Call)
        and any(keyword.arg == "shell" and ast.unparse(keyword.value) != "False" for keyword in node.keywords)
    )


def yaml_with_tags(node: ast.AST, scope: Scope) -> bool:
    """A YAML loader that may build Python objects."""
    owner, _, name = scope.source.name(node).rpartition(".")
    return isinstance(node, ast.Name | ast.Attribute) and owner.split(".")[0] == "yaml" and name in YAML_LOADERS


def file_outside_store(node: ast.AST, scope: Scope) -> bool:
    """A file is opened, written or removed by code that is not the store's."""
    if scope.source.path.startswith("agent_studio/store/"):
        return False
    name = called(node, scope)
    owner, _, method = name.rpartition(".")
    return name in FILE_FUNCTIONS or (method in FILE_METHODS and owner not in {"", "self", "cls"})


RULES: tuple[Rule, ...] = (
    computed_text,
    computed_text_of_subclass,
    unproven_text,
    unproven_choices,
    unproven_title,
    text_from_render,
    notice_with_markup,
    markup_of_text,
    markup_escape,
    markdown_viewer,
    markdown_with_links,
    link_style,
    shell,
    yaml_with_tags,
    file_outside_store,
)


def broken(source: Source, known: Mapping[str, Kind]) -> Iterator[str]:
    """Every place of a file that breaks a rule, as `path:line rule`."""
    for node, scope in scoped(source, known):
        for rule in RULES:
            if rule(node, scope):
                yield f"{source.at(node)} {rule.__name__}: {rule.__doc__}"
