"""What is said around a run, where there is somebody to say it: before, by key p during, after."""

from collections.abc import Sequence
from datetime import date

from cadencecoach.desk.athletes.messages import has_messages, write_message
from cadencecoach.desk.checkin.asking import OfferedAsker, Respondent, ask_check_in
from cadencecoach.desk.checkin.meaning import is_empty, moment_words, no_run_words
from cadencecoach.desk.checkin.questions import Question
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.outcome import Outcome
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.entries import CheckIn, Moment, To
from cadencecoach.record.lines import Line, LinkLine
from cadencecoach.store.loading import load_session
from cadencecoach.store.protocol import Store


def offer_check_in(
    store: Store,
    person: Respondent,
    athlete: str,
    moment: Moment,
    session: str,
    day: date,
    words: Phrasebook = ENGLISH,
) -> CheckIn | None:
    """Offer a check-in, and write down what was said; None where nothing was, or nobody is there."""
    if not person.can_answer:
        return None
    asker, texts = person.asker(words), words.checkin
    person.tell(f"{fill(texts.offered, moment=moment_words(moment, texts), athlete=athlete)} {asker.hint}")
    begun = CheckIn(at=wall_time_utc(), day=day, moment=moment, session=session)
    said = ask_check_in(begun, OfferedAsker(asker), words)
    if is_empty(said):
        return None
    store.add_entries(athlete, said)
    stop = no_run_words(said, words)
    if stop is not None:
        person.tell(stop)
    return said


def offer_message(store: Store, person: Respondent, athlete: str, words: Phrasebook) -> None:
    """Ask for a line to the clinician, where messages have been written at all; nothing given is nothing written."""
    if not person.can_answer or not has_messages(store, athlete):
        return
    question = Question(
        field="", asks=lambda _: words.programme.message_asked, read=lambda answer, _: answer, is_line=True
    )
    text = person.asker(words).ask(question)
    if not text:
        return
    try:
        write_message(store, athlete, To.CLINICIAN, text)
    except UsageError as error:  # far too long, say: it is told, and the run is over and written down
        person.tell(str(error))
        return
    person.tell(words.programme.no_emergency)


def sensors_in(outcome: Outcome) -> tuple[str, ...]:
    """The names of the sensors that were heard in a session."""
    names = (line.name for line in _lines(outcome) or () if isinstance(line, LinkLine))
    return tuple(dict.fromkeys(names))


def _lines(outcome: Outcome) -> Sequence[Line] | None:
    """The journal's lines; None where there is none that can be read."""
    try:
        return None if outcome.journal is None else load_session(outcome.journal).journal.lines
    except CadencecoachError:
        return None
