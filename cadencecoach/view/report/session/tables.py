"""The tables of a session's page: stages, cues, check-ins, data."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cadencecoach.coach.actions import CueReason
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.figures import CORRECTIONS, Part, Summary
from cadencecoach.record.trace import NoteMark
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, pairs, paragraph, section, small_table, table
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.story import gaps_s, minutes
from cadencecoach.view.words import clean, clock, counted, percent

KMH_OF_MPS = 3.6


class Column(NamedTuple):
    """A column of the table of stages; one without a single value is left out."""

    heading: str
    cell: Callable[[Part], str]


def _number(value: float | None, form: str = ".0f") -> str:
    return NOTHING if value is None else format(value, form).replace("-", MINUS)


COLUMNS = (
    Column("time", lambda part: clock(part.duration_s)),
    Column("running", lambda part: clock(part.running_s)),
    Column("target, spm", lambda part: _number(part.shown_target_spm)),
    Column("mean, spm", lambda part: _number(part.mean_cadence_spm, ".1f")),
    Column("SD, spm", lambda part: _number(part.sd_spm, ".1f")),
    Column("in band", lambda part: NOTHING if part.in_band_ratio is None else percent(part.in_band_ratio)),
    Column("longest in band", lambda part: clock(part.longest_streak_s) if part.longest_streak_s else NOTHING),
    Column("drift, spm in 10 min", lambda part: _number(part.drift_spm_per_10min, "+.1f")),
    Column(
        "speed, km/h",
        lambda part: _number(None if part.mean_speed_mps is None else part.mean_speed_mps * KMH_OF_MPS, ".1f"),
    ),
    Column("steps", lambda part: f"{part.steps:.0f}" if part.steps else NOTHING),
    Column("corrected", lambda part: str(part.n_corrections) if part.band_s is not None else NOTHING),
)


def stages(summary: Summary) -> Markup:
    """One row for each stage, and the whole."""
    parts = (*summary.stages, summary.session)
    shown = [column for column in COLUMNS if any(column.cell(part) != NOTHING for part in parts)]
    rows = [
        (
            Cell(f"{n} {clean(part.name)}{' (probe)' if part.is_probe else ''}"),
            *(Cell(column.cell(part)) for column in shown),
        )
        for n, part in enumerate(summary.stages, 1)
    ]
    total = (Cell("Session"), *(Cell(column.cell(summary.session)) for column in shown))
    return section("Stages", table(["stage", *(column.heading for column in shown)], rows, total))


REASONS = {
    CueReason.BELOW.value: "correction: slower than the band",
    CueReason.ABOVE.value: "correction: quicker than the band",
    CueReason.BACK.value: "back in the band after a correction",
    CueReason.STAGE.value: "a stage begins",
    CueReason.COUNTDOWN.value: "3-2-1 countdown",
    CueReason.PLAN.value: "words of the plan",
    CueReason.SUMMARY.value: "result of the stage",
    CueReason.BASELINE.value: "own cadence measured",
    CueReason.SENSOR_LOST.value: "sensor lost",
    CueReason.SENSOR_BACK.value: "sensor back",
    CueReason.SENSOR_UNCLEAR.value: "sensor made no sense",
    CueReason.SESSION.value: "start, pause, end",
    CueReason.TIME.value: "minutes run",
}


def cues(summary: Summary) -> Markup | None:
    """How often each kind of cue was given; None when there was none."""
    whole = summary.session
    if not whole.n_cues:
        return None
    counts = sorted(whole.n_cues.items(), key=lambda item: (item[0] not in CORRECTIONS, -item[1]))
    rows = [
        (Cell(REASONS.get(reason, clean(reason))), Cell(str(n)), Cell(_per_10_min(n, whole))) for reason, n in counts
    ]
    note = "Corrections are the only cues that judge the cadence; with practice they should become fewer."
    return section(
        "Cues by reason", small_table(("why", "number", "per 10 min of running"), rows), paragraph(note, "note")
    )


def _per_10_min(number: int, whole: Part) -> str:
    return f"{number / whole.running_s * 600:.1f}" if whole.running_s >= 60 else NOTHING  # noqa: PLR2004  # a minute


MOMENTS = {
    Moment.BEFORE: "before",
    Moment.DURING: "during",
    Moment.AFTER: "after",
    Moment.MORNING: "the next morning",
}


def check_ins(sheet: SessionSheet) -> Markup | None:
    """What the runner reported of the body, and noted on the way; None when that is nothing."""
    rows = [(f"{MOMENTS[one.moment]}, {one.day.isoformat()}", check_in_words(one)) for one in sheet.check_ins]
    rows += [(f"at {clock(note.time_s)}", note_words(note)) for note in sheet.trace.notes]
    return section("What the runner reported", pairs(rows)) if rows else None


def note_words(note: NoteMark) -> str:
    """A note with its level, where the text does not say it already."""
    level = "" if note.level is None else f"{note.level} of 10"
    return clean(note.text) + (f" ({level})" if level and level not in note.text else "")


def check_in_words(one: CheckIn) -> str:
    """A check-in as a line of words; what was not asked is not there."""
    site = f" ({one.site.value})" if one.site is not None else ""
    parts = [
        f"pain {one.pain} of 10{site}" if one.pain is not None else "",
        f"soreness {one.soreness} of 10" if one.soreness is not None else "",
        f"for {one.soreness_h:g} h" if one.soreness_h is not None else "",
        f"effort {one.effort} of 10" if one.effort is not None else "",
        f"readiness {one.readiness} of 10" if one.readiness is not None else "",
        f"mood {one.mood} of 10" if one.mood is not None else "",
        "reported: " + ", ".join(sorted(flag.value for flag in one.flags)) if one.flags else "",
        f"\u201c{clean(one.note)}\u201d" if one.note else "",
    ]
    return ", ".join(part for part in parts if part) or "not asked"


def data(sheet: SessionSheet) -> Markup:
    """How good the data are."""
    return section("Data", pairs(_data(sheet)), *(paragraph(remark, "note") for remark in sheet.remarks))


def _data(sheet: SessionSheet) -> Iterator[tuple[str, str]]:
    whole, gaps = sheet.summary.session, list(gaps_s(sheet.trace))
    heard = percent(whole.coverage_ratio) if whole.covered_s else "never"
    yield "sensor readings", f"{heard} of the time (a usable reading at most 3 s old)"
    longest = f", the longest {minutes(max(gaps))}" if gaps else ""
    yield "sensor gaps", f"{counted(len(gaps), 'time')}{longest}" if gaps else "none"
    yield "readings from", clean(sheet.feet) or "not said"
    if sheet.trace.unit:
        yield "read as", clean(sheet.trace.unit)
    if sheet.trace.n_slipped_frames:
        yield "sound", f"{sheet.trace.n_slipped_frames} frames lost by the sound card"
    yield "left out of mean and band", _left_out_words(sheet)
    yield "journal" if sheet.is_session else "recording", clean(sheet.id)


def _left_out_words(sheet: SessionSheet) -> str:
    lengths_s: dict[str, float] = {}
    for span in sheet.trace.spans:
        lengths_s[span.kind.value] = lengths_s.get(span.kind.value, 0.0) + span.end_s - span.start_s
    parts = [f"{words} {minutes(length_s)}" for words, length_s in lengths_s.items() if length_s >= 1]
    return ", ".join(parts) or "nothing"


DEFINITIONS = (
    ("spm", "steps a minute, both feet"),
    ("running", "the runner is known to be running, and the newest estimate is at most 3 s old; pauses left out"),
    (
        "mean, SD",
        "of the estimate (median of the last 5 s) over running time; walking, standing, pauses and gaps are left out",
    ),
    (
        "in band",
        (
            "running time with the cadence inside the band, over running time with a band; time during a ramp, or at a"
            " speed too fast or too slow for the baseline, is not counted; time while the runner settles is"
        ),
    ),
    (
        "own cadence",
        (
            "the baseline: measured in a stage without help, stored for the athlete, given, or from the plan; if it is"
            " known at several speeds, the one for the speed at each moment"
        ),
    ),
    ("drift", "slope of the cadence over running time, corrected for speed where that is known"),
    ("steps", "cadence readings summed over time, including walking, each used for at most 3 s"),
)


def definitions(summary: Summary) -> Markup:
    """How the numbers are defined that are on the page."""
    parts = (*summary.stages, summary.session)
    missing = {
        "in band": summary.session.band_s is None,
        "own cadence": summary.baseline_spm is None,
        "drift": all(part.drift_spm_per_10min is None for part in parts),
    }
    told = [(word, meaning) for word, meaning in DEFINITIONS if not missing.get(word, False)]
    return section("How to read the numbers", element("div", pairs(told), class_="defs"))
