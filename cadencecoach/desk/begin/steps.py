"""The questions of the first time and where their answers lead, as two tables: every path ends, none in nothing.

Pain, a sign to stop or an injury that nobody has cleared leads to `see somebody first`, whatever else was answered.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from cadencecoach.plan.begin_texts import BeginTexts
from cadencecoach.plan.forms import heading

ATHLETE = "ATHLETE"  # in a command: the name under which the runs are kept
PROGRAMME = f"programme start field6wk --athlete {ATHLETE}"
SESSION = f"run plus-5-percent --feet ble --athlete {ATHLETE}"
SCAN = "sensors scan"

Row = Callable[[BeginTexts], str]
Command = Callable[[str], str]  # from the words of a command to what is typed


class Step(Enum):
    """A question."""

    HURTS = "hurts"
    SIGNS = "signs"
    INJURY = "injury"
    HOW_OFTEN = "how often"
    HOW_LONG = "how long"
    SENSOR = "sensor"


class Ending(Enum):
    """What the questions come to."""

    SEE_SOMEBODY = "see somebody first"
    OWN_CADENCE = "two runs of one's own cadence"
    WALK_RUN = "a ready plan"
    METRONOME = "the metronome"


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: its key, its words, what comes next; a command in `words` is run, and the question comes again."""

    key: str
    row: Row
    leads_to: Step | Ending
    words: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, and its answers."""

    row: Row
    choices: tuple[Choice, ...]


STEPS: Mapping[Step, Asked] = {
    Step.HURTS: Asked(
        lambda of: of.hurts,
        (
            Choice("n", lambda of: of.hurts_no, Step.SIGNS),
            Choice("y", lambda of: of.hurts_yes, Ending.SEE_SOMEBODY),
        ),
    ),
    Step.SIGNS: Asked(
        lambda of: of.signs,
        (
            Choice("n", lambda of: of.signs_no, Step.INJURY),
            Choice("y", lambda of: of.signs_yes, Ending.SEE_SOMEBODY),
        ),
    ),
    Step.INJURY: Asked(
        lambda of: of.injury,
        (
            Choice("n", lambda of: of.injury_no, Step.HOW_OFTEN),
            Choice("m", lambda of: of.injury_cleared, Ending.WALK_RUN),
            Choice("y", lambda of: of.injury_open, Ending.SEE_SOMEBODY),
        ),
    ),
    Step.HOW_OFTEN: Asked(
        lambda of: of.how_often,
        (
            Choice("0", lambda of: of.not_running, Ending.WALK_RUN),
            Choice("1", lambda of: of.once_or_twice, Step.HOW_LONG),
            Choice("3", lambda of: of.three_or_more, Step.HOW_LONG),
        ),
    ),
    Step.HOW_LONG: Asked(
        lambda of: of.how_long,
        (
            Choice("1", lambda of: of.less_than_20, Ending.WALK_RUN),
            Choice("2", lambda of: of.at_least_20, Step.SENSOR),
        ),
    ),
    Step.SENSOR: Asked(
        lambda of: of.sensor,
        (
            Choice("y", lambda of: of.sensor_yes, Ending.OWN_CADENCE),
            Choice("n", lambda of: of.sensor_no, Ending.METRONOME),
            Choice("l", lambda of: of.sensor_unknown, Step.SENSOR, words=SCAN),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done at an ending: a command of ours, and whether it is the session with which one leaves."""

    key: str
    row: Row
    words: str
    is_session: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An ending in words.

    Attributes:
        title: in a few words
        paragraphs: what it means
        later: commands for another day, which stand below them
        offers: what can be done there; the first that is a session is begun with Enter
    """

    title: Row
    paragraphs: Callable[[BeginTexts, Mapping[Step, str]], tuple[str, ...]]
    later: Callable[[Mapping[Step, str]], tuple[str, ...]]
    offers: tuple[Offer, ...]


def _runs_often(answers: Mapping[Step, str]) -> bool:
    return answers.get(Step.HOW_OFTEN) == "3"


def _after_own_cadence(of: BeginTexts, answers: Mapping[Step, str]) -> str:
    return of.own_cadence_often if _runs_often(answers) else of.own_cadence_seldom


_DEMO = Offer("d", lambda of: of.watch, "demo")
ENDINGS: Mapping[Ending, Told] = {
    Ending.SEE_SOMEBODY: Told(
        lambda of: of.see_somebody,
        lambda of, _: (of.see_somebody_why, of.see_somebody_open),
        lambda _: ("begin",),
        (
            Offer("s", lambda of: of.read, "learn stop"),
            Offer("p", lambda of: of.read, "learn pain"),
            _DEMO,
        ),
    ),
    Ending.OWN_CADENCE: Told(
        lambda of: of.own_cadence,
        lambda of, answers: (of.own_cadence_why, _after_own_cadence(of, answers)),
        lambda answers: (PROGRAMME, SESSION) if _runs_often(answers) else (SESSION,),
        (
            Offer("enter", lambda of: of.start, f"run own-cadence --feet ble --athlete {ATHLETE}", is_session=True),
            Offer("c", lambda of: of.read, "learn cadence"),
            Offer("s", lambda of: of.read, "learn stop"),
            _DEMO,
        ),
    ),
    Ending.WALK_RUN: Told(
        lambda of: of.walk_run,
        lambda of, _: (of.walk_run_why,),
        lambda _: ("begin",),
        (
            Offer("enter", lambda of: of.start, f"run walk-run-start --athlete {ATHLETE}", is_session=True),
            Offer("p", lambda of: of.read, "learn pain"),
            Offer("s", lambda of: of.read, "learn stop"),
            _DEMO,
        ),
    ),
    Ending.METRONOME: Told(
        lambda of: of.metronome,
        lambda of, _: (of.metronome_why,),
        lambda _: (),
        (
            Offer("enter", lambda of: of.start, "metronome 165", is_session=True),
            Offer("c", lambda of: of.read, "learn cadence"),
            Offer("s", lambda of: of.read, "learn stop"),
            _DEMO,
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Where answers have led.

    Attributes:
        at: the next question, or what they come to
        answers: the key of each question answered
    """

    at: Step | Ending
    answers: Mapping[Step, str]


def follow(keys: Iterable[str]) -> Reached:
    """Where the keys of answers lead, one after the other from the first question.

    Raises:
        KeyError: one of them is no answer to the question it comes to
    """
    at: Step | Ending = Step.HURTS
    answers: dict[Step, str] = {}
    for key in keys:
        choices = STEPS[at].choices if isinstance(at, Step) else ()
        chosen = {choice.key: choice for choice in choices}[key]
        if isinstance(at, Step) and not chosen.words:
            answers[at] = key
        at = chosen.leads_to
    return Reached(at, answers)


def ways_without_questions(of: BeginTexts, command: Command) -> Iterator[str]:
    """What to do where nobody can answer: every ending, when it is meant, and its first command."""
    yield of.no_terminal
    conditions: Mapping[Ending, str] = {
        Ending.SEE_SOMEBODY: of.if_hurts,
        Ending.WALK_RUN: of.if_beginning,
        Ending.OWN_CADENCE: of.if_sensor,
        Ending.METRONOME: of.if_no_sensor,
    }
    for ending, condition in conditions.items():
        yield heading(condition, of.forms)
        yield f"  {command(ENDINGS[ending].offers[0].words.removesuffix(f' --athlete {ATHLETE}'))}"
