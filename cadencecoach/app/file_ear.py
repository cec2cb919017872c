"""A session heard by a sound file: engine, voice and performer in virtual time."""

from pathlib import Path

from cadencecoach.app.performer import Performer, SameClock
from cadencecoach.app.settings import Settings
from cadencecoach.app.sound_to_file import SoundToFile
from cadencecoach.app.speech import Speech, open_voice
from cadencecoach.coach.actions import Action
from cadencecoach.devices.assets import asset
from cadencecoach.devices.sound_file import open_sound_file
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.engine import Engine


class FileEar:
    """Writes what would be heard."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Open the file and the voice.

        Raises:
            UsageError: the file cannot be written
        """
        bank = load_bank(asset("sounds"))
        gains = settings.sound.gains()
        engine = Engine(clips=bank, fs_hz=FS_HZ, gains=gains)
        self._speech = Speech(open_voice(settings.voice), bank=bank, load=engine.load, fs_hz=FS_HZ)
        self._performer = Performer(
            send=engine.tell, length_s=self._speech.length_when_asked_s, gains=gains, clock=SameClock()
        )
        self._out = SoundToFile(engine, open_sound_file(path, fs_hz=FS_HZ))

    def perform(self, action: Action) -> float | None:
        """Carry out one action."""
        return self._performer.perform(action)

    def advance(self, time_s: float) -> None:
        """Render behind the session."""
        self._out.advance(time_s)

    def finish(self, time_s: float) -> str | None:
        """Let the last words end, close the file; says so if there was no voice."""
        self._out.finish(max(time_s, self._performer.busy_until_s))
        self._speech.close()
        return self._speech.trouble
