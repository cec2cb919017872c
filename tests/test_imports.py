"""The import table of the house, held over the syntax tree: who may know whom."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cadencecoach"
GROUND = {"units", "timebase", "errors"}
FOLDS = {"programme", "session", "record", "coach", "plan", "gait"}
ROOMS_BELOW: dict[str, set[str]] = {
    "plan": set(),
    "gait": set(),
    "devices": set(),
    "fit": set(),
    "coach": {"plan", "gait"},
    "sound": {"plan"},
    "workouts": {"plan", "fit"},
    "record": {"coach", "plan", "gait", "fit"},
    "session": {"record", "coach", "plan", "gait"},
    "programme": {"record", "coach", "plan", "gait"},
    "view": {"programme", "session", "record", "coach", "plan", "gait"},
    "store": {"devices", "programme", "record", "sound", "plan", "gait"},
    "live": {"store", "devices", "view", "session", "record", "coach", "sound", "plan", "gait"},
    "desk": {"live", "store", "devices", "view", *FOLDS, "workouts", "fit", "sound"},
    "cli": {"desk", "live", "store", "devices", "view", *FOLDS, "workouts"},
    "__main__": {"cli"},
}
ONLY_IN = {
    "bleak": {"devices"},
    "sounddevice": {"devices"},
    "time": {"devices"},
    "sqlite3": {"devices"},
    "filelock": {"devices"},
    "platformdirs": {"devices"},
    "asyncio": {"devices", "live"},
    "threading": {"devices", "live"},
    "multiprocessing": {"devices", "live"},
    "click": {"cli"},
    "rich": {"view", "cli"},
    "yaml": {"plan"},
}

READING_ORDER = PACKAGE.parent / "docs" / "reading-order.md"
CALENDAR = {"date", "timedelta"}  # days are values like any other; only devices may ask which day it is
ASKING = {"now", "today", "utcnow", "fromtimestamp"}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


@dataclass(frozen=True)
class Module:
    """What the claims below ask of a module."""

    imported: tuple[tuple[str, ...], ...]  # dotted names, wherever in it the import stands
    called: frozenset[str]  # methods


@cache
def read(path: Path) -> Module:
    """A module, parsed once for all claims about it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    calls = (node.func for node in nodes if isinstance(node, ast.Call))
    return Module(
        imported=tuple(name for node in nodes for name in names_in(node, path)),
        called=frozenset(call.attr for call in calls if isinstance(call, ast.Attribute)),
    )


def names_in(node: ast.AST, path: Path) -> Iterator[tuple[str, ...]]:
    """What a statement imports."""
    if isinstance(node, ast.Import):
        yield from (tuple(alias.name.split(".")) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{path}: relative imports hide which room is meant"
        base = tuple((node.module or "").split("."))
        yield from ((*base, alias.name) for alias in node.names)


def room_of(path: Path) -> str:
    """The room a module stands in; the ground floor is named by its module."""
    inside = path.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else path.stem


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_rooms_below_its_own(path: Path) -> None:
    """Imports go down: neighbours do not know each other, and nobody imports the door."""
    room = room_of(path)
    allowed = ROOMS_BELOW.get(room, set()) | GROUND | {room}
    if room == "__init__":
        allowed = set()
    for name in read(path).imported:
        if name[0] == "cadencecoach" and len(name) > 1:
            assert name[1] in allowed or name[1] == "__version__", f"{room} may not import {'.'.join(name)}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_live_things_stay_in_their_rooms(path: Path) -> None:
    """Radio, sound card, clocks, threads, YAML and the screen library are each imported in their own rooms only."""
    for name in read(path).imported:
        rooms = ONLY_IN.get(name[0])
        assert rooms is None or room_of(path) in rooms, f"{room_of(path)} may not import {name[0]}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_devices_ask_what_day_it_is(path: Path) -> None:
    """A day is handed in as a value; no room but devices imports more of `datetime` than that, or asks for today."""
    if room_of(path) == "devices":
        return
    module = read(path)
    assert all(name[0] != "datetime" or name[-1] in CALENDAR for name in module.imported)
    assert not module.called & ASKING, f"{path}: today is handed in"


def test_no_module_is_part_of_a_circle() -> None:
    """Following imports from any module never leads back to it."""
    names = {".".join(("cadencecoach", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in modules()}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}

    def targets(name: str) -> set[str]:
        found = set()
        for parts in read(names[name]).imported:
            whole, parent = ".".join(parts), ".".join(parts[:-1])
            found.add(whole if whole in names else parent)
        return (found & names.keys()) - {name}

    graph = {name: targets(name) for name in names}

    def reachable(start: str) -> set[str]:
        seen: set[str] = set()
        todo = list(graph[start])
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo.extend(graph[name])
        return seen

    circles = [name for name in names if name in reachable(name)]
    assert circles == []


def folders_imported() -> set[tuple[str, str]]:
    """Which folder imports which other, as dotted names; the ground floor and the way in are no folder."""
    names = {".".join(("cadencecoach", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in modules()}
    found = set()
    for path in modules():
        here = ".".join(("cadencecoach", *path.relative_to(PACKAGE).parts[:-1]))
        for parts in read(path).imported:
            if parts[0] != "cadencecoach" or len(parts) < 2:
                continue
            whole = ".".join(parts)
            module = whole if whole in names or f"{whole}.__init__" in names else ".".join(parts[:-1])
            there = module if f"{module}.__init__" in names else module.rpartition(".")[0]
            found.add((here, there))
    return {(here, there) for here, there in found if here != there and "cadencecoach" not in (here, there)}


def test_no_two_folders_import_each_other() -> None:
    """Neither two of which none contains the other, nor a folder and one inside it."""
    pairs = folders_imported()
    assert sorted({tuple(sorted(pair)) for pair in pairs if pair[::-1] in pairs}) == []


def test_the_page_for_newcomers_has_the_same_table() -> None:
    """docs/reading-order.md has a row for each room, with what it may import, and only rooms below it."""
    lines = READING_ORDER.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    told = {room: set() if below == "-" else set(below.split(", ")) for room, question, below in cells if question}
    assert told == {room: below for room, below in ROOMS_BELOW.items() if room != "__main__"}
    order = list(told)
    assert [room for room in order if told[room] - set(order[order.index(room) + 1 :])] == []
