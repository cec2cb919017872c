"""The tables of a session's page: stages, cues, check-ins, data."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cadencecoach.coach.actions import CueReason
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.plan.screen_texts import filled
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.figures import CORRECTIONS, Part, Summary
from cadencecoach.record.trace import NoteMark, SpanKind
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, pairs, paragraph, section, small_table, table
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.story import gaps_s, minutes, span_words
from cadencecoach.view.words import clean, clock, percent

KMH_OF_MPS = 3.6


class Column(NamedTuple):
    """A column of the table of stages; one without a single value is left out."""

    heading: Callable[[ReportTexts], str]
    cell: Callable[[Part], str]


def _number(value: float | None, form: str = ".0f") -> str:
    return NOTHING if value is None else format(value, form).replace("-", MINUS)


COLUMNS = (
    Column(lambda texts: texts.time, lambda part: clock(part.duration_s)),
    Column(lambda texts: texts.running, lambda part: clock(part.running_s)),
    Column(lambda texts: texts.target_spm, lambda part: _number(part.shown_target_spm)),
    Column(lambda texts: texts.mean_spm, lambda part: _number(part.mean_cadence_spm, ".1f")),
    Column(lambda texts: texts.sd_spm, lambda part: _number(part.sd_spm, ".1f")),
    Column(
        lambda texts: texts.in_band, lambda part: NOTHING if part.in_band_ratio is None else percent(part.in_band_ratio)
    ),
    Column(
        lambda texts: texts.longest_in_band,
        lambda part: clock(part.longest_streak_s) if part.longest_streak_s else NOTHING,
    ),
    Column(lambda texts: texts.drift_in_10_min, lambda part: _number(part.drift_spm_per_10min, "+.1f")),
    Column(
        lambda texts: texts.speed,
        lambda part: _number(None if part.mean_speed_mps is None else part.mean_speed_mps * KMH_OF_MPS, ".1f"),
    ),
    Column(lambda texts: texts.steps, lambda part: f"{part.steps:.0f}" if part.steps else NOTHING),
    Column(lambda texts: texts.corrected, lambda part: str(part.n_corrections) if part.band_s is not None else NOTHING),
)


def stages(summary: Summary, texts: ReportTexts) -> Markup:
    """One row for each stage, and the whole."""
    parts = (*summary.stages, summary.session)
    shown = [column for column in COLUMNS if any(column.cell(part) != NOTHING for part in parts)]
    rows = [
        (
            Cell(filled(texts.probe, name=name) if part.is_probe else name),
            *(Cell(column.cell(part)) for column in shown),
        )
        for name, part in ((f"{n} {clean(part.name)}", part) for n, part in enumerate(summary.stages, 1))
    ]
    total = (Cell(texts.whole), *(Cell(column.cell(summary.session)) for column in shown))
    return section(texts.stages, table([texts.stage, *(column.heading(texts) for column in shown)], rows, total))


def reason_words(reason: CueReason, texts: ReportTexts) -> str:
    """Why a cue was given."""
    return {
        CueReason.BELOW: texts.cue_below,
        CueReason.ABOVE: texts.cue_above,
        CueReason.BACK: texts.cue_back,
        CueReason.STAGE: texts.cue_stage,
        CueReason.COUNTDOWN: texts.cue_countdown,
        CueReason.PLAN: texts.cue_plan,
        CueReason.SUMMARY: texts.cue_summary,
        CueReason.BASELINE: texts.cue_baseline,
        CueReason.SENSOR_LOST: texts.cue_sensor_lost,
        CueReason.SENSOR_BACK: texts.cue_sensor_back,
        CueReason.SENSOR_UNCLEAR: texts.cue_sensor_unclear,
        CueReason.RECALL: texts.cue_recall,
        CueReason.TONE: texts.cue_tone,
        CueReason.PAIN: texts.cue_pain,
        CueReason.SPEED: texts.cue_speed,
        CueReason.SESSION: texts.cue_session,
        CueReason.TIME: texts.cue_time,
    }[reason]


def cues(summary: Summary, texts: ReportTexts) -> Markup | None:
    """How often each kind of cue was given; None when there was none."""
    whole = summary.session
    if not whole.n_cues:
        return None
    counts = sorted(whole.n_cues.items(), key=lambda item: (item[0] not in CORRECTIONS, -item[1]))
    known = {reason.value: reason_words(reason, texts) for reason in CueReason}
    rows = [(Cell(known.get(reason, clean(reason))), Cell(str(n)), Cell(_per_10_min(n, whole))) for reason, n in counts]
    headings = (texts.why, texts.number, texts.per_10_min)
    return section(texts.cues_by_reason, small_table(headings, rows), paragraph(texts.cues_note, "note"))


def _per_10_min(number: int, whole: Part) -> str:
    return f"{number / whole.running_s * 600:.1f}" if whole.running_s >= 60 else NOTHING  # noqa: PLR2004  # a minute


def moment_words(moment: Moment, texts: ReportTexts) -> str:
    """When a check-in was given."""
    return {
        Moment.BEFORE: texts.before,
        Moment.DURING: texts.during,
        Moment.AFTER: texts.after,
        Moment.MORNING: texts.next_morning,
    }[moment]


def check_ins(sheet: SessionSheet) -> Markup | None:
    """What the runner reported of the body, and noted on the way; None when that is nothing."""
    texts = sheet.words.report
    rows = [
        (f"{moment_words(one.moment, texts)}, {one.day.isoformat()}", check_in_words(one, texts))
        for one in sheet.check_ins
    ]
    rows += [(filled(texts.at_time, time=clock(note.time_s)), note_words(note, texts)) for note in sheet.trace.notes]
    return section(texts.reported, pairs(rows)) if rows else None


def note_words(note: NoteMark, texts: ReportTexts) -> str:
    """A note with its level, where the text does not say it already."""
    if note.about == "gap":
        return texts.gap_unknown if note.gap_s is None else filled(texts.gap, time=minutes(note.gap_s))
    level = "" if note.level is None else filled(texts.of_10, level=note.level)
    return clean(note.text) + (f" ({level})" if level and level not in note.text else "")


def check_in_words(one: CheckIn, texts: ReportTexts) -> str:
    """A check-in as a line of words; what was not asked is not there."""
    levels = (
        (texts.soreness, one.soreness),
        (texts.effort, one.effort),
        (texts.readiness, one.readiness),
        (texts.mood, one.mood),
    )
    soreness, *others = ("" if level is None else filled(text, level=level) for text, level in levels)
    pain = texts.pain if one.site is None else texts.pain_at
    parts = [
        "" if one.pain is None else filled(pain, level=one.pain, site="" if one.site is None else one.site.value),
        soreness,
        "" if one.soreness_h is None else filled(texts.soreness_lasted, hours=f"{one.soreness_h:g}"),
        *others,
        filled(texts.flags, flags=", ".join(sorted(flag.value for flag in one.flags))) if one.flags else "",
        filled(texts.in_own_words, words=clean(one.note)) if one.note else "",
    ]
    return ", ".join(part for part in parts if part) or texts.not_asked


def data(sheet: SessionSheet) -> Markup:
    """How good the data are."""
    return section(
        sheet.words.report.data, pairs(_data(sheet)), *(paragraph(remark, "note") for remark in sheet.remarks)
    )


def _data(sheet: SessionSheet) -> Iterator[tuple[str, str]]:
    whole, gaps = sheet.summary.session, list(gaps_s(sheet.trace))
    texts = sheet.words.report
    heard = filled(texts.readings_heard, percent=percent(whole.coverage_ratio))
    yield texts.sensor_readings, heard if whole.covered_s else texts.readings_never
    yield texts.gaps, _gap_words(gaps, texts)
    yield texts.readings_from, clean(sheet.feet) or texts.source_unknown
    if sheet.trace.unit:
        yield texts.read_as, clean(sheet.trace.unit)
    if sheet.trace.n_slipped_frames:
        yield texts.sound, filled(texts.frames_lost, number=sheet.trace.n_slipped_frames)
    yield texts.left_out, _left_out_words(sheet)
    yield texts.journal if sheet.is_session else texts.recording, clean(sheet.id)


def _gap_words(gaps: list[float], texts: ReportTexts) -> str:
    if not gaps:
        return texts.no_gaps
    return filled(texts.one_gap if len(gaps) == 1 else texts.n_gaps, number=len(gaps), time=minutes(max(gaps)))


def _left_out_words(sheet: SessionSheet) -> str:
    texts, lengths_s = sheet.words.report, dict.fromkeys(SpanKind, 0.0)
    for span in sheet.trace.spans:
        lengths_s[span.kind] += span.end_s - span.start_s
    parts = [f"{span_words(kind, texts)} {minutes(length_s)}" for kind, length_s in lengths_s.items() if length_s >= 1]
    return ", ".join(parts) or texts.nothing


def definitions(summary: Summary, texts: ReportTexts) -> Markup:
    """How the numbers are defined that are on the page."""
    parts = (*summary.stages, summary.session)
    has_drift = any(part.drift_spm_per_10min is not None for part in parts)
    told = [
        ("spm", texts.spm_means),
        (texts.running, texts.running_means),
        (texts.mean_sd, texts.mean_sd_means),
        *([(texts.in_band, texts.in_band_means)] if summary.session.band_s is not None else []),
        *([(texts.own_cadence_sign, texts.own_cadence_means)] if summary.baseline_spm is not None else []),
        *([(texts.drift, texts.drift_means)] if has_drift else []),
        (texts.steps, texts.steps_mean),
    ]
    return section(texts.how_to_read, element("div", pairs(told), class_="defs"))
