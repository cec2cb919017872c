"""What is said around a run, where there is somebody to say it: before, by key p during, after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from cadencecoach.app.athletes.log import add_entries
from cadencecoach.app.checkin.asking import HINT, KeyAsker, OfferedAsker, asked, terminal_is_there
from cadencecoach.app.checkin.meaning import is_empty, moment_words, stop_words
from cadencecoach.app.history.loading import load_session
from cadencecoach.app.outcome import Outcome
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import CadencecoachError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.view.words import clock

SOON_S = 10.0  # a rating so soon after the key is the answer to it


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


def pains_in(outcome: Outcome, session: str, day: date) -> tuple[CheckIn, ...]:
    """The pain that was rated by key during a session, an entry for each rating."""
    begun = CheckIn(at=wall_time_utc(), day=day, moment=Moment.DURING, session=session)
    lines = _lines(outcome)
    if lines is None:
        worst = outcome.summary.highest_pain
        return () if worst is None else (replace(begun, pain=worst),)
    return tuple(_pains(lines, begun))


def sensors_in(outcome: Outcome) -> tuple[str, ...]:
    """The names of the sensors that were heard in a session."""
    names = (line["name"] for line in _lines(outcome) or () if line["what"] == "link")
    return tuple(dict.fromkeys(names))


def _pains(lines: Sequence[Mapping[str, Any]], begun: CheckIn) -> Iterator[CheckIn]:
    """Each rating; a key that no rating followed is pain without a number, which the note says."""
    notes = [line for line in lines if line["what"] == "note" and line["about"] == "pain"]
    for index, line in enumerate(notes):
        level = line.get("level")
        when = f"{clock(line['t'])} into the run"
        if level is not None:
            yield replace(begun, pain=int(level), note=when)
        elif not any(
            after.get("level") is not None and after["t"] - line["t"] <= SOON_S for after in notes[index + 1 :]
        ):
            yield replace(begun, note=f"pain, not rated, {when}")


def _lines(outcome: Outcome) -> Sequence[Mapping[str, Any]] | None:
    """The journal's lines; None where there is none that can be read."""
    try:
        return None if outcome.journal is None else load_session(outcome.journal).journal.lines
    except CadencecoachError:
        return None
