"""The tables of what a log says: check-ins, baselines, decisions, findings. Only entries that count stand in them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from cadencecoach.cohort.column import Cell, Column, Kind, Risk, Table
from cadencecoach.cohort.session_table import ATHLETE_IS, LOG, MADE, OFFSET_IS, SESSION_IS, STEP_SOURCES, SURFACES
from cadencecoach.cohort.subject import EntryFacts
from cadencecoach.programme.rules.table import RULES
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Finding, ProgrammeSet
from cadencecoach.record.entry_lines import entry_id

SET = "set"  # a programme, by a clinician
VERDICTS = frozenset({*(verdict.value for verdict in Verdict), SET})
RULE_NAMES = frozenset(rule.name for rule in RULES)
# What clinics measure, as they call it: other words may name somebody, and are `other` for research.
MEASURES = frozenset(
    {
        *("knee valgus", "pelvic drop", "overstride", "trunk lean", "hip adduction", "ankle dorsiflexion"),
        *("cadence", "vertical oscillation", "contact time", "foot strike", "step width", "calf raises"),
    }
)
UNITS = frozenset({"deg", "mm", "cm", "m", "ms", "s", "%", "spm", "kg", "N", "Nm", "repetitions", "W"})
METHODS = frozenset({"2D video", "3D video", "video", "goniometer", "dynamometer", "treadmill", "sensor", "visual"})


def _field(name: str) -> Callable[[EntryFacts], Any]:
    """A field of the entry, as it stands there; a kind of something by its word."""

    def value(one: EntryFacts) -> Cell:
        found = getattr(one.entry, name, None)
        return getattr(found, "value", found)

    return value


def _column(  # what the dictionary says of a column
    name: str,
    kind: Kind,
    unit: str,
    meaning: str,
    risk: Risk = Risk.NONE,
    known: frozenset[str] | None = None,
) -> Column[EntryFacts]:
    """A column that is a field of the entry."""
    return Column(name, kind, unit, meaning, LOG, _field(name), risk, known)


def _session_of(one: EntryFacts) -> str | None:
    return one.subject.session_key(str(getattr(one.entry, "session", "")))


def _derive(
    name: str, kind: Kind, meaning: str, value: Callable[[Any], Cell], risk: Risk = Risk.NONE
) -> Column[EntryFacts]:
    """A column that follows from the entry."""
    return Column(name, kind, "", meaning, LOG, lambda one: value(one.entry), risk)


def _off_by_spm(entry: object) -> float | None:
    return entry.off_by_spm if isinstance(entry, BaselineTaken) and entry.taken_by else None


def _by(entry: object) -> str:
    return "rules" if isinstance(entry, Decided) and not entry.is_of_person else "clinician"


def _rules_of(entry: object) -> str:
    """The rules that the reasons of a decision begin with; words that begin none, or a person's, are passed over."""
    reasons = entry.reasons if isinstance(entry, Decided) and not entry.is_of_person else ()
    return " / ".join(name for reason in reasons if (name := reason.partition(": ")[0]) in RULE_NAMES)


_WHOSE: tuple[Column[EntryFacts], ...] = (
    Column("athlete", str, "", ATHLETE_IS, MADE, lambda one: one.subject.key, Risk.HINT),
    Column("day_offset", int, "days", OFFSET_IS, LOG, lambda one: one.subject.offset(one.entry.day), Risk.HINT),
    _column("day", date, "", "the day it speaks about", Risk.DAY),
    Column("entry", str, "", "id of the entry", LOG, lambda one: entry_id(one.entry), Risk.NAME),
    _column("at", str, "", "when it was written, in UTC", Risk.DAY),
    _column("author", str, "", "who wrote it", Risk.WHO),
    _column("device", str, "", "the machine it was written on", Risk.WHO),
)
_SESSION: Column[EntryFacts] = Column("session", str, "", SESSION_IS, LOG, _session_of, Risk.HINT)

