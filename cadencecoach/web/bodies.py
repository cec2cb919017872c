"""What a runner says of the body on a page: the texts of a request as answers, checked as at a terminal."""

from collections.abc import Mapping
from dataclasses import replace

from cadencecoach.desk.checkin.asking import Asker
from cadencecoach.desk.checkin.questions import FLAGS, QUESTIONS, AnswerError, Question
from cadencecoach.desk.checkin.taking import LONGEST_NOTE
from cadencecoach.desk.today.breaks import BrokenOff, find_broken_off
from cadencecoach.desk.today.going_on import tell_body
from cadencecoach.errors import CadencecoachError
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.session.host import Nobody
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.finding import is_id
from cadencecoach.store.protocol import UserStore
from cadencecoach.store.stored import reader_words
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.kept import may_see
from cadencecoach.web.rows import Visitor


def questions_of(moment: Moment) -> Mapping[str, Question]:
    """What may be answered at a moment, by field; a sign to stop always may."""
    return {**{one.field: one for one in QUESTIONS[moment]}, FLAGS.field: FLAGS}


def read_answers(answers: Mapping[str, str], begun: CheckIn, words: Phrasebook) -> CheckIn:
    """A check-in with the answers in it. A place without pain is left out, as it would not have been asked.

    Args:
        answers: as a request has them; empty ones were skipped
        begun: with its moment
        words: of whoever reads what is wrong
    Raises:
        RefusedError: an answer is none, or nobody asked
    """
    questions, said = questions_of(begun.moment), begun
    for name, answer in answers.items():
        if name not in questions:
            raise RefusedError(400, f"allowed are {', '.join(questions)}", name)
        if len(answer) > LONGEST_NOTE:
            raise RefusedError(400, f"at most {LONGEST_NOTE} characters", name)
        if not answer.strip():
            continue
        try:
            said = questions[name].fill_in(said, answer, words)
        except AnswerError as error:
            raise RefusedError(400, str(error), name) from None
    return said if said.pain else replace(said, site=None)


def broken_off_session(
    store: UserStore, visitor: Visitor, session: str, athlete: str | None, words: Phrasebook
) -> BrokenOff:
    """A session that may go on, of the athlete who is meant and for the device that asks.

    Raises:
        RefusedError: there is none of this id, it is another's, or it may not go on
    """
    header = store.journal_header(session) if is_id(session) and store.has_journal(session) else {}
    if not header or (header.get("athlete") or None) != athlete or not may_see(visitor, athlete or ""):
        raise RefusedError(404, words.page.no_such_choice, "resume")
    try:
        return find_broken_off(store, store.journal_path(session), words)
    except CadencecoachError as error:
        raise RefusedError(409, str(error), "resume") from None


def tell_body_by_id(
    store: UserStore, visitor: Visitor, session: str, athlete: str | None, answers: Mapping[str, str]
) -> None:
    """Take what was said before a session goes on.

    Raises:
        RefusedError: it does not go on: for what was said, or for what is known of it
    """
    words = reader_words(store, athlete)
    before = broken_off_session(store, visitor, session, athlete, words)
    said = read_answers(answers, CheckIn(at="", day=today_here(), moment=Moment.BEFORE), words)
    try:
        tell_body(store, before, said, words)
    except CadencecoachError as error:
        raise RefusedError(409, str(error), "body") from None


class FormPerson(Nobody):
    """Whoever has filled in a form: all answers are there, and nothing is asked."""

    def asker(self, words: Phrasebook) -> Asker:
        """Nobody can be asked."""
        raise AssertionError(words)
