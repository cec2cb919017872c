"""The tables of a session's page: stages, cues, check-ins, data."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from cadencecoach.coach.actions import CueReason
from cadencecoach.gait.sources import error_of
from cadencecoach.plan.forms import decimal, fill, numeric_day, whole
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.figures import CORRECTIONS, Part, Summary
from cadencecoach.record.trace import NoteMark, SpanKind
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, pairs, paragraph, section, small_table, table
from cadencecoach.view.report.session.sheet import SessionSheet
from cadencecoach.view.report.story import gaps_s, minutes, span_words
from cadencecoach.view.words import clean, clock, percent


class Column(NamedTuple):
    """A column of the table of stages; one without a single value is left out."""

    heading: Callable[[Phrasebook], str]
    cell: Callable[[Part, Phrasebook], str]


def _number(value: float | None, texts: ReportTexts, form: str = ".0f") -> str:
    return NOTHING if value is None else decimal(value, form, texts.forms).replace("-", MINUS)


COLUMNS = (
    Column(lambda words: words.report.time, lambda part, _: clock(part.duration_s)),
    Column(lambda words: words.report.running, lambda part, _: clock(part.running_s)),
    Column(lambda words: words.report.target_spm, lambda part, words: _number(part.shown_target_spm, words.report)),
    Column(
        lambda words: words.report.mean_spm, lambda part, words: _number(part.mean_cadence_spm, words.report, ".1f")
    ),
    Column(lambda words: words.report.sd_spm, lambda part, words: _number(part.sd_spm, words.report, ".1f")),
    Column(
        lambda words: words.report.in_band,
        lambda part, _: NOTHING if part.in_band_ratio is None else percent(part.in_band_ratio),
    ),
    Column(
        lambda words: words.report.longest_in_band,
        lambda part, _: clock(part.longest_streak_s) if part.longest_streak_s else NOTHING,
    ),
    Column(
        lambda words: words.report.drift_in_10_min,
        lambda part, words: _number(part.drift_spm_per_10min, words.report, "+.1f"),
    ),
    Column(
        lambda words: fill(
            words.report.pace if words.measures.is_pace else words.report.speed, unit=words.measures.speed_unit
        ),
        lambda part, words: (
            NOTHING if part.mean_speed_mps is None else words.measures.speed_number(part.mean_speed_mps)
        ),
    ),
    Column(
        lambda words: words.report.steps, lambda part, words: whole(part.steps, words.forms) if part.steps else NOTHING
    ),
    Column(
        lambda words: words.report.corrected,
        lambda part, _: str(part.n_corrections) if part.band_s is not None else NOTHING,
    ),
)


def stages(summary: Summary, words: Phrasebook) -> Markup:
    """One row for each stage, and the whole."""
    parts, texts = (*summary.stages, summary.session), words.report
    shown = [column for column in COLUMNS if any(column.cell(part, words) != NOTHING for part in parts)]
    rows = [
        (
            Cell(fill(texts.probe, name=name) if part.is_probe else name),
            *(Cell(column.cell(part, words)) for column in shown),
        )
        for name, part in ((f"{n} {clean(part.name)}", part) for n, part in enumerate(summary.stages, 1))
    ]
    total = (Cell(texts.whole), *(Cell(column.cell(summary.session, words)) for column in shown))
    return section(texts.stages, table([texts.stage, *(column.heading(words) for column in shown)], rows, total))


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
    session = summary.session
    if not session.n_cues:
        return None
    counts = sorted(session.n_cues.items(), key=lambda item: (item[0] not in CORRECTIONS, -item[1]))
    known = {reason.value: reason_words(reason, texts) for reason in CueReason}
    rows = [
        (Cell(known.get(reason, clean(reason))), Cell(str(n)), Cell(_per_10_min(n, session, texts)))
        for reason, n in counts
    ]
    headings = (texts.why, texts.number, texts.per_10_min)
    return section(texts.cues_by_reason, small_table(headings, rows), paragraph(texts.cues_note, "note"))


def _per_10_min(number: int, part: Part, texts: ReportTexts) -> str:
    return decimal(number / part.running_s * 600, forms=texts.forms) if part.running_s >= 60 else NOTHING  # noqa: PLR2004  # a minute


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
    words, texts = sheet.words, sheet.words.report
    rows = [
        (f"{moment_words(one.moment, texts)}, {numeric_day(one.day, texts.forms)}", check_in_words(one, words))
        for one in sheet.check_ins
    ]
    rows += [(fill(texts.at_time, time=clock(note.time_s)), note_words(note, texts)) for note in sheet.trace.notes]
    return section(texts.reported, pairs(rows)) if rows else None


def note_words(note: NoteMark, texts: ReportTexts) -> str:
    """A note with its level, where the text does not say it already."""
    if note.about == "gap":
        return texts.gap_unknown if note.gap_s is None else fill(texts.gap, time=minutes(note.gap_s))
    level = "" if note.level is None else fill(texts.of_10, level=note.level)
    return clean(note.text) + (f" ({level})" if level and level not in note.text else "")


def check_in_words(one: CheckIn, words: Phrasebook) -> str:
    """A check-in as a line of words; what was not asked is not there."""
    texts = words.report
    levels = (
        (texts.soreness, one.soreness),
        (texts.effort, one.effort),
        (texts.readiness, one.readiness),
        (texts.mood, one.mood),
    )
    soreness, *others = ("" if level is None else fill(text, level=level) for text, level in levels)
    pain = texts.pain if one.site is None else texts.pain_at
    parts = [
        ""
        if one.pain is None
        else fill(pain, level=one.pain, site="" if one.site is None else words.of_log(one.site.value)),
        soreness,
        "" if one.soreness_h is None else fill(texts.soreness_lasted, hours=decimal(one.soreness_h, "g", texts.forms)),
        *others,
        fill(texts.flags, flags=", ".join(sorted(words.of_log(flag.value) for flag in one.flags))) if one.flags else "",
        fill(texts.in_own_words, words=clean(one.note)) if one.note else "",
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
    heard = fill(texts.readings_heard, percent=percent(whole.coverage_ratio))
    yield texts.sensor_readings, heard if whole.covered_s else texts.readings_never
    yield texts.gaps, _gap_words(gaps, texts)
    error_spm = error_of(sheet.summary.steps_from)
    off_by = f" (±{error_spm:g} spm)" if error_spm else ""
    yield texts.readings_from, f"{clean(sheet.feet) or texts.source_unknown}{off_by}"
    if sheet.trace.unit:
        screen, unit = sheet.words.screen, sheet.trace.unit
        yield texts.read_as, {"steps": screen.steps, "strides": screen.strides}.get(unit, clean(unit))
    if sheet.trace.n_slipped_frames:
        yield texts.sound, fill(texts.frames_lost, number=sheet.trace.n_slipped_frames)
    yield texts.left_out, _words_left_out(sheet)
    yield texts.journal if sheet.is_session else texts.recording, clean(sheet.id)


def _gap_words(gaps: list[float], texts: ReportTexts) -> str:
    if not gaps:
        return texts.no_gaps
    return fill(texts.one_gap if len(gaps) == 1 else texts.n_gaps, number=len(gaps), time=minutes(max(gaps)))


def _words_left_out(sheet: SessionSheet) -> str:
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
