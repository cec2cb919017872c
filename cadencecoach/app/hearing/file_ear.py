"""A session heard by a sound file: engine, voice and performer, with stream time equal to session time."""

from pathlib import Path

from cadencecoach.app.hearing.performer import Performer, SameClock
from cadencecoach.app.hearing.speech import Speech, open_voice
from cadencecoach.app.opening.settings import Settings
from cadencecoach.coach.actions import Action
from cadencecoach.devices.assets import asset
from cadencecoach.devices.sound_file import open_sound_file
from cadencecoach.record.lines import Line
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.units import frame_at

BLOCK_FRAMES = 1 << 16  # what is rendered at once
TAIL_S = 0.5  # the last sound dies away


class FileEar:
    """Writes what would be heard, a little behind the session, so that no command comes too late."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Open the file and the voice.

        Raises:
            UsageError: the file cannot be written
        """
        bank = load_bank(asset("sounds"))
        gains = settings.sound.gains()
        self._engine = Engine(clips=bank, fs_hz=FS_HZ, gains=gains)
        self._file = open_sound_file(path, fs_hz=FS_HZ)
        self._speech = Speech(open_voice(settings.voice), bank=bank, load=self._engine.load, fs_hz=FS_HZ)
        self._performer = Performer(
            send=self._engine.tell, length_s=self._speech.length_when_asked_s, gains=gains, clock=SameClock()
        )

    @property
    def message(self) -> str:
        """Why there is no voice, if there is none."""
        return self._speech.trouble or ""

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over."""
        return self._performer.busy_until_s

    def perform(self, action: Action) -> float | None:
        """Carry out one action."""
        return self._performer.perform(action)

    def follow(self, time_s: float) -> Line | None:
        """Render whole blocks up to the time from which commands may still come."""
        safe = frame_at(time_s, FS_HZ) - LEAD_FRAMES
        while self._engine.position_frames + BLOCK_FRAMES <= safe:
            self._file.write(self._engine.render_pcm16(BLOCK_FRAMES))
        return None

    def close(self, time_s: float) -> None:
        """Render to the end of the last sound."""
        end = frame_at(max(time_s, self.busy_until_s) + TAIL_S, FS_HZ)
        while (left := end - self._engine.position_frames) > 0:
            self._file.write(self._engine.render_pcm16(min(BLOCK_FRAMES, left)))
        self._file.close()
        self._speech.close()
