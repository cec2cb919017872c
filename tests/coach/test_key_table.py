"""The table of keys is whole: every key has a row, words, and its move in each kind of session that has it."""

import re
from collections import Counter

from each_row import each_row

from cadencecoach.coach import keys, metronome_alone
from cadencecoach.coach.events import Key
from cadencecoach.coach.key_table import (
    KEY_BY_NAME,
    KEY_ROWS,
    NEEDS_RUNNING,
    SCREEN_KEY_BY_NAME,
    TEN,
    Mode,
    ScreenKey,
    keys_of,
    rows_of,
)
from cadencecoach.coach.pain_keys import KEYS_OF_BOTH
from cadencecoach.devices.keyboard import keys_in
from cadencecoach.plan.forms import rows_of as rows_of_table
from cadencecoach.plan.key_texts import ENGLISH_KEYS, KeyTexts

TOLD_WHEN_USABLE = {Mode.GUIDED: {Key.TAKE_BACK, Key.TAP}, Mode.METRONOME: {Key.TAKE_BACK}}
BYTES = {"space": b" ", "backspace": b"\x7f", "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D"}


def test_every_key_stands_in_one_row() -> None:
    """Under one name of the terminal, those of the screen too."""
    assert Counter(key for row in KEY_ROWS for _, key in row.keys) == Counter([*Key, *ScreenKey])
    assert len(KEY_BY_NAME) + len(SCREEN_KEY_BY_NAME) == len(Key) + len(ScreenKey)


@each_row("name", [*KEY_BY_NAME, *SCREEN_KEY_BY_NAME])
def test_every_name_is_one_that_a_terminal_sends(name: str) -> None:
    """And neither a digit nor the key for ten, which answer the question about pain."""
    assert keys_in(BYTES.get(name, name.encode())) == ([name], b"")
    assert not name.isdigit()
    assert name != TEN


@each_row("mode", Mode)
def test_every_key_has_its_words(mode: Mode) -> None:
    """For help, and for the legend, each with a rank of its own; what is told when it can be used has no legend."""
    assert all(row.guided or row.metronome for row in KEY_ROWS)
    assert all(words.short(ENGLISH_KEYS) for _, words in rows_of(mode))
    told = [(row, words, words.legend(ENGLISH_KEYS)) for row, words in rows_of(mode)]
    assert all(row.names_text(words, ENGLISH_KEYS) and words.help(ENGLISH_KEYS) for row, words, _ in told)
    assert {key for row, _, legend in told if not legend for _, key in row.keys} == TOLD_WHEN_USABLE[mode]
    assert sorted(words.rank for _, words in rows_of(mode)) == list(range(len(rows_of(mode))))


@each_row(("mode", "moves"), [(Mode.GUIDED, keys.KEYS), (Mode.METRONOME, metronome_alone.KEYS)])
def test_what_the_table_tells_is_what_the_coach_does(mode: Mode, moves: dict[Key, object]) -> None:
    """A move for each key, and none for a key that is not told; the sensor's unit is the session's own."""
    assert keys_of(mode) == {*moves, *KEYS_OF_BOTH}


def test_the_texts_of_keys_have_a_key() -> None:
    """Every row of `plan.key_texts` is some key's words, legend or name."""
    names = {words.name for mode in Mode for _, words in rows_of(mode)}
    rows = {re.sub("_(legend|keys|short)$", "", field.name) for field in rows_of_table(KeyTexts)} - {""}
    assert rows == names


def test_what_needs_a_runner_on_the_way() -> None:
    """Target, stage and tempo; a stop, a pause, sound and answers about pain work at any time."""
    assert {Key.UP, Key.DOWN, Key.NEXT, Key.FASTER, Key.SLOWER, Key.TAP} == NEEDS_RUNNING
