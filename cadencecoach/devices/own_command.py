"""One of our own commands started for somebody else: apart from this process, and what it complains of is kept."""

import os
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

MAX_WORDS_BYTES: Final = 4096


class OwnCommand:
    """A process of the program, in a session of its own: it hears no Ctrl-C of ours."""

    def __init__(
        self, words: Sequence[str], environment: Mapping[str, str], *, is_read: bool = False, outlives: bool = False
    ) -> None:
        """Start it.

        Args:
            words: of the command line, without the program's name
            environment: added to ours
            is_read: what it prints can be read
            outlives: on Windows it keeps nothing of our console, and stays when that closes
        """
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read when the process has ended
        weakref.finalize(self, self._complaints.close)
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            console = subprocess.DETACHED_PROCESS if outlives else subprocess.CREATE_NO_WINDOW
            apart = {"creationflags": console | subprocess.CREATE_NEW_PROCESS_GROUP}
        self._process = subprocess.Popen(  # noqa: S603  # our own command line, with words we have chosen
            [sys.executable, "-m", "cadencecoach", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if is_read else subprocess.DEVNULL,
            stderr=self._complaints,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **environment},
            **apart,
        )

    def complaint(self) -> str:
        """What it said of what went wrong."""
        self._complaints.seek(0)
        return self._complaints.read(MAX_WORDS_BYTES).decode("utf-8", "replace").strip()
