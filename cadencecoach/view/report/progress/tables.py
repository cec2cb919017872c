"""The tables of an athlete's page: what was done, decided and said, and every session."""

from collections.abc import Iterator

from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, ItemDone
from cadencecoach.record.progress.athlete import Progress, Session
from cadencecoach.record.progress.measures import adherence_ratio
from cadencecoach.record.progress.noise import Change
from cadencecoach.view.drawing.markup import Markup
from cadencecoach.view.report.page import MINUS, NOTHING, Cell, pairs, paragraph, section, table
from cadencecoach.view.report.progress.panels import kept_ratio
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.report.progress.story import NOTABLE_PAIN, day_words, in_field_words, mdc_words, signed
from cadencecoach.view.report.session.tables import MOMENTS, check_in_words
from cadencecoach.view.words import clean, clock, counted, percent

MOST_SESSIONS = 200  # on the page; more would make it too large to send around
MOST_SAID = 30
MOST_ON_A_PHONE = 30  # as in the style sheet
HEADINGS = (
    *("day", "plan", "running", "mean, spm", "at the same speed", "target", "in band"),
    *("kept without help", "corrected", "pain", "effort"),
)


def sessions(progress: Progress) -> Markup:
    """Every session, the newest first."""
    newest = progress.sessions[::-1][:MOST_SESSIONS]
    return section("Sessions", table(HEADINGS, map(_cells, newest), class_="cards newest"), *_rest_notes(progress))


def _rest_notes(progress: Progress) -> Iterator[Markup]:
    """What the list does not show, on any screen and on a narrow one."""
    left_out = len(progress.sessions) - MOST_SESSIONS
    if left_out > 0:
        yield paragraph(f"{counted(left_out, 'older session')} left out here; all of them count above.", "note")
    if len(progress.sessions) > MOST_ON_A_PHONE:
        yield paragraph(
            "Only the newest 30 are shown on a narrow screen; wide screens and paper show more.", "note only-narrow"
        )


def _cells(session: Session) -> tuple[Cell, ...]:
    row, kept = session.row, kept_ratio(session)
    in_band = row.in_band_s / row.band_s if row.band_s and row.in_band_s is not None else None
    return (
        Cell(row.day.isoformat()),
        Cell(clean(row.plan_name) or NOTHING, is_words=True),
        Cell(clock(row.running_s)),
        Cell(_number(row.mean_cadence_spm, ".1f")),
        Cell(f"{session.cadence_spm:.1f}"),
        Cell(_number(row.target_spm, ".0f")),
        Cell(NOTHING if in_band is None else percent(in_band)),
        Cell(NOTHING if kept is None else percent(kept).replace("-", MINUS)),
        Cell(str(row.n_corrections) if row.band_s else NOTHING),
        Cell(_number(session.pain, "d")),
        Cell(_number(session.effort, "d")),
    )


def _number(value: float | None, form: str) -> str:
    return NOTHING if value is None else format(value, form)


def done(sheet: ProgressSheet) -> Markup:
    """How much was done, and how near to what was asked."""
    return section("What was done", pairs(_done(sheet)))


def _done(sheet: ProgressSheet) -> Iterator[tuple[str, str]]:
    progress, dose = sheet.progress, sheet.progress.dose
    yield "sessions", str(dose.n_sessions)
    if sheet.n_planned:
        ratio = adherence_ratio(dose.n_sessions, sheet.n_planned)
        yield "of those planned", f"{percent(ratio)} ({dose.n_sessions} of {sheet.n_planned})"
    yield "running", f"{dose.running_min / 60:.1f} h"
    if dose.target_ratio:
        yield "with a target", f"{dose.target_min / 60:.1f} h, {percent(dose.target_ratio)} of the running"
        yield "with help", f"{dose.cued_min / 60:.1f} h"
    if progress.in_field_ratio is not None:
        yield (
            "reached the target",
            f"{in_field_words(progress)} of sessions with a target (mean at least target \u2212 3 %)",
        )
    if dose.corrections_per_min is not None:
        yield "corrections", f"{10 * dose.corrections_per_min:.1f} per 10 min with a target"
    items = [entry for entry in sheet.entries if isinstance(entry, ItemDone)]
    if items:
        yield "exercises", f"{counted(len(items), 'item')} ticked off"


