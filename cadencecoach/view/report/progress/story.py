"""What the sessions of an athlete come to, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.record.entries import CheckIn
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.record.progress.flat import Flat, flat_stretches
from cadencecoach.record.progress.noise import Change
from cadencecoach.view.report.page import MINUS
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.words import counted, percent

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOTABLE_PAIN = 4  # of 10; up to 3 counts as safe in the pain-monitoring rule for tendons (docs/report.md)


def day_words(day: date, *, with_year: bool = True) -> str:
    """A day as a person writes it, the same in every locale."""
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def headline(progress: Progress) -> str:
    """One sentence: whether the cadence has changed."""
    n_sessions = len(progress.sessions)
    if progress.change is None:
        return "No session with running yet." if not n_sessions else "One session so far: too few to compare."
    change = progress.change
    size = change_words(change)
    if change.is_beyond_noise:
        way = "higher" if change.change_spm > 0 else "lower"
        return f"Cadence is {size} {way} than at the start: more than chance."
    return f"No clear change in cadence ({signed(change.change_spm)} spm; up to {change.mdc_spm:.1f} can be chance)."


def change_words(change: Change) -> str:
    """How large a change is, without its direction."""
    return f"{abs(change.change_spm):.1f} spm ({abs(100 * change.change_ratio):.1f} %)"


def signed(value: float, form: str = ".1f") -> str:
    """A number with its sign, a true minus."""
    return format(value, "+" + form).replace("-", MINUS)


def lead(sheet: ProgressSheet) -> tuple[str, ...]:
    """What else a reader of one minute should know, one sentence each."""
    progress = sheet.progress
    said = (
        _change_sentence(progress),
        _retained_sentence(progress),
        *(_flat(flat) for flat in flats(progress)),
        _layoffs(progress),
        _pain(sheet.check_ins, progress),
    )
    return tuple(sentence for sentence in said if sentence)


def flats(progress: Progress) -> tuple[Flat, ...]:
    """Stretches without a change beyond chance; none where the whole time is one, which the headline has said."""
    days = [session.row.day for session in progress.sessions]
    found = flat_stretches(days, [session.cadence_spm for session in progress.sessions], progress.noise)
    return () if progress.change is None or not progress.change.is_beyond_noise else found


def mdc_words(change: Change) -> str:
    """What a change has to exceed, and where that comes from."""
    source = "the runner's own spread from run to run" if change.noise.is_own else "the usual spread of other runners"
    return f"{change.mdc_spm:.1f} spm ({100 * change.mdc_ratio:.1f} %), from {source}"


def _change_sentence(progress: Progress) -> str:
    change = progress.change
    if change is None:
        return ""
    speed = f" at {progress.speed_mps * 3.6:.1f} km/h" if progress.speed_mps is not None else ""
    return (
        f"From {change.before_spm:.0f} spm in the first {counted(change.n_before, 'run')} to {change.after_spm:.0f} in"
        f" the last {change.n_after}{speed}; chance explains up to {mdc_words(change)}."
    )


def _retained_sentence(progress: Progress) -> str:
    change = progress.retained
    if change is None:
        return ""
    verdict = "more than chance" if change.is_beyond_noise else f"within chance ({change.mdc_spm:.1f} spm)"
    return f"Before any help in a session: {signed(change.change_spm)} spm, {verdict}."


def _flat(flat: Flat) -> str:
    weeks = round((flat.last - flat.first).days / 7)
    return (
        f"From {day_words(flat.first)} to {day_words(flat.last)} it stayed level for {weeks} weeks"
        f" ({flat.low_spm:.0f} to {flat.high_spm:.0f} spm)."
    )


def _layoffs(progress: Progress) -> str:
    if not progress.layoffs:
        return ""
    longest = max(progress.layoffs, key=lambda stretch: stretch[1] - stretch[0])
    n_days = (longest[1] - longest[0]).days + 1
    words = f"{counted(len(progress.layoffs), 'layoff')}, the longest" if len(progress.layoffs) > 1 else "A layoff of"
    return f"{words} {n_days} days from {day_words(longest[0])}."


def _pain(check_ins: Sequence[CheckIn], progress: Progress) -> str:
    """Days of notable pain, and when they were."""
    days = sorted(set(_painful_days(check_ins, progress)))
    if not days:
        rated = any(one.pain is not None for one in check_ins) or any(s.pain is not None for s in progress.sessions)
        return f"Pain never reached {NOTABLE_PAIN} of 10." if rated else ""
    highest = max(
        [one.pain for one in check_ins if one.pain is not None]
        + [s.pain for s in progress.sessions if s.pain is not None]
    )
    when = f"on {day_words(days[0])}" if len(days) == 1 else f"between {day_words(days[0])} and {day_words(days[-1])}"
    return f"Pain of {NOTABLE_PAIN} or more out of 10 on {counted(len(days), 'day')} {when}, at most {highest}."


def _painful_days(check_ins: Sequence[CheckIn], progress: Progress) -> Iterator[date]:
    yield from (one.day for one in check_ins if one.pain is not None and one.pain >= NOTABLE_PAIN)
    yield from (s.row.day for s in progress.sessions if s.pain is not None and s.pain >= NOTABLE_PAIN)


def in_field_words(progress: Progress) -> str:
    """Adherence in the field, as a number."""
    return percent(progress.in_field_ratio)
