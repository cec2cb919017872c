"""The numbers a room of the package stands on, read from its files: what a test pins one by one."""

import ast
import importlib
import inspect
import pkgutil
from numbers import Real


def files_of(room: str) -> list[str]:
    """The files of a room that hold code, below it."""
    package = importlib.import_module(room)
    modules = [one for one in pkgutil.walk_packages(package.__path__, f"{room}.") if not one.ispkg]
    return [one.name.removeprefix(f"{room}.") for one in modules]


def numbers_of(room: str, name: str) -> dict[str, object]:
    """The constants of a file that are numbers."""
    module = importlib.import_module(f"{room}.{name}")
    nodes = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [one for node in nodes for one in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    names = [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]
    return {one: getattr(module, one) for one in names if one.isupper() and _is_number(getattr(module, one))}


def _is_number(value: object) -> bool:
    """Whether it is a number, or a tuple of nothing else."""
    if isinstance(value, tuple):
        return bool(value) and all(map(_is_number, value))
    return isinstance(value, Real)
