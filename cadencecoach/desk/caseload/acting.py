"""An alert owned, or closed with a reason: entries of the athlete's log. No stop ends by it, and no limit moves."""

from datetime import date

from cadencecoach.clinic.alerts import Alert
from cadencecoach.desk.caseload.knowing import stand_of
from cadencecoach.errors import UsageError
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import AlertClosed, AlertOwned
from cadencecoach.store.protocol import Store
from cadencecoach.store.roster import the_athlete

LEAST_CHARS = 4  # of an id, where no other alert begins with them
LONGEST = 500  # characters of a name or a reason


def own_alert(store: Store, athlete: str, named: str, owner: str, *, at: str, day: date) -> Alert:
    """Take on an alert; whoever owned it before owns it no more.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        named: id of the alert, or the beginning of it
        owner: who takes it on
        at: now, a label
        day: today
    Raises:
        UsageError: there is no such athlete or open alert, or nobody is named
    """
    with store.lock_athletes():
        alert = _open_alert(store, athlete, named, day)
        store.add_entries(athlete, AlertOwned(at=at, day=day, alert=alert.id, owner=_words(owner, "--by")))
    return alert


def close_alert(  # whose, which, by whom, why and when
    store: Store, athlete: str, named: str, *, closed_by: str, reason: str, at: str, day: date, seen: int | None = None
) -> tuple[Alert, bool]:
    """Close an alert; the second answer is whether the athlete's programme is stopped all the same.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        named: id of the alert, or the beginning of it
        closed_by: who closes it
        reason: what was done about it
        at: now, a label
        day: today
        seen: how many events were counted to it when the person looked; None where nobody was shown it
    Raises:
        UsageError: there is no such athlete or open alert, no reason is given, or more has come since the person looked
    """
    with store.lock_athletes():
        alert = _open_alert(store, athlete, named, day)
        if seen is not None and seen != alert.n_more:
            raise UsageError(f"more has come since you looked: {alert.words}; look again, then close it")
        because = _words(reason, "--reason", example=', such as "called; rests until Monday"')
        by = _words(closed_by, "--by")
        store.add_entries(athlete, AlertClosed(at=at, day=day, alert=alert.id, closed_by=by, because=because))
        return alert, stand_of(store, athlete, day).verdict == Verdict.STOP.value


def _open_alert(store: Store, athlete: str, named: str, day: date) -> Alert:
    alerts = stand_of(store, the_athlete(store, athlete, option=""), day).alerts
    found = [one for one in alerts if one.id == named or (len(named) >= LEAST_CHARS and one.id.startswith(named))]
    if len(found) == 1:
        return found[0]
    there = "; ".join(f"{one.id}, {one.what}" for one in alerts)
    raise UsageError(
        f"{athlete} has no open alert {named!a}; " + (f"open ones: {there}" if there else "none of theirs is open")
    )


def _words(text: str, option: str, example: str = "") -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST or not words.isprintable():
        allowed = f"{LONGEST} characters at most, without control characters{example}"
        raise UsageError(f"{option}: write some words, {allowed}")
    return words
