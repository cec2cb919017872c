"""The import table of the house, held over the syntax tree: who may know whom."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from source_trees import MODULES, PACKAGE, name_of, nodes_of

GROUND = {"units", "timebase", "errors", "frozen"}
FOLDS = {"clinic", "programme", "session", "record", "coach", "plan", "gait"}
ROOMS_BELOW: dict[str, set[str]] = {
    "plan": set(),
    "gait": set(),
    "devices": set(),
    "fit": set(),
    "music": {"plan"},
    "coach": {"plan", "gait"},
    "sound": {"plan"},
    "workouts": {"plan", "fit"},
    "record": {"coach", "plan", "gait", "fit"},
    "session": {"record", "coach", "plan", "gait"},
    "programme": {"record", "coach", "plan", "gait"},
    "clinic": {"programme", "record", "coach", "plan", "gait"},
    "view": {"clinic", "programme", "session", "record", "coach", "plan", "gait"},
    "store": {"devices", "programme", "record", "sound", "music", "plan", "gait"},
    "live": {"store", "devices", "view", "session", "record", "coach", "sound", "music", "plan", "gait"},
    "cohort": {"store", "devices", "programme", "session", "record", "coach", "plan", "gait", "fit"},
    "desk": {"live", "store", "devices", "view", *FOLDS, "workouts", "fit", "sound", "music"},
    "web": {"desk", "live", "store", "devices", "view", *FOLDS},
    "cli": {"web", "desk", "cohort", "live", "store", "devices", "view", *FOLDS, "workouts", "music"},
    "__main__": {"cli"},
}
ONLY_IN = {
    "bleak": {"devices"},
    "sounddevice": {"devices"},
    "time": {"devices"},
    "sqlite3": {"devices"},
    "filelock": {"devices"},
    "platformdirs": {"devices"},
    "asyncio": {"devices", "live", "web"},
    "threading": {"devices", "live"},
    "multiprocessing": {"devices", "cohort"},
    "distributed": {"cohort"},
    "duckdb": {"cohort"},
    "click": {"cli"},
    "rich": {"view", "cli"},
    "yaml": {"plan"},
    "socket": {"devices", "web"},
    "subprocess": {"devices"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "segno": {"view"},
    "pyrage": {"desk"},
    "ifaddr": {"devices"},
    "ssl": {"web"},
    "h11": {"devices"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
}

# Where this machine keeps what is the user's: who may know it. All others are handed a store, which has its machine.
KNOW_FOLDERS = {
    "platformdirs": {"devices/user_folders.py"},
    "cadencecoach.devices.user_folders": {
        "store/user_store.py",  # makes the store and the machine
        "devices/reach/place.py",  # where running sessions are found: nothing is kept there
    },
    "cadencecoach.store.user_store": {"cli"},  # the door: nobody hands anything to whoever types
    "cadencecoach.store.file_store": {
        "store/user_store.py",
        "store/opening.py",  # what a person names may be a folder of files
        "store/writing_here.py",  # a computer of a clinic writes into files first,
        "store/local_copy.py",  # keeps there what it saw last,
        "store/spooling.py",  # and runs sessions in them
        "desk/keeping",  # copies files that a person names
        "desk/backup",  # packs and restores the very files
    },
}
EXPAND_HOMES = {"devices/input_file.py"}  # `~` in a path that somebody typed

READING_ORDER = PACKAGE.parent / "docs" / "reading-order.md"
CALENDAR = {"date", "timedelta"}  # days are values like any other; only devices may ask which day it is
ASKING = {"now", "today", "utcnow", "fromtimestamp"}


@dataclass(frozen=True)
class Module:
    """What the claims below ask of a module."""

    imported: tuple[tuple[str, ...], ...]  # dotted names, wherever in it the import stands
    called: frozenset[str]  # methods
    named: frozenset[str]  # texts that stand for themselves


@cache
def read(path: Path) -> Module:
    """A module, parsed once for all claims about it."""
    nodes = nodes_of(path)
    calls = (node.func for node in nodes if isinstance(node, ast.Call))
    return Module(
        imported=tuple(name for node in nodes for name in names_in(node, path)),
        called=frozenset(call.attr for call in calls if isinstance(call, ast.Attribute)),
        named=frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)),
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


def imports() -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every import of every module."""
    return ((path, name) for path in MODULES for name in read(path).imported)


def may_import(room: str, name: tuple[str, ...]) -> bool:
    """Whether a room may import a name of the package; the door may import nothing, and nobody the door."""
    allowed = set() if room == "__init__" else ROOMS_BELOW.get(room, set()) | GROUND | {room}
    return name[0] != "cadencecoach" or len(name) == 1 or name[1] in allowed or name[1] == "__version__"


def test_a_module_imports_only_rooms_below_its_own() -> None:
    """Imports go down: neighbours do not know each other, and nobody imports the door."""
    assert [(name_of(path), ".".join(name)) for path, name in imports() if not may_import(room_of(path), name)] == []


def test_live_things_stay_in_their_rooms() -> None:
    """Radio, sound card, clocks, threads, YAML and the screen library are each imported in their own rooms only."""
    kept = ((path, name[0]) for path, name in imports() if name[0] in ONLY_IN)
    assert [(name_of(path), name) for path, name in kept if room_of(path) not in ONLY_IN[name]] == []


def test_only_devices_ask_what_day_it_is() -> None:
    """A day is handed in as a value; no room but devices imports more of `datetime` than that, or asks for today."""
    others = [path for path in MODULES if room_of(path) != "devices"]
    named = [(path, name) for path in others for name in read(path).imported if name[0] == "datetime"]
    assert [(name_of(path), name[-1]) for path, name in named if name[-1] not in CALENDAR] == []
    assert [name_of(path) for path in others if read(path).called & ASKING] == []


def test_few_modules_know_where_the_users_folders_are() -> None:
    """Each of them is one that is listed, and each that is listed still needs to be."""
    known = {
        (what, name_of(path).replace("\\", "/"))
        for path, parts in imports()
        for what in KNOW_FOLDERS
        if ".".join(parts[: what.count(".") + 1]) == what
    }
    allowed = {(what, place) for what, places in KNOW_FOLDERS.items() for place in places}
    assert [(what, name) for what, name in known if not any(name.startswith(one) for one in KNOW_FOLDERS[what])] == []
    assert [
        (what, place) for what, place in allowed if not any(a == what and b.startswith(place) for a, b in known)
    ] == []


def test_nobody_finds_a_home_in_another_way() -> None:
    """Neither by `~`, nor by a variable of the environment that says where one is."""
    expanding = {name_of(path) for path in MODULES if read(path).called & {"expanduser", "home"}}
    assert {name.replace("\\", "/") for name in expanding} == EXPAND_HOMES
    variables = {"HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"}
    assert [name_of(path) for path in MODULES if read(path).named & variables] == []


def test_no_module_is_part_of_a_circle() -> None:
    """Following imports from any module never leads back to it."""
    names = {".".join(("cadencecoach", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in MODULES}
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
    names = {".".join(("cadencecoach", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in MODULES}
    found = set()
    for path in MODULES:
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
