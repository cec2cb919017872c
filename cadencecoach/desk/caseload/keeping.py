"""Lines of the caseload are worked out once, kept, and used while nothing has changed.

What is kept are lines of the caseload by their day, today's and those of the next days, with a mark of the log, the
profile, the programme and the journals they were worked out of, and of this version. A day beyond them, a new entry, a
new or a changed journal: it is worked out anew. When a run or a check-in is over, or an athlete was imported, that is
done at once for the one athlete, so that a look at everybody finds nearly all of it there.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from cadencecoach import __version__
from cadencecoach.clinic.caseload import Known, Standing, standings_of, unreadable
from cadencecoach.desk.caseload.knowing import known_of, mended_log
from cadencecoach.desk.caseload.lines import FORM, line_of_text, text_of_days
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import is_practice
from cadencecoach.record.row import SessionRow
from cadencecoach.store.protocol import Rows, Store, TellProgress

DAY = timedelta(days=1)
DAYS_AHEAD = 7  # the line of a day in the week to come is there, as long as nothing is heard until then
MOST_AHEAD = 56  # of somebody who is quiet for long, so many days as they were quiet, but no more than these
SIDE_BY_SIDE = 80  # athletes that changed: then it is worth starting other processes
AT_ONCE = 10  # athletes for a process before their lines are kept


def kept_lines(store: Store, today: date, tell: TellProgress) -> Iterator[Standing]:
    """Where everybody stands, in no order.

    Args:
        store: where athletes are kept
        today: by the calendar of this machine
        tell: called with how many of how many were worked out anew
    """
    marks = {name: _with_version(mark) for name, mark in store.athlete_marks().items()}
    with store.folds() as folds:
        folds.drop_others(marks)
        kept = ((name, line_of_text(text, today)) for name, text in folds.read(marks).items())
        known = {name: line for name, line in kept if line is not None}
        changed = [name for name in marks if name not in known]
        for texts in _work_out(store, changed, today, tell):
            folds.keep({name: (marks[name], text) for name, text in texts})
            for name, text in texts:
                known[name] = line_of_text(text, today) or unreadable(name, "its line does not hold together")
    yield from known.values()


def keep_line(store: Store, athlete: str, today: date) -> None:
    """Work out at once what a look at everybody would have to, where it may come to that: of several athletes one.

    What goes wrong here would go wrong there, and is said there.
    """
    with suppress(CadencecoachError):
        if len(store.athlete_names()) == 1:
            return
        with store.sessions() as sessions:
            sessions.refresh()
            mark = store.athlete_mark(athlete)  # before anything is read: what comes meanwhile makes it another
            rows = sessions.rows(athlete=athlete)
        if mark is None:
            return
        text = _text_of(store, athlete, rows, today)
        with store.lock_athletes(), store.folds() as folds:
            if store.is_kept(athlete):  # whoever was forgotten meanwhile is in no cache
                folds.keep({athlete: (_with_version(mark), text)})


def _with_version(mark: str) -> str:
    return f"{__version__} {FORM} {mark}"


_Texts = Sequence[tuple[str, str]]  # name, and lines by their days as they are kept


def _work_out(store: Store, athletes: Sequence[str], today: date, tell: TellProgress) -> Iterator[_Texts]:
    """The lines of athletes, some at a time, in their order."""
    parts = [athletes[n : n + AT_ONCE] for n in range(0, len(athletes), AT_ONCE)]
    told: Iterator[_Texts]
    if store.is_in_files() and len(athletes) >= SIDE_BY_SIDE:
        from cadencecoach.devices.processors import map_side_by_side  # noqa: PLC0415  # it takes time to load

        told = map_side_by_side(partial(_texts_of, store, today), parts)
    else:
        told = map(partial(_texts_of, store, today), parts)
    for n_parts in range(len(parts)):
        tell(n_parts * AT_ONCE, len(athletes))
        yield next(told)


def _texts_of(store: Store, today: date, athletes: Sequence[str]) -> _Texts:
    """The lines of some athletes, perhaps in a process of its own; the marks have brought the table up to date."""
    with store.sessions() as sessions:
        return [(name, _text_of(store, name, sessions.rows(athlete=name), today)) for name in athletes]


def _text_of(store: Store, athlete: str, rows: Sequence[SessionRow], today: date) -> str:
    """Today's line, and those of the next days, should nothing change until then."""
    try:
        known = known_of(store, athlete, Rows(rows=tuple(rows)), mended_log(store, athlete, rows))
    except CadencecoachError as error:
        why = str(error).partition("\n")[0]
        return text_of_days({today: unreadable(athlete, why, is_practice=_is_made_up(store, athlete))})
    return text_of_days(standings_of(known, today, 1 + _days_ahead(known, today)))


def _days_ahead(known: Known, today: date) -> int:
    """Whoever was quiet for weeks is quiet for weeks to come, most of the time."""
    newest = max((one.day for one in (*known.entries, *known.rows)), default=today)
    return min(max(DAYS_AHEAD, (today - newest).days), MOST_AHEAD)


def _is_made_up(store: Store, athlete: str) -> bool:
    try:
        return is_practice(store.log_of(athlete).every)
    except CadencecoachError:  # nobody knows: then it is somebody
        return False
