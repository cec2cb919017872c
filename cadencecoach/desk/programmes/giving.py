"""A programme given to an athlete at the desk, one that comes with the program or a text: the first one, or another.

What it will do is told first, worked out by the rules that decide about the next session. A stop is ended by its own
act alone, before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from cadencecoach.desk.athletes.missed import mend_log
from cadencecoach.desk.checkin.meaning import is_on_programme, shown_decision
from cadencecoach.desk.programmes.acting import (
    NOT_SAID_YET,
    Foreseen,
    changed_since,
    foreseen_mark,
    one_line_reason,
    taken_back_lines,
)
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.programme.model import Programme
from cadencecoach.programme.rules.deciding import decide
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.counting import entries_that_count
from cadencecoach.record.entries import CheckIn, Entry, ProgrammeSet
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.athlete_programme import (
    ProgrammeOrder,
    UnderWay,
    as_if_under_way,
    begin,
    entries_of_order,
    under_way,
)
from cadencecoach.store.programme_files import check_programme_text, open_programme, packed_programmes, whole_programme
from cadencecoach.store.protocol import Store
from cadencecoach.view.programme.decisions import decision_lines
from cadencecoach.view.programme.words import limits_words

GIVE: Final = "give"  # among the names of acts
OWN_TEXT: Final = "programme"  # how messages call a text that came without a name


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingAsked:
    """A programme that is asked for.

    Attributes:
        athlete: pseudonym
        programme: the name of one that comes with the program; empty where there is a text
        text: of a programme of one's own, whose plans stand in it or are known here by name
        because: the reason, in the clinician's words; empty while it is only asked what would follow
        at, day: now, as labels
    """

    athlete: str
    programme: str
    because: str
    at: str
    day: date
    text: str = ""


@cache
def programmes_to_give() -> dict[str, str]:
    """The programmes that come with the program: titles by name."""
    return {name: open_programme(path)[1].name for name, path in packed_programmes().items()}


def foresee_giving(store: Store, asked: GivingAsked) -> Foreseen:
    """What it would do, without doing it.

    Raises:
        UsageError: there is no such programme, the athlete is on it already, or is stopped
        PlanError, JournalError: log or programme cannot be read, or the text has mistakes, all of which are listed
    """
    mend_log(store, asked.athlete)
    opened, warnings = _open_text(store, asked)
    order, before = _order(store, asked, opened)
    now = as_if_under_way(store, asked.athlete, order.programme)
    return Foreseen(lines=(*_lines(now, order, before), *warnings), mark=foreseen_mark(now, asked.day))


def give_programme(store: Store, asked: GivingAsked, *, seen: str) -> tuple[str, ...]:
    """Do it, and write it down with its reason; lines a person should read.

    Args:
        store: where athletes are kept
        asked: what
        seen: mark of what the person was told would follow
    Raises:
        UsageError: no reason is given, something was written since the person looked, or as `foresee_giving`
        PlanError, JournalError: log or programme cannot be read or written
    """
    because = one_line_reason(asked.because)
    notes = mend_log(store, asked.athlete)
    opened, _ = _open_text(store, asked)  # others who write need not wait for it
    with store.lock_athletes():
        order, _ = _order(store, asked, opened, because)
        if seen != foreseen_mark(as_if_under_way(store, asked.athlete, order.programme), asked.day):
            raise UsageError(changed_since(asked.athlete))
        return (*notes, *begin(store, order))


def _order(
    store: Store, asked: GivingAsked, opened: tuple[bytes, Programme], because: str = NOT_SAID_YET
) -> tuple[ProgrammeOrder, Programme | None]:
    """What is set, and the programme before. In place of another it begins at its first session."""
    raw, programme = opened
    before = _before(store, asked, programme) if is_on_programme(store.log_of(asked.athlete).entries) else None
    order = ProgrammeOrder(
        athlete=asked.athlete,
        raw=raw,
        programme=programme,
        level=None if before is None else 0,
        because=because,
        at=asked.at,
        day=asked.day,
    )
    return order, before


def _open_text(store: Store, asked: GivingAsked) -> tuple[tuple[bytes, Programme], tuple[str, ...]]:
    """The whole text of what is given and what it says, and what a person should think about."""
    if asked.text:
        raw = asked.text.encode(errors="surrogatepass")
        checked = check_programme_text(raw, OWN_TEXT, store.machine)
        if checked.programme is None:
            raise PlanError("\n".join(checked.lines(Severity.ERROR)))
        return whole_programme(raw, checked), checked.lines(Severity.WARNING)
    path = packed_programmes().get(asked.programme)
    if path is None:
        raise UsageError(f"there is no such programme; there are {', '.join(packed_programmes())}")
    return open_programme(path), ()


def _before(store: Store, asked: GivingAsked, programme: Programme) -> Programme:
    """The programme that is replaced.

    Raises:
        UsageError: it is stopped, or the same
    """
    now = under_way(store, asked.athlete)
    if now.decision(asked.day).verdict is Verdict.STOP:
        raise UsageError(f"the programme of {asked.athlete} is stopped: end the stop first, with a reason of its own")
    if now.programme.sha256 == programme.sha256:
        raise UsageError(f"{asked.athlete} is on {programme.name!r} already; to begin it anew go on from session 1")
    return now.programme


def _lines(now: UnderWay, order: ProgrammeOrder, before: Programme | None) -> Iterator[str]:
    """What follows, in words."""
    entries = entries_of_order(order, now.log)
    after = decide(now.programme, now.rows, entries_that_count((*now.every, *entries)), order.day, now.aside)
    if before is not None:
        yield f"{before.name!r} is put aside, and kept. This one begins at its first session."
        yield "What was run and said before does not decide any more. The limits of the new programme hold."
    yield from taken_back_lines(now, entries)
    yield from _ended_lines(now, entries)
    highest = max((one.target_ratio or 0.0 for one in order.programme.sessions), default=0.0)
    targets = f"targets up to {highest * 100:+.4g} %; " if highest else ""
    yield f"{order.programme.name}: {len(order.programme.sessions)} runs; {targets}{limits_words(order.programme)}."
    shown, no_run = shown_decision(after, now.log, order.day)
    yield f"Then: {next(iter(decision_lines(shown, now.programme, order.day)))}"
    if no_run:
        yield f"No run today all the same, for what was said: {no_run}"


def _ended_lines(now: UnderWay, entries: Sequence[Entry]) -> Iterator[str]:
    """Which signs to stop would decide no more: said before there was a programme, or borne by the one before."""
    ended = {name for one in entries if isinstance(one, ProgrammeSet) for name in one.ends or ()}
    for one in now.log:
        if isinstance(one, CheckIn) and entry_id(one) in ended:
            said = [flag.value for flag in sorted(one.flags, key=lambda flag: flag.value)]
            said += [] if one.pain is None else [f"pain {one.pain} of 10"]
            yield f"This ends a sign to stop: {', '.join(said)}, said on {one.day}."
