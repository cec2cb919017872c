"""Sessions started for somebody else: processes of their own that outlive whoever started them."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import IO, Any, Final

from cadencecoach.devices.reach.place import GIVEN_NAME, Place, find_place

MAX_WORDS_BYTES: Final = 4096


class StartedSession:
    """A session on its way to its first beat.

    Attributes:
        name: of its place, once it can be reached
    """

    def __init__(self, words: Sequence[str], name: str) -> None:
        """Start it, apart from this process: it hears no Ctrl-C of ours, and nothing closes with us.

        Args:
            words: of the command line, without the program's name
            name: of its place
        """
        self.name = name
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read when the process has ended
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(  # noqa: S603  # our own command line, with words we have chosen
            [sys.executable, "-m", "cadencecoach", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            env={**os.environ, GIVEN_NAME: name},
            **apart,
        )
        # Whoever starts processes must also take note of their end.
        threading.Thread(target=self._process.wait, name="reaper", daemon=True).start()

    @property
    def place(self) -> Place | None:
        """Where it can be reached; None before."""
        return find_place(self.name)

    @property
    def has_ended(self) -> bool:
        """Whether its process is over."""
        return self._process.returncode is not None

    def complaint(self) -> str:
        """What it said before it ended: mostly why it has not begun."""
        self._complaints.seek(0)
        return self._complaints.read(MAX_WORDS_BYTES).decode("utf-8", "replace").strip()
