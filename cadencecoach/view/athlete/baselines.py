"""Baselines side by side: the first, the ones after it, and what a change has to exceed to be called one."""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.gait.sources import kind_of
from cadencecoach.gait.taps import TAPS
from cadencecoach.plan.forms import decimal, fill, numeric_day
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.record.baselines import Assessment
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.progress.measures import SPM_PER_MPS
from cadencecoach.record.progress.noise import Change, Noise
from cadencecoach.record.progress.reassessment import change_of
from cadencecoach.units import Measures

MOST_SHOWN = 4  # the first and the last three
DAYS_OF_WEEK = 7
IN_WEEKS_FROM = 14  # days: a younger age is told in days


def baseline_rows(every: Sequence[Assessment], measures: Measures) -> tuple[tuple[str, ...], ...]:
    """A table: what is measured, then what was seen; a column for each baseline."""
    shown = (*every[:1], *every[1:][-(MOST_SHOWN - 1) :])
    names = dict.fromkeys(name for one in shown for name in one.seen)
    rows = [
        ("", *(one.day.isoformat() for one in shown)),
        ("cadence", *(f"{one.cadence_spm:.1f} spm" for one in shown)),
        ("runs", *(_runs_words(one) for one in shown)),
        ("speed", *("" if one.speed_mps is None else measures.speed(one.speed_mps) for one in shown)),
        ("surface", *(one.surface for one in shown)),
        *((name, *(one.seen.get(name, "") for one in shown)) for name in names),
    ]
    return tuple(row for row in rows if any(row[1:]))


def change_lines(every: Sequence[Assessment], measures: Measures, noise: Noise | None = None) -> Iterator[str]:
    """What changed from the first baseline to the last on the same surface, and whether chance could do it."""
    last = every[-1] if every else None
    if last is None:
        return
    same = [one for one in every[:-1] if one.surface.casefold() == last.surface.casefold()]
    if not same:
        return
    change = change_of(same[0], last, noise)
    yield f"from {same[0].day} to {last.day}: {_change_words(change)}"
    yield verdict_of(change)
    if same[0].speed_mps is None or last.speed_mps is None:
        yield "The speeds are unknown; faster running means quicker steps, so speed may explain this."
    elif abs(same[0].speed_mps - last.speed_mps) >= 0.01:  # noqa: PLR2004  # less changes no cadence that is shown
        slope = measures.slope(SPM_PER_MPS)
        yield f"Both at {measures.speed(same[0].speed_mps)}: the later one was adjusted to it by {slope}."


def verdict_of(change: Change) -> str:
    """Whether it may be called a change."""
    least = f"{change.mdc_spm:.1f} spm ({change.mdc_ratio * 100:.1f} %)"
    runs = f"{change.n_before} against {change.n_after} run{'s'[: change.n_after != 1]}"
    if change.is_beyond_noise:
        return f"More than {least}: with {runs}, chance stays below that 19 times in 20."
    return f"Less than {least}: with {runs} this may be chance, so it does not count as a change."


def age_words(one: Assessment, today: date, words: Phrasebook = ENGLISH) -> str:
    """How long ago a baseline was measured; of an old one, that it should be measured again."""
    n_days, texts = (today - one.last_day).days, words.programme
    if n_days < 0:
        return fill(texts.dated_ahead, day=numeric_day(one.last_day, words.forms))
    if n_days == 0:
        return texts.measured_today
    if n_days >= IN_WEEKS_FROM:
        age = fill(texts.measured_weeks_ago, number=n_days // DAYS_OF_WEEK)
    else:
        age = texts.measured_a_day_ago if n_days == 1 else fill(texts.measured_days_ago, number=n_days)
    return fill(texts.old, age=age) if one.is_old(today) else age


def standing_words(one: Assessment, today: date, words: Phrasebook = ENGLISH) -> str:
    """A baseline in a line, whether it is provisional, and how old it is."""
    texts, forms, number = words.programme, words.forms, len(one.counted)
    speed = "" if one.speed_mps is None else fill(texts.stored_at_speed, speed=words.measures.speed(one.speed_mps))
    where = "".join(f" {part}" for part in (speed, f"({one.surface})" if one.surface else "") if part)
    text = texts.stored if number == 1 else texts.stored_n
    whole = fill(text, cadence=decimal(one.cadence_spm, forms=forms), where=where, number=number)
    provisional = texts.provisional if one.is_provisional else ""
    parts = (whole, _mark_words(one, words), provisional, age_words(one, today, words))
    return "; ".join(part for part in parts if part)


def _mark_words(one: Assessment, words: Phrasebook) -> str:
    """That it comes from a coarse source, and whether a programme counts from it all the same."""
    if not one.is_marked:
        return ""
    values = {"source": words.of_log(kind_of(one.taken_by)), "error": f"{one.error_spm:g}"}
    if one.starts_programmes:
        return fill(words.programme.stored_accepted, reason=one.accepted, **values)
    return fill(words.programme.stored_marked, **values)


def assessment_json(one: Assessment, today: date) -> dict[str, object]:
    """A baseline for a program."""
    return {
        "day": one.day.isoformat(),
        "age_days": (today - one.last_day).days,
        "old": one.is_old(today),
        "cadence_spm": one.cadence_spm,
        "speed_mps": one.speed_mps,
        "surface": one.surface,
        "provisional": one.is_provisional,
        "from_taps": one.taken_by == TAPS,
        "taken_by": one.taken_by or None,
        "error_spm": one.error_spm,
        "starts_programmes": one.starts_programmes,
        "accepted": one.accepted or None,
        "runs": [
            {
                "id": entry_id(run),
                "day": run.day.isoformat(),
                "cadence_spm": run.cadence_spm,
                "speed_mps": run.speed_mps,
                "duration_s": run.duration_s,
                "session": run.session,
                "taken_by": run.taken_by or None,
                "error_spm": run.off_by_spm,
                "accepted": run.accepted or None,
            }
            for run in one.runs
        ],
        "seen": one.seen,
    }


def change_json(every: Sequence[Assessment], noise: Noise | None = None) -> dict[str, object] | None:
    """The change from the first to the last on one surface, for a program; None where there are no two."""
    same = [one for one in every if every and one.surface.casefold() == every[-1].surface.casefold()]
    if len(same) < 2:  # noqa: PLR2004  # two sides
        return None
    change = change_of(same[0], same[-1], noise)
    return {
        "change_spm": change.change_spm,
        "change_ratio": change.change_ratio,
        "mdc_spm": change.mdc_spm,
        "mdc_ratio": change.mdc_ratio,
        "beyond_noise": change.is_beyond_noise,
    }


def _runs_words(one: Assessment) -> str:
    n_runs = len(one.counted)
    mark = f", {source_words(one.taken_by)} (±{one.error_spm:g})" if one.is_marked else ""
    accepted = ", accepted" if one.is_marked and one.starts_programmes else ""
    return f"{n_runs} run{'s'[: n_runs != 1]}{', provisional' if one.is_provisional else ''}{mark}{accepted}"


def source_words(source: str) -> str:
    """Where a baseline comes from, for the clinician."""
    return f"from {kind_of(source)}"


def _change_words(change: Change) -> str:
    return f"{change.change_spm:+.1f} spm ({change.change_ratio * 100:+.1f} %)"
