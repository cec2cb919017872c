"""What hears a live session: the audio process, with everything it may need prepared before the start.

A process that dies or hangs, a card that is pulled out, a sound server that is restarted: the session goes on, another
process is tried, and the beat comes back in the phase it would have by then.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import MappingProxyType

from cadencecoach.coach.actions import Action, EnterStage, SetVolume
from cadencecoach.coach.volume import Volume
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_card import NOTHING_THERE
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.audio_reopen import Reopening
from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.live.audio.card import Card
from cadencecoach.live.audio.destination import ANYWHERE, Destination
from cadencecoach.live.audio.loudness import volume_of
from cadencecoach.live.audio.music import Made
from cadencecoach.live.audio.music_news import MusicNews
from cadencecoach.live.audio.performer import Performer
from cadencecoach.live.audio.score import Score, score_of
from cadencecoach.live.audio.speech import Speech
from cadencecoach.live.audio.voices import open_voice
from cadencecoach.live.audio.waking import LEAD_IN
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Plan
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.record.lines import MusicLine, SoundLine
from cadencecoach.sound.lead_in import lead_in_clip
from cadencecoach.sound.rate import FS_HZ
from cadencecoach.sound.wav import wav_lengths_s
from cadencecoach.store.settings import Settings
from cadencecoach.store.sound_book import SoundBook

BACK_SHOWN_S = 5.0
NOTHING_KEPT = SoundBook()
USUAL_VOLUME = Volume()
NO_DELAYS: Mapping[str, float] = MappingProxyType({})
VOLUME_KEPT_AFTER_S = 2.0  # after the last key: holding one down writes once
RESERVE_AFTER_S = 1.0  # the start is over by then, and the first readings are in


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Where a session leaves what the next one should know of the sound, and what is left of the ones before.

    Attributes:
        latency: takes the buffer that is needed; 0 where none slipped
        volume: takes the device, and how loud beat and words were left on it by key, in dB over the settings; soon
            after the key
        speech_folder: of sentences spoken before; None speaks each anew
    """

    latency: Callable[[float], None] = lambda _: None
    volume: Callable[[str, float, float], None] = lambda *_: None
    speech_folder: Path | None = None


FORGETTING = Keeping()


