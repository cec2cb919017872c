"""Single keys without echo, one face for every system: `open_keyboard()`, `poll()`, `close()`.

Keys have names: `space`, `enter`, `backspace`, `up`, `down`, `left`, `right`, and printable characters as they are,
letters small. Any other key is `another key`, so that whoever reads them can say that it does nothing.
Without a terminal there is a keyboard that never yields, so that nobody has to ask. Ctrl-C stays a signal.
"""

import atexit
import re
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self

_NAMED = {
    " ": "space",
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\b": "backspace",
    "+": "up",
    "-": "down",
}  # + and - where arrows do not come through
OTHER = "another key"
_ARROWS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left"}
# ECMA-48, 5.4: parameter bytes, intermediate bytes, one final byte. SS3 (ESC O) is what arrows send in keypad mode.
_SEQUENCE = re.compile(rb"\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*|O)([\x40-\x7e])")
_BEGUN = re.compile(rb"\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*|O)?\Z")
ESCAPE = "\x1b"  # it begins what other keys send, and cannot be told from it without waiting
LATER_BYTES = frozenset(map(chr, range(0x80, 0xC0)))  # of UTF-8
LOOK_EVERY_S = 0.01  # half of it is how long a key waits where none rings
_LONGEST_BYTES = 32  # no key sends more; a longer sequence is noise on the line


class Keyboard(Protocol):
    """Where keys come from.

    Attributes:
        look_every_s: how often to look for a key; one that rings is found sooner
    """

    look_every_s: float

    def poll(self) -> str | None:
        """The next key pressed, or None; never waits."""

    def close(self) -> None:
        """Give the terminal back as it was; a second call does nothing."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


def open_keyboard(ring: Callable[[], None] | None = None) -> Keyboard:
    """The keyboard of the terminal this program runs in, or one that never yields.

    Args:
        ring: called from another thread when a key has been pressed, where the system can tell (not on Windows)
    """
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        return NoKeyboard()
    if sys.platform == "win32":
        return WindowsKeyboard()
    else:  # noqa: RET505  # type checkers follow the platform through else only
        return PosixKeyboard(sys.stdin.fileno(), ring)


def keys_in(data: bytes) -> tuple[list[str], bytes]:
    """The names of the keys in what a terminal sent, and the rest: the beginning of a sequence still on its way.

    A lone Escape waits for what follows it: no key of ours needs it, so it need not be told apart by time.
    """
    keys: list[str] = []
    while data:
        if (sequence := _SEQUENCE.match(data)) is not None:
            keys.append(_ARROWS.get(sequence[1], OTHER))
            data = data[sequence.end() :]
        elif len(data) <= _LONGEST_BYTES and _BEGUN.match(data) is not None:
            return keys, data
        else:
            keys += filter(None, [_name(chr(data[0]))])
            data = data[1:]
    return keys, b""


def _name(character: str) -> str | None:
    """The name of a character's key; None for Escape, and for the later bytes of a letter that is not ASCII."""
    if character == ESCAPE or character in LATER_BYTES:
        return None
    name = _NAMED.get(character, character.lower())
    return name if name.isascii() and name.isprintable() else OTHER


class _Closing:
    """What every keyboard does at the end of a `with`."""

    def close(self) -> None:
        """Nothing to give back."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class NoKeyboard(_Closing):
    """No terminal: no key ever comes."""

    look_every_s = float("inf")

    def poll(self) -> str | None:
        """Nothing."""
        return None


if sys.platform == "win32":
    import msvcrt

    _WINDOWS_ARROWS = {"H": "up", "P": "down", "K": "left", "M": "right"}

    class WindowsKeyboard(_Closing):
        """The console of Windows; it echoes nothing and needs no restoring."""

        look_every_s = LOOK_EVERY_S

        def poll(self) -> str | None:
            """The next key pressed, or None."""
            if not msvcrt.kbhit():
                return None
            character = msvcrt.getwch()
            if character in "\x00\xe0":  # a function key: its code follows at once
                return _WINDOWS_ARROWS.get(msvcrt.getwch(), OTHER)
            return _name(character)

else:
    import os
    import select
    import termios
    import threading
    import tty

    class PosixKeyboard(_Closing):
        """A terminal in cbreak mode: keys at once, no echo, Ctrl-C still a signal.

        The terminal is given back by `close`, at the end of a `with`, and when the interpreter ends in any way it can
        see. A signal that kills it outright is for the shell around a session to turn into an end.
        """

        def __init__(self, fd: int, ring: Callable[[], None] | None = None) -> None:
            """Take over the terminal behind `fd`; `ring` is called when a key waits."""
            self.look_every_s = LOOK_EVERY_S if ring is None else float("inf")
            self._bell = None if ring is None else _Bell(fd, ring)
            self._fd: int | None = fd
            self._before = termios.tcgetattr(fd)
            self._keys: deque[str] = deque()
            self._rest = b""
            atexit.register(self.close)
            self._take(fd)

        def poll(self) -> str | None:
            """The next key pressed, or None. A terminal that goes away is a keyboard that never yields."""
            if not self._keys and self._fd is not None:
                try:
                    self._fetch(self._fd)
                except (OSError, termios.error):
                    self._forget()
            return self._keys.popleft() if self._keys else None

        def close(self) -> None:
            """Give the terminal back as it was."""
            if self._fd is None:
                return
            try:
                if _is_ours(self._fd):
                    termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)
            except (OSError, termios.error):  # it is gone; there is nothing to restore
                pass
            self._forget()

        def _fetch(self, fd: int) -> None:
            if not _is_ours(fd):
                return
            self._take(fd)
            if select.select([fd], [], [], 0)[0]:
                data = os.read(fd, 1024)
                if self._bell is not None:
                    self._bell.taken.set()
                if not data:
                    raise OSError("end of file")
                keys, self._rest = keys_in(self._rest + data)
                self._keys.extend(keys)

        def _take(self, fd: int) -> None:
            """Cbreak, again after Ctrl-Z and `fg`: the shell may have put back its own modes."""
            if _is_ours(fd) and termios.tcgetattr(fd)[3] & termios.ICANON:
                tty.setcbreak(fd, termios.TCSANOW)

        def _forget(self) -> None:
            self._fd = None
            if self._bell is not None:
                self._bell.close()
                self._bell = None
            atexit.unregister(self.close)

    class _Bell:
        """A thread that waits for a terminal to have something to read, and rings.

        Attributes:
            taken: set by whoever has read; only then is there something new to ring for
        """

        def __init__(self, fd: int, ring: Callable[[], None]) -> None:
            """Begin to wait."""
            self.taken = threading.Event()
            self._end_read, self._end_write = os.pipe()
            threading.Thread(target=self._run, args=(fd, ring), name="keys", daemon=True).start()

        def close(self) -> None:
            """Let the thread end."""
            os.close(self._end_write)
            self.taken.set()

        def _run(self, fd: int, ring: Callable[[], None]) -> None:
            with suppress(OSError, ValueError):  # the terminal is gone: whoever looks next will find out
                while self._end_read not in select.select([fd, self._end_read], [], [])[0]:
                    ring()
                    self.taken.wait()
                    self.taken.clear()
            os.close(self._end_read)

    def _is_ours(fd: int) -> bool:
        """Whether we are in the foreground; a background job that touches the terminal is stopped by the system."""
        try:
            return os.tcgetpgrp(fd) == os.getpgrp()
        except OSError:  # not our controlling terminal: nobody stops us
            return True
