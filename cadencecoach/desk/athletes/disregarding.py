"""A session that is not to count: for the programme, for baselines, for what a new baseline is compared with.

What was said of the body in it or around it still counts: it is about the person, whoever's sensor it was. So pain that
only the journal knows is put into the log with the withdrawal.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.desk.athletes.missed import missing_pains
from cadencecoach.desk.athletes.withdrawing import pick_entry, reason_given, withdrawal_of
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.record.counting import sessions_disregarded
from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, SessionRun
from cadencecoach.record.pain import sessions_answered
from cadencecoach.store.protocol import Store


def disregard(store: Store, athlete: str, name: str, because: str | None, *, at: str, day: date) -> tuple[str, ...]:
    """Make a session not count any more; lines a person should read.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        name: id of the session, or `last`
        because: the reason
        at: wall time, a label
        day: today
    Raises:
        UsageError: it is not clear which, it is disregarded already, or no reason is given
        JournalError: the log cannot be read or written
    """
    log = store.log_of(athlete)
    already = sessions_disregarded(log.every).get(name)
    if already is not None:
        raise UsageError(f"session {name} is already excluded, because: {already}")
    runs = sorted((one for one in log.entries if isinstance(one, SessionRun)), key=lambda one: one.day)
    session = pick_entry(name, runs, what="sessions", words=run_words, key=lambda one: one.session).session
    reason = reason_given(because)
    gone = [one for one in log.entries if isinstance(one, SessionRun | BaselineTaken) and one.session == session]
    pains = tuple(_pain_unsaid(store, session, log.every, at=at, day=day))
    store.add_entries(athlete, *(withdrawal_of(one, reason, at=at, day=day) for one in gone), *pains)
    baselines = sum(isinstance(one, BaselineTaken) for one in gone)
    lines = [f"session {session} no longer counts, because: {reason}"]
    lines += ["the baseline taken from it is withdrawn too"] if baselines else []
    answers = command_line(f"checkin --athlete {athlete} --correct")
    return (
        *lines,
        f"What you reported about your body in it and around it still counts; `{answers}` lists the answers.",
    )


def run_words(run: SessionRun) -> str:
    """A session of a log in a line, without its id and day."""
    kind = "a run of your own" if run.item is None else f"session {run.item + 1} of the programme"
    return ", ".join(word for word in (kind, run.surface, run.shoes) if word)


def _pain_unsaid(store: Store, session: str, every: Sequence[Entry], *, at: str, day: date) -> Iterator[CheckIn]:
    """What a session's journal holds of pain and of something wrong, where the log has no answer from during it."""
    if session in sessions_answered(every):
        return
    try:
        summary = store.load_session(session).summary
    except CadencecoachError:  # no journal any more
        return
    ran = next((one.day for one in every if isinstance(one, SessionRun) and one.session == session), day)
    yield from missing_pains(summary, session, ran, at=at, every=every)
