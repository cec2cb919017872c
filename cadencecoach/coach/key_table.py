"""The keys of a session, one row for those told together: dispatch, legend, `--help` and docs follow from it.

A key that is added needs a row here and its move in `coach.keys` or `coach.metronome_alone`; tests say so.
"""

from dataclasses import dataclass
from enum import Enum

from cadencecoach.coach.events import Key
from cadencecoach.coach.pain import SHOWN_S, STOPS_ABOVE

TEN = "x"  # ten as a single key, where a number from 0 to 10 is asked for


class Mode(Enum):
    """The two kinds of session."""

    GUIDED = "guided"
    METRONOME = "metronome"


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What a person is told of a row's keys in one kind of session.

    Attributes:
        rank: a legend too narrow for all rows drops the highest first
        legend: on the screen, with `{arrows}` and `{plus_minus}` for signs a terminal may lack; empty for a key that is
            told only at the moment it can be used
        help: in `--help` and docs, beside the keys
    """

    rank: int
    legend: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """Keys that are told together.

    Attributes:
        keys: name in `devices.keyboard`, and what the runner asks for with it
        shown: the keys as help and docs write them
        guided: words in a guided session; None where the keys do nothing
        metronome: words with the metronome alone; None likewise
        needs_running: they change target, stage or tempo, so they wait for the end of a pause or a stop
    """

    keys: tuple[tuple[str, Key], ...]
    shown: str
    guided: KeyWords | None = None
    metronome: KeyWords | None = None
    needs_running: bool = False

    def words(self, mode: Mode) -> KeyWords | None:
        """What is told in one kind of session."""
        return self.guided if mode is Mode.GUIDED else self.metronome


_PAIN = f"rate pain; above {STOPS_ABOVE} the beat stops"
_UNWELL = "something is wrong: stop the beat"
_BACK = f"take that answer back, within {SHOWN_S:g} s"
# In the order in which they are shown.
KEY_ROWS: tuple[KeyRow, ...] = (
    KeyRow(
        keys=(("space", Key.PAUSE),),
        shown="space",
        guided=KeyWords(0, "space pause", "pause, resume"),
        metronome=KeyWords(0, "space pause", "pause, resume"),
    ),
    KeyRow(
        keys=(("up", Key.UP), ("down", Key.DOWN)),
        shown="up, down",
        guided=KeyWords(6, "{arrows} {plus_minus}1", "raise, lower the target by 1 step a minute"),
        metronome=KeyWords(4, "{arrows} {plus_minus}1", "1 beat a minute faster, slower"),
        needs_running=True,
    ),
    KeyRow(
        keys=(("right", Key.FASTER), ("left", Key.SLOWER)),
        shown="right, left",
        metronome=KeyWords(5, "left/right {plus_minus}5", "5 beats a minute faster, slower"),
        needs_running=True,
    ),
    KeyRow(
        keys=(("t", Key.TAP),),
        shown="t",
        metronome=KeyWords(6, "t tap", "tap the tempo, four taps or more"),
        needs_running=True,
    ),
    KeyRow(
        keys=(("s", Key.SOUND),),
        shown="s",
        metronome=KeyWords(7, "s sound", "next sound"),
    ),
    KeyRow(
        keys=(("a", Key.ACCENT),),
        shown="a",
        metronome=KeyWords(8, "a accent", "accent: none, left foot, right foot"),
    ),
    KeyRow(
        keys=(("n", Key.NEXT),),
        shown="n",
        guided=KeyWords(4, "n next", "next stage"),
        needs_running=True,
    ),
    KeyRow(
        keys=(("m", Key.MUTE),),
        shown="m",
        guided=KeyWords(5, "m mute", "sound off, on"),
        metronome=KeyWords(9, "m voice", "voice off, on"),
    ),
    KeyRow(
        keys=(("p", Key.PAIN),),
        shown=f"p, then 0 to 9, or {TEN} for 10",
        guided=KeyWords(2, "p pain", _PAIN),
        metronome=KeyWords(2, "p pain", _PAIN),
    ),
    KeyRow(
        keys=(("w", Key.UNWELL),),
        shown="w",
        guided=KeyWords(3, "w wrong", _UNWELL),
        metronome=KeyWords(3, "w wrong", _UNWELL),
    ),
    KeyRow(
        keys=(("backspace", Key.TAKE_BACK),),
        shown="Backspace",
        guided=KeyWords(8, "", _BACK),
        metronome=KeyWords(11, "", _BACK),
    ),
    KeyRow(
        keys=(("u", Key.UNIT),),
        shown="u",
        guided=KeyWords(7, "u unit", "switch the sensor between steps and strides"),
        metronome=KeyWords(10, "u unit", "switch the sensor between steps and strides"),
    ),
    KeyRow(
        keys=(("q", Key.STOP),),
        shown="q",
        guided=KeyWords(1, "q stop and save", "stop and save"),
        metronome=KeyWords(1, "q stop and save", "stop and save"),
    ),
)
KEY_BY_NAME: dict[str, Key] = {name: key for row in KEY_ROWS for name, key in row.keys}
NEEDS_RUNNING = frozenset(key for row in KEY_ROWS if row.needs_running for _, key in row.keys)


def rows_of(mode: Mode) -> tuple[tuple[KeyRow, KeyWords], ...]:
    """The rows of one kind of session, in the order in which they are shown."""
    return tuple((row, words) for row in KEY_ROWS if (words := row.words(mode)) is not None)


def keys_of(mode: Mode) -> frozenset[Key]:
    """What can be asked for in one kind of session."""
    return frozenset(key for row, _ in rows_of(mode) for _, key in row.keys)
