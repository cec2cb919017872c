"""Keys from a real pseudo-terminal, and the terminal given back on every way out."""

import io
import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st
from sound_servers import wait_until

from cadencecoach.devices.keyboard import NoKeyboard, keys_in, open_keyboard

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)
assert sys.platform != "win32"  # for the type checker

import termios  # noqa: E402  # POSIX only, as all below

from cadencecoach.devices.keyboard import PosixKeyboard  # noqa: E402


@pytest.fixture(name="terminal")
def _terminal() -> Iterator[tuple[int, int]]:
    """A pseudo-terminal: the end that types, and the end a program sees."""
    typing, seen = os.openpty()
    yield typing, seen
    for fd in (typing, seen):
        os.close(fd)


def modes(fd: int) -> list[Any]:
    """The terminal's settings."""
    return termios.tcgetattr(fd)


def typed(terminal: tuple[int, int], data: bytes, keyboard: PosixKeyboard) -> list[str]:
    """The keys a keyboard yields after something was typed."""
    os.write(terminal[0], data)
    assert select.select([terminal[1]], [], [], 5)[0]
    return list(iter(keyboard.poll, None))


@each_row(
    ("data", "keys"),
    [
        (b" ", ["space"]),
        (b"nMpUq", ["n", "m", "p", "u", "q"]),
        (b"0379", ["0", "3", "7", "9"]),
        (b"+-", ["up", "down"]),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        (b"\x1bOA\x1bOB", ["up", "down"]),
        (b"\x1b[1;5A", ["up"]),
        (b"\x1b[15~q", ["another key", "q"]),
        (b"\x1b\x1b[A", ["up"]),
        (b"\x1bq", ["q"]),
        ("ü走".encode(), ["another key", "another key"]),
        (b"\x00\x04", ["another key", "another key"]),
        (b"\x7f\x08", ["backspace", "backspace"]),
        (b"\r", ["enter"]),
    ],
)
def test_bytes_become_names(data: bytes, keys: list[str]) -> None:
    """What terminals send for each key; an unknown sequence or letter is one other key."""
    assert keys_in(data) == (keys, b"")


@given(st.lists(st.sampled_from([b"\x1b[A", b"\x1bOB", b"\x1b[1;5C", b"q", b" ", b"7"]), max_size=8), st.data())
def test_a_sequence_split_anywhere_is_the_same_key(parts: list[bytes], data: st.DataObject) -> None:
    """However the bytes are cut into reads, the keys are those of the whole."""
    whole = b"".join(parts)
    cut = data.draw(st.integers(0, len(whole)))
    first, rest = keys_in(whole[:cut])
    second, left = keys_in(rest + whole[cut:])
    assert (first + second, left) == keys_in(whole)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    """Noise on the line becomes keys or nothing, and what waits stays short."""
    keys, rest = keys_in(data)
    assert all(key.isprintable() for key in keys)
    assert len(rest) <= 32


def test_keys_come_one_at_a_time_without_echo(terminal: tuple[int, int]) -> None:
    """Nothing until a key is pressed, then each key once, and nothing is printed."""
    with PosixKeyboard(terminal[1]) as keyboard:
        assert keyboard.poll() is None
        assert typed(terminal, b" n", keyboard) == ["space", "n"]
        assert typed(terminal, b"\x1b", keyboard) == []
        assert typed(terminal, b"[A", keyboard) == ["up"]
        assert not select.select([terminal[0]], [], [], 0)[0]


def test_the_terminal_is_given_back(terminal: tuple[int, int]) -> None:
    """After closing, twice, or after an error inside, the settings are those of before."""
    before = modes(terminal[1])
    keyboard = PosixKeyboard(terminal[1])
    assert modes(terminal[1]) != before
    keyboard.close()
    keyboard.close()
    assert modes(terminal[1]) == before
    with pytest.raises(ZeroDivisionError), PosixKeyboard(terminal[1]):
        _ = 1 / 0
    assert modes(terminal[1]) == before


@pytest.mark.parametrize("ending", ["sys.exit(3)", "1 / 0", "pass", "raise KeyboardInterrupt"])
def test_a_program_that_forgets_still_gives_it_back(terminal: tuple[int, int], ending: str) -> None:
    """A process that ends without closing its keyboard leaves the terminal as it was."""
    before = modes(terminal[1])
    program = f"""
import sys, termios
from cadencecoach.devices.keyboard import open_keyboard
keyboard = open_keyboard()
assert type(keyboard).__name__ == "PosixKeyboard"
assert not termios.tcgetattr(0)[3] & termios.ECHO
{ending}
"""
    done = subprocess.run(
        [sys.executable, "-c", program], stdin=terminal[1], capture_output=True, check=False, text=True
    )
    assert "AssertionError" not in done.stderr
    assert modes(terminal[1]) == before


def test_a_key_rings(terminal: tuple[int, int]) -> None:
    """Who gives a bell hears of each key without looking, and of none that is not there; closing ends the thread."""
    rung = threading.Semaphore(0)
    n_threads = threading.active_count()
    with PosixKeyboard(terminal[1], rung.release) as keyboard:
        for data, name in ((b" ", "space"), (b"t", "t"), (b"\x1b[A", "up")):
            os.write(terminal[0], data)
            assert rung.acquire(timeout=5.0)
            assert keyboard.poll() == name
        assert keyboard.poll() is None
    wait_until(lambda: threading.active_count() == n_threads)


def test_modes_put_back_by_a_shell_are_taken_again(terminal: tuple[int, int]) -> None:
    """After Ctrl-Z and fg the terminal may be as the shell likes it; the next poll takes it back."""
    before = modes(terminal[1])
    with PosixKeyboard(terminal[1]) as keyboard:
        termios.tcsetattr(terminal[1], termios.TCSANOW, before)
        assert keyboard.poll() is None
        assert typed(terminal, b"q", keyboard) == ["q"]
    assert modes(terminal[1]) == before


def test_a_terminal_that_goes_away_is_survived() -> None:
    """A closed window or a lost connection leaves a keyboard that never yields."""
    typing, seen = os.openpty()
    with PosixKeyboard(seen) as keyboard:
        os.close(typing)
        assert [keyboard.poll(), keyboard.poll()] == [None, None]
    os.close(seen)


def test_without_a_terminal_no_key_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Input from a pipe or a file, or none at all, is never mistaken for keys."""
    for stdin in (io.StringIO("q q q"), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        with open_keyboard() as keyboard:
            assert isinstance(keyboard, NoKeyboard)
            assert keyboard.poll() is None
