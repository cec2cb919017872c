"""Music that was made ready for a stream, in memory that its maker and the engine share.

There are three rings. One is heard; one is being filled anew when the beat has changed; one is left over, so that the
maker never writes where the engine may still read. Nothing here waits: the engine takes what is there.
"""

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RING_FRAMES = 1 << 18  # 5.5 s at 48 kHz
N_RINGS, N_CHANNELS, HEADER_NUMBERS = 3, 2, 32
RING_BYTES = HEADER_NUMBERS * 8 + N_RINGS * RING_FRAMES * N_CHANNELS * 4
FADE_S = 0.010  # wherever music ends, or goes over from one ring to the next
RISE_S = 0.0005  # out of silence: the attack of its first beat is heard
NO_RING = -1
# The places of the numbers in front of the rings: which ring counts (plus 1: memory begins as 0), which ones the engine
# still reads, the next frame it will ask for, how often the maker gave a sign, and for each ring its first frame, its
# end, and the order of its beat.
_ACTIVE, _READS, _BEFORE, _READ_FRAME, _SIGNS, _RINGS = 0, 1, 2, 3, 4, 8
_FIRST, _END, _NUMBER, _PER_RING = 0, 1, 2, 4


class MusicRing:
    """The memory, as both sides see it.

    Attributes:
        samples: of each ring, shape (rings, channels, frames)
    """

    def __init__(self, memory: Any) -> None:  # noqa: ANN401  # whatever has a buffer
        """Look at memory of `RING_BYTES` at least, all 0 at first."""
        self._numbers = (ctypes.c_int64 * HEADER_NUMBERS).from_buffer(memory)  # read in every block: plain ints
        n_samples = N_RINGS * N_CHANNELS * RING_FRAMES
        floats = np.frombuffer(memory, np.float32, n_samples, HEADER_NUMBERS * 8)
        self.samples = floats.reshape(N_RINGS, N_CHANNELS, RING_FRAMES)

    @property
    def active(self) -> int:
        """The ring that counts; `NO_RING` before there is one."""
        return self._numbers[_ACTIVE] - 1

    @property
    def read_frame(self) -> int:
        """The next frame the engine will ask for."""
        return self._numbers[_READ_FRAME]

    @property
    def n_signs(self) -> int:
        """How often the maker, or another before it, gave a sign of life."""
        return self._numbers[_SIGNS]

    def give_sign(self) -> None:
        """The maker is there."""
        self._numbers[_SIGNS] += 1

    def number_of(self, ring: int) -> int:
        """The order of the beat a ring was filled for."""
        return self._numbers[_RINGS + ring * _PER_RING + _NUMBER]

    def span_of(self, ring: int) -> tuple[int, int]:
        """The frames a ring holds: the first, and the one after the last."""
        at = _RINGS + ring * _PER_RING
        return self._numbers[at + _FIRST], self._numbers[at + _END]

    def begin(self, *, number: int, first: int) -> int:
        """A ring the engine does not read, emptied, for music from a frame on."""
        read = {self._numbers[_READS] - 1, self._numbers[_BEFORE] - 1}
        free = [one for one in range(N_RINGS) if one not in read]
        ring = next((one for one in free if one != self.active), free[0])  # else one that was to be read only later
        at = _RINGS + ring * _PER_RING
        self._numbers[at : at + _PER_RING] = [first, first, number, 0]
        return ring

    def write(self, ring: int, sound: "NDArray[np.float32]") -> None:
        """Add frames, shape (frames, 2), to a ring that has room for them."""
        end = self.span_of(ring)[1]
        begin = end % RING_FRAMES
        n_first = min(len(sound), RING_FRAMES - begin)
        self.samples[ring, :, begin : begin + n_first] = sound[:n_first].T
        self.samples[ring, :, : len(sound) - n_first] = sound[n_first:].T
        self._numbers[_RINGS + ring * _PER_RING + _END] = end + len(sound)

    def publish(self, ring: int) -> None:
        """Have the engine go over to a ring, from its first frame on."""
        self._numbers[_ACTIVE] = ring + 1

    def note_reader(self, *, ring: int, before: int, frame: int) -> None:
        """Which rings the engine reads, and how far it is."""
        self._numbers[_READS], self._numbers[_BEFORE] = ring + 1, before + 1
        self._numbers[_READ_FRAME] = frame

    def frames(self, ring: int, first: int, end: int) -> "NDArray[np.float32]":
        """Frames first..end-1 of a ring, shape (2, frames)."""
        begin, stop = first % RING_FRAMES, end % RING_FRAMES
        held: NDArray[np.float32] = self.samples[ring]
        if begin <= stop:
            return held[:, begin:stop]
        return np.concatenate((held[:, begin:], held[:, :stop]), axis=1)


