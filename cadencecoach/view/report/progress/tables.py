"""The tables of an athlete's page: what was done, decided and said, and every session."""

from collections.abc import Iterator

from cadencecoach.gait.sources import kind_of
from cadencecoach.plan.forms import FormTexts, day_words, decimal, fill, heading, numeric_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.baselines import assessments_of
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, ItemDone
from cadencecoach.record.progress.athlete import Progress, Session
from cadencecoach.record.progress.measures import SPM_PER_MPS
from cadencecoach.view.drawing.markup import Markup
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, pairs, paragraph, section, table
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import NOTABLE_PAIN
from cadencecoach.view.report.session.tables import check_in_words, moment_words
from cadencecoach.view.words import clean, clock, percent

MOST_SESSIONS = 200  # on the page; more would make it too large to send around
MOST_SAID = 30
MOST_ON_A_PHONE, MOST_ON_PAPER = 30, 5  # as in the style sheet


def sessions(sheet: ProgressSheet) -> Markup:
    """Every session, the newest first."""
    words, every = sheet.words, sheet.progress.sessions
    rows = (_cells(one, sheet) for one in every[::-1][:MOST_SESSIONS])
    shown = table(_headings(words.progress), rows, class_="cards newest")
    return section(words.progress.sessions, shown, *_rest_notes(sheet.progress, words.progress))


def _headings(texts: ProgressTexts) -> tuple[str, ...]:
    """What the numbers of a row are, in the order of `_cells`."""
    return (
        *(texts.day, texts.session_name, texts.running, texts.mean_spm, texts.at_same_speed, texts.target_column),
        *(texts.in_band, texts.kept, texts.corrected, texts.pain, texts.effort),
    )


def _rest_notes(progress: Progress, texts: ProgressTexts) -> Iterator[Markup]:
    """What the list does not show, on any screen and on a narrow one."""
    left_out = len(progress.sessions) - MOST_SESSIONS
    if left_out > 0:
        text = texts.one_left_out if left_out == 1 else texts.n_left_out
        yield paragraph(fill(text, number=left_out), "note")
    if len(progress.sessions) > MOST_ON_A_PHONE:
        yield paragraph(texts.narrow_screen, "note only-narrow")
    if len(progress.sessions) > MOST_ON_PAPER:
        yield paragraph(fill(texts.on_paper, number=MOST_ON_PAPER), "note only-paper")


def kept_ratio(session: Session) -> float | None:
    """Retention where it was measured, else carry-over."""
    return session.retention_ratio if session.retention_ratio is not None else session.carry_over_ratio


def _cells(session: Session, sheet: ProgressSheet) -> tuple[Cell, ...]:
    words, row, kept = sheet.words, session.row, kept_ratio(session)
    texts, name = words.progress, sheet.names.get(session.row.id) or session.row.plan_name
    in_band = row.in_band_s / row.band_s if row.band_s and row.in_band_s is not None else None
    return (
        Cell(numeric_day(row.day, texts.forms)),
        Cell(clean(words.of_plan(name)) or NOTHING, is_words=True),
        Cell(clock(row.running_s)),
        Cell(_number(row.mean_cadence_spm, ".1f", texts.forms)),
        Cell(decimal(session.cadence_spm, forms=texts.forms)),
        Cell(_number(row.target_spm, ".0f", texts.forms)),
        Cell(NOTHING if in_band is None else percent(in_band)),
        Cell(NOTHING if kept is None else percent(kept).replace("-", MINUS)),
        Cell(str(row.n_corrections) if row.band_s else NOTHING),
        Cell(_number(session.pain, "d", texts.forms)),
        Cell(_number(session.effort, "d", texts.forms)),
    )


def _number(value: float | None, form: str, forms: FormTexts) -> str:
    return NOTHING if value is None else decimal(value, form, forms)


def done(sheet: ProgressSheet) -> Markup:
    """How much was done, and how near to what was asked."""
    return section(sheet.words.progress.done, pairs(_done(sheet)), class_="off-paper")


