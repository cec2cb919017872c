"""What the sessions of an athlete come to, in words."""

from collections.abc import Iterator, Sequence
from datetime import date

from cadencecoach.plan.forms import ENGLISH_FORMS, FormTexts, day_words, decimal, fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.progress_texts import ENGLISH_PROGRESS, ProgressTexts
from cadencecoach.record.entries import CheckIn
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.record.progress.flat import Flat, flat_stretches
from cadencecoach.record.progress.noise import Change
from cadencecoach.view.report.page import MINUS
from cadencecoach.view.report.progress.sheet import ProgressSheet

NOTABLE_PAIN = 4  # of 10; up to 3 counts as safe in the pain-monitoring rule for tendons (docs/report.md)


def headline(progress: Progress, texts: ProgressTexts = ENGLISH_PROGRESS) -> str:
    """One sentence: whether the cadence has changed."""
    change = progress.change
    if change is None:
        return texts.one_session if progress.sessions else texts.no_running
    if change.is_beyond_noise:
        size = _both(abs(change.change_spm), abs(change.change_ratio), texts.forms)
        return fill(texts.higher if change.change_spm > 0 else texts.lower, size=size)
    return fill(
        texts.no_clear_change,
        change=signed_text(change.change_spm, texts.forms),
        chance=decimal(change.mdc_spm, forms=texts.forms),
    )


def signed_text(value: float, forms: FormTexts = ENGLISH_FORMS) -> str:
    """A number with its sign, a true minus."""
    return decimal(value, "+.1f", forms).replace("-", MINUS)


def _both(cadence_spm: float, ratio: float, forms: FormTexts) -> str:
    """A change in steps a minute and in percent."""
    return f"{decimal(cadence_spm, forms=forms)} spm ({decimal(100 * ratio, forms=forms)} %)"


def lead(sheet: ProgressSheet) -> tuple[str, ...]:
    """What else a reader of one minute should know, one sentence each."""
    progress, texts = sheet.progress, sheet.words.progress
    said = (
        _change_sentence(progress, sheet.words),
        _retained_sentence(progress, texts),
        *(_flat(flat, texts) for flat in flats(progress)),
        _layoffs(progress, texts),
        _pain(sheet.check_ins, progress, texts),
    )
    return tuple(sentence for sentence in said if sentence)


def flats(progress: Progress) -> tuple[Flat, ...]:
    """Stretches without a change beyond chance; none where the whole time is one, which the headline has said."""
    days = [session.row.day for session in progress.sessions]
    found = flat_stretches(days, [session.cadence_spm for session in progress.sessions], progress.noise)
    return () if progress.change is None or not progress.change.is_beyond_noise else found


def mdc_words(change: Change, texts: ProgressTexts) -> str:
    """What a change has to exceed, and where that comes from."""
    chance = _both(change.mdc_spm, change.mdc_ratio, texts.forms)
    return fill(
        texts.chance_from, chance=chance, source=texts.own_spread if change.noise.is_own else texts.usual_spread
    )


def _change_sentence(progress: Progress, words: Phrasebook) -> str:
    texts = words.progress
    change = progress.change
    if change is None:
        return ""
    return fill(
        texts.from_to if progress.speed_mps is None else texts.from_to_at_speed,
        before=f"{change.before_spm:.0f}",
        first=texts.first_run if change.n_before == 1 else fill(texts.first_n_runs, number=change.n_before),
        after=f"{change.after_spm:.0f}",
        n_after=change.n_after,
        speed="" if progress.speed_mps is None else words.measures.speed(progress.speed_mps),
        chance=mdc_words(change, texts),
    )


def _retained_sentence(progress: Progress, texts: ProgressTexts) -> str:
    change = progress.retained
    if change is None:
        return ""
    text = texts.before_help_beyond if change.is_beyond_noise else texts.before_help_within
    return fill(
        text, change=signed_text(change.change_spm, texts.forms), chance=decimal(change.mdc_spm, forms=texts.forms)
    )


def _flat(flat: Flat, texts: ProgressTexts) -> str:
    return fill(
        texts.level,
        first=day_words(flat.first, texts.forms),
        last=day_words(flat.last, texts.forms),
        weeks=round((flat.last - flat.first).days / 7),
        low=f"{flat.low_spm:.0f}",
        high=f"{flat.high_spm:.0f}",
    )


def _layoffs(progress: Progress, texts: ProgressTexts) -> str:
    if not progress.layoffs:
        return ""
    longest = max(progress.layoffs, key=lambda stretch: stretch[1] - stretch[0])
    n_days = (longest[1] - longest[0]).days + 1
    text = texts.layoffs if len(progress.layoffs) > 1 else texts.one_layoff
    return fill(text, number=len(progress.layoffs), days=n_days, first=day_words(longest[0], texts.forms))


def _pain(check_ins: Sequence[CheckIn], progress: Progress, texts: ProgressTexts) -> str:
    """Days of notable pain, and when they were."""
    days = sorted(set(_painful_days(check_ins, progress)))
    if not days:
        rated = any(one.pain is not None for one in check_ins) or any(s.pain is not None for s in progress.sessions)
        return fill(texts.pain_never, limit=NOTABLE_PAIN) if rated else ""
    highest = max(
        [one.pain for one in check_ins if one.pain is not None]
        + [s.pain for s in progress.sessions if s.pain is not None]
    )
    return fill(
        texts.pain_on_day if len(days) == 1 else texts.pain_on_days,
        limit=NOTABLE_PAIN,
        number=len(days),
        first=day_words(days[0], texts.forms),
        last=day_words(days[-1], texts.forms),
        highest=highest,
    )


def _painful_days(check_ins: Sequence[CheckIn], progress: Progress) -> Iterator[date]:
    yield from (one.day for one in check_ins if one.pain is not None and one.pain >= NOTABLE_PAIN)
    yield from (s.row.day for s in progress.sessions if s.pain is not None and s.pain >= NOTABLE_PAIN)
