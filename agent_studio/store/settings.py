"""What a person and a project want: their configuration files, never anything inside an agent file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from agent_studio.model.checks.catalogue import BY_ID, RULES
from agent_studio.model.checks.engine import Configuration, meant
from agent_studio.model.checks.problem import SEVERITIES, Severity
from agent_studio.model.checks.rule import Rule

from .contents import read

VARIABLE = "AGENT_STUDIO_CONFIG"
"""The environment variable that names a person's own file."""
OWN = os.path.join("agent-studio", "config.toml")
"""That file below the folder for configuration, where the variable is not set."""
PROJECT = {"agent-studio.toml": ("lint",), "pyproject.toml": ("tool", "agent-studio", "lint")}
"""A project's file -> the table in it that counts; of two in one folder the first."""
_TABLE = PROJECT["agent-studio.toml"]
_VIEWS = "views"


class BadSettings(Exception):
    """A configuration that cannot be understood; the message says which file, what in it, and what it takes."""


def lint_configuration(cwd: str, environ: Mapping[str, str], home: str | os.PathLike[str]) -> Configuration:
    """How to lint in a folder: as the person says, less what the project takes away. Raises `BadSettings`."""
    return lowered(_own(environ, home), _of_project(Path(cwd)))


def lowered(own: Configuration, project: Configuration) -> Configuration:
    """A person's configuration with less: a project leaves rules out, excepts files, makes rules weigh less.

    It cannot add a rule or make one weigh more: who lints foreign files is told no more than they asked for.
    """
    left_out = tuple(rule.id for rule in RULES if not _kept(project, rule))
    lighter = {
        rule: severity
        for rule, severity in project.severities.items()
        if SEVERITIES.index(severity) > SEVERITIES.index(own.severity(BY_ID[rule]))
    }
    patterns = {**own.per_file, **project.per_file}
    return own._replace(
        ignore=(*own.ignore, *left_out),
        severities={**own.severities, **lighter},
        per_file={p: (*own.per_file.get(p, ()), *project.per_file.get(p, ())) for p in patterns},
    )


def _kept(project: Configuration, rule: Rule) -> bool:
    """Whether a project leaves a rule as it is; one that it does not select it leaves out."""
    chosen = not project.select or any(meant(rule, word) for word in project.select)
    return chosen and not any(meant(rule, word) for word in project.ignore)


def unknown_rule(word: str) -> str | None:
    """What to say of a word that means no rule; None where it means some."""
    if any(meant(rule, word) for rule in RULES):
        return None
    close = get_close_matches(word.casefold(), _NAMES)
    hint = f": did you mean {' or '.join(_NAMES[name] for name in close)}?" if close else ", and no id begins so"
    return f"no rule is called {word!r}{hint}"


_NAMES = {name.casefold(): name for rule in RULES for name in (rule.id, rule.name)}


def own_path(environ: Mapping[str, str], home: str | os.PathLike[str]) -> str:
    """Where a person's own file is, or would be."""
    folder = environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    return environ.get(VARIABLE) or os.path.join(folder, OWN)


def views(environ: Mapping[str, str], home: str | os.PathLike[str]) -> dict[str, str]:
    """The person's saved views: name -> query, as it stands there. Raises `BadSettings`."""
    file, found = _own_file(environ, home)
    return file.views(found)


def _own(environ: Mapping[str, str], home: str | os.PathLike[str]) -> Configuration:
    """What the person's own file says; nothing where there is none."""
    file, found = _own_file(environ, home)
    return file.configuration({key: value for key, value in found.items() if key != _VIEWS})


def _own_file(environ: Mapping[str, str], home: str | os.PathLike[str]) -> tuple[_File, dict[str, object]]:
    path = own_path(environ, home)
    found = _toml(path)
    if found is None and environ.get(VARIABLE):
        raise BadSettings(f"{path}: there is no such file ({VARIABLE} names it)")
    return _File(path, _TABLE), found or {}


