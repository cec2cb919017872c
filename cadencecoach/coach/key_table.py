"""The keys of a session, one row for those told together: dispatch, legend, `--help` and docs follow from it.

A key that is added needs a row here, its words in `plan.key_texts`, and its move in `coach.keys` or
`coach.metronome_alone`; tests say so.
"""

from dataclasses import dataclass
from enum import Enum

from cadencecoach.coach.events import Key
from cadencecoach.coach.pain import SHOWN_S, STOPS_ABOVE
from cadencecoach.plan.forms import fill
from cadencecoach.plan.key_texts import KeyTexts

UNDO_S = 5.0  # so long after the key for the next stage that can be undone
TEN = "x"  # ten as a single key, where a number from 0 to 10 is asked for


class ScreenKey(Enum):
    """What is asked of the screen and not of the coach: it changes nothing of the session, and is not written down."""

    DETAIL = "detail"
    KEYS = "keys"


class Mode(Enum):
    """The two kinds of session."""

    GUIDED = "guided"
    METRONOME = "metronome"


@dataclass(frozen=True, slots=True)
class KeyWords:
    """What a person is told of a row's keys in one kind of session.

    Attributes:
        rank: a legend too narrow for all rows drops the highest first
        name: of its texts in `plan.key_texts`
    """

    rank: int
    name: str

    def legend(self, texts: KeyTexts) -> str:
        """What the screen shows; empty for a key that is told only at the moment it can be used."""
        return str(getattr(texts, f"{self.name}_legend", ""))

    def short(self, texts: KeyTexts) -> str:
        """Key and use in a few words, for a list of all keys."""
        return self.legend(texts) or str(getattr(texts, f"{self.name}_short"))

    def help(self, texts: KeyTexts) -> str:
        """What the keys do, for `--help` and docs."""
        return fill(getattr(texts, self.name), level=STOPS_ABOVE, seconds=f"{SHOWN_S:g}", undo=f"{UNDO_S:g}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """Keys that are told together.

    Attributes:
        keys: name in `devices.keyboard`, and what the runner asks for with it
        guided: words in a guided session; None where the keys do nothing
        metronome: words with the metronome alone; None likewise
        needs_running: they change target, stage or tempo, so they wait for the end of a pause or a stop
        may_end: they may end the session, and are then asked about once
    """

    keys: tuple[tuple[str, Key | ScreenKey], ...]
    guided: KeyWords | None = None
    metronome: KeyWords | None = None
    needs_running: bool = False
    may_end: bool = False

    def words(self, mode: Mode) -> KeyWords | None:
        """What is told in one kind of session."""
        return self.guided if mode is Mode.GUIDED else self.metronome

    def names_text(self, words: KeyWords, texts: KeyTexts) -> str:
        """The keys as help and docs write them: their own name where the texts have no other."""
        return fill(getattr(texts, f"{words.name}_keys", self.keys[0][0]), ten=TEN)


# In the order in which they are shown.
KEY_ROWS: tuple[KeyRow, ...] = (
    KeyRow(keys=(("space", Key.PAUSE),), guided=KeyWords(0, "pause"), metronome=KeyWords(0, "pause")),
    KeyRow(
        keys=(("up", Key.UP), ("down", Key.DOWN)),
        guided=KeyWords(7, "target"),
        metronome=KeyWords(5, "tempo_by_one"),
        needs_running=True,
    ),
    KeyRow(
        keys=(("right", Key.FASTER), ("left", Key.SLOWER)), metronome=KeyWords(6, "tempo_by_five"), needs_running=True
    ),
    KeyRow(keys=(("t", Key.TAP),), guided=KeyWords(13, "tap_steps"), metronome=KeyWords(7, "tap"), needs_running=True),
    KeyRow(keys=(("s", Key.SOUND),), metronome=KeyWords(8, "sound")),
    KeyRow(keys=(("a", Key.ACCENT),), metronome=KeyWords(9, "accent")),
    KeyRow(keys=(("n", Key.NEXT),), guided=KeyWords(5, "next"), needs_running=True, may_end=True),
    KeyRow(keys=(("m", Key.MUTE),), guided=KeyWords(6, "mute"), metronome=KeyWords(10, "voice")),
    KeyRow(
        keys=(("h", Key.BEAT_SOFTER), ("j", Key.BEAT_LOUDER)),
        guided=KeyWords(8, "beat_volume"),
        metronome=KeyWords(11, "beat_volume"),
    ),
    KeyRow(
        keys=(("k", Key.WORDS_SOFTER), ("l", Key.WORDS_LOUDER)),
        guided=KeyWords(9, "words_volume"),
        metronome=KeyWords(12, "words_volume"),
    ),
    KeyRow(keys=(("p", Key.PAIN),), guided=KeyWords(2, "pain"), metronome=KeyWords(2, "pain")),
    KeyRow(keys=(("w", Key.UNWELL),), guided=KeyWords(4, "wrong"), metronome=KeyWords(4, "wrong")),
    KeyRow(keys=(("v", Key.MESSAGE),), guided=KeyWords(14, "message")),
    KeyRow(keys=(("backspace", Key.TAKE_BACK),), guided=KeyWords(12, "undo"), metronome=KeyWords(15, "take_back")),
    KeyRow(keys=(("u", Key.UNIT),), guided=KeyWords(10, "unit"), metronome=KeyWords(13, "unit")),
    KeyRow(keys=(("d", ScreenKey.DETAIL),), guided=KeyWords(11, "detail"), metronome=KeyWords(14, "detail")),
    KeyRow(keys=(("?", ScreenKey.KEYS),), guided=KeyWords(3, "keys"), metronome=KeyWords(3, "keys")),
    KeyRow(keys=(("q", Key.STOP),), guided=KeyWords(1, "stop"), metronome=KeyWords(1, "stop"), may_end=True),
)
KEY_BY_NAME: dict[str, Key] = {name: key for row in KEY_ROWS for name, key in row.keys if isinstance(key, Key)}
SCREEN_KEY_BY_NAME: dict[str, ScreenKey] = {
    name: key for row in KEY_ROWS for name, key in row.keys if isinstance(key, ScreenKey)
}
MAY_END = frozenset(key for row in KEY_ROWS if row.may_end for _, key in row.keys)
NEEDS_RUNNING = frozenset(key for row in KEY_ROWS if row.needs_running for _, key in row.keys)


def rows_of(mode: Mode) -> tuple[tuple[KeyRow, KeyWords], ...]:
    """The rows of one kind of session, in the order in which they are shown."""
    return tuple((row, words) for row in KEY_ROWS if (words := row.words(mode)) is not None)


def keys_of(mode: Mode) -> frozenset[Key]:
    """What can be asked of the coach in one kind of session."""
    return frozenset(key for row, _ in rows_of(mode) for _, key in row.keys if isinstance(key, Key))
