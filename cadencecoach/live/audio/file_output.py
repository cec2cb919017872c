"""A session heard by a sound file: engine, voice and performer, with stream time equal to session time."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from cadencecoach.coach.actions import Action, EnterStage
from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.devices.sound_file import MONO, SoundForm, open_sound_file
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.loudness import volume_of
from cadencecoach.live.audio.music import NO_MUSIC, Music, maker_of
from cadencecoach.live.audio.music_maker import SelectSongs
from cadencecoach.live.audio.music_news import MusicNews
from cadencecoach.live.audio.performer import Performer, SameClock
from cadencecoach.live.audio.speech import Speech
from cadencecoach.live.audio.voices import open_voice
from cadencecoach.live.audio.waking import LEAD_IN
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.lines import MusicLine
from cadencecoach.sound.bank import FS_HZ, load_bank
from cadencecoach.sound.commands import Command, Cut, SetBeat
from cadencecoach.sound.engine import LEAD_FRAMES, Engine
from cadencecoach.sound.lead_in import lead_in_clip
from cadencecoach.sound.music_ring import RING_BYTES
from cadencecoach.sound.wav import wav_lengths_s
from cadencecoach.store.settings import Settings
from cadencecoach.units import frame_at

BLOCK_FRAMES = 1 << 16  # what is rendered at once
TAIL_S = 0.5  # the last sound dies away
MUSIC_AHEAD_FRAMES = 1 << 14  # made ready beyond what is rendered: music is faded out before its end


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
        music: Music = NO_MUSIC,
        messages: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Open the file and the voice.

        Args:
            output: the file
            settings: loudness and voice
            book: the language of what is said
            speech_folder: of sentences spoken before; None speaks each anew
            form: of the file
            music: what is played instead of the click
            messages: words of the messages that may be spoken, by id
        Raises:
            UsageError: the file cannot be written
        """
        gains, sounds = settings.sound.gains(), asset("sounds")
        self._engine = Engine(clips=load_bank(sounds), fs_hz=FS_HZ, gains=gains, n_channels=form.n_channels)
        self._music, self._news = music, MusicNews(music, book.screen)
        self._maker = None
        if music.songs:
            memory = bytearray(RING_BYTES)
            self._engine.use_music(memory)
            self._maker = maker_of(memory, music.songs, fs_hz=FS_HZ, first=music.first, is_live=False)
            self._maker.tell(SelectSongs(at_s=0.0, songs=music.of_stage(0)))
        self._file = open_sound_file(output, form)
        self.destination = clean_name(output.path)
        self.trouble: str | None = None
        self.volume = volume_of(settings.sound)
        voice = open_voice(settings.voice, book, speech_folder)
        self._speech = Speech(voice, lengths_s=wav_lengths_s(sounds), load=self._engine.load, fs_hz=FS_HZ, book=book)
        lead_in_s = settings.sound.lead_in_s
        self._engine.load(LEAD_IN, lead_in_clip(lead_in_s))
        self._performer = Performer(
            send=self._tell,
            length_s=self._speech.length_when_asked_s,
            gains=gains,
            clock=SameClock(),
            lead_in_s=lead_in_s,
            messages=messages,
        )

    @property
    def message(self) -> str:
        """What became of the file, the voice or the music, if something did."""
        return self.trouble or self._speech.trouble or self._news.message

    @property
    def song(self) -> str:
        """The title of the song that is heard; empty where none is."""
        return self._news.song if self._performer.has_beat else ""

    def prepare(self, sentences: Iterable[str]) -> None:
        """Have sentences ready before a session that runs at the pace of a clock."""
        self._speech.prepare(sentences)

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over."""
        return self._performer.busy_until_s

    def perform(self, action: Action) -> float | None:
        """Carry out one action."""
        if self._maker is not None:  # it goes on from what it is told, and makes nothing that lies before it
            self._render(action.time_s)
            self._make_music(frame_at(action.time_s, FS_HZ))
        if isinstance(action, EnterStage) and self._maker is not None:
            self._maker.tell(SelectSongs(at_s=action.time_s, songs=self._music.of_stage(action.index)))
        return self._performer.perform(action)

    def follow(self, time_s: float) -> MusicLine | None:
        """Render up to the time from which commands may still come."""
        self._render(time_s)
        return self._news.take_line()

    def _render(self, time_s: float) -> None:
        """Render whole blocks, none of which a command of a time can still change."""
        safe = frame_at(time_s, FS_HZ) - LEAD_FRAMES
        while self._engine.position_frames + BLOCK_FRAMES <= safe and self.trouble is None:
            self._write(BLOCK_FRAMES)

    def close(self, time_s: float) -> None:
        """Render to the end of the last sound."""
        end = frame_at(max(time_s, self.busy_until_s) + TAIL_S, FS_HZ)
        while (left := end - self._engine.position_frames) > 0 and self.trouble is None:
            self._write(min(BLOCK_FRAMES, left))
        self._speech.close()
        with self._ending_with_the_disk():
            self._file.close()

    def _write(self, n_frames: int) -> None:
        self._make_music(self._engine.mixed_frames + n_frames + MUSIC_AHEAD_FRAMES)
        with self._ending_with_the_disk():
            self._file.write(self._engine.render_pcm16(n_frames))

    def _tell(self, command: Command) -> None:
        self._engine.tell(command)
        if self._maker is not None and isinstance(command, SetBeat | Cut):
            self._maker.tell(command)

    def _make_music(self, until_frame: int) -> None:
        """Have music ready before it is rendered."""
        maker = self._maker
        if maker is None:
            return
        while maker.fill(until_frame):
            pass
        for one in maker.take_news():
            self._news.play(one.frame / FS_HZ, one.index, is_wanted=one.is_wanted)
        self._news.look(self._engine.position_frames / FS_HZ)
        self._news.note(self._engine.position_frames / FS_HZ, maker.broken, 0)

    @contextmanager
    def _ending_with_the_disk(self) -> Iterator[None]:
        """A full disk ends the file, not the session."""
        try:
            yield
        except UsageError as error:
            self.trouble = self.trouble or str(error)
