"""The words of one language, as data: what a coach says and shows, and how its numbers and signs are read out.

English stands here as the default and is written to `config/phrases.en.yaml` by `tools/phrases.py`; other languages
are files only. Nothing here imports yaml.
"""

import re
from dataclasses import dataclass, fields
from string import Formatter
from typing import TYPE_CHECKING

from cadencecoach.plan.forms import ENGLISH_FORMS, FormTexts, PhraseFault
from cadencecoach.plan.key_texts import ENGLISH_KEYS, KeyTexts
from cadencecoach.plan.of_files import Pairs, check_pairs, log_text, plan_text
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.units import METRIC, Measures

if TYPE_CHECKING:
    from cadencecoach.plan.begin_texts import BeginTexts
    from cadencecoach.plan.checkin_texts import CheckInTexts
    from cadencecoach.plan.doctor_texts import DoctorTexts
    from cadencecoach.plan.lesson_texts import LessonTexts
    from cadencecoach.plan.page_texts import PageTexts
    from cadencecoach.plan.programme_texts import ProgrammeTexts
    from cadencecoach.plan.progress_texts import ProgressTexts
    from cadencecoach.plan.report_texts import ReportTexts

NUMBERS = ("split", "whole")
MAX_PHRASE_CHARS = 120
# Where a number goes; put in by replacing just this text, since a phrase is a file's and no format string.
PLACES = {"target": "{target}", "percent": "{percent}", "minutes": "{minutes}"}
# Phrases that must hold a number, and the name of its place.
NUMBER_IN = {"on_target": "percent", "minutes_run": "minutes"}
READ = (
    "screen",
    "keys",
    "report",
    "progress",
    "checkin",
    "programme",
    "lessons",
    "begin",
    "doctor",
    "page",
)  # tables read, not heard
LATE = (
    "report",
    "progress",
    "checkin",
    "programme",
    "lessons",
    "begin",
    "doctor",
    "page",
)  # loaded when somebody reads them
OF_FILES = ("of_plans", "of_logs")  # English that stands in files, and what is shown or said in its place
OF_NO_FILE = ("measures",)
MAY_HOLD_TARGET = ("below", "above")