def _done(sheet: ProgressSheet) -> Iterator[tuple[str, str]]:
    progress, dose, texts = sheet.progress, sheet.progress.dose, sheet.words.progress
    yield texts.sessions_row, str(dose.n_sessions)
    yield texts.running, f"{decimal(dose.running_min / 60, forms=texts.forms)} h"
    if dose.target_ratio:
        hours = decimal(dose.target_min / 60, forms=texts.forms)
        yield texts.with_target, fill(texts.hours_of_running, hours=hours, percent=percent(dose.target_ratio))
        yield texts.with_help, f"{decimal(dose.cued_min / 60, forms=texts.forms)} h"
    if progress.in_field_ratio is not None:
        yield texts.reached_target, fill(texts.reached, percent=percent(progress.in_field_ratio))
    if dose.corrections_per_min is not None:
        yield (
            texts.corrections,
            fill(texts.corrections_rate, rate=decimal(10 * dose.corrections_per_min, forms=texts.forms)),
        )
    items = [entry for entry in sheet.entries if isinstance(entry, ItemDone)]
    if items:
        yield texts.exercises, texts.one_item if len(items) == 1 else fill(texts.n_items, number=len(items))


def baselines(sheet: ProgressSheet) -> Markup | None:
    """Baseline runs that were taken, each once: what was said of it later is part of it."""
    taken = sorted((run for one in assessments_of(sheet.entries) for run in one.runs), key=lambda run: run.day)
    texts = sheet.words.progress
    return (
        section(
            texts.baselines,
            pairs((day_words(one.day, texts.forms), _baseline(one, sheet.words)) for one in taken),
            class_="off-paper",
        )
        if taken
        else None
    )


def _baseline(one: BaselineTaken, words: Phrasebook) -> str:
    texts = words.progress
    parts = [
        f"{decimal(one.cadence_spm, forms=texts.forms)} spm",
        fill(texts.at_speed, speed=words.measures.speed(one.speed_mps)) if one.speed_mps is not None else "",
        fill(texts.over_minutes, minutes=f"{one.duration_s / 60:.0f}") if one.duration_s is not None else "",
        clean(one.surface),
        f"{words.of_log(kind_of(one.taken_by))} (±{one.off_by_spm:g})" if one.is_marked else "",
        *(f"{clean(name)}: {clean(words)}" for name, words in one.seen),
    ]
    return ", ".join(part for part in parts if part)


def decisions(sheet: ProgressSheet) -> Markup | None:
    """What the programme decided, the newest first, each with its reasons."""
    decided = [entry for entry in sheet.entries if isinstance(entry, Decided)][::-1][:MOST_SAID]
    words = sheet.words
    rows = ((day_words(one.day, words.forms), clean(_decision_words(one, words))) for one in decided)
    return section(words.progress.decided, pairs(rows), class_="off-paper") if decided else None


def _decision_words(one: Decided, words: Phrasebook) -> str:
    return f"{heading(words.of_log(one.verdict), words.forms)} {' · '.join(map(words.of_log, one.reasons))}"


def report_table(sheet: ProgressSheet) -> Markup | None:
    """Check-ins with pain, a sign that ends a session, or words of the runner; the newest first."""
    telling = [one for one in sheet.check_ins if is_telling(one)][::-1][:MOST_SAID]
    texts, words = sheet.words.progress, sheet.words
    rows = (
        (
            fill(texts.check_in, day=day_words(one.day, words.forms), moment=moment_words(one.moment, words.report)),
            check_in_words(one, words),
        )
        for one in telling
    )
    return section(fill(texts.reported, limit=NOTABLE_PAIN), pairs(rows, "few")) if telling else None


def is_telling(one: CheckIn) -> bool:
    """Whether a check-in is worth a line."""
    return bool(one.flags or one.note or (one.pain is not None and one.pain >= NOTABLE_PAIN))


def definitions(words: Phrasebook, *, has_moved: bool) -> Markup:
    """How the numbers are defined."""
    texts = words.progress
    told = (
        (texts.cadence, texts.cadence_means),
        (texts.at_same_speed, fill(texts.at_same_speed_means, slope=words.measures.slope(SPM_PER_MPS))),
        (texts.more_than_chance, texts.more_than_chance_means),
        (texts.more_or_less, texts.more_or_less_means),
        *([(texts.moved, texts.moved_means)] if has_moved else []),
        (texts.kept, texts.kept_means),
        (texts.pain_and_effort, texts.pain_and_effort_means),
    )
    return section(texts.how_to_read, pairs(told), class_="off-paper")
