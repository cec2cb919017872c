"""Everything that can differ from one simulated runner to the next: the one table of it, each number with its source.

A population is drawn from it: the same seed gives the same runners, and a larger one begins with them.

`assumed` at the head of a source means: no figure was seen; the number is ours and is halved and doubled in the
sensitivity run. Ratios are parts of the runner's own cadence.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum

from cadencecoach.cohort.population.draws import Bell, Draw, Even, Same, Times, draw_value, draw_words

ASSUMED = "assumed"


class Answers(Enum):
    """What a runner answers to at all."""

    BOTH = "beat and words"
    WORDS = "words, not the beat"
    BEAT = "the beat, not words"
    NEITHER = "neither"

    @property
    def to_beat(self) -> bool:
        """Steps with a beat when one is played."""
        return self in (Answers.BOTH, Answers.BEAT)

    @property
    def to_words(self) -> bool:
        """Changes cadence when told to, by words or tones."""
        return self in (Answers.BOTH, Answers.WORDS)


# Assumed: many fail to step with a beat in running (PMC7288070), some did not respond to sound (s12193-018-0283-1);
# no shares were seen. Of ten runners in a row six, two, one and one, so that a small population has all of them.
ANSWERS_OF_TEN = (
    Answers.BOTH,
    Answers.BOTH,
    Answers.WORDS,
    Answers.BOTH,
    Answers.NEITHER,
    Answers.BOTH,
    Answers.BOTH,
    Answers.WORDS,
    Answers.BEAT,
    Answers.BOTH,
)


def _trait(draw: Draw, unit: str, means: str, source: str, *, most: float | None = None) -> float:
    """A field of the traits; `most` caps a doubled value."""
    metadata = {"draw": draw, "unit": unit, "means": means, "source": source, "most": most}
    value: float = field(metadata=metadata)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """One simulated runner. Meanings, units and sources stand in the fields' metadata, and in docs/simulation.md."""

    answers: Answers
    # The body
    own_spm: float = _trait(
        Bell(165.0, 7.0, 150.0, 176.0),
        "spm",
        "own cadence at the own speed",
        "recreational runners of the trials, under 170 to 176 (jshs.2019.07.006, NCT04747223)",
    )
    speed_mps: float = _trait(Bell(2.8, 0.3, 2.2, 3.6), "m/s", "own speed", "an easy run; only its changes matter here")
    slope_spm_per_mps: float = _trait(
        Bell(6.5, 0.8, 4.5, 8.5),
        "spm per m/s",
        "cadence that comes with speed",
        "5.6 to 7.8 (japplphysiol.00374.2018, fspor.2020.628348); 6.2 in a recorded steady run",
    )
    day_ratio: float = _trait(Same(0.023), "ratio", "SD of the own cadence from day to day", "Craib 1994: 2.2-2.5 %")
    wander_ratio: float = _trait(
        Bell(0.009, 0.002, 0.004, 0.015), "ratio", "SD of the slow wander", "a recorded steady run (autocorrelation)"
    )
    wander_s: float = _trait(Same(15.0), "s", "how long the wander lasts", "the same run")
    noise_ratio: float = _trait(
        Bell(0.010, 0.002, 0.004, 0.016), "ratio", "SD of the reading noise, before strides are rounded", "the same run"
    )
    speed_wander_mps: float = _trait(
        Even(0.0, 0.2), "m/s", "SD of the speed: none on a belt, most outdoors", "0.2 in the same run"
    )
    speed_wander_s: float = _trait(Same(50.0), "s", "how long a change of speed lasts", "the same run")
    stops_per_hour: float = _trait(Even(0.0, 6.0), "1/h", "how often the runner has to stand", "assumed (roads)")
    stop_s: float = _trait(Even(10.0, 40.0), "s", "how long the runner stands then", "assumed")
    settle_s: float = _trait(Times(3.0, 1.4), "s", "how slowly the legs follow the mind", "assumed: a few steps")
    most_ratio: float = _trait(Same(0.10), "ratio", "the largest change anybody makes", "the trials stop at 10 %")
    # The beat
    beat_delay_s: float = _trait(Times(3.0, 1.5), "s", "from a beat to the first attempt at it", "assumed")
    find_s: float = _trait(
        Times(10.0, 2.0), "s", "mean time to step with the beat", "assumed: finding it is the hard part (25773621)"
    )
    lose_s: float = _trait(
        Times(180.0, 2.0), "s", "mean time until the beat is lost again", "assumed: runners lock on less (PMC7288070)"
    )
    pull_share: float = _trait(
        Bell(0.5, 0.15, 0.1, 0.9), "ratio", "part of the way to a beat that is heard, not stepped to", "assumed"
    )
    pull_ratio: float = _trait(
        Bell(0.02, 0.004, 0.01, 0.03), "ratio", "and never more than this", "s40798-015-0025-9: 2 to 2.5 %"
    )
    steadier_share: float = _trait(Same(0.5), "ratio", "part of the wander left while with the beat", "assumed")
    intake_s: float = _trait(
        Times(60.0, 1.6), "s", "how slowly the beat becomes the runner's own rhythm", "assumed, after PMC7288070"
    )
    # Words and tones
    words_ratio: float = _trait(
        Bell(0.025, 0.008, 0.005, 0.05), "ratio", "change of mind by a fresh spoken correction", "assumed"
    )
    tones_share: float = _trait(Even(0.6, 1.2), "ratio", "effect of a tone, words being 1", "assumed")
    cue_delay_s: float = _trait(Times(2.0, 1.4), "s", "from a cue to the first answer", "assumed: no figure for speech")
    dulls_share: float = _trait(
        Bell(0.15, 0.05, 0.0, 0.4), "ratio", "what each cue takes from the effect of the next", "assumed", most=0.9
    )
    freshens_s: float = _trait(Times(240.0, 1.5), "s", "how slowly that comes back", "assumed")
    # The mind
    hold_s: float = _trait(
        Times(240.0, 1.7), "s", "how slowly a change is given up without help", "assumed, after PMC7288070"
    )
    lapse_s: float = _trait(Times(600.0, 1.5), "s", "mean time from one lapse of attention to the next", "assumed")
    lapse_share: float = _trait(Even(0.3, 0.9), "ratio", "part of the change given up in a lapse", "assumed", most=1.0)
    awkward_share: float = _trait(
        Bell(0.12, 0.05, 0.0, 0.3),
        "ratio",
        "part of a change not made until it is habit",
        "assumed; 40798-022-00504-0",
    )
    slow_share: float = _trait(
        Bell(0.4, 0.2, 0.0, 1.0), "ratio", "part of a change paid for with speed", "nyas.14528; the size is assumed"
    )
    # Learning
    learn_min: float = _trait(
        Times(20.0, 1.4),
        "min",
        "practice alone that makes 63 % of it habit",
        "fitted: 86 % of a change kept after 8 sessions; 93 % and more in sms.12413, 17461391.2022.2042398",
    )
    guidance_share: float = _trait(
        Bell(0.5, 0.15, 0.0, 1.0), "ratio", "part of the learning lost while helped", "assumed; contested", most=1.0
    )
    guided_s: float = _trait(Same(10.0), "s", "how long a cue counts as help", "assumed")
    forget_days: float = _trait(
        Times(120.0, 1.5), "days", "how slowly a habit is forgotten", "assumed, between 17461391.2022.2042398 and S4"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One row of the table: what a number means, how it differs between runners, and where it comes from."""

    name: str
    draw: Draw
    unit: str
    means: str
    source: str
    most: float | None

    @property
    def is_assumed(self) -> bool:
        """No figure was seen for it."""
        return ASSUMED in self.source


ASSUMPTIONS: tuple[Assumption, ...] = tuple(
    Assumption(name=one.name, **one.metadata) for one in fields(Traits) if one.metadata
)


def assumptions_table() -> str:
    """All of it as a table in Markdown, for docs/simulation.md."""
    head = ["| number | of a runner | unit | means | source |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(_row, ASSUMPTIONS)])


def _row(one: Assumption) -> str:
    return f"| `{one.name}` | {draw_words(one.draw)} | {one.unit} | {one.means} | {one.source} |"


def population(n_runners: int, *, seed: int, scaled: Mapping[str, float] | None = None) -> tuple[Traits, ...]:
    """Draw runners to try a policy on; arguments as of `runner`."""
    return tuple(runner(number, seed=seed, scaled=scaled) for number in range(n_runners))


def runner(number: int, *, seed: int, scaled: Mapping[str, float] | None = None) -> Traits:
    """Draw one runner of a population.

    Args:
        number: from 0
        seed: of the population
        scaled: names of assumptions and what each drawn value is multiplied by; the draws stay the same
    Raises:
        KeyError: no such assumption
    """
    factors = dict.fromkeys((one.name for one in ASSUMPTIONS), 1.0)
    for name, factor in (scaled or {}).items():
        factors[name] *= factor
    source = random.Random(f"{seed}/{number}")  # noqa: S311  # a simulation, not a secret
    values = {one.name: _scale(one, draw_value(one.draw, source), factors[one.name]) for one in ASSUMPTIONS}
    return Traits(answers=ANSWERS_OF_TEN[number % len(ANSWERS_OF_TEN)], **values)


def _scale(one: Assumption, value: float, factor: float) -> float:
    return value * factor if one.most is None else min(value * factor, one.most)