def field_of(table: str) -> str:
    """Where a phrasebook holds a table: those that are loaded late only if they are not English."""
    return f"own_{table}" if table in LATE else table


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Everything a coach says and shows in one language.

    Action first, number last, seven words at most where the runner must act on them; said in whole sentences, each of
    which can be prepared as sound by itself.

    Attributes:
        language: a code of two or three letters
        voice: espeak-ng's name of a voice for it
        numbers: `split` reads 174 as "1 74", `whole` leaves it to the engine
        signs: how a sign or a unit is read: `to` (168-176), `plus`, `minus`, `percent`, `spm`, `point`
        walk_words: parts of a stage's name that say already that it is a walk
        below: corrections for a runner slower than the band, said in turn so that they do not wear off
        above: the same for one quicker than the band
        back: back in the band after a correction; a pause has no words
        screen, keys: what is read, not heard: in a session, and of its keys
        own_report, own_progress: what is read in the two reports; None is English
        own_checkin, own_programme: what is asked of the body, what a programme says of today; None is English
        own_lessons, own_begin: what is read before the first session; likewise
        own_doctor: what a look at the computer finds; likewise
        own_page: what is read in a browser; likewise
        forms: how numbers and days are written
        measures: how speeds and distances are written: a setting of the person's, and in no file of phrases
        of_plans: titles, names and sentences of our own plans, and what stands for them
        of_logs: words and reasons of logs and journals, and what stands for them
        others: what their names say
    """

    language: str
    voice: str
    numbers: str
    signs: tuple[tuple[str, str], ...]
    walk_words: tuple[str, ...]
    below: tuple[str, ...]
    above: tuple[str, ...]
    follow_the_beat: str
    back: str
    keep_speed: str
    off_speed: str
    recall: str
    sensor_lost: str
    sensor_lost_beat: str
    sensor_back: str
    sensor_unclear: str
    no_baseline_yet: str
    baseline_found: str
    as_you_like: str
    without_help: str
    walk: str
    on_target: str
    minute_run: str
    minutes_run: str
    session_over: str
    stop_for_pain: str = "Slow the belt to a walk, then stop it."
    taken_back: str = "Taken back."
    half_way: str = "Half way."
    minute_left: str = "One minute left."
    screen: ScreenTexts = ENGLISH_SCREEN
    keys: KeyTexts = ENGLISH_KEYS
    own_report: "ReportTexts | None" = None
    own_progress: "ProgressTexts | None" = None
    own_checkin: "CheckInTexts | None" = None
    own_programme: "ProgrammeTexts | None" = None
    own_lessons: "LessonTexts | None" = None
    own_begin: "BeginTexts | None" = None
    own_doctor: "DoctorTexts | None" = None
    own_page: "PageTexts | None" = None
    forms: FormTexts = ENGLISH_FORMS
    measures: Measures = METRIC
    of_plans: Pairs = ()
    of_logs: Pairs = ()

    def __post_init__(self) -> None:
        """Refuse a book with which somebody would hear nothing, or a brace read out."""
        if re.fullmatch(r"[a-z]{2,3}", self.language) is None:
            raise PhraseFault(f"language: {self.language!r}: write a code such as en, de, fr, es")
        if self.numbers not in NUMBERS:
            raise PhraseFault(f"numbers: {self.numbers!r}: write {' or '.join(NUMBERS)}")
        missing = {sign for sign, _ in ENGLISH_SIGNS} - {sign for sign, _ in self.signs}
        if missing:
            raise PhraseFault(f"signs: {', '.join(sorted(missing))} missing")
        for name, texts in self.spoken_phrases().items():
            for text in texts:
                _check(name, text)
        for name in OF_FILES:
            check_pairs(name.replace("_", "-"), getattr(self, name))

    @property
    def report(self) -> "ReportTexts":
        """The texts of a session's report, loaded when somebody reads one: a session begins without."""
        from cadencecoach.plan.report_texts import ENGLISH_REPORT  # noqa: PLC0415

        return self.own_report or ENGLISH_REPORT

    @property
    def progress(self) -> "ProgressTexts":
        """The texts of an athlete's report, likewise."""
        from cadencecoach.plan.progress_texts import ENGLISH_PROGRESS  # noqa: PLC0415

        return self.own_progress or ENGLISH_PROGRESS

    @property
    def lessons(self) -> "LessonTexts":
        """The short texts to read, likewise."""
        from cadencecoach.plan.lesson_texts import ENGLISH_LESSONS  # noqa: PLC0415

        return self.own_lessons or ENGLISH_LESSONS

    @property
    def begin(self) -> "BeginTexts":
        """The texts of the first questions and of the demonstration's end, likewise."""
        from cadencecoach.plan.begin_texts import ENGLISH_BEGIN  # noqa: PLC0415

        return self.own_begin or ENGLISH_BEGIN

    @property
    def doctor(self) -> "DoctorTexts":
        """The texts of what a look at the computer finds, likewise."""
        from cadencecoach.plan.doctor_texts import ENGLISH_DOCTOR  # noqa: PLC0415

        return self.own_doctor or ENGLISH_DOCTOR

    @property
    def page(self) -> "PageTexts":
        """The texts of the pages in a browser, likewise."""
        from cadencecoach.plan.page_texts import ENGLISH_PAGE  # noqa: PLC0415

        return self.own_page or ENGLISH_PAGE

    @property
    def checkin(self) -> "CheckInTexts":
        """The texts of a check-in, likewise."""
        from cadencecoach.plan.checkin_texts import ENGLISH_CHECKIN  # noqa: PLC0415

        return self.own_checkin or ENGLISH_CHECKIN

    @property
    def programme(self) -> "ProgrammeTexts":
        """The texts of a programme's day, likewise."""
        from cadencecoach.plan.programme_texts import ENGLISH_PROGRAMME  # noqa: PLC0415

        return self.own_programme or ENGLISH_PROGRAMME

    def of_plan(self, text: str) -> str:
        """A title, a name or a sentence of a plan: in this language if it is one of ours, else as it is."""
        return plan_text(text, self.of_plans, self.forms)

    def of_log(self, text: str) -> str:
        """A word or a reason that stands in a log or a journal, in this language and with this person's measures."""
        return self.measures.sentence(log_text(text, self.of_logs, self.of_plans, self.forms))

    def spoken_phrases(self) -> dict[str, tuple[str, ...]]:
        """Every phrase that is spoken, by name."""
        told = (
            "language",
            "voice",
            "numbers",
            "signs",
            "walk_words",
            "forms",
            *OF_FILES,
            *OF_NO_FILE,
            *map(field_of, READ),
        )
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in told}
        return {name: value if isinstance(value, tuple) else (value,) for name, value in values.items()}

    def sign(self, name: str) -> str:
        """How a sign or unit is read."""
        return dict(self.signs)[name]


