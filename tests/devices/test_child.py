"""Processes of our own: what goes in comes out, both see one memory, and nobody outlives who started it."""

import importlib
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sound_servers import wait_until

from cadencecoach.devices.child import Child, CommonMemory

FOLDER = Path(__file__).parent / "live"
Start = Callable[..., Child]


@pytest.fixture
def lives(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The lives' module, importable here and in the child, which gets this process's path."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("lives")


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts children that are ended whatever happens."""
    children: list[Child] = []

    def begin(life: Callable[..., None], *values: object) -> Child:
        children.append(Child(life, *values))
        return children[-1]

    yield begin
    for child in children:
        child.kill()
        child.pipe.close()


def test_values_go_in_and_come_out(start: Start, lives: ModuleType) -> None:
    """Those it began with, and those sent later, of a byte and of a megabyte; told to end, it ends."""
    child = start(lives.answer, "a", 2)
    assert child.pipe.recv() == ("a", 2)
    for value in (b"x", b"y" * 1_000_000):
        child.pipe.send(value)
        assert child.pipe.recv() == value
    assert child.is_alive
    child.pipe.send(None)
    child.wait(10.0)
    assert not child.is_alive
    with pytest.raises(EOFError):
        child.pipe.recv()


@pytest.mark.slow
def test_what_a_library_prints_breaks_into_nothing(
    start: Start, lives: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    """The word arrives whole, and the terminal stays as it was."""
    assert start(lives.print_first).pipe.recv() == "a word"
    said = capfd.readouterr()
    assert said.out == said.err == ""


@pytest.mark.slow
def test_both_see_one_memory(start: Start, lives: ModuleType) -> None:
    """It begins as zeros; what the child writes is read here without a message."""
    memory = CommonMemory(4096)
    child = start(lives.write_down, memory)
    assert memory.buffer[:5] == bytes(5)
    child.pipe.send(b"hello")
    assert child.pipe.recv() == 5
    assert memory.buffer[:6] == b"hello\0"


@pytest.mark.slow
def test_memory_goes_through_no_pipe(start: Start, lives: ModuleType) -> None:
    """A child that runs already has not inherited it: refused here, and not mistaken for another file there."""
    child = start(lives.answer)
    with pytest.raises(TypeError):
        child.pipe.send(CommonMemory(4096))


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors of POSIX")
def test_memory_that_nobody_looks_at_is_given_back() -> None:
    """With its descriptors."""
    n_before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(20):
        CommonMemory(4096)
    assert len(list(Path("/dev/fd").iterdir())) == n_before


@pytest.mark.slow
def test_a_killed_child_is_the_end_of_its_pipe(start: Start, lives: ModuleType) -> None:
    """Nobody waits for it; what is sent to it is an error, not a hang."""
    child = start(lives.wait_for_ever)
    assert child.pipe.recv() == child.pid
    child.kill()
    assert not child.is_alive
    with pytest.raises(EOFError):
        child.pipe.recv()
    with pytest.raises(OSError, match=r"pipe|Invalid"):
        child.pipe.send("x" * 1_000_000)


def test_what_is_sent_into_a_closed_pipe_is_the_same_error(start: Start, lives: ModuleType) -> None:
    """Whoever sends need not know which end has gone."""
    child = start(lives.wait_for_ever)
    child.kill()
    child.pipe.close()
    with pytest.raises(OSError, match="closed"):
        child.pipe.send("x")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at a process that is no child of ours")
def test_a_child_whose_parent_has_gone_ends() -> None:
    """However the parent ended, even where it was given no time to say anything."""
    program = (
        f"import os, sys; sys.path.insert(0, {str(FOLDER)!r}); import lives\n"
        "from cadencecoach.devices.child import Child\n"
        "child = Child(lives.wait_for_ever); print(child.pipe.recv(), flush=True); os._exit(1)\n"
    )
    said = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    status = Path(f"/proc/{int(said.stdout)}/status")
    wait_until(lambda: not status.exists() or "State:\tZ" in status.read_text())


def test_a_life_that_cannot_be_sent_starts_nothing() -> None:
    """It is said before there is a process."""
    with pytest.raises((pickle.PicklingError, AttributeError)):
        Child(lambda _: None)
