"""The package's sources, parsed once for all claims about what stands in the code."""

import ast
import gc
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "cadencecoach"
MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, the module itself first; never rubbish, so no search for rubbish goes through them."""
    was_on = gc.isenabled()
    gc.disable()
    nodes = tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    gc.freeze()
    if was_on:
        gc.enable()
    return nodes


def name_of(path: Path) -> str:
    """A module as its place in the package."""
    return str(path.relative_to(PACKAGE))
