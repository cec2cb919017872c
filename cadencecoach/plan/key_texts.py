"""What the keys of a session do, in words: a short form for the legend of the screen, a long one for `--help` and docs.

Which words belong to which key says `coach.key_table`.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.screen_texts import MAX_TEXT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class KeyTexts(TextTable):
    """The texts; `{arrows}` and `{plus_minus}` are signs that a terminal may lack."""

    LONGEST: ClassVar = MAX_TEXT_CHARS

    # On the screen: the key, then what it does.
    pause_legend: str = "space pause"
    target_legend: str = "{arrows} {plus_minus}1"
    tempo_by_one_legend: str = "{arrows} {plus_minus}1"
    tempo_by_five_legend: str = "left/right {plus_minus}5"
    tap_legend: str = "t tap"
    sound_legend: str = "s sound"
    accent_legend: str = "a accent"
    next_legend: str = "n next"
    mute_legend: str = "m mute"
    voice_legend: str = "m voice"
    beat_volume_legend: str = "h/j beat"
    words_volume_legend: str = "k/l words"
    pain_legend: str = "p pain"
    wrong_legend: str = "w wrong"
    message_legend: str = "v message"
    unit_legend: str = "u unit"
    detail_legend: str = "d details"
    keys_legend: str = "? keys"
    stop_legend: str = "q stop"
    # In the list of all keys on a narrow screen, where the line of keys has no text.
    tap_steps_short: str = "t tap your steps"
    take_back_short: str = "Backspace take back"
    # In `--help` and docs, beside the key.
    pause: str = "pause, resume"
    target: str = "raise, lower the target by 1 step a minute"
    tempo_by_one: str = "1 beat a minute faster, slower"
    tempo_by_five: str = "5 beats a minute faster, slower"
    tap: str = "tap the tempo, four taps or more"
    tap_steps: str = "tap your steps, where no sensor counts them"
    sound: str = "next sound"
    accent: str = "accent: none, left foot, right foot"
    next: str = "next stage"
    mute: str = "sound off, on"
    voice: str = "voice off, on"
    beat_volume: str = "beat softer, louder"
    words_volume: str = "words and tones softer, louder"
    pain: str = "rate pain; above {level} the beat stops"
    wrong: str = "something is wrong: stop the beat"
    message: str = "speak the message from your clinician"
    take_back: str = "take back the last answer, within {seconds} s"
    undo_short: str = "Backspace undoes"
    undo: str = "take back an answer ({seconds} s) or a next stage ({undo} s)"
    unit: str = "switch the sensor between steps and strides"
    detail: str = "details of sensor and help on, off"
    keys: str = "show what all keys do"
    stop: str = "stop and save; asks once"
    # The keys themselves, where they are not just a letter.
    pause_keys: str = "space"
    target_keys: str = "up, down"
    tempo_by_one_keys: str = "up, down"
    tempo_by_five_keys: str = "right, left"
    beat_volume_keys: str = "h, j"
    words_volume_keys: str = "k, l"
    pain_keys: str = "p, then 0 to 9, or {ten} for 10"
    take_back_keys: str = "Backspace"
    undo_keys: str = "Backspace"


ENGLISH_KEYS = KeyTexts()
