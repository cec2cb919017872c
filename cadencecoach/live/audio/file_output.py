"""A session heard by a sound file: engine, voice and performer, with stream time equal to session time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cadencecoach.coach.actions import Action
from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import MONO, SoundForm, open_sound_file
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.loudness import volume_of
from cadencecoach.live.audio.performer import Performer, SameClock
from cadencecoach.live.audio.speech import Speech
from cadencecoach.live.audio.voices import open_voice
from cadencecoach.live.audio.waking import LEAD_IN
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.lines import SoundLine
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.sound.lead_in import lead_in_clip
from cadencecoach.sound.wav import wav_lengths_s
from cadencecoach.store.settings import Settings
from cadencecoach.units import frame_at

BLOCK_FRAMES = 1 << 16  # what is rendered at once
TAIL_S = 0.5  # the last sound dies away


class FileOutput:
    """Writes what would be heard, a little behind the session, so that no command comes too late.

    Attributes:
        destination: the file's name
        trouble: why the file ends before the session, for a person to read; None while all is well
    """

    def __init__(
        self,
        output: OutputFile,
        settings: Settings,
        *,
        book: Phrasebook = ENGLISH,
        speech_folder: Path | None = None,
        form: SoundForm = MONO,
    ) -> None:
        """Open the file and the voice.

        Args:
            output: the file
            settings: loudness and voice
            book: the language of what is said
            speech_folder: of sentences spoken before; None speaks each anew
            form: of the file
        Raises:
            UsageError: the file cannot be written
        """
        gains = settings.sound.gains()
        self._engine = Engine(clips=load_bank(asset("sounds")), fs_hz=FS_HZ, gains=gains, n_channels=form.n_channels)
        self._file = open_sound_file(output, form)
        self.destination = clean_name(output.path)
        self.trouble: str | None = None
        self.volume = volume_of(settings.sound)
        voice = open_voice(settings.voice, book, speech_folder)
        self._speech = Speech(
            voice, lengths_s=wav_lengths_s(asset("sounds")), load=self._engine.load, fs_hz=FS_HZ, book=book
        )
        lead_in_s = settings.sound.lead_in_s
        self._engine.load(LEAD_IN, lead_in_clip(lead_in_s))
        self._performer = Performer(
            send=self._engine.tell,
            length_s=self._speech.length_when_asked_s,
            gains=gains,
            clock=SameClock(),
            lead_in_s=lead_in_s,
        )

    @property
    def message(self) -> str:
        """What became of the file or the voice, if something did."""
        return self.trouble or self._speech.trouble or ""

    def prepare(self, sentences: Iterable[str]) -> None:
        """Have sentences ready before a session that runs at the pace of a clock."""
        self._speech.prepare(sentences)

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over."""
        return self._performer.busy_until_s

    def perform(self, action: Action) -> float | None:
        """Carry out one action."""
        return self._performer.perform(action)

    def follow(self, time_s: float) -> SoundLine | None:
        """Render whole blocks up to the time from which commands may still come."""
        safe = frame_at(time_s, FS_HZ) - LEAD_FRAMES
        while self._engine.position_frames + BLOCK_FRAMES <= safe and self.trouble is None:
            self._write(BLOCK_FRAMES)
        return None

    def close(self, time_s: float) -> None:
        """Render to the end of the last sound."""
        end = frame_at(max(time_s, self.busy_until_s) + TAIL_S, FS_HZ)
        while (left := end - self._engine.position_frames) > 0 and self.trouble is None:
            self._write(min(BLOCK_FRAMES, left))
        self._speech.close()
        with self._ending_with_the_disk():
            self._file.close()

    def _write(self, n_frames: int) -> None:
        with self._ending_with_the_disk():
            self._file.write(self._engine.render_pcm16(n_frames))

    @contextmanager
    def _ending_with_the_disk(self) -> Iterator[None]:
        """A full disk ends the file, not the session."""
        try:
            yield
        except UsageError as error:
            self.trouble = self.trouble or str(error)