CHECKINS: Table[EntryFacts] = Table(
    name="checkins",
    about="an answer of a runner about the body; empty is not asked or not answered",
    columns=(
        *_WHOSE,
        _SESSION,
        _column("moment", str, "", "before, during, after a run, or the morning after"),
        _column("pain", int, "0 to 10", "pain", Risk.HINT),
        _column("site", str, "", "where: shin, calf, achilles, knee, hip, foot, other", Risk.HINT),
        _column("soreness", int, "0 to 10", "soreness", Risk.HINT),
        _column("soreness_h", float, "h", "how long the last soreness stayed"),
        _column("readiness", int, "0 to 10", "readiness"),
        _column("effort", int, "0 to 10", "effort of the whole session"),
        _column("mood", int, "0 to 10", "mood"),
        _derive(
            "flags",
            str,
            "signs that end a session, by ` / `",
            lambda one: " / ".join(sorted(flag.value for flag in one.flags)),
            Risk.HINT,
        ),
        _column("note", str, "", "the runner's own words", Risk.TEXT),
    ),
)

BASELINES: Table[EntryFacts] = Table(
    name="baselines",
    about="a run without help that told the runner's own cadence; two of twelve minutes make a baseline",
    columns=(
        *_WHOSE,
        _SESSION,
        _column("cadence_spm", float, "steps/min", "mean over the steady part"),
        _column("speed_mps", float, "m/s", "mean speed"),
        _column("duration_s", float, "s", "of the steady part"),
        _column("surface", str, "", "treadmill, road, track, trail; for research any other is `other`", known=SURFACES),
        _column("taken_by", str, "", "kind of sensor", known=STEP_SOURCES),
        Column(
            "error_spm", float, "steps/min", "how far off the source may be", LOG, lambda one: _off_by_spm(one.entry)
        ),
        _derive("is_accepted", int, "1: a coarse source, accepted by a clinician", lambda one: bool(one.accepted)),
        _column("accepted", str, "", "why", Risk.TEXT),
        _derive(
            "seen",
            str,
            "what the clinician saw",
            lambda one: " / ".join(f"{what}: {words}" for what, words in one.seen),
            Risk.TEXT,
        ),
    ),
)

DECISIONS: Table[EntryFacts] = Table(
    name="decisions",
    about="what the rules decided, or a person in their place, or a programme that was set",
    columns=(
        *_WHOSE,
        _derive("by", str, "rules, or clinician: who set a programme or a level, or held or stepped back by hand", _by),
        Column(
            "verdict",
            str,
            "",
            "stop, step back, refresher, hold, begin, advance, rest, finished; set: of a programme",
            LOG,
            lambda one: one.entry.verdict if isinstance(one.entry, Decided) else SET,
            known=VERDICTS,
        ),
        _column("level", int, "", "where the runner stands after it, from 0"),
        _derive("rules", str, "the rules that had a say, in their order, by ` / `", _rules_of),
        _derive(
            "reasons",
            str,
            "what they said, with the values that decided",
            lambda one: " / ".join(getattr(one, "reasons", ())),
            Risk.TEXT,
        ),
        _derive(
            "counts_from_new",
            int,
            "1: targets count from the newest baseline from then on",
            lambda one: getattr(one, "counts_from_new", None),
        ),
        _column("name", str, "", "title of the programme that was set", Risk.TEXT),
        _column("sha256", str, "", "of its text", Risk.NAME),
        _column("because", str, "", "why it was set", Risk.TEXT),
    ),
)

FINDINGS: Table[EntryFacts] = Table(
    name="findings",
    about="something that a clinician measured or saw",
    columns=(
        *_WHOSE,
        _column("measure", str, "", "what; for research common measures only, any other is `other`", known=MEASURES),
        Column("measure_number", int, "", "the same measure has the same number", MADE, lambda one: one.measure_number),
        _column("side", str, "", "left, right, both"),
        _column("value", float, "", "in the unit beside it"),
        _column("unit", str, "", "for research common units only, any other is `other`", known=UNITS),
        _column("method", str, "", "how; for research common methods only, any other is `other`", known=METHODS),
        _derive("has_file", int, "1: with a picture, video or table", lambda one: bool(one.file)),
        _column("note", str, "", "what was seen, in words", Risk.TEXT),
        _column("file", str, "", "name of the file kept beside the log", Risk.FILE),
    ),
)

KINDS = {
    CHECKINS.name: (CheckIn,),
    BASELINES.name: (BaselineTaken,),
    DECISIONS.name: (Decided, ProgrammeSet),
    FINDINGS.name: (Finding,),
}
ENTRY_TABLES = {table.name: table for table in (CHECKINS, BASELINES, DECISIONS, FINDINGS)}
