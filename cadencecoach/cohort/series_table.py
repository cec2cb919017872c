"""The table of the series: sessions second by second, or finer where something changes within one."""

from math import floor

from cadencecoach.coach.actions import CueReason
from cadencecoach.cohort.column import Cell, Column, Risk, Table
from cadencecoach.cohort.session_table import ATHLETE_IS, JOURNAL, MADE, SESSION_IS
from cadencecoach.cohort.subject import PieceFacts
from cadencecoach.gait.dynamics import BELT, POD, SIGNAL, SPEED, STRAP, WATCH
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.steps.placement import Placement
from cadencecoach.record.fold.pieces import EVENTS, Piece

FEET = frozenset(state.value for state in Feet)
PLACEMENTS = frozenset(place.value for place in Placement)
TELLERS = frozenset({SIGNAL, SPEED, BELT, WATCH, STRAP, POD})
REASONS = frozenset(reason.value for reason in CueReason)


def _dynamics_column(name: str, unit: str, meaning: str) -> Column[PieceFacts]:
    """A number of what was told beyond cadence in a moment."""
    field = name.removeprefix("told_")

    def value(one: PieceFacts) -> Cell:
        told: Cell = getattr(one.piece.dynamics, field, None)
        return told

    return Column(name, float, unit, meaning, JOURNAL, value)


def _word(name: str, meaning: str, known: frozenset[str] | None = None, risk: Risk = Risk.NONE) -> Column[PieceFacts]:
    """A word of the same."""

    def value(one: PieceFacts) -> Cell:
        told: Cell = getattr(one.piece.dynamics, name, None)
        return told

    return Column(name, str, "", meaning, JOURNAL, value, risk, known)


def _truth(name: str, field: str, meaning: str) -> Column[PieceFacts]:
    """A truth of the piece: 1 or 0."""
    assert field in Piece._fields
    return Column(name, int, "", meaning, JOURNAL, lambda one: getattr(one.piece, field))


def _number(name: str, unit: str, meaning: str) -> Column[PieceFacts]:
    """A number of the piece, under its own name."""
    assert name in Piece._fields
    return Column(name, float, unit, meaning, JOURNAL, lambda one: getattr(one.piece, name))


SERIES: Table[PieceFacts] = Table(
    name="series",
    about="a second of a session; several rows where something changes within it, and a row of 0 s for a moment",
    columns=(
        Column("athlete", str, "", ATHLETE_IS, MADE, lambda one: one.athlete, Risk.HINT),
        Column("session", str, "", SESSION_IS, MADE, lambda one: one.session, Risk.HINT),
        Column("t_s", int, "s", "the second, of session time", JOURNAL, lambda one: floor(one.piece.from_s)),
        _number("from_s", "s", "session time at which the row begins"),
        _number("lasts_s", "s", "how long it lasts: what sums and means are weighted by"),
        Column("event", str, "", f"of a moment: {', '.join(EVENTS)}; else empty", JOURNAL, lambda one: one.piece.event),
        Column(
            "stage",
            int,
            "",
            "number of the stage, from 1; 0 before the first; one that is gone back to has its number again",
            JOURNAL,
            lambda one: one.piece.part,
        ),
        Column("stage_name", str, "", "name of the stage", JOURNAL, lambda one: one.piece.stage_name, Risk.TEXT),
        _truth("paused", "is_paused", "1 in a pause"),
        Column("feet", str, "", ", ".join(sorted(FEET)), JOURNAL, lambda one: one.piece.feet, known=FEET),
        _truth("running", "is_running", "1: the feet run and the estimate is fresh: a running second"),
        _number("cadence_spm", "steps/min", "what the sensor said, both feet, while it holds"),
        _number("estimate_spm", "steps/min", "what was coached on, while it holds"),
        _number("speed_mps", "m/s", "what the sensor said, while it holds"),
        _truth("speed_is_of_run", "is_speed_of_run", "1: it counts as the speed of the running"),
        _number("hr_bpm", "beats/min", "what the sensor said, while it holds"),
        _number("target_spm", "steps/min", "what was asked for"),
        _number("low_spm", "steps/min", "lower edge of the band"),
        _number("high_spm", "steps/min", "upper edge of the band"),
        _number("own_spm", "steps/min", "the runner's own cadence, at this speed where it is known by speed"),
        _truth("ramp", "is_ramp", "1 on the way to the target: not judged"),
        _truth("helped", "is_helped", "1: beat or corrections are on offer"),
        _truth("probe", "is_probe", "1: the stage is measured and not helped"),
        _truth("off_speed", "is_off_speed", "1: a speed of which the own cadence is not known: not judged"),
        _truth("late", "is_late", "1: became known later; its time is that of other rows, too"),
        _truth("goes_on", "is_cut", "1: as the row before, but for the second or a value that grew too old"),
        Column(
            "cue_reason",
            str,
            "",
            "of a cue: why it was given",
            JOURNAL,
            lambda one: None if one.piece.cue is None else one.piece.cue.reason,
            known=REASONS,
        ),
        Column(
            "cue",
            str,
            "",
            "of a cue: its words",
            JOURNAL,
            lambda one: None if one.piece.cue is None else one.piece.cue.text,
            Risk.TEXT,
        ),
        _number("gap_s", "s", "of a gap: how long the break was, where that is known"),
        _dynamics_column("oscillation_mm", "mm", "of a moment: vertical oscillation of the trunk in a step"),
        _dynamics_column("oscillation_error_mm", "mm", "how far off that may be"),
        _dynamics_column("contact_ms", "ms", "of a moment: how long a foot is on the ground"),
        _dynamics_column("contact_error_ms", "ms", "how far off that may be"),
        _dynamics_column("stride_m", "m", "of a moment: length of a stride, two steps"),
        _dynamics_column("stride_error_m", "m", "how far off that may be"),
        _dynamics_column("told_speed_mps", "m/s", "of a moment: the speed these are told at"),
        _word("placement", "of a moment: where the sensor sat that told the first two", PLACEMENTS),
        _word("told_by", "of a moment: who told the first two", TELLERS),
        _word("stride_by", "of a moment: who told the stride", TELLERS),
        _word("sensor", "of a moment: name of the sensor that led", risk=Risk.WHO),
    ),
)
