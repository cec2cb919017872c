"""What is said around a run, where there is somebody to say it: before, by key p during, after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import click

from cadencecoach.app.athletes.log import add_entries
from cadencecoach.app.checkin.asking import HINT, KeyAsker, OfferedAsker, asked, terminal_is_there
from cadencecoach.app.checkin.meaning import is_empty, moment_words, stop_words
from cadencecoach.app.history.loading import load_session
from cadencecoach.app.outcome import Outcome
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import CheckIn, Flag, Moment
from cadencecoach.record.figures import Summary
from cadencecoach.record.lines import Line, LinkLine
from cadencecoach.record.pain import PainSaid
from cadencecoach.view.words import clock


def offered(athlete: str, moment: Moment, session: str, day: date) -> CheckIn | None:
    """Offer a check-in at a terminal, and write down what was said; None where nothing was, or nobody is there."""
    if not terminal_is_there():
        return None
    click.echo(f"{moment_words(moment)}, {athlete}: Enter at the first question skips all. {HINT}", err=True)
    begun = CheckIn(at=wall_time_utc(), day=day, moment=moment, session=session)
    said = asked(begun, OfferedAsker(KeyAsker()))
    if is_empty(said):
        return None
    add_entries(athlete, said)
    stop = stop_words(said)
    if stop is not None:
        click.echo(stop, err=True)
    return said


def pains_in(summary: Summary, session: str, day: date, *, at: str) -> tuple[CheckIn, ...]:
    """What was said of pain by key during a session: an entry for each; one that was taken back is a note alone."""
    begun = CheckIn(at=at, day=day, moment=Moment.DURING, session=session)
    said = (_entry(one, begun) for one in summary.pains)
    return tuple(entry for entry in said if entry is not None)


def sensors_in(outcome: Outcome) -> tuple[str, ...]:
    """The names of the sensors that were heard in a session."""
    names = (line.name for line in _lines(outcome) or () if isinstance(line, LinkLine))
    return tuple(dict.fromkeys(names))


def _entry(one: PainSaid, begun: CheckIn) -> CheckIn | None:
    """One thing said as an entry; None for a question that was closed again."""
    when = f"{clock(one.time_s)} into the run"
    if one.is_taken_back:
        what = "something is wrong:" if one.is_unwell else None if one.level is None else f"pain {one.level} of 10"
        return None if what is None else replace(begun, note=f"{what} taken back, {when}")
    if one.is_unwell:
        return replace(begun, flags=frozenset({Flag.UNWELL}), note=f"something is wrong, {when}")
    return replace(begun, pain=one.level, note=when if one.level is not None else f"pain, not rated, {when}")


def _lines(outcome: Outcome) -> Sequence[Line] | None:
    """The journal's lines; None where there is none that can be read."""
    try:
        return None if outcome.journal is None else load_session(outcome.journal).journal.lines
    except CadencecoachError:
        return None
