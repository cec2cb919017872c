"""The coach's words, of a phrasebook in one language or another (`plan.phrasebook`).

Everything is built of whole sentences, each of which can be prepared as sound before it is needed: a number is a
sentence of its own.
"""

import re
from collections.abc import Iterable

from cadencecoach.coach.actions import BandState, CueReason
from cadencecoach.plan.model import Plan, Stage, Walk
from cadencecoach.plan.phrasebook import ENGLISH, PLACES, Phrasebook
from cadencecoach.plan.targets import Band
from cadencecoach.units import SECONDS_PER_MINUTE

# What "quicker" sounds like where the plan wants tones, or where there is no voice.
EARCONS: dict[CueReason, str] = {
    CueReason.STAGE: "stage",
    CueReason.COUNTDOWN: "count",
    CueReason.PLAN: "stage",
    CueReason.BELOW: "quicker",
    CueReason.ABOVE: "easier",
    CueReason.BACK: "back",
    CueReason.SENSOR_LOST: "lost",
    CueReason.SENSOR_BACK: "back",
    CueReason.SENSOR_UNCLEAR: "lost",
    CueReason.BASELINE: "stage",
    CueReason.SUMMARY: "stage",
    CueReason.SESSION: "end",
    CueReason.TIME: "count",
    CueReason.RECALL: "stage",
    CueReason.TONE: "",  # it follows a tone: without a voice nothing is to be heard a second time
    CueReason.PAIN: "end",
    CueReason.SPEED: "stage",
}

SAID_SPM = range(60, 261)
SPOKEN_PER_MIN = 150.0  # words; the voices' own rate is 175, and numbers take longer than words
BREATH_S = 0.3
LONGEST_MARKED_S = 4 * 3600.0  # minutes are prepared so far ahead where no end is known


def whole_spm_text(cadence_spm: float) -> str:
    """A step rate as it is said: whole steps a minute."""
    return str(round(cadence_spm))


def correction(words: Phrasebook, side: BandState, n_before: int, band: Band) -> str:
    """The words for a runner out of the band, after `n_before` others: in turn, so that they do not wear off."""
    ways = words.below if side is BandState.BELOW else words.above
    return ways[n_before % len(ways)].replace(PLACES["target"], whole_spm_text(band.target_spm))


def baseline(words: Phrasebook, cadence_spm: float) -> str:
    """The measured baseline."""
    return f"{words.baseline_found} {whole_spm_text(cadence_spm)}."


def stage_opening(words: Phrasebook, stage: Stage, band: Band | None) -> str:
    """What is said when a stage begins: its name, and what it asks for."""
    return f"{_sentence(words.of_plan(stage.name))} {_asks(words, stage, band)}".strip()


def stage_summary(words: Phrasebook, inside_ratio: float) -> str:
    """How the stage went."""
    return words.on_target.replace(PLACES["percent"], str(round(100 * inside_ratio)))


def minutes_run(words: Phrasebook, time_s: float) -> str:
    """The time run, in whole minutes; empty before the first."""
    minutes = round(time_s / SECONDS_PER_MINUTE)
    if minutes <= 1:
        return words.minute_run if minutes == 1 else ""
    return words.minutes_run.replace(PLACES["minutes"], str(minutes))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order: the pieces it is spoken in."""
    return tuple(filter(None, re.split(r"(?<=[.!?])\s+", text.strip())))


def length_of_words_s(text: str) -> float:
    """About how long some words take: the voice's own rate, and a moment around each sentence."""
    return len(text.split()) * SECONDS_PER_MINUTE / SPOKEN_PER_MIN + BREATH_S * len(sentences(text))


def vocabulary(plan: Plan, words: Phrasebook = ENGLISH) -> tuple[str, ...]:
    """Every sentence a session of this plan can say, so that a voice can prepare them all before the start."""
    authored = [text for stage in plan.stages for text in _authors_words(words, stage)]
    return _sentences_of([*_fixed_texts(words), *authored, *_with_number(words)])


def counted_vocabulary(words: Phrasebook = ENGLISH) -> tuple[str, ...]:
    """Those among them with a number: one for every number there may be, of which a session says a few."""
    fixed = _sentences_of(_fixed_texts(words))
    return tuple(sentence for sentence in _sentences_of(_with_number(words)) if sentence not in fixed)


def metronome_vocabulary(words: Phrasebook, marks_s: float | None, for_s: float | None) -> tuple[str, ...]:
    """Every sentence a metronome can say: a stop, the end, and the minutes where somebody wants them."""
    n_marks = 0 if marks_s is None else int((LONGEST_MARKED_S if for_s is None else for_s) // marks_s)
    marks = (minutes_run(words, n * (marks_s or 0.0)) for n in range(1, n_marks + 1))
    return _sentences_of([words.session_over, words.stop_for_pain, words.taken_back, *marks])


def _fixed_texts(words: Phrasebook) -> list[str]:
    counted = ("on_target", "minute_run", "minutes_run")
    return [text for name, texts in words.spoken_phrases().items() if name not in counted for text in texts]


def _with_number(words: Phrasebook) -> list[str]:
    numbers = [f"{number}." for number in SAID_SPM]
    return [*numbers, *(stage_summary(words, percent / 100) for percent in range(101))]


def _sentences_of(texts: Iterable[str]) -> tuple[str, ...]:
    known = dict.fromkeys(sentence for text in texts for sentence in sentences(text))
    return tuple(sentence for sentence in known if "{" not in sentence)


def _authors_words(words: Phrasebook, stage: Stage) -> tuple[str, ...]:
    """What the plan's author wrote that is spoken."""
    own = (stage.name, stage.drill or words.walk)
    return (*(_sentence(words.of_plan(text)) for text in own), *(words.of_plan(cue.say) for cue in stage.cues))


def _sentence(name: str) -> str:
    return name if name.endswith((".", "!", "?")) else f"{name}."


def _asks(words: Phrasebook, stage: Stage, band: Band | None) -> str:
    if stage.drill is not None:
        return _sentence(words.of_plan(stage.drill))
    if stage.measures_baseline:
        return words.as_you_like
    if isinstance(stage.target, Walk):
        name = words.of_plan(stage.name).lower()
        return "" if any(word in name for word in words.walk_words) else words.walk
    if band is None:
        return ""
    if stage.is_probe:
        return f"{whole_spm_text(band.target_spm)}. {words.without_help}"
    return f"{whole_spm_text(band.target_spm)}."
