"""Six short texts to read, as lines: which paragraphs each has, and where what it says comes from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cadencecoach.gait.speed_curve import PRIOR_SLOPE_SPM_PER_MPS
from cadencecoach.plan.forms import fill, heading
from cadencecoach.plan.lesson_texts import LessonTexts
from cadencecoach.units import METRIC, Measures
from cadencecoach.view.paragraph import wrap

COLUMNS = 76
INDENT = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One text.

    Attributes:
        rows: its title and its paragraphs in a language
        sources: whoever doubts a sentence can look it up; the same in every language
    """

    rows: Callable[[LessonTexts], tuple[str, ...]]
    sources: tuple[str, ...]

    def title(self, texts: LessonTexts) -> str:
        """What it is about."""
        return self.rows(texts)[0]


# By the name with which it is asked for, in the order in which they are read.
LESSONS: Mapping[str, Lesson] = {
    "cadence": Lesson(
        rows=lambda of: (of.cadence_title, of.cadence_is, of.cadence_load, of.cadence_claims, of.cadence_here),
        sources=(
            "Burns 2019, doi 10.1152/japplphysiol.00374.2018",
            "Heiderscheit 2011, doi 10.1249/MSS.0b013e3181ebedf4",
            "Anderson 2022, doi 10.1186/s40798-022-00504-0",
        ),
    ),
    "pain": Lesson(
        rows=lambda of: (of.pain_title, of.pain_sore, of.pain_scale, of.pain_morning, of.pain_rule),
        sources=(
            "calf soreness: Bonacci 2018, PMID 28993130",
            "running with tendon pain: Silbernagel 2007, PMID 17307888",
            "knee, bone and soreness: advice of clinics for runners, not studies",
        ),
    ),
    "six-weeks": Lesson(
        rows=lambda of: (
            of.six_weeks_title,
            of.six_weeks_first,
            of.six_weeks_help,
            of.six_weeks_change,
            of.six_weeks_chance,
        ),
        sources=(
            "Anderson 2022, doi 10.1186/s40798-022-00504-0",
            "Davis 2020, PMC7083994",
            "Willy 2016, doi 10.1111/sms.12413; Baumgartner 2019, doi 10.1111/sms.13509",
            "Esculier 2022, doi 10.3389/fspor.2022.1048655",
            "Craib 1994, doi 10.1055/s-2007-1021024",
        ),
    ),
    "shoes": Lesson(
        rows=lambda of: (of.shoes_title, of.shoes_one_thing, of.shoes_landing, of.shoes_surface, of.shoes_traffic),
        sources=(
            "landing and the Achilles tendon: PMID 23640524; Lyght 2016, doi 10.1123/jab.2015-0183",
            "treadmill and ground: PMC5685089; uphill: Padulo 2012, J Strength Cond Res 26(5)",
            "one change at a time, and traffic: advice, not studies",
        ),
    ),
    "stop": Lesson(
        rows=lambda of: (of.stop_title, of.stop_now, of.stop_emergency, of.stop_first, of.stop_keys),
        sources=(
            "who should ask first: whom the trial NCT04747223 did not admit, and advice of clinics",
            "the signs: rules of clinics for runners; the limit of 5 of 10: Silbernagel 2007, PMID 17307888",
        ),
    ),
    "report": Lesson(
        rows=lambda of: (
            of.report_title,
            of.report_mean,
            of.report_help,
            of.report_chance,
            of.report_speed,
            of.report_silence,
        ),
        sources=(
            "chance, worked out from Craib 1994, doi 10.1055/s-2007-1021024",
            "speed: Burns 2019, doi 10.1152/japplphysiol.00374.2018",
        ),
    ),
}


def lesson_lines(
    lesson: Lesson, texts: LessonTexts, columns: int = COLUMNS, measures: Measures = METRIC
) -> Iterator[str]:
    """A text to read: its title, its paragraphs, its sources."""
    title, *paragraphs = lesson.rows(texts)
    steps = f"{measures.slope_number(PRIOR_SLOPE_SPM_PER_MPS):.0f}"
    yield title
    for paragraph in paragraphs:
        yield ""
        yield from wrap(fill(paragraph, unit=measures.slope_unit, steps=steps), columns)
    yield ""
    yield heading(texts.sources, texts.forms)
    for source in lesson.sources:
        first, *more = wrap(source, columns - len(INDENT))
        yield INDENT + first
        yield from (INDENT * 2 + line for line in more)


def contents_lines(texts: LessonTexts, command: Callable[[str], str]) -> Iterator[str]:
    """Which texts there are.

    Args:
        texts: in the reader's language
        command: how the text of a name is opened
    """
    yield texts.contents
    columns = max(map(len, LESSONS))
    yield from (f"{INDENT}{name.ljust(columns)}  {lesson.title(texts)}" for name, lesson in LESSONS.items())
    yield fill(texts.how_to_open, command=command(next(iter(LESSONS))))
