"""Small faults put into the code, one at a time: does a test see each of them?

`python -m bench.mutants --room gait --seed 1 --n 75`. A sample, the same for the same seed and the same code, is drawn
from every place where a fault can be put in. Which tests enter which function is written down once. Each fault is put
into a copy of the tree, never into the tree itself, and the tests that get to it are run: those of the file first, then
those of the room and of the rooms above. A run that does not end is a fault that was seen. The table says how many were
seen; each that lives is to be read: the same program in other words, or a test that is missing.
"""

import argparse
import ast
import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest

TREE = Path(__file__).parents[1]
PACKAGE = "cadencecoach"
FOLDERS = ("cadencecoach", "tests", "bench", "tools", "sessions", "sounds", "config", "docs")
COPIED = (*FOLDERS, "pyproject.toml", "README.md")
NUDGE_TIMES = 1.05  # a constant is put off by so much: less is a matter of taste, more is seen by anybody
EACH_TEST_S = 20
WATCHED_S = 200  # one that is watched takes several times as long
LEAST_RUN_S = 30.0
LONGEST_TIMES = 5.0  # of what the same tests take without a fault
LONGEST_S = 3600.0  # of the run without any fault
ASKED = "CADENCECOACH_BENCH_MUTANTS"  # what a run of tests is asked, in the environment

EDGES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
SWAPS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
OPPOSITES = {"min": "max", "max": "min", "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where faults are put, and which tests are to see them.

    Attributes:
        sources: patterns of files in the package
        tests: folders or files of the room's own tests
        wider: those of the rooms above, for what lives
    """

    sources: tuple[str, ...]
    tests: tuple[str, ...]
    wider: tuple[str, ...]


ROOMS = {
    "coach": Room(
        sources=("coach/*.py",),
        tests=("tests/coach",),
        wider=("tests/plan/checks", "tests/session/test_session.py", "tests/desk/running/test_rehearsing.py"),
    ),
    "sound": Room(
        sources=(
            "sound/beats.py",
            "sound/engine.py",
            "sound/placing.py",
            "sound/phases.py",
            "timebase.py",
            "units.py",
            "devices/slip.py",
            "devices/heard.py",
        ),
        tests=("tests/sound", "tests/devices/test_slip.py", "tests/devices/test_heard.py"),
        wider=("tests/test_units.py", "tests/devices", "tests/plan/test_timeline.py", "tests/live/audio"),
    ),
    "gait": Room(
        sources=("gait/*.py",),
        tests=("tests/gait",),
        wider=(
            "tests/whole/test_acceleration.py",
            "tests/desk/sensors",
            "tests/session/test_feet.py",
            "tests/session/test_session.py",
            "tests/coach",
        ),
    ),
    "rules": Room(
        sources=("programme/rules/*.py", "programme/facts.py", "programme/done.py"),
        tests=("tests/programme",),
        wider=("tests/desk/programmes", "tests/desk/today", "tests/view/programme"),
    ),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One place in one file, and what is put there.

    Attributes:
        file: below the tree
        n: which of the file's faults, in the order in which they are found
        line: where it stands
        what: what is changed into what
    """

    file: str
    n: int
    line: int
    what: str


@dataclass(slots=True)
class Count:
    """What a room came to."""

    n_sampled: int = 0
    n_seen: int = 0
    n_unending: int = 0
    living: list[Fault] = field(default_factory=list)


def faults_of(source: str, file: str) -> list[Fault]:
    """Every fault that can be put into a file's text."""
    return [Fault(file, n, line, what) for n, (line, what, _) in enumerate(_faulty(ast.parse(source)))]


def with_fault(source: str, n: int) -> str:
    """The file's text with its fault number `n`."""
    for at, (_, _, text) in enumerate(_faulty(ast.parse(source))):
        if at == n:
            return text()
    raise IndexError(n)


class _Text:
    """The whole tree as text, with one node in another's place while it is written."""

    def __init__(self, tree: ast.Module, parent: ast.AST, name: str, index: int | None, node: ast.AST) -> None:
        self._tree, self._parent, self._name, self._index, self._node = tree, parent, name, index, node

    def __call__(self) -> str:
        held = getattr(self._parent, self._name)
        try:
            if self._index is None:
                setattr(self._parent, self._name, self._node)
            else:
                setattr(self._parent, self._name, [*held[: self._index], self._node, *held[self._index + 1 :]])
            return ast.unparse(ast.fix_missing_locations(self._tree))
        finally:
            setattr(self._parent, self._name, held)


def _faulty(tree: ast.Module) -> Iterator[tuple[int, str, _Text]]:
    """Line, words and text of each fault, in the order of the file."""
    for parent, name, index, node in _places(tree):
        for other in _instead(node, name):
            what = f"{_short(node)}  ->  {_short(other)}"
            yield getattr(node, "lineno", 0), what, _Text(tree, parent, name, index, other)


def _short(node: ast.AST) -> str:
    text = ast.unparse(node).splitlines()
    return text[0] if len(text) == 1 else text[0] + " ..."


def _places(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node that decides something, with where it hangs; types, docstrings, decorators and asserts do not."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases", "type_params"}:
            continue
        several = value if isinstance(value, list) else [value]
        for index, child in enumerate(several):
            if not isinstance(child, ast.AST) or isinstance(child, ast.Assert | ast.Raise | ast.JoinedStr | ast.Import):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Assign) and _is_of_slots(child):
                continue
            yield node, name, index if isinstance(value, list) else None, child
            yield from _places(child)


