"""Writes the project's sounds: `python -m tools.sounds.make FOLDER`. The files in sounds/ come from here."""

import sys
from pathlib import Path

from cadencecoach.sound.bank import FS_HZ, write_wav
from tools.sounds.tones import SOUNDS


def make(folder: Path) -> None:
    """Write every sound into a folder that exists."""
    for name, sound in SOUNDS.items():
        write_wav(folder / f"{name}.wav", sound(FS_HZ))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
