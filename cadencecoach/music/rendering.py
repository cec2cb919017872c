"""The music of a session, frame by frame: which song, on which beats, and what it sounds like.

Told the beat as the engine is, and asked for frames in order; a new beat from a frame on takes back what was planned
from there on, and nothing before it. Where no song fits there is no music, and the click is heard.
"""

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadencecoach.errors import UsageError
from cadencecoach.music.choosing import next_songs
from cadencecoach.music.deck import ATTACK_S, FADE_BEATS, Deck
from cadencecoach.music.song import Song, common_lufs, octave_for, played_beats_s
from cadencecoach.music.stretching import Samples, Stretch
from cadencecoach.plan.timeline import Timeline
from cadencecoach.units import gain_from_db

MOST_TRIED = 50  # songs that cannot be read, at one beat; the click is heard at it, and others are tried at the next
LEAST_BEATS = 4 * FADE_BEATS  # a song of fewer that are left is not begun
KEEP_S = 8.0  # a new beat takes back less than this
EDGE_BEATS = 1e-6


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What is heard from a frame on.

    Attributes:
        frame: of the stream
        index: of the song among those there are; None: none fits, and the click is heard
        is_wanted: whether there is to be music
    """

    frame: int
    index: int | None
    is_wanted: bool = True


class MusicRenderer:
    """Songs on the beat of one stream.

    Threads: one at a time.

    Attributes:
        position_frames: the next frame that `render` gives
        broken: songs that could not be read, by their place among those there are, with the reason
        pool: which songs may be played now, by their place; `set_beat` has a change of it heard
    """

    def __init__(
        self, songs: Sequence[Song], open_samples: Callable[[Song, float], Samples], *, fs_hz: int, first: int = 0
    ) -> None:
        """Begin silent.

        Args:
            songs: in the order they are played in; a refused one never is
            open_samples: sound of a song from a time in seconds on, with `KEEP_S` before it; UsageError if it cannot
            fs_hz: frames a second of the stream
            first: the song that is tried first
        """
        self._songs, self._open, self._fs_hz = songs, open_samples, fs_hz
        self._lufs = common_lufs(songs)
        self._decks: list[Deck] = []
        self._timeline: Timeline | None = None
        self._decided = 0  # the next beat at which it is decided what is played
        self._last_index, self._resume_at = first - 1, 0  # the song played last, and the beat it would go on with
        self._news: list[NowPlaying] = []
        self._told: NowPlaying | None = None
        self.position_frames = 0
        self.broken: dict[int, str] = {}
        self.pool: AbstractSet[int] = frozenset(range(len(songs)))

    def set_beat(self, timeline: Timeline | None, *, from_frame: int) -> None:
        """Go on as another beat from a frame on, which may have been rendered already; None is silence.

        Args:
            timeline: in stream seconds; in phase with the beat before, if there was one
            from_frame: not more than `KEEP_S` before `position_frames`
        """
        was_silent = self._timeline is None
        if timeline is None or was_silent:
            self._remember(from_frame)
            self._decks = []
        self._timeline = timeline
        self.position_frames = from_frame
        if timeline is None:
            self._told = None
            return
        beat = timeline.beat_at(from_frame / self._fs_hz)
        self._decks = [deck for deck in self._decks if deck.enters <= beat + EDGE_BEATS]
        for deck in self._decks:
            if deck.leaves > beat + EDGE_BEATS:
                deck.leaves = math.inf
            deck.stretch.retime(timeline, from_frame=from_frame)
        self._decided = max(0, math.ceil(beat - EDGE_BEATS))
        if self._decks:
            self._tell(from_frame, self._decks[-1].index)

    def render(self, n_frames: int) -> NDArray[np.float32] | None:
        """The next frames, shape (at most n_frames, 2); None where there is no music in all of them.

        What is shorter than asked for ends before music that stops, or before music that begins.
        """
        first, timeline = self.position_frames, self._timeline
        if timeline is None:
            self.position_frames += n_frames
            return None
        end = first + n_frames
        self._decide(end, timeline)
        spans = [self._span(deck, timeline) for deck in self._decks]
        end = int(min([end, *(frame for span in spans for frame in span if first < frame < end)]))
        self.position_frames = end
        heard = [deck for deck, (begin, stop) in zip(self._decks, spans, strict=True) if begin <= first and end <= stop]
        self._forget(first, timeline)
        if not heard:
            return None
        sound = heard[0].render(first, end, timeline, self._fs_hz)
        for deck in heard[1:]:
            sound += deck.render(first, end, timeline, self._fs_hz)
        return sound

    def take_news(self) -> list[NowPlaying]:
        """What is played from now on, if that has changed since this was asked last."""
        news, self._news = self._news, []
        return news

    def _decide(self, end: int, timeline: Timeline) -> None:
        """What is played at each beat before a frame, and at the next one."""
        while self._frame_of(self._decided - 1, timeline) < end:
            self._decide_beat(self._decided, timeline)
            self._decided += 1

    def _decide_beat(self, beat: int, timeline: Timeline) -> None:
        """Whether the song goes on at a beat, or the next begins, or none."""
        tempo_spm = timeline.tempo_at(timeline.time_of(beat + FADE_BEATS))
        deck = self._decks[-1] if self._decks and self._decks[-1].leaves == math.inf else None
        if deck is not None:
            has_beats = beat + FADE_BEATS < deck.stretch.last_beat
            if has_beats and deck.index in self.pool and octave_for(deck.song, tempo_spm) == deck.octave:
                return
        following = self._begin(beat, timeline, tempo_spm, is_sharp=deck is None)
        if following is not None:
            self._decks.append(following)
        if deck is not None:
            deck.leaves = beat
        self._tell(self._frame_of(beat, timeline), None if following is None else following.index)

    def _tell(self, frame: int, index: int | None) -> None:
        """Note what is played from a frame on, if it is anything else than before."""
        told = NowPlaying(frame, index, is_wanted=bool(self.pool))
        if self._told is None or (self._told.index, self._told.is_wanted) != (told.index, told.is_wanted):
            self._told = told
            self._news.append(told)

    def _begin(self, beat: int, timeline: Timeline, tempo_spm: float, *, is_sharp: bool) -> Deck | None:
        """The song that begins at a beat; after silence the one that was played before it goes on."""
        if is_sharp and self._resume_at:
            deck = self._deck(self._last_index, beat, self._resume_at, timeline, tempo_spm, is_sharp=True)
            self._resume_at = 0
            if deck is not None:
                return deck
        following = next_songs(
            self._songs,
            after=self._last_index,
            tempo_spm=tempo_spm,
            goal_spm=timeline.to_spm,
            without=self.broken.keys() | (set(range(len(self._songs))) - self.pool),
        )
        for index in following[:MOST_TRIED]:
            deck = self._deck(index, beat, 0, timeline, tempo_spm, is_sharp=is_sharp)
            self._last_index = index
            if deck is not None:
                return deck
            self.broken.setdefault(index, "it has too few beats")
        return None

    def _deck(
        self, index: int, beat: int, first: int, timeline: Timeline, tempo_spm: float, *, is_sharp: bool
    ) -> Deck | None:
        """A song from one of its beats on, if it fits and can be read."""
        if index not in self.pool or index in self.broken:
            return None
        song = self._songs[index]
        octave = octave_for(song, tempo_spm)
        beats_s = () if octave is None else played_beats_s(song, octave)[first:]
        if octave is None or len(beats_s) < LEAST_BEATS:
            return None
        try:
            samples = self._open(song, beats_s[0])
        except UsageError as error:
            self.broken[index] = str(error)
            return None
        stretch = Stretch(samples, beats_s, fs_hz=self._fs_hz, first_beat=beat)
        stretch.retime(timeline, from_frame=min(self.position_frames, self._frame_of(beat, timeline)))
        gain = gain_from_db(self._lufs - song.loudness_lufs)
        return Deck(song, octave, index, first, stretch, beat, gain, is_sharp)

    def _remember(self, frame: int) -> None:
        """Where the song that is heard at a frame would go on."""
        timeline = self._timeline
        if timeline is None:
            return
        beat = math.ceil(timeline.beat_at(frame / self._fs_hz))
        for deck in self._decks:
            if deck.enters <= beat < deck.leaves:
                self._last_index, self._resume_at = deck.index, deck.song_beat(beat)

    def _span(self, deck: Deck, timeline: Timeline) -> tuple[int, float]:
        """The frames in which a deck is heard."""
        begin = self._frame_of(deck.enters, timeline) - (round(ATTACK_S * self._fs_hz) if deck.is_sharp else 0)
        return begin, math.inf if deck.ends == math.inf else self._frame_of(deck.ends, timeline)

    def _frame_of(self, beat: float, timeline: Timeline) -> int:
        return round(timeline.time_of(beat) * self._fs_hz)

    def _forget(self, frame: int, timeline: Timeline) -> None:
        """Do without songs, and what was played of them, that no new beat takes back."""
        before = frame - round(KEEP_S * self._fs_hz)
        self._decks = [deck for deck in self._decks if self._span(deck, timeline)[1] > before]
        for deck in self._decks:
            deck.stretch.forget(before)
