"""A check-in taken: from the words of the command line, or by asking, into the log; and what follows at once."""

import sys
from dataclasses import dataclass, fields

import click

from cadencecoach.app.athletes.holding import hold_athlete
from cadencecoach.app.athletes.log import add_entries, day_asked, log_of
from cadencecoach.app.athletes.roster import the_athlete
from cadencecoach.app.checkin.asking import asked, asker_for_input
from cadencecoach.app.checkin.choosing import moment_for, session_for
from cadencecoach.app.checkin.exercises import items_done
from cadencecoach.app.checkin.meaning import is_empty, moment_words, stop_words, what_follows
from cadencecoach.app.checkin.questions import FLAG_WORDS
from cadencecoach.app.printing import printable
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.errors import UsageError
from cadencecoach.plan.findings import visible
from cadencecoach.programme.deciding import NOT_A_DIAGNOSIS
from cadencecoach.record.entries import CheckIn, Entry, ItemDone, Moment, Site
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.view.programme.standing import check_in_words

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The options of `checkin`, as given.

    Attributes:
        moment: None where nobody says
        session: id; None where nobody says
        done: exercises to tick off
        part: of their sets, percent
        day_text: None is today
    """

    moment: str | None
    pain: int | None
    site: str | None
    soreness: int | None
    soreness_h: float | None
    readiness: int | None
    effort: int | None
    mood: int | None
    flags: tuple[str, ...]
    note: str
    session: str | None
    done: tuple[str, ...]
    part: float
    day_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was written down, and what follows.

    Attributes:
        athlete: pseudonym
        check_in: None where only exercises were ticked off
        items: those
        stop: why to stop now; None to go on
        follows: what the programme makes of it; None without one
    """

    athlete: str
    check_in: CheckIn | None
    items: tuple[ItemDone, ...]
    stop: str | None
    follows: str | None


def check_in(named: str | None, words: Words) -> Taken:
    """Take a check-in and write it down.

    Args:
        named: the athlete; None is the only one there is
        words: the options
    Raises:
        UsageError: it is not clear who is meant, nothing was said, or an answer from a pipe is none
        JournalError: the log cannot be read or written
    """
    athlete = the_athlete(named)
    day = day_asked(words.day_text)
    at = wall_time_utc()
    log = log_of(athlete)
    items = items_done(athlete, words.done, part=words.part / 100, at=at, day=day)
    moment = Moment(words.moment) if words.moment else moment_for(log.entries, day)
    session = session_for(log.entries, moment, day) if words.session is None else words.session
    said = _said(words, CheckIn(at=at, day=day, moment=moment, session=session))
    if is_empty(said) and not items:
        click.echo(f"{moment_words(moment)}, {athlete}.", err=True)
        with hold_athlete(athlete):  # who answers is still here when it is written
            said = asked(said, asker_for_input())
    entries: list[Entry] = [*([] if is_empty(said) else [said]), *items]
    if not entries:
        raise UsageError("nothing was said, and nothing is written; --help lists what can be said without questions")
    add_entries(athlete, *entries)
    taken = None if is_empty(said) else said
    stop = None if taken is None else stop_words(taken)
    return Taken(athlete=athlete, check_in=taken, items=items, stop=stop, follows=what_follows(athlete, day))


def show(taken: Taken) -> None:
    """What was written down, and what follows, for a person."""
    lines = [] if taken.check_in is None else [check_in_words(taken.check_in)]
    lines += [f"done: {one.item}" + (f", {one.part * 100:.0f} %" if one.part < 1 else "") for one in taken.items]
    if taken.stop:
        lines.append(taken.stop)
    elif taken.follows:
        lines.append(taken.follows)
        lines += [NOT_A_DIAGNOSIS] if taken.check_in is not None else []
    click.echo(printable("\n".join(visible(line) for line in lines), sys.stdout))


def told_json(taken: Taken) -> dict[str, object]:
    """The same for a program."""
    entries: list[Entry] = [*([] if taken.check_in is None else [taken.check_in]), *taken.items]
    return {
        "athlete": taken.athlete,
        "entries": [line_of_entry(entry) for entry in entries],
        "stop": taken.stop is not None,
        "advice": taken.stop,
        "programme": taken.follows,
        "about": NOT_A_DIAGNOSIS,
    }


def _said(words: Words, begun: CheckIn) -> CheckIn:
    """What the options say of the body."""
    if len(words.note) > LONGEST_NOTE:
        raise UsageError(f"--note: at most {LONGEST_NOTE} characters")
    named = {one.name: getattr(begun, one.name) for one in fields(begun)}
    rated = {name: getattr(words, name) for name in ("pain", "soreness", "soreness_h", "readiness", "effort", "mood")}
    return CheckIn(
        **named
        | rated
        | {
            "site": None if words.site is None else Site(words.site),
            "flags": frozenset(FLAG_WORDS[flag] for flag in words.flags),
            "note": words.note.strip(),
        }
    )
