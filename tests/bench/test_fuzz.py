"""What feeds the readers: the same again for the same seed, and a fault is found and named."""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pipes have no names in folders there", allow_module_level=True)

from bench.fuzz import deliveries, trial
from bench.fuzz.__main__ import lines
from bench.fuzz.deliveries import Delivery
from bench.fuzz.reader import Reader
from bench.fuzz.readers import readers
from bench.fuzz.trial import input_of, tried
from cadencecoach.devices import input_file
from cadencecoach.devices.input_file import file_bytes
from cadencecoach.errors import UsageError


def reader_of(read: Callable[[Path], object]) -> Reader:
    """A reader with one good file."""
    return Reader(name="test", ending=".txt", read=read, seeds=(b"good 1",))


def spin(_path: Path) -> None:
    """Never end."""
    while True:
        pass


def refuse(_path: Path) -> None:
    """Say so in two lines."""
    raise UsageError("a\nb")


def fail(_path: Path) -> None:
    """As a reader must not."""
    raise KeyError("name")


@pytest.mark.parametrize(
    ("read", "fault"),
    [
        (fail, "KeyError: 'name'"),
        (refuse, "the message is not one clear line"),
        (spin, "more than 0.05 s of a processor"),
        (Path.exists, ""),
    ],
)
def test_a_fault_of_a_reader_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], object], fault: str
) -> None:
    """A traceback, a message that is no line, a reader that does not end."""
    monkeypatch.setattr(trial, "MOST_S", 0.05)
    monkeypatch.setattr(trial, "MOST_MB", 1e6)
    found = tried((reader_of(read),), 1, 0, tmp_path)
    assert found.fault.startswith(fault)
    assert bool(found.fault) is bool(fault)
    told = list(lines([found], 1))
    assert any("--seed 1 --only 0: test" in line for line in told)
    assert f"1 inputs, {int(bool(fault))} failed" in told


def test_too_much_memory_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the whole process, which has at least one."""
    monkeypatch.setattr(trial, "MOST_MB", 1.0)
    assert tried((reader_of(Path.exists),), 1, 0, tmp_path).fault.endswith(" MB")


def test_a_seed_and_an_index_make_the_same_input(tmp_path: Path) -> None:
    """In any order; another seed makes another."""
    every = readers(tmp_path)
    one, other = input_of(every, 1, 7)[1], input_of(every, 1, 8)[1]
    assert (input_of(every, 1, 8)[1], input_of(every, 1, 7)[1]) == (other, one)
    assert [input_of(every, 1, n)[1] for n in range(60)] != [input_of(every, 2, n)[1] for n in range(60)]


@pytest.mark.slow
def test_each_reader_reads_a_good_file(tmp_path: Path) -> None:
    """What refuses everything would never fail."""
    for one in readers(tmp_path):
        for n, data in enumerate(one.seeds):
            (tmp_path / str(n)).mkdir(exist_ok=True)
            path = tmp_path / str(n) / f"good{one.ending}"
            path.write_bytes(gzip.compress(data) if one.ending.endswith(".gz") else data)
            if one.name != "broken journal":  # whole ones are refused
                one.read(path)


@pytest.mark.parametrize("deliver", [*deliveries.QUICK, deliveries.silent_pipe, deliveries.plain])
def test_the_door_takes_what_comes_in_any_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deliver: Delivery
) -> None:
    """The bytes, or one line."""
    monkeypatch.setattr(input_file, "PIPE_WITHIN_S", 0.5)
    readable = {deliveries.oddly_named, deliveries.pipe, deliveries.endless_pipe, deliveries.growing, deliveries.plain}
    with deliver(tmp_path / "input", b"1234") as path:
        if deliver in readable:
            assert file_bytes(path, what="plan file", limit_bytes=3) == b"123"
        else:
            with pytest.raises(UsageError) as caught:
                file_bytes(path, what="plan file", limit_bytes=4)
            assert str(caught.value).isprintable()
