"""Answers put right: a new check-in takes the place of an old one, or something written down is taken back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cadencecoach.desk.athletes.doubts import day_doubts, settle_doubts
from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.athletes.withdrawing import make_new, pick_entry, reason_given, withdrawal_of
from cadencecoach.desk.checkin.asking import Respondent, ask_check_in
from cadencecoach.desk.checkin.meaning import is_empty, is_stopped, moment_words, stop_words, what_follows
from cadencecoach.desk.checkin.questions import QUESTIONS
from cadencecoach.desk.checkin.taking import Taken, Words, check_note, entry_words, values_said
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError
from cadencecoach.plan.forms import fill, numeric_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.counting import contest_notes
from cadencecoach.record.entries import CheckIn, Entry, ItemDone, Moment, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_log import day_asked, today_here
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import the_athlete
from cadencecoach.store.stored import reader_words
from cadencecoach.view.programme.standing import check_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is to be put right.

    Attributes:
        correct: id of the check-in that gets other answers, `last`, or empty to list them; None for nothing
        withdraw: the same of a check-in or a tick that is taken back
        because: the reason
        is_whole: what is said instead is all of it; what it leaves out is not answered any more
    """

    correct: str | None
    withdraw: str | None
    because: str | None
    is_whole: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether anything is to be put right."""
        return self.correct is not None or self.withdraw is not None


def correct(store: Store, named: str | None, words: Words, correction: Correction, person: Respondent) -> Taken:
    """Put an answer right, or take it back; the log keeps the old one beside the reason.

    Args:
        store: where athletes are kept
        named: the athlete; None is the only one there is
        words: what is said instead; what no option names stays, and without any option all is asked anew
        correction: which, and why
        person: who is asked what no option says
    Raises:
        UsageError: it is not clear which, no reason is given, or nothing would change
        JournalError: the log cannot be read or written
    """
    if words.done or (correction.withdraw is not None and (correction.correct is not None or _is_anything(words))):
        raise UsageError("--correct takes new answers, --withdraw takes none; --done cannot be combined with them")
    athlete, at, today = the_athlete(store, named), wall_time_utc(), today_here()
    phrases = reader_words(store, athlete, words.language)
    person.tell(*mend_log(store, athlete, phrases.programme))
    log = store.log_of(athlete)
    meant = _find_meant(log.entries, correction)
    reason = reason_given(correction.because)
    gone = withdrawal_of(meant, reason, at=at, day=today)
    said = None
    if isinstance(meant, CheckIn) and correction.correct is not None:
        new = _answer_anew(meant, words, at) if correction.is_whole else _correct(meant, words, at, person, phrases)
        if replace(new, at=meant.at) == meant:
            raise UsageError("those are the answers already recorded; nothing changed")
        said = replace(make_new(new, log, gone), supersedes=(entry_id(meant),))
    was_stopped = is_stopped(store, athlete, today)
    written = store.add_entries(athlete, gone, *([] if said is None else [said]))
    said = next((one for one in written if isinstance(one, CheckIn)), None)
    person.tell(*contest_notes(store.log_of(athlete).every))
    return Taken(
        athlete=athlete,
        check_in=said,
        items=(),
        stop=None if said is None else stop_words(said, phrases),
        follows=what_follows(store, athlete, today, phrases),
        corrected=(meant, next((one for one in written if isinstance(one, Withdrawn)), gone)),
        ended_stop=was_stopped and not is_stopped(store, athlete, today),
        phrases=phrases,
    )


def _find_meant(entries: Iterable[Entry], correction: Correction) -> CheckIn | ItemDone:
    may_be_tick = correction.correct is None
    kinds = CheckIn | ItemDone if may_be_tick else CheckIn
    known = [entry for entry in entries if isinstance(entry, kinds)]
    name = (correction.withdraw if may_be_tick else correction.correct) or ""
    return pick_entry(name, known, what="check-ins", words=entry_words)


def _correct(old: CheckIn, words: Words, at: str, person: Respondent, phrases: Phrasebook) -> CheckIn:
    """The new check-in.

    Raises:
        UsageError: it says nothing
    """
    check_note(words)
    values = values_said(words)
    if "pain" in values and not values["pain"] and "site" not in values:
        values["site"] = None
    values |= {} if words.moment is None else {"moment": Moment(words.moment)}
    values |= {} if words.session is None else {"session": words.session}
    values |= {} if words.day_text is None else {"day": _day(words, person)}
    new = replace(old, at=at, **values)
    if not values:
        asker, texts = person.asker(phrases), phrases.checkin
        told = fill(
            texts.it_was,
            moment=moment_words(old.moment, texts),
            day=numeric_day(old.day, phrases.forms),
            answers=check_in_words(old, phrases),
        )
        person.tell(told, *filter(None, (asker.hint,)))
        begun = CheckIn(at=at, day=old.day, moment=old.moment, session=old.session)
        new = ask_check_in(begun, asker, phrases)
        if is_empty(new):
            withdraw = command_line("checkin --withdraw")
            raise UsageError(f"no answers given, nothing changed; `{withdraw}` lists what can be withdrawn")
        if old.moment is Moment.DURING:
            new = replace(new, note=old.note)  # when in the run; nobody is asked for it
    return new


def _answer_anew(old: CheckIn, words: Words, at: str) -> CheckIn:
    """The new check-in where all answers are given at once; what nobody is asked at its moment stays.

    Raises:
        UsageError: none is
    """
    check_note(words)
    values, none = values_said(words), CheckIn(at=at, day=old.day, moment=old.moment)
    if not values:
        raise UsageError("no answers given, nothing changed")
    asked = {"flags", *(question.field for question in QUESTIONS[old.moment])}
    return replace(old, at=at, **{name: getattr(none, name) for name in asked} | values)


def _day(words: Words, person: Respondent) -> date:
    day = day_asked(words.day_text)
    settle_doubts(day_doubts(day, today_here()), person, is_forced=words.force)
    return day


def _is_anything(words: Words) -> bool:
    return bool(values_said(words) or words.moment or words.session is not None or words.day_text is not None)