def _is_of_slots(assign: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__slots__" for target in assign.targets)


def _instead(node: ast.AST, name: str) -> Iterator[ast.AST]:  # noqa: C901, PLR0912  # one case a kind of fault
    """What is put in a node's place; `name` is the field it stands in."""
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                other = copy.copy(node)
                other.ops = [*ops[:at], EDGES[type(op)](), *ops[at + 1 :]]
                yield other
        case ast.BinOp(op=op) if type(op) in SWAPS:
            yield _changed(node, op=SWAPS[type(op)]())
        case ast.AugAssign(op=op) if type(op) in SWAPS:
            yield _changed(node, op=SWAPS[type(op)]())
        case ast.BoolOp(op=op):
            yield _changed(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=bool(is_so)):
            yield ast.Constant(not is_so)
        case ast.Constant(value=int(number)):
            yield ast.Constant(number + 1)
        case ast.Constant(value=float(number)):
            yield ast.Constant(number * NUDGE_TIMES if number else 1.0)
        case ast.Call(func=ast.Name(id=called)) if called in OPPOSITES:
            yield _changed(node, func=ast.Name(OPPOSITES[called], ast.Load()))
        case ast.Call(func=ast.Attribute(attr=called) as attribute) if called in {"floor", "ceil"}:
            yield _changed(node, func=_changed(attribute, attr=OPPOSITES[called]))
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(ast.Constant(None))
    if name == "test" and isinstance(node, ast.expr) and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


def files_of(room: Room) -> list[str]:
    """The files of a room, below the tree."""
    paths = {path for pattern in room.sources for path in (TREE / PACKAGE).glob(pattern)}
    return sorted(str(path.relative_to(TREE)) for path in paths)


def drawn(room: Room, *, seed: int, n: int) -> list[Fault]:
    """The sample, in the order of the files."""
    every = [one for file in files_of(room) for one in faults_of((TREE / file).read_text("utf-8"), file)]
    chosen = random.Random(seed).sample(every, min(n, len(every)))  # noqa: S311  # a sample, not a secret
    return sorted(chosen, key=lambda fault: (fault.file, fault.n))


def mirrored(file: str) -> str | None:
    """The file of tests that mirrors one of the package, where there is one."""
    path = Path(file)
    mirror = Path("tests", *path.parts[1:-1], f"test_{path.name}")
    return str(mirror) if (TREE / mirror).exists() else None


@dataclass(frozen=True, slots=True)
class Reach:
    """What one test takes, and the code it enters.

    Attributes:
        test: its node id
        taken_s: without a fault, and with the watching
        entered: file and first line of each function
    """

    test: str
    taken_s: float
    entered: frozenset[tuple[str, int]]


class Watch:
    """Within pytest: writes down which functions of the watched files each test enters; or keeps the tests named."""

    def __init__(self, files: Sequence[str], written: Path | None, kept: Sequence[str]) -> None:
        """Watch files (below the folder pytest runs in), and write to a file; or keep tests, in their order."""
        self._files = {str(Path(file).resolve()): file for file in files}
        self._written, self._kept = written, {test: at for at, test in enumerate(kept)}
        self._entered: set[tuple[str, int]] = set()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests named."""
        if self._kept:
            items[:] = sorted((one for one in items if one.nodeid in self._kept), key=lambda i: self._kept[i.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test, its fixtures with it."""
        if self._written is None:
            return (yield)
        self._entered.clear()
        since_s = time.monotonic()
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            row = [item.nodeid, time.monotonic() - since_s, sorted(self._entered)]
            with self._written.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(row) + "\n")

    def _enter(self, frame: FrameType, _event: str, _arg: object) -> None:
        file = self._files.get(frame.f_code.co_filename)
        if file is not None:
            self._entered.add((file, frame.f_code.co_firstlineno))


def pytest_configure(config: pytest.Config) -> None:
    """Make this file a plugin of the runs it starts; what to do stands in the environment."""
    asked = json.loads(os.environ[ASKED])
    written = Path(asked["written"]) if asked["written"] else None
    config.pluginmanager.register(Watch(asked["files"], written, asked["kept"]))


