"""The first time, question by question, with whoever can answer: every answer has a way back, every end a next step."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cadencecoach.desk.begin.steps import ATHLETE, ENDINGS, STEPS, Ending, Offer, Step, follow
from cadencecoach.desk.checkin.asking import BACK, Asker
from cadencecoach.desk.checkin.questions import Question
from cadencecoach.desk.today.choosing import NotTodayError
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.begin_texts import BeginTexts
from cadencecoach.plan.forms import fill
from cadencecoach.plan.lesson_texts import LessonTexts
from cadencecoach.record.profile import Profile
from cadencecoach.session.host import Person
from cadencecoach.store.athlete_log import day_asked
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import make_athlete
from cadencecoach.view.lessons import COLUMNS, LESSONS
from cadencecoach.view.paragraph import wrap

USUAL_NAME = "me"
LEAVE = "q"
ENTER = "enter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the questions need of their surroundings.

    Attributes:
        store: where the athlete is kept under whose name the runs go
        person: who is told
        asker: puts the questions
        call: runs a command of ours; the answer is its exit status
        texts: in the reader's language
        lessons: likewise, for their titles
    """

    store: Store
    person: Person
    asker: Asker
    call: Callable[[str], int]
    texts: BeginTexts
    lessons: LessonTexts


def lead_to_first_session(around: Around) -> int:
    """Ask, and begin what the answers come to; the answer is an exit status."""
    around.person.tell(*wrap(around.texts.welcome, COLUMNS), around.texts.keys)
    keys: list[str] = []
    stopped: Ending | None = None
    while True:
        reached = follow(keys)
        at = stopped or reached.at
        stopped = None
        if isinstance(at, Ending):
            then = _offer(at, reached.answers, around)
            if isinstance(then, int):
                return then
            stopped = then
            if then is None:
                keys.pop()
            continue
        key = _answer(at, around, is_first=not keys)
        if key is None:
            return _leave(around)
        if key == BACK:
            keys.pop()
            continue
        chosen = next(choice for choice in STEPS[at].choices if choice.key == key)
        if chosen.words:
            _call(chosen.words, around)
        else:
            keys.append(key)


def _answer(step: Step, around: Around, *, is_first: bool) -> str | None:
    """The key of an answer, or the one that goes back; None to leave."""
    asked = STEPS[step]
    around.person.tell("", *wrap(asked.row(around.texts), COLUMNS))
    for choice in asked.choices:
        around.person.tell(*_choice_lines(choice.key, choice.row(around.texts)))
    keys = [choice.key for choice in asked.choices]
    return _key(keys if is_first else [*keys, BACK], around, is_first=is_first)


def _choice_lines(key: str, words: str) -> Iterator[str]:
    """A key and what it means, in as many lines as that takes."""
    before = f"  {key}  "
    first, *more = wrap(words, COLUMNS - len(before))
    yield before + first
    yield from (" " * len(before) + line for line in more)


def _key(keys: list[str], around: Around, *, is_first: bool = False) -> str | None:
    """One of these keys; None to leave, or where nobody answers any more."""
    question = Question(field="", asks=lambda _: around.texts.answer, read=lambda said, _: said)
    while True:
        said = around.asker.ask(question)
        if said is None or said.lower() == LEAVE:
            return None
        key = said.lower() or ENTER
        if key in keys:
            return key
        if key == BACK and is_first:
            around.person.tell(around.texts.nothing_before)
        else:
            around.person.tell(fill(around.texts.no_such_answer, key=key, keys=", ".join([*keys, LEAVE])))


def _offer(ending: Ending, answers: Mapping[Step, str], around: Around) -> int | Ending | None:
    """Show an ending and do what is chosen there.

    None to go back, an exit status to leave with; another ending where the check-in before a run has stopped it.
    """
    texts, told, name = around.texts, ENDINGS[ending], USUAL_NAME
    while True:
        around.person.tell("", told.title(texts))
        for paragraph in told.paragraphs(texts, answers):
            around.person.tell(*wrap(paragraph, COLUMNS))
        around.person.tell(*(f"  {_line_of(words, name)}" for words in told.later(answers)), "")
        for offer in told.offers:
            said = _offer_words(offer, name, around)  # a command stays in one line, to be copied
            around.person.tell(
                *([f"  {offer.key:9}  {said}"] if offer.is_session else _choice_lines(f"{offer.key:9}", said))
            )
        around.person.tell(f"  {BACK:9}  {texts.back}", f"  {LEAVE:9}  {texts.leave}")
        key = _key([*(offer.key for offer in told.offers), BACK], around)
        if key is None:
            return _leave(around)
        if key == BACK:
            return None
        chosen = next(offer for offer in told.offers if offer.key == key)
        words = chosen.words
        if ATHLETE in words:
            named = _athlete(around)
            if named is None:
                return _leave(around)
            name = named
            words = words.replace(ATHLETE, name)
        try:
            if _call(words, around) == 0 and chosen.is_session:
                return 0
        except NotTodayError as stop:
            around.person.tell(str(stop))
            return Ending.SEE_SOMEBODY


def _offer_words(offer: Offer, name: str, around: Around) -> str:
    _, _, lesson = offer.words.partition("learn ")
    title = LESSONS[lesson].title(around.lessons) if lesson else ""
    return fill(offer.row(around.texts), title=title, command=_line_of(offer.words, name))


def _line_of(words: str, name: str) -> str:
    """A command as it is typed, with the name under which the runs are kept."""
    return command_line(words.replace(ATHLETE, name))


def _athlete(around: Around) -> str | None:
    """The name under which the runs are kept, made where it is new; None where nobody answers any more."""
    kept = around.store.athlete_names()
    usual = kept[0] if len(kept) == 1 else USUAL_NAME
    asks = fill(around.texts.name, name=usual)
    question = Question(field="", asks=lambda _: asks, read=lambda said, _: said, is_line=True)
    while True:
        said = around.asker.ask(question)
        if said is None:
            return None
        try:
            name = check_name(said or usual)
            if name not in around.store.athlete_names():
                make_athlete(around.store, Profile(athlete=name, created=day_asked(None)))
        except CadencecoachError as error:
            around.person.tell(str(error))
            continue
        return name


def _call(words: str, around: Around) -> int:
    """Run a command; what goes wrong in it is told, and the questions go on.

    Raises:
        NotTodayError: what was said before a run has stopped it
    """
    around.person.tell("", command_line(words))
    try:
        return around.call(words)
    except NotTodayError:
        raise
    except CadencecoachError as error:
        around.person.tell(str(error))
        return 1


def _leave(around: Around) -> int:
    around.person.tell(fill(around.texts.left, command=command_line("begin")))
    return 0
