"""The sinks of this computer's sound server, PipeWire or PulseAudio, as its own program lists them."""

import shutil
import subprocess
from typing import Final

PROGRAM: Final = "pactl"  # of both servers
WITHIN_S: Final = 5.0


def sound_sinks() -> tuple[str, ...] | None:
    """Names of the sinks there are; None where nobody can tell."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    try:
        words = [program, "list", "short", "sinks"]
        told = subprocess.run(words, check=True, capture_output=True, text=True, timeout=WITHIN_S)  # noqa: S603  # no shell
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    rows = (line.split("\t") for line in told.stdout.splitlines())
    return tuple(row[1] for row in rows if len(row) > 1)