class CardOutput:
    """Plays a session."""

    trouble = None  # a card keeps nothing

    def __init__(
        self,
        card: Card,
        performer: Performer,
        *,
        message: str,
        delays_s: Mapping[str, float] = NO_DELAYS,
        texts: ScreenTexts = ENGLISH_SCREEN,
        trouble: str = "",
        volume: Volume = USUAL_VOLUME,
        keeping: Keeping = FORGETTING,
    ) -> None:
        """Take over what `open_card_output` has started.

        Args:
            card: what plays, or will when there is one
            performer: sends it what to play
            message: what the runner should know
            delays_s: by device, how much later than the card says its sound is heard
            texts: of the screen
            trouble: why no card could be opened; one is looked for while the session runs
            volume: of beat and words at the start
            keeping: told at the end what the next session should know
        """
        self._texts = texts
        self._music_news = MusicNews(card.songs, texts)
        self._delays_s, self._keeping = delays_s, keeping
        self.volume = volume
        self._changed: dict[str, SetVolume] = {}  # by the device that played then; not kept yet
        self._keep_due_s = math.inf
        self._keeper: Thread | None = None
        self._card = card
        self._performer = performer
        self._reopening = Reopening(None, card.open) if trouble else None
        self._lost_frames = 0  # slipped by processes that are no more
        self._slip_frames = 0
        self._state = ""
        self._quiet_message = message
        self._back_until_s = 0.0
        self._reserve_from_s = RESERVE_AFTER_S
        self._sound_message = trouble or message

    @property
    def message(self) -> str:
        """What the runner should know about the sound and the music; empty while all is well."""
        sound, music = self._sound_message, self._music_news.message
        return (sound or music) if self._reopening is not None else (music or sound)

    @property
    def destination(self) -> str:
        """The card that plays, or played last; empty where none ever did."""
        return self._card.audio.device

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over, in session time."""
        return self._performer.busy_until_s

    def perform(self, action: Action) -> float | None:
        """Carry out one action; what is ordered while there is no sound keeps the beat true for later."""
        if isinstance(action, SetVolume):
            self._changed[self.destination] = action
            self._keep_due_s = action.time_s + VOLUME_KEPT_AFTER_S
        if isinstance(action, EnterStage) and self._card.songs.songs:
            self._card.select_songs(self._card.songs.of_stage(action.index), self._card.stream_s(action.time_s))
        began_s = self._performer.perform(action)
        return began_s if self._reopening is None else None

    @property
    def song(self) -> str:
        """The title of the song that is heard; empty where none is."""
        return self._music_news.song if self._performer.has_beat else ""

    def follow(self, time_s: float) -> SoundLine | MusicLine | None:
        """Look at the card; a line for the journal when something about it has changed. Never waits."""
        line = self._follow_card(time_s)
        self._hear_of_music(time_s)
        return line or self._music_news.take_line()

    def _hear_of_music(self, time_s: float) -> None:
        """Take note of what the process that makes music says."""
        port, news = self._card.music, self._music_news
        news.look(time_s)
        while port is not None and port.peek() is not None:
            made = port.take()
            if not isinstance(made, Made):
                self._lose_music(time_s)
                return
            news.note(time_s, made.broken, made.n_late)
            for one in made.playing:
                heard_s = self._card.session_s(one.frame / self._card.audio.fs_hz)
                news.play(max(time_s, heard_s), one.index, is_wanted=one.is_wanted)

        if port is not None and port.is_hung(time_s):
            self._lose_music(time_s)

    def _lose_music(self, time_s: float) -> None:
        """The process that makes music has ended, or hangs: there is the click, and soon music of another process."""
        first = self._music_news.next_index
        self._music_news.lose(time_s)
        self._card.restart_music(first=first)

    def _follow_card(self, time_s: float) -> SoundLine | None:
        if time_s >= self._keep_due_s and (self._keeper is None or not self._keeper.is_alive()):
            self._keep_volumes()
        if self._reopening is not None:
            return self._search(self._reopening, time_s)
        status = self._card.audio.status()
        if not status.is_running:
            self._reopening = Reopening(self._card.audio, self._card.open)
            return self._change_state("lost", time_s, self._texts.sound_lost)
        if 0.0 < self._back_until_s <= time_s:
            self._back_until_s, self._sound_message = 0.0, self._quiet_message
        if time_s >= self._reserve_from_s:
            self._card.keep_reserve()
        if self._state and status.slip_frames == self._slip_frames:
            return None
        if status.slip_frames > self._slip_frames:
            self._card.deepen()
        self._slip_frames = status.slip_frames
        return self._change_state("playing", time_s, self._sound_message)

    def close(self, time_s: float) -> None:  # noqa: ARG002  # the face
        """Let what is buffered sound, and let go of the card."""
        if self._reopening is not None:
            self._reopening.close()
        else:
            self._card.audio.close()
        self._card.end_reserve()
        self._card.end_music()
        has_slipped = self._lost_frames + self._slip_frames > 0
        self._keeping.latency(self._card.latency_s if has_slipped else 0.0)
        self._keep_volumes()
        if self._keeper is not None:
            self._keeper.join()

    def _keep_volumes(self) -> None:
        """Have what keys have changed remembered, by a thread: a disk is slow, and a program may be killed."""
        changed = [(device, left) for device, left in self._changed.items() if device]
        self._changed, self._keep_due_s = {}, math.inf
        before = self._keeper

        def keep() -> None:
            if before is not None:
                before.join()
            for device, left in changed:
                self._keeping.volume(device, left.beat_db, left.words_db)

        if changed:
            self._keeper = Thread(target=keep, daemon=True)
            self._keeper.start()

    def _search(self, reopening: Reopening, time_s: float) -> SoundLine | None:
        audio = reopening.take_port()
        if audio is not None:
            self._reopening = None
            self._lost_frames += self._slip_frames
            self._slip_frames = 0
            at_s, later_by_s = self._card.take(audio)
            self._performer.take_up(at_s=at_s, later_by_s=later_by_s)
            self._back_until_s = time_s + BACK_SHOWN_S
            self._reserve_from_s = time_s + RESERVE_AFTER_S
            return self._change_state("back", time_s, self._texts.sound_back)
        if not self._state:  # there was no card at the start, and the runner knows why
            return self._change_state("silent", time_s, self._sound_message)
        if reopening.trouble and self._state != "silent":
            return self._change_state("silent", time_s, fill(self._texts.sound_gone, reason=reopening.trouble))
        return None

    def _change_state(self, state: str, time_s: float, message: str) -> SoundLine:
        self._state, self._sound_message = state, message
        slip_frames = self._lost_frames + self._slip_frames
        latency_s = self._card.delay_s + self._delays_s.get(self._card.audio.device, 0.0)
        return SoundLine(time_s, state=state, slip_frames=slip_frames, latency_s=latency_s)


def open_card_output(  # noqa: PLR0913  # one for each thing that is remembered or warm
    plan: Plan,
    settings: Settings,
    clock: HostClock,
    device: str | None,
    *,
    destination: Destination = ANYWHERE,
    book: SoundBook = NOTHING_KEPT,
    keeping: Keeping = FORGETTING,
    score: Score | None = None,
    audio: LiveAudio | None = None,
) -> CardOutput:
    """Start the audio process, wait until it plays, and prepare every sentence.

    Where no card plays, one is looked for as long as the session runs.

    Args:
        plan: whose sentences
        settings: levels, buffer, voice
        clock: session time
        device: a part of its name; None is the system's own, which also stands in for one that is not there
        destination: what is said of it beside its name
        book: what is remembered of the devices: their delays, and the buffer where the last session slipped
        keeping: as for `CardOutput`
        score: the words, and how many channels; None makes it from the plan
        audio: a process that is warm already

    Raises:
        DeviceError: there can be no sound on this machine; the message says why and what to do
    """
    score = score or score_of(plan)
    asked = _settings_for(device, destination, max(settings.sound.latency_s, book.latency_s))
    gains = settings.sound.gains()
    card = Card(clock, asked, asset("sounds"), gains, n_channels=score.n_channels, music=score.music)
    trouble = _open(card, audio, score.words.screen)
    speech = _prepare_speech(card, settings, score, keeping.speech_folder)
    volume = volume_of(settings.sound, book.volumes_db.get(card.audio.device, (0.0, 0.0)))
    note = "" if card.is_as_chosen else fill(score.words.screen.other_device, device=device or "")
    return CardOutput(
        card,
        _performer(card, settings, speech, volume, score),
        message=speech.trouble or note,
        delays_s=book.delays_s,
        texts=score.words.screen,
        trouble=trouble,
        volume=volume,
        keeping=keeping,
    )


def _settings_for(device: str | None, destination: Destination, latency_s: float) -> AudioSettings:
    return AudioSettings(
        device=device,
        latency_s=latency_s,
        pair=destination.pair,
        sink=destination.sink,
        is_only=destination.is_only,
    )


def _performer(card: Card, settings: Settings, speech: Speech, volume: Volume, score: Score) -> Performer:
    """What plays a session's orders on the card, as loud as was remembered."""
    gains, lead_in_s = settings.sound.gains(), settings.sound.lead_in_s
    performer = Performer(
        send=card.tell,
        length_s=speech.length_s,
        gains=gains,
        clock=card,
        lead_in_s=lead_in_s,
        messages=score.messages,
    )
    if not volume.is_usual:
        performer.set_volume(SetVolume(time_s=0.0, beat_db=volume.beat_db, words_db=volume.words_db))
    return performer


def _prepare_speech(card: Card, settings: Settings, score: Score, speech_folder: Path | None) -> Speech:
    """Every sentence, and what wakes the headphones before it, made and loaded into the audio process."""
    voice = open_voice(settings.voice, score.words, speech_folder)
    speech = Speech(voice, lengths_s=wav_lengths_s(asset("sounds")), load=card.load, fs_hz=FS_HZ, book=score.words)
    speech.prepare(score.sentences, score.counted)
    speech.close()
    card.load(LEAD_IN, lead_in_clip(settings.sound.lead_in_s))
    return speech


def _open(card: Card, audio: LiveAudio | None, texts: ScreenTexts) -> str:
    """Have the card play; the answer is what to tell the runner where it does not, and may later.

    Raises:
        DeviceError: PortAudio is not installed
    """
    try:
        card.take(card.open(audio))
    except DeviceError as error:
        if error.reason is Reason.LIBRARY_MISSING:
            raise
        if str(error) == NOTHING_THERE:
            return fill(texts.sound_no_device, doctor=command_line("doctor"))
        return fill(texts.sound_none, reason=error)
    return ""