def _of_project(cwd: Path) -> Configuration:
    """What the nearest file of the project says, up to the top of its repository; nothing where there is none."""
    for folder in _folders(cwd):
        for name, table in PROJECT.items():
            path = os.path.join(folder, name)
            found = _toml(path)
            if found is not None and (name != "pyproject.toml" or _at(found, table) is not None):
                return _File(path, table).configuration(found)
    return Configuration()


def _folders(cwd: Path) -> Iterable[Path]:
    """The folder and those above it in its git repository; alone outside of one, where others might have put a file."""
    folders = [cwd, *cwd.parents]
    top = next((place for place, folder in enumerate(folders) if os.path.lexists(folder / ".git")), 0)
    return folders[: top + 1]


def _toml(path: str) -> dict[str, object] | None:
    """What a TOML file holds; None where there is none. Raises `BadSettings`."""
    try:
        contents = read(os.path.realpath(path))
    except FileNotFoundError:
        return None
    if contents.trouble or not contents.whole:
        raise BadSettings(f"{path}: {contents.trouble or 'it is larger than 1 MiB'}")
    import tomllib  # noqa: PLC0415  # most places have no such file

    try:
        return tomllib.loads(contents.data.decode())
    except (ValueError, RecursionError) as error:
        raise BadSettings(f"{path}: this is no TOML ({error})") from None


def _at(table: object, keys: Iterable[str]) -> object:
    """What stands under some keys, one within the other; None where nothing does."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


class _File(NamedTuple):
    """A configuration file and the table in it that counts, for what is wrong with it."""

    path: str
    table: tuple[str, ...]

    def configuration(self, found: Mapping[str, object]) -> Configuration:
        """What it says."""
        if self.table == _TABLE and (strange := found.keys() - {*_TABLE}):
            words = f"there is no such setting; those of lint stand below [{_TABLE[0]}]"
            raise BadSettings(f"{self.path}: {min(strange)}: {words}")
        said = _at(found, self.table)
        table = self._table("", {} if said is None else said)
        if strange := table.keys() - {"select", "ignore", "severity", "per-file-ignores"}:
            raise self._bad(min(strange), "there is no such setting: select, ignore, severity, per-file-ignores")
        excepted = self._table("per-file-ignores", table.get("per-file-ignores", {}))
        return Configuration(
            self._rules("select", table.get("select", [])),
            self._rules("ignore", table.get("ignore", [])),
            dict(self._severities(self._table("severity", table.get("severity", {})))),
            {pattern: self._rules(f"per-file-ignores.{pattern}", words) for pattern, words in excepted.items()},
        )

    def views(self, found: Mapping[str, object]) -> dict[str, str]:
        """The views that it saves."""
        table = found.get(_VIEWS, {})
        if not isinstance(table, dict):
            raise BadSettings(f"{self.path}: {_VIEWS}: it takes a table")
        for name, query in table.items():
            if not isinstance(query, str):
                raise BadSettings(f'{self.path}: {_VIEWS}.{name}: it takes a query in quotes, as "model:opus is:dup"')
        return {name: str(query) for name, query in table.items()}

    def _severities(self, table: Mapping[str, object]) -> Iterator[tuple[str, Severity]]:
        """The ids that words mean, each with its severity; of two words for one rule the later counts."""
        for word, name in table.items():
            self._rules("severity", [word])
            severity = next((severity for severity in SEVERITIES if severity == name), None)
            if severity is None:
                raise self._bad(f"severity.{word}", f"it takes one of {', '.join(SEVERITIES)}")
            yield from ((rule.id, severity) for rule in RULES if meant(rule, word))

    def _rules(self, key: str, words: object) -> tuple[str, ...]:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._bad(key, 'it takes a list of ids, names or beginnings of ids, as ["D", "T001"]')
        for word in words:
            if wrong := unknown_rule(word):
                raise self._bad(key, wrong)
        return tuple(words)

    def _table(self, key: str, value: object) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self._bad(key, "it takes a table")
        return value

    def _bad(self, key: str, words: str) -> BadSettings:
        return BadSettings(f"{self.path}: {'.'.join(filter(None, (*self.table, key)))}: {words}")
