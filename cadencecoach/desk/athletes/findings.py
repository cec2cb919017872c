"""Findings of a clinician: measured, seen, with a picture or video; listed, compared, and taken back."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cadencecoach.desk.athletes.withdrawing import make_new, pick_entry, reason_given, withdrawal_of
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import open_plain
from cadencecoach.errors import UsageError
from cadencecoach.record.entries import Finding, Side
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.findings import (
    FindingChange,
    change_words,
    finding_words,
    findings_compared,
    findings_of,
    other_units,
)
from cadencecoach.store.athlete_log import day_asked, today_here
from cadencecoach.store.attached_files import tail_of
from cadencecoach.store.protocol import Store

LONGEST_WORD, LONGEST_NOTE = 60, 500
LARGEST = 1e6
SIDES = {"l": Side.LEFT, "r": Side.RIGHT, "b": Side.BOTH} | {side.value: side for side in Side}
# 8,5 as most of Europe writes it; 1,000 may be a thousand or one, and is refused.
COMMA = re.compile(r"([+-]?\d+),(\d{1,2}|\d{4,})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """What a clinician typed.

    Attributes:
        measure, side, value, unit, method, note: as of a `Finding`; empty and None where nothing was said
        day_text: None for today
        file: a picture, video or table; None for none
        is_link: the file stays where it is
        kept_file: name of a file that is in the athlete's folder already; empty for none
    """

    measure: str
    side: Side | None = None
    value: float | None = None
    unit: str = ""
    method: str = ""
    note: str = ""
    day_text: str | None = None
    file: Path | None = None
    is_link: bool = False
    kept_file: str = ""


def side_named(text: str | None) -> Side | None:
    """The side of the body that a person typed, in full or by its first letter; None where nothing was typed.

    Raises:
        UsageError: it is none
    """
    if text is None:
        return None
    side = SIDES.get(text.strip().casefold())
    if side is None:
        raise UsageError(f"--side {text}: left, right or both is allowed, or L, R, B")
    return side


def value_typed(text: str | None) -> float | None:
    """The number that a person typed, with a point or a comma; None where nothing was typed.

    Raises:
        UsageError: it is none
    """
    if text is None:
        return None
    try:
        return float(COMMA.sub(r"\1.\2", text) if COMMA.fullmatch(text) else text)
    except ValueError:
        raise UsageError(f"--value {text}: a number is allowed, such as 8 or 8.5; its unit goes with --unit") from None


def add_finding(store: Store, athlete: str, words: FindingWords) -> Finding:
    """Write a finding down, and copy its file or remember where it is.

    Raises:
        UsageError: the words are no finding, or the file cannot be read, copied or remembered
        JournalError: the log cannot be read or written
    """
    _check(words)
    day = day_asked(words.day_text)
    with store.hold_athlete(athlete):  # who is forgotten meanwhile leaves no file behind
        found = Finding(
            at=wall_time_utc(),
            day=day,
            measure=" ".join(words.measure.split()),
            side=words.side,
            value=words.value,
            unit=words.unit.strip(),
            method=" ".join(words.method.split()),
            note=words.note.strip(),
            file=_keep_file(store, athlete, words),
        )
        (written,) = store.add_entries(athlete, make_new(found, store.log_of(athlete)))
    assert isinstance(written, Finding)
    return written


def unit_note(store: Store, athlete: str, new: Finding) -> str:
    """That a finding is in another unit than those before, so that nobody waits for a comparison; mostly empty.

    Raises:
        JournalError: the log cannot be read
    """
    units = other_units(store.log_of(athlete).entries, new)
    if not units:
        return ""
    before, now = (", ".join(unit or "no unit" for unit in some) for some in (units, (new.unit,)))
    back = command_line(f'finding withdraw {athlete} {entry_id(new)} --because "wrong unit"')
    return f"{new.measure} was in {before} before, and is in {now}: they are not compared; a slip? `{back}`"


def withdraw_finding(store: Store, athlete: str, name: str, because: str | None) -> Finding:
    """Take a finding back; its file stays until the athlete is forgotten.

    Raises:
        UsageError: it is not clear which, or no reason is given
        JournalError: the log cannot be read or written
    """
    known = [one for one in store.log_of(athlete).entries if isinstance(one, Finding)]
    meant = pick_entry(name, known, what="findings", words=finding_words)
    store.add_entries(athlete, withdrawal_of(meant, reason_given(because), at=wall_time_utc(), day=today_here()))
    return meant


def finding_lines(store: Store, athlete: str) -> Iterator[str]:
    """Every finding in a line, and then what was measured more than once."""
    findings = findings_of(store.log_of(athlete).entries)
    if not findings:
        yield f"{athlete} has no findings yet"
    for one in findings:
        where = (
            f"\n    {store.place_of_file(athlete, one.file) or 'its file is not on this machine'}" if one.file else ""
        )
        yield f"{one.day}  {entry_id(one)}  {finding_words(one)}{where}"
    compared = findings_compared(findings)
    if compared:
        yield "First and latest, same side, unit and method:"
        yield from (f"  {change_words(one)}" for one in compared)


def findings_json(store: Store, athlete: str) -> dict[str, object]:
    """The same for a program."""
    findings = findings_of(store.log_of(athlete).entries)
    return {
        "athlete": athlete,
        "findings": [finding_json(store, athlete, one) for one in findings],
        "compared": [_change_json(one) for one in findings_compared(findings)],
    }


def finding_json(store: Store, athlete: str, one: Finding) -> dict[str, object]:
    """A finding for a program."""
    return {
        "id": entry_id(one),
        "day": one.day.isoformat(),
        "what": one.measure,
        "side": None if one.side is None else one.side.value,
        "value": one.value,
        "unit": one.unit,
        "method": one.method,
        "note": one.note,
        "file": one.file or None,
        "place": store.place_of_file(athlete, one.file) or None if one.file else None,
        "author": one.author,
    }


def _change_json(one: FindingChange) -> dict[str, object]:
    def as_json(finding: Finding) -> dict[str, object]:
        return {"id": entry_id(finding), "day": finding.day.isoformat(), "value": finding.value}

    return {
        "what": one.first.measure,
        "side": None if one.first.side is None else one.first.side.value,
        "unit": one.first.unit,
        "method": one.first.method,
        "n": one.n,
        "first": as_json(one.first),
        "latest": as_json(one.latest),
        "change": one.change,
    }


def _check(words: FindingWords) -> None:
    for option, text, most in (
        ("--what", words.measure, LONGEST_WORD),
        ("--unit", words.unit, LONGEST_WORD),
        ("--method", words.method, LONGEST_WORD),
        ("--note", words.note, LONGEST_NOTE),
    ):
        if len(text) > most or not text.isprintable():
            raise UsageError(f"{option}: one line of at most {most} characters is allowed")
    if not words.measure.strip():
        raise UsageError('--what: name what was found, such as --what "knee valgus"')
    if words.value is not None and not (math.isfinite(words.value) and abs(words.value) < LARGEST):
        raise UsageError(f"--value: a number between -{LARGEST:.0f} and {LARGEST:.0f} is allowed")
    if words.value is None and words.unit.strip():
        raise UsageError("--unit goes with a measured --value")
    if words.value is None and not words.note.strip() and words.file is None and not words.kept_file:
        raise UsageError("say what was found: --value NUMBER, --note TEXT or --file FILE")
    if words.is_link and words.file is None:
        raise UsageError("--link goes with --file FILE")


def _keep_file(store: Store, athlete: str, words: FindingWords) -> str:
    if words.kept_file and words.kept_file not in store.file_names(athlete):
        raise UsageError(f"the file {words.kept_file!a} is not in the folder of {athlete}; send it again")
    if words.file is None:
        return words.kept_file
    tail = tail_of(words.measure, words.file)
    with open_plain(words.file, what="picture or video") as content:
        return store.add_link(athlete, words.file, tail) if words.is_link else store.add_file(athlete, content, tail)