def _check(name: str, text: str) -> None:
    if not text.strip() or len(text) > MAX_PHRASE_CHARS or not text.isprintable():
        raise PhraseFault(f"{name}: write some words in one line, {MAX_PHRASE_CHARS} characters at most")
    if not text.endswith((".", "!", "?")):
        raise PhraseFault(f"{name}: {text!r}: end the sentence with . ! or ?")
    try:
        places = [place for _, place, form, how in Formatter().parse(text) if place is not None and not (form or how)]
        n_braces = text.count("{") + text.count("}")
    except ValueError as error:
        raise PhraseFault(f"{name}: {text!r}: {error}") from error
    wanted = NUMBER_IN.get(name)
    allowed = (wanted,) if wanted else ("target",) if name in MAY_HOLD_TARGET else ()
    if any(place not in allowed for place in places) or n_braces != 2 * len(places):
        raise PhraseFault(f"{name}: {text!r}: in braces allowed: {', '.join(allowed) or 'nothing'}")
    if wanted is not None and places != [wanted]:
        raise PhraseFault(f"{name}: {text!r}: write {{{wanted}}} where the number goes")
    if "target" in places and "{target}." not in text.replace("!", ".").replace("?", "."):
        raise PhraseFault(f"{name}: {text!r}: {{target}} must be a sentence of its own: 'Quicker. {{target}}.'")


ENGLISH_SIGNS = (
    ("to", "to"),
    ("plus", "plus"),
    ("minus", "minus"),
    ("percent", "percent"),
    ("spm", "steps per minute"),
    ("point", "point"),
)
ENGLISH = Phrasebook(
    language="en",
    voice="en-us",
    numbers="split",
    signs=ENGLISH_SIGNS,
    walk_words=("walk",),
    below=("Quicker, lighter steps.", "A little quicker. {target}.", "Short, quick steps. {target}."),
    above=("Ease your steps a little.", "A little slower. {target}.", "Longer, calmer steps. {target}."),
    follow_the_beat="Follow the beat.",
    back="That's it.",
    keep_speed="Keep the speed, quicker feet.",
    off_speed="Not your usual speed. No corrections.",
    recall="Run as you did at the end of the last stage.",
    sensor_lost="Sensor lost.",
    sensor_lost_beat="Sensor lost. The beat goes on.",
    sensor_back="Sensor back.",
    sensor_unclear="Sensor unclear. Press U.",
    no_baseline_yet="No baseline yet. Keep running.",
    baseline_found="Baseline found.",
    as_you_like="Run as you like.",
    without_help="Without help.",
    walk="Walk.",
    on_target="{percent} percent on target.",
    minute_run="1 minute.",
    minutes_run="{minutes} minutes.",
    session_over="Session over.",
)