def run_of(
    copied: Path, tests: Sequence[str], limit_s: float, *, files: Sequence[str] = (), written: Path | None = None
) -> bool | None:
    """Whether one of the tests fails; None: they did not end in time, which is seen as well."""
    order = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
        *(
            "-p",
            "bench.mutants",
            "-m",
            "not slow",
            "--hypothesis-seed=0",
            f"--timeout={WATCHED_S if written else EACH_TEST_S}",
        ),
        *dict.fromkeys(test.split("::")[0] for test in tests),
    ]
    kept = [test for test in tests if "::" in test]
    asked = json.dumps({"files": [*files], "written": str(written or ""), "kept": kept})
    env = os.environ | {"PYTHONPATH": str(copied), "PYTHONDONTWRITEBYTECODE": "1", ASKED: asked}
    process = subprocess.Popen(
        order, cwd=copied, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait(limit_s) != 0
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            if sys.platform != "win32":  # what it has started ends with it
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()


class Copy:
    """A copy of the tree, into which one fault at a time is put."""

    def __init__(self, folder: Path) -> None:
        """Copy what the tests need."""
        self.folder = folder
        for name in COPIED:
            source = TREE / name
            if source.is_dir():
                shutil.copytree(source, folder / name)
            elif source.exists():
                shutil.copy2(source, folder / name)

    def reaches(self, room: Room) -> list[Reach]:
        """Each test of a room, then of those above, in order, and what it enters; without a fault they succeed."""
        written = self.folder / "entered.jsonl"
        tests = [one for one in (*room.tests, *room.wider) if (TREE / one).exists()]
        if run_of(self.folder, tests, LONGEST_S, files=files_of(room), written=written) is not False:
            raise SystemExit(f"these tests fail without any fault: {' '.join(tests)}")
        rows = map(json.loads, written.read_text("utf-8").splitlines())
        return [
            Reach(test, taken_s, frozenset((file, line) for file, line in entered)) for test, taken_s, entered in rows
        ]

    def meets(self, fault: Fault, reaches: Sequence[Reach]) -> bool | None:
        """Whether a test that gets there sees the fault; None: they did not end."""
        path = self.folder / fault.file
        source = path.read_text("utf-8")
        span = _function_around(source, fault.line)
        met = [one for one in reaches if span is None or any(f == fault.file and at in span for f, at in one.entered)]
        if not met:
            return False
        mirror = f"{mirrored(fault.file)}::"
        met.sort(key=lambda one: not one.test.startswith(mirror))
        path.write_text(with_fault(source, fault.n), "utf-8")
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
            compiled.unlink()
        try:
            limit_s = max(LEAST_RUN_S, LONGEST_TIMES * sum(one.taken_s for one in met))
            return run_of(self.folder, [one.test for one in met], limit_s)
        finally:
            path.write_text(source, "utf-8")


def _function_around(source: str, line: int) -> range | None:
    """Lines of the outermost function that holds a line; None where it is read when the file is loaded."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno <= line <= (node.end_lineno or 0):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return range(first, (node.end_lineno or 0) + 1)
    return None


def measured(name: str, *, seed: int, n: int) -> Count:
    """Put the sample of one room to the test; each that lives is printed as it is found."""
    room, count = ROOMS[name], Count()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        place = Copy(Path(folder))
        subprocess.run([sys.executable, "-m", "compileall", "-q", PACKAGE], cwd=folder, check=True)
        reaches = place.reaches(room)
        for fault in drawn(room, seed=seed, n=n):
            seen = place.meets(fault, reaches)
            count.n_sampled += 1
            count.n_seen += seen is not False
            count.n_unending += seen is None
            word = {True: "seen", None: "seen, did not end", False: "LIVES"}[seen]
            print(f"{count.n_sampled:4} {word}: {fault.file}:{fault.line} [{fault.n}]  {fault.what}", flush=True)
            if seen is False:
                count.living.append(fault)
    return count


def main() -> None:
    """Measure the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--room", action="append", choices=[*ROOMS], help="may be given again; without it all rooms")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, default=75, help="faults a room")
    args = parser.parse_args()
    counts = {name: measured(name, seed=args.seed, n=args.n) for name in args.room or ROOMS}
    print(f"\n{'room':12}{'sampled':>9}{'seen':>9}{'unending':>10}{'living':>9}")
    for name, count in counts.items():
        print(f"{name:12}{count.n_sampled:9}{count.n_seen:9}{count.n_unending:10}{len(count.living):9}")
    for count in counts.values():
        for fault in count.living:
            print(f"{fault.file}:{fault.line} [{fault.n}]  {fault.what}")


if __name__ == "__main__":
    main()
