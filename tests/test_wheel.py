"""What is installed is what the product uses: no module stands in the package that no command leads to."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
from source_trees import nodes_of

ROOT = Path(__file__).parents[1]
PACKAGE = "cadencecoach"


def modules() -> dict[str, Path]:
    """Every module of the package by its name; a folder is the name of its `__init__`."""
    paths = (ROOT / PACKAGE).rglob("*.py")
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    return {name.removesuffix(".__init__"): path for name, path in names.items()}


@cache
def named_in(path: Path) -> frozenset[str]:
    """Names a module imports, wherever in it, and those it starts as programs (`-m NAME`)."""
    names = set[str]()
    for node in nodes_of(path):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom(module=str(base)):
                names |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
            case ast.Constant(value=str(text)) if text.startswith(f"{PACKAGE}."):
                names.add(text)
    return frozenset(names)


def with_parents(name: str) -> Iterator[str]:
    """A module, and the folders it stands in, which are imported with it."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def modules_of(command: click.Command) -> Iterator[str]:
    """Where a command and those under it are written; a group loads a command's module when it is called."""
    if command.callback is not None:
        yield command.callback.__module__
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                one = command.get_command(context, name)
                assert one is not None
                yield from modules_of(one)


def commands_in(name: str, path: Path) -> Iterator[str]:
    """Modules of the commands of a module, where it is one of the command line's."""
    if "click" in named_in(path):
        for value in vars(import_module(name)).values():
            if isinstance(value, click.Command):
                yield from modules_of(value)


def reached() -> set[str]:
    """Every module the command line leads to, and the public face."""
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    entry, _, _ = scripts[PACKAGE].partition(":")
    there, seen = modules(), set[str]()
    todo = [PACKAGE, f"{PACKAGE}.__main__", entry]
    while todo:
        for name in with_parents(todo.pop()):
            if name in there and name not in seen:
                seen.add(name)
                todo += [*named_in(there[name]), *commands_in(name, there[name])]
    return seen


def test_every_module_of_the_package_is_reached_from_a_command() -> None:
    """What only tests, benches and tools use stands beside the package, in `bench/`, `tools/` and `tests/`."""
    assert sorted(modules().keys() - reached()) == []


def test_only_programs_the_product_starts_are_programs() -> None:
    """The entry, and the processes of the voices; pages, texts and sounds are made by `tools/`."""
    started = {name for path in modules().values() for name in named_in(path)}
    programs = {name for name, path in modules().items() if "__main__" in path.read_text(encoding="utf-8")}
    assert sorted(name for name in programs if name not in started and name != f"{PACKAGE}.__main__") == []


def test_no_module_reaches_outside_of_the_package() -> None:
    """Benches and tools use the package, never the other way round."""
    outside = {"bench", "tools", "tests"}
    assert outside.isdisjoint(name.partition(".")[0] for path in modules().values() for name in named_in(path))


def test_a_runners_install_has_no_developers_packages() -> None:
    """What is needed to change the program stands in a group of its own, which `uv tool install` leaves out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    def names(wanted: list[str]) -> set[str]:
        return {re.split(r"[<>=~ \[;]", one)[0] for one in wanted}

    installed = names(project["project"]["dependencies"])  # extras are tried, so developers have them
    developers = names(project["dependency-groups"]["dev"])
    assert {"pytest", "ruff", "mypy", "tinytag"} <= developers
    assert installed & developers == set()


def test_no_text_names_a_package_of_ours_on_a_registry() -> None:
    """None is published: a package of that name would be somebody else's. Extras are installed from the folder."""
    looked_at = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / PACKAGE).rglob("*.py")]
    named = re.compile(rf"{PACKAGE}\[\w+\]|(?:pip|tool|pipx|uvx)(?: install)? {PACKAGE}\b")
    assert [str(path) for path in looked_at if named.search(path.read_text(encoding="utf-8"))] == []