def changes(progress: Progress) -> Markup | None:
    """Changes from the first to the last runs, each with what chance alone can make."""
    rows = (("cadence of the session", progress.change), ("before any help of it", progress.retained))
    told = [(words, _change(change)) for words, change in rows if change is not None]
    return section("What has changed", pairs(told)) if told else None


def _change(change: Change) -> str:
    verdict = f"{'more than' if change.is_beyond_noise else 'within'} chance, up to {mdc_words(change)}"
    size = f"{signed(change.change_spm)} spm ({signed(100 * change.change_ratio)} %)"
    return f"{change.before_spm:.1f} to {change.after_spm:.1f} spm: {size}, {verdict}"


def baselines(sheet: ProgressSheet) -> Markup | None:
    """Baselines that were taken."""
    taken = [entry for entry in sheet.entries if isinstance(entry, BaselineTaken)]
    return section("Own cadence", pairs((day_words(one.day), _baseline(one)) for one in taken)) if taken else None


def _baseline(one: BaselineTaken) -> str:
    parts = [
        f"{one.cadence_spm:.1f} spm",
        f"at {one.speed_mps * 3.6:.1f} km/h" if one.speed_mps is not None else "",
        f"over {one.duration_s / 60:.0f} min" if one.duration_s is not None else "",
        clean(one.surface),
        *(f"{clean(name)}: {clean(words)}" for name, words in one.seen),
    ]
    return ", ".join(part for part in parts if part)


def decisions(sheet: ProgressSheet) -> Markup | None:
    """What the programme decided, the newest first, each with its reasons."""
    decided = [entry for entry in sheet.entries if isinstance(entry, Decided)][::-1][:MOST_SAID]
    rows = ((day_words(one.day), f"{clean(one.verdict)}: {' '.join(map(clean, one.reasons))}") for one in decided)
    return section("What the programme decided", pairs(rows)) if decided else None


def reported(sheet: ProgressSheet) -> Markup | None:
    """Check-ins with pain, a sign that ends a session, or words of the runner; the newest first."""
    telling = [one for one in sheet.check_ins if is_telling(one)][::-1][:MOST_SAID]
    rows = ((f"{day_words(one.day)}, {MOMENTS[one.moment]}", check_in_words(one)) for one in telling)
    heading = f"What the runner reported (pain of {NOTABLE_PAIN} or more, signs, notes)"
    return section(heading, pairs(rows)) if telling else None


def is_telling(one: CheckIn) -> bool:
    """Whether a check-in is worth a line."""
    return bool(one.flags or one.note or (one.pain is not None and one.pain >= NOTABLE_PAIN))


DEFINITIONS = (
    (
        "cadence",
        "steps a minute, both feet, mean over running time; walking, pauses and gaps in the sensor's readings left out",
    ),
    ("at the same speed", "adjusted to the speed of the first baseline, else the median speed, by 6.5 spm per m/s"),
    (
        "more than chance",
        (
            "larger than the minimal detectable change, 1.96 · CV · √(1/n + 1/m) for means of n and m runs;"
            " 19 times in 20 chance alone stays below it"
        ),
    ),
    (
        "kept without help",
        (
            "(cadence in probes \u2212 own cadence) / (target \u2212 own cadence); probes before any help in the"
            " session if there are any, otherwise all probes"
        ),
    ),
    ("pain, effort", "0 (none) to 10, as the runner rated them; the highest of each day"),
)


def definitions() -> Markup:
    """How the numbers are defined."""
    return section("How to read the numbers", pairs(DEFINITIONS))
