"""Fills the memory an engine plays music from: told the beat as the engine is, and a little ahead of what is heard.

The same maker works in a process of its own beside a card, and between two blocks of a sound file.
"""

from dataclasses import dataclass

from cadencecoach.music.deck import ATTACK_S
from cadencecoach.music.rendering import MusicRenderer, NowPlaying
from cadencecoach.plan.timeline import Timeline
from cadencecoach.sound.commands import Cut, SetBeat
from cadencecoach.sound.music_ring import FADE_S, RING_FRAMES, MusicRing
from cadencecoach.units import frame_at

PIECE_S = 0.1  # rendered at once: a new beat waits no longer than for this
REACH_S = 0.03  # what is made ready for frames nearer than that may come too late


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectSongs:
    """From `at_s` on only these songs are played, by their place among those there are; the beat stays as it is."""

    at_s: float
    songs: tuple[int, ...]


class MusicMaker:
    """One stream's music.

    Threads: one at a time.

    Attributes:
        n_late: how often the engine came to the end of what was made ready
    """

    def __init__(self, renderer: MusicRenderer, rings: MusicRing, *, fs_hz: int, is_live: bool) -> None:
        """Begin silent.

        Args:
            renderer: of the same rate
            rings: shared with the engine
            fs_hz: frames a second
            is_live: whether the engine goes on by itself meanwhile
        """
        self._renderer, self._rings, self._fs_hz = renderer, rings, fs_hz
        self._reach = round(REACH_S * fs_hz) if is_live else 0
        self._piece = round(PIECE_S * fs_hz)
        self._fade = round(FADE_S * fs_hz)
        self._timeline: Timeline | None = None
        self._number = 0
        self._ring: int | None = None  # that is being filled
        self._is_published = False
        self.n_late = 0

    @property
    def has_beat(self) -> bool:
        """Whether there is anything to make music for."""
        return self._timeline is not None

    def tell(self, order: SetBeat | Cut | SelectSongs) -> None:
        """Go on as the engine's beat does, or with other songs."""
        was_silent = self._timeline is None
        match order:
            case SelectSongs(songs=songs):
                if self._renderer.pool == set(songs):
                    return
                self._renderer.pool, timeline = frozenset(songs), self._timeline
            case SetBeat():
                timeline = order.timeline
            case Cut():
                timeline = None
        at_frame, soonest = frame_at(order.at_s, self._fs_hz), self._rings.read_frame + self._reach
        self._timeline, self._ring = timeline, None
        if isinstance(order, SetBeat):
            self._number = order.number
        if timeline is None:
            self._renderer.set_beat(None, from_frame=at_frame)
        elif was_silent or at_frame >= soonest:
            self._begin_at(timeline, at_frame if at_frame >= soonest else self._next_beat(timeline, soonest))
        else:
            self._begin_at(timeline, soonest)

    def fill(self, until_frame: int) -> bool:
        """Make the next piece of music ready, or go by frames without any; whether there is more to do before a frame.

        Args:
            until_frame: of the stream; no farther than the rings reach
        """
        timeline, read_frame = self._timeline, self._rings.read_frame
        until_frame = min(until_frame, read_frame + RING_FRAMES - self._piece)
        if timeline is None:
            return False
        position = self._renderer.position_frames
        if position < read_frame + (self._fade if self._is_published else 0):
            self.n_late += self._is_published
            self._ring = None
            self._begin_at(timeline, self._next_beat(timeline, read_frame + self._reach))
        elif position >= until_frame:
            return False
        self._make_piece()
        return self._renderer.position_frames < until_frame

    def take_news(self) -> list[NowPlaying]:
        """What is played from now on, if that has changed."""
        return self._renderer.take_news()

    @property
    def broken(self) -> dict[int, str]:
        """Songs that could not be read, with the reason."""
        return self._renderer.broken

    def _make_piece(self) -> None:
        """Render a piece, and have the engine know of it."""
        first = self._renderer.position_frames
        sound = self._renderer.render(self._piece)
        if sound is None:
            self._ring, self._is_published = None, False  # what comes after a hole begins anew
            return
        if self._ring is None:
            self._ring, self._is_published = self._rings.begin(number=self._number, first=first), False
        self._rings.write(self._ring, sound)
        begun, end = self._rings.span_of(self._ring)
        if not self._is_published and end > max(begun, self._rings.read_frame) + self._fade:
            self._rings.publish(self._ring)
            self._is_published = True

    def _begin_at(self, timeline: Timeline, frame: int) -> None:
        """Render from a frame on anew."""
        self._is_published = False
        self._renderer.set_beat(timeline, from_frame=frame)

    def _next_beat(self, timeline: Timeline, frame: int) -> int:
        """Where music begins that begins with the first beat it can be ready for."""
        attack = round(ATTACK_S * self._fs_hz)
        beat = int(timeline.beat_at((frame + attack) / self._fs_hz)) + 1
        return frame_at(timeline.time_of(max(0, beat)), self._fs_hz) - attack
