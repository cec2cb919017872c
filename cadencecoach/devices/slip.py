"""How far the beat has fallen behind its card: lost blocks, counted from the card's own clock.

Under-run flags lie: on a busy machine 24 of them stood for 379 lost blocks. The time at which the card says a block
will be heard does not: it moves by the block's length each time, and by more when blocks were lost in between. It can
hiccup, though, so a slip is believed only when it has stood still for several blocks, and the card has complained or
it is longer than any buffer we ask for: a program that was held up for a second often comes back without a flag. A
stream that has just begun gives no such proof: a sound server that was started a moment ago moves its clock by over a
second after the first blocks, and nothing was lost.
"""

from collections import deque
from enum import Enum, auto


class Loss(Enum):
    """What a card loses at a time."""

    FRAMES = auto()  # any number
    BLOCKS = auto()  # whole ones: a JACK server goes on without a program; its clock tells them to some milliseconds


BELIEVED_AFTER_BLOCKS = 8  # a smoothed card clock settles within these after a scheduling hiccup of one block
FOLLOW = 0.01  # part of the difference taken over each block: follows crystals some hundred ppm off, not a slip
LEAST_BLOCKS = {Loss.FRAMES: 1.0, Loss.BLOCKS: 0.5}  # beyond so much a slip is suspected
USUAL_LATENCY_S = 0.25  # a beat is planned ahead, and can afford a buffer that bridges a busy machine
LONGEST_LATENCY_S = 2.0  # that can be asked for
DEEPEST_S = 0.5  # a buffer that slips is doubled up to here; by as much no estimate of its delay errs
SETTLED_AFTER_S = 1.0  # of playing; servers were seen to set their clock right after a third of it
LONGEST_SLIP_S = 5.0  # longer than any stall that is sat out; beyond it the machine slept: the beat does not run after


class SlipMeter:
    """Compares the card's clock with the frames given to it, block by block.

    Threads: audio only. Real-time safe: yes.
    """

    __slots__ = ("_behind", "_due_s", "_fs_hz", "_is_warned", "_loss", "_n_given")

    def __init__(self, *, fs_hz: int, loss: Loss = Loss.FRAMES) -> None:
        """Know nothing yet; `loss` is what the card loses at a time."""
        self._fs_hz, self._loss = fs_hz, loss
        self._due_s: float | None = None
        self._behind: deque[float] = deque(maxlen=BELIEVED_AFTER_BLOCKS)
        self._is_warned = False
        self._n_given = 0

    def slip_frames(self, *, dac_s: float, n_frames: int, has_flag: bool) -> int:
        """Frames lost and not yet made up for, once they are believed; else 0.

        Args:
            dac_s: when the first frame of this block will be heard, by the card's clock
            n_frames: length of this block
            has_flag: whether the card reported an under-run
        """
        self._is_warned |= has_flag
        self._n_given += n_frames
        due_s = dac_s if self._due_s is None else self._due_s
        behind_s = dac_s - due_s
        self._due_s = due_s + n_frames / self._fs_hz
        if behind_s * self._fs_hz <= n_frames * LEAST_BLOCKS[self._loss]:
            self._behind.clear()
            self._due_s += FOLLOW * behind_s
            return 0
        self._behind.append(behind_s)
        spread_frames = (max(self._behind) - min(self._behind)) * self._fs_hz
        is_steady = len(self._behind) == BELIEVED_AFTER_BLOCKS and spread_frames < n_frames / 2
        return self._take_slip(n_frames) if is_steady else 0

    def begin_anew(self, dac_s: float) -> int:
        """Take a card that threw away what it held: frames by which the next one would be too early, or late below 0.

        Args:
            dac_s: when the first frame given to it since will be heard
        """
        early_s = 0.0 if self._due_s is None else self._due_s - dac_s
        self._due_s = dac_s
        self._behind.clear()
        self._is_warned = False
        self._n_given = 0
        return round(early_s * self._fs_hz)

    def _take_slip(self, n_frames: int) -> int:
        """Take the least of the latest differences as the slip, and be even from here on."""
        slip_s = min(self._behind)
        is_settled = self._n_given >= SETTLED_AFTER_S * self._fs_hz
        is_real = (self._is_warned or (is_settled and slip_s >= DEEPEST_S)) and slip_s <= LONGEST_SLIP_S
        assert self._due_s is not None
        self._due_s += slip_s
        self._behind.clear()
        self._is_warned = False
        grain_frames = n_frames if self._loss is Loss.BLOCKS else 1
        return round(slip_s * self._fs_hz / grain_frames) * grain_frames if is_real else 0
