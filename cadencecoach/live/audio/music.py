"""The songs of a session, and the process that makes them ready for the card."""

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from cadencecoach.devices.audio_watch import LONGEST_COUNT_S
from cadencecoach.devices.child_port import ChildPort
from cadencecoach.sound.commands import Cut, SetBeat

if TYPE_CHECKING:
    from cadencecoach.devices.child import CommonMemory, Pipe
    from cadencecoach.live.audio.music_maker import MusicMaker, SelectSongs
    from cadencecoach.music.rendering import NowPlaying
    from cadencecoach.music.song import Song

LEAD_S = 4.0  # made ready ahead of what is heard
REST_S = 0.25  # between two looks at how far the engine is
HUNG_AFTER_S = 5.0  # without a sign of life: what was ready has been heard by then
START_WITHIN_S = 30.0  # to the first one, on a machine that has much else to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Music:
    """What may be played in a session.

    Attributes:
        songs: all of them, in the order they are played in
        by_stage: for each stage the places of those that may be played in it; none where it has the click
        first: the place of the song that is tried first
    """

    songs: tuple["Song", ...] = ()
    by_stage: tuple[tuple[int, ...], ...] = ()
    first: int = 0

    def of_stage(self, index: int) -> tuple[int, ...]:
        """The places of the songs of a stage."""
        return self.by_stage[index] if index < len(self.by_stage) else ()

    def title(self, index: int) -> str:
        """What a song is called: its file, without folder and ending."""
        return self.songs[index].path.stem


NO_MUSIC = Music()


@dataclass(frozen=True, slots=True)
class Made:
    """What the process says.

    Attributes:
        playing: what is heard from a frame on
        broken: songs that could not be read, by their place, with the reason
        n_late: how often the engine came to the end of what was ready
    """

    playing: tuple["NowPlaying", ...]
    broken: dict[int, str]
    n_late: int


@dataclass(frozen=True, slots=True)
class Songs:
    """The first word to the process: what may be played, and the place of the song that is tried first."""

    songs: tuple["Song", ...]
    first: int


@dataclass(frozen=True, slots=True)
class Begin:
    """The second word: the rate of the card."""

    fs_hz: int


Order = SetBeat | Cut
Word = Made | None


class MusicPort(ChildPort[Word]):
    """The process, as its parent sees it; `None` is its end."""

    def __init__(self, memory: "CommonMemory", music: Music) -> None:
        """Start it.

        Args:
            memory: of the audio process it makes music for, an `AudioMemory`
            music: the songs
        Raises:
            OSError: the system starts no more processes
        """
        super().__init__(make_music, memory, ended=None)
        self._memory = memory
        self._has_begun = False
        self._first_signs: int | None = None  # those of a process before this one
        self._n_signs, self._quiet_s, self._looked_s = 0, 0.0, 0.0
        self._outbox: SimpleQueue[Songs | Begin | Order | SelectSongs | None] = SimpleQueue()
        threading.Thread(target=self._send_all, daemon=True, name="words to the music").start()
        self.tell(Songs(music.songs, music.first))

    def tell(self, word: "Songs | Begin | Order | SelectSongs") -> None:
        """Send it a word; one that is gone does not mind. Never waits."""
        self._has_begun |= isinstance(word, Begin)
        self._outbox.put(word)

    def is_hung(self, now_s: float) -> bool:
        """Look once more, whether it lives and does nothing: stopped, or waiting for a disk that does not answer."""
        if not self._has_begun:
            return False
        from cadencecoach.devices.audio_wire import AudioMemory  # noqa: PLC0415  # numpy: not before the card plays
        from cadencecoach.sound.music_ring import MusicRing  # noqa: PLC0415

        n_signs = MusicRing(AudioMemory.from_buffer(self._memory.buffer).music).n_signs
        if self._first_signs is None:
            self._first_signs = self._n_signs = n_signs
        elif n_signs != self._n_signs:
            self._n_signs, self._quiet_s = n_signs, 0.0
        else:
            self._quiet_s += min(now_s - self._looked_s, LONGEST_COUNT_S)
        self._looked_s = now_s
        return self._quiet_s > (START_WITHIN_S if n_signs == self._first_signs else HUNG_AFTER_S)

    def close(self) -> None:
        """End it; a second call does nothing."""
        self._outbox.put(None)
        super().close()

    def abandon(self) -> None:
        """End it without waiting: what waits for a disk may not end before the disk answers."""
        threading.Thread(target=self.close, daemon=True, name="end of the music").start()

    def _send_all(self) -> None:
        """Write what is told, by a thread: a process that is stopped reads nothing, and a pipe holds little."""
        with suppress(OSError):
            while (word := self._outbox.get()) is not None:
                self._child.pipe.send(word)