class MusicFeed:
    """What the engine takes from the rings, faded in and out.

    Threads: the engine's. Real-time safe: no lock, no I/O; arrays of the block's size.
    """

    __slots__ = ("_before", "_before_end", "_end", "_fade", "_least", "_ring", "_rings", "_rise", "_since")

    def __init__(self, rings: MusicRing, *, fs_hz: int) -> None:
        """Begin silent."""
        self._rings, self._fade = rings, round(FADE_S * fs_hz)
        self._rise = self._fade  # how long what is heard now takes to come in
        self._ring, self._since, self._end = NO_RING, 0, 0  # heard from a frame to a frame; the end moves on
        self._before, self._before_end = NO_RING, 0  # what it is taking over from
        self._least = 0  # rings for older orders are not heard

    @property
    def has_music(self) -> bool:
        """Whether any was made ready so far."""
        return self._rings.active != NO_RING

    def is_heard(self, frame: int) -> bool:
        """Whether something still sounds at a frame, if only faded out."""
        return self._ring != NO_RING and frame < self._end

    def pass_silence(self, frame: int) -> None:
        """Nothing is heard before a frame, which comes next."""
        self._rings.note_reader(ring=NO_RING, before=NO_RING, frame=frame)

    def stop(self, frame: int, *, least: int) -> None:
        """Fade out from a frame on; what was made ready for an order older than `least` is not heard again."""
        self._least = least
        self._end = min(self._end, frame + self._fade)
        self._before_end = min(self._before_end, frame + self._fade)

    def require(self, least: int) -> None:
        """What was made ready for an older order is faded out now, if it is still heard."""
        self._least = max(self._least, least)

    def covers(self, frame: int) -> bool:
        """Whether a beat at a frame is the music's, of the stretch that `take` was asked for last."""
        return self._ring != NO_RING and self._since <= frame < self._end - self._fade

    def take(self, first: int, end: int, *, is_beating: bool = True) -> "NDArray[np.float32] | None":
        """Frames first..end-1, shape (2, frames), to be read only; None where nothing is heard in them.

        Args:
            first: of the stream
            end: of the stream
            is_beating: whether there is a beat; without one only what sounds is faded out
        """
        rings = self._rings
        if is_beating:
            self._look(first, end)
        rings.note_reader(ring=self._ring, before=self._before, frame=end)
        if self._ring == NO_RING:
            return None
        if first >= self._end:
            self._ring = self._before = NO_RING
            return None
        heard = self._fade_end(self._ring, first, end, self._end)
        if first < self._since + self._rise:
            rising = np.clip((np.arange(first, end) - self._since) / self._rise, 0, 1).astype(np.float32)
            heard = heard * rising
            if self._before != NO_RING:
                heard += self._fade_end(self._before, first, end, self._before_end) * (1 - rising)
        else:
            self._before = NO_RING
        return heard

    def _look(self, first: int, end: int) -> None:
        """Go over to the ring that counts, if it begins here; see how far the one that is heard is filled."""
        active, is_over = self._rings.active, self._ring == NO_RING or first >= self._end
        if active not in (self._ring, NO_RING) and self._rings.number_of(active) >= self._least:
            begins, filled = self._rings.span_of(active)
            if begins < end and filled > first + self._fade:
                self._before, self._before_end = (NO_RING, 0) if is_over else (self._ring, self._end)
                self._rise = max(1, round(self._fade * RISE_S / FADE_S)) if is_over else self._fade
                self._ring, self._since, self._end = active, max(begins, first), filled
                return
        if not is_over:
            self._go_on(first)

    def _go_on(self, first: int) -> None:
        """Follow how far the ring that is heard is filled, until it is faded out before what was its end by then."""
        if self._rings.number_of(self._ring) < self._least:
            self._end = min(self._end, first + self._fade)
        elif first < self._end - self._fade:
            self._end = self._rings.span_of(self._ring)[1]

    def _fade_end(self, ring: int, first: int, end: int, ring_end: int) -> "NDArray[np.float32]":
        """Frames of a ring, faded out before its end."""
        heard = self._rings.frames(ring, first, end)
        if end <= ring_end - self._fade:
            return heard
        left = np.clip((ring_end - np.arange(first, end)) / self._fade, 0, 1)
        return heard * left.astype(np.float32)
