"""Alerts: raised by what stands in log and journals, owned and closed by entries. None is stored: they follow.

An alert stays until somebody closes it; what of its kind comes meanwhile is counted to it, and what comes after the
close raises a new one. Closing ends no stop and no limit: the rules of programmes do not look at alerts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cadencecoach.clinic.events import Event, Kind
from cadencecoach.record.entries import AlertClosed, AlertOwned, Entry

ID_DIGITS = 8


class Grade(StrEnum):
    """How urgent an alert is, the worst first."""

    RED = "red"  # a sign to stop, or pain above the limit
    AMBER = "amber"
    INFO = "info"


GRADES = {
    Kind.SIGN: Grade.RED,
    Kind.PAIN: Grade.RED,
    Kind.RISING: Grade.AMBER,
    Kind.HELD: Grade.AMBER,
    Kind.SORE: Grade.AMBER,
    Kind.SILENT: Grade.AMBER,
    Kind.NOTE: Grade.INFO,
    Kind.MESSAGE: Grade.INFO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert.

    Attributes:
        id: follows from what raised it
        kind: what it is about
        raised: the day of what raised it
        raised_by: what raised it: an answer, a run, silence
        what: in a sentence
        n_more: how many events of its kind have come since, counted to it
        last_day: of the newest of them
        owner: who has taken it on; empty for nobody
        closed_by, because: who closed it, and the reason; empty while it is open
    """

    id: str
    kind: Kind
    raised: date
    raised_by: str
    what: str
    n_more: int = 0
    last_day: date
    owner: str = ""
    closed_by: str = ""
    because: str = ""

    @property
    def grade(self) -> Grade:
        """How urgent it is."""
        return GRADES[self.kind]

    @property
    def words(self) -> str:
        """What it is about, with what came since."""
        more = f", and {self.n_more} more, the last on {self.last_day}" if self.n_more else ""
        return f"{self.what}{more}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it yet."""
        return not self.closed_by


Act = AlertOwned | AlertClosed


def acts_in(entries: Sequence[Entry]) -> tuple[tuple[int, Act], ...]:
    """What was done about alerts, each with its place in the log."""
    return tuple((place, one) for place, one in enumerate(entries) if isinstance(one, (AlertOwned, AlertClosed)))


def alerts_of(done: Iterable[tuple[int, Act]], events: Iterable[Event]) -> tuple[Alert, ...]:
    """Every alert, open or closed, in the order they were raised.

    Args:
        done: about alerts, from `acts_in` of the entries that count
        events: that raise alerts, each with its place among the entries
    """
    every: dict[str, Alert] = {}
    open_ones: dict[tuple[Kind, str], str] = {}
    more: dict[str, tuple[int, date]] = {}
    acts: dict[str, dict[str, str]] = {}  # also on what is raised further on, such as silence, known at the end only
    for _, step in sorted(_steps(done, events), key=lambda one: one[0]):
        if isinstance(step, Event):
            known = open_ones.get((step.kind, step.group))
            if known is not None:
                n_more, last_day = more.get(known, (0, every[known].raised))
                more[known] = n_more + 1, max(last_day, step.day)
                continue
            alert = _raise_alert(step)
            every[alert.id] = replace(alert, **acts.get(alert.id, {}))  # type: ignore[arg-type]  # all are words
            if every[alert.id].is_open:
                open_ones[step.kind, step.group] = alert.id
            continue
        told = _done_by(step)
        acts[step.alert] = {**acts.get(step.alert, {}), **told}
        if step.alert in every:
            every[step.alert] = replace(every[step.alert], **told)  # type: ignore[arg-type]  # all are words
        if isinstance(step, AlertClosed):
            open_ones = {key: alert for key, alert in open_ones.items() if alert != step.alert}
    for one, (n_more, last_day) in more.items():
        every[one] = replace(every[one], n_more=n_more, last_day=last_day)
    return tuple(every.values())


def _done_by(act: Act) -> dict[str, str]:
    """What an act says of its alert."""
    if isinstance(act, AlertOwned):
        return {"owner": act.owner}
    return {"closed_by": act.closed_by, "because": act.because}


def _steps(done: Iterable[tuple[int, Act]], events: Iterable[Event]) -> Iterable[tuple[tuple[int, int], Event | Act]]:
    """Events and acts by their places; an event comes before the act that follows the same entry."""
    for event in events:
        yield (event.place, 0), event
    for place, act in done:
        yield (place, 1), act


def _raise_alert(event: Event) -> Alert:
    raw = f"{event.kind} {event.source}".encode("utf-8", "backslashreplace")
    return Alert(
        id=hashlib.sha256(raw).hexdigest()[:ID_DIGITS],
        kind=event.kind,
        raised=event.day,
        raised_by=event.raised_by,
        what=event.what,
        last_day=event.day,
    )