def maker_of(memory: object, songs: Sequence["Song"], *, fs_hz: int, first: int, is_live: bool) -> "MusicMaker":
    """What makes songs ready in memory that an engine has."""
    from cadencecoach.devices.music_file import MusicFile  # noqa: PLC0415  # numpy and libsndfile: where there is music
    from cadencecoach.live.audio.music_maker import MusicMaker  # noqa: PLC0415
    from cadencecoach.music.rendering import KEEP_S, MusicRenderer  # noqa: PLC0415
    from cadencecoach.sound.music_ring import MusicRing  # noqa: PLC0415

    def open_samples(song: "Song", from_s: float) -> MusicFile:
        return MusicFile(song.path, fs_hz=fs_hz, from_s=from_s, keep_s=KEEP_S)

    renderer = MusicRenderer(songs, open_samples, fs_hz=fs_hz, first=first)
    return MusicMaker(renderer, MusicRing(memory), fs_hz=fs_hz, is_live=is_live)


def make_music(pipe: "Pipe", memory: "CommonMemory") -> None:
    """The life of the process: make music ready ahead of the engine until its parent is gone.

    Args:
        pipe: to the parent, whose first words are `Songs` and a `Begin`, then the beat as the engine is told it
        memory: of the audio process
    """
    import signal  # noqa: PLC0415  # the parent needs none of these

    from cadencecoach.devices.audio_wire import AudioMemory  # noqa: PLC0415
    from cadencecoach.sound.music_ring import MusicRing  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    shared = AudioMemory.from_buffer(memory.buffer).music
    inbox: deque[Order | SelectSongs] = deque()
    bell, is_over = threading.Event(), threading.Event()
    try:
        told: Songs = pipe.recv()
        songs, first = told.songs, told.first
        maker_of(shared, songs, fs_hz=48_000, first=first, is_live=True)  # what it needs is loaded while the card opens
        begin: Begin = pipe.recv()
    except EOFError:
        return
    maker, rings = maker_of(shared, songs, fs_hz=begin.fs_hz, first=first, is_live=True), MusicRing(shared)
    threading.Thread(target=_take_orders, args=(pipe, inbox, bell, is_over), daemon=True).start()
    lead, last = round(LEAD_S * begin.fs_hz), Made((), {}, 0)
    while not is_over.is_set():
        rings.give_sign()
        while inbox:
            maker.tell(inbox.popleft())
        has_more = maker.fill(rings.read_frame + lead)
        made = Made(tuple(maker.take_news()), dict(maker.broken), maker.n_late)
        if made.playing or (made.broken, made.n_late) != (last.broken, last.n_late):
            last = made
            with suppress(OSError):
                pipe.send(made)
        if not has_more:
            bell.wait(REST_S)
            bell.clear()


def _take_orders(
    pipe: "Pipe", inbox: "deque[Order | SelectSongs]", bell: threading.Event, is_over: threading.Event
) -> None:
    """Take words off the pipe until its end."""
    with suppress(EOFError, OSError):
        while True:
            inbox.append(pipe.recv())
            bell.set()
    is_over.set()
    bell.set()
