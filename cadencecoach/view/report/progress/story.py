"""What an athlete's weeks come to, in words: a stop first, then own cadence, then what was seen beside it."""

from collections.abc import Iterator

from cadencecoach.plan.forms import ENGLISH_FORMS, FormTexts, day_words, decimal, fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.plan.progress_texts import ProgressTexts
from cadencecoach.record.progress.athlete import Progress
from cadencecoach.record.progress.felt import Shift, StopSign, shift_of
from cadencecoach.record.progress.flat import Flat, flat_stretches
from cadencecoach.record.progress.noise import Change
from cadencecoach.view.report.page import MINUS
from cadencecoach.view.report.progress.sheet import ProgressSheet
from cadencecoach.view.words import clean

NOTABLE_PAIN = 4  # of 10; up to 3 counts as safe in the pain-monitoring rule for tendons (docs/report.md)


def headline(sheet: ProgressSheet) -> str:
    """One sentence: why nothing is to be run, else what became of own cadence since the baseline."""
    texts, own = sheet.words.progress, sheet.progress.own
    if sheet.stop:
        return fill(texts.stopped, reason=clean(sheet.stop))
    change = own.told
    if change is not None:
        return _change_headline(change, texts)
    if own.baseline is not None:
        return fill(texts.only_baseline, cadence=decimal(own.baseline.cadence_spm, forms=texts.forms))
    return texts.no_baseline if sheet.progress.sessions else texts.no_running


def _change_headline(change: Change, texts: ProgressTexts) -> str:
    if change.is_beyond_noise:
        size = both_units(abs(change.change_spm), abs(change.change_ratio), texts.forms)
        return fill(texts.higher if change.change_spm > 0 else texts.lower, size=size)
    return fill(
        texts.no_clear_change,
        change=signed_text(change.change_spm, texts.forms),
        chance=decimal(change.mdc_spm, forms=texts.forms),
    )


def lead(sheet: ProgressSheet) -> tuple[str, ...]:
    """What else a reader of one minute should know, one sentence each."""
    progress, texts = sheet.progress, sheet.words.progress
    change = progress.own.told
    said = (
        _change_headline(change, texts) if sheet.stop and change is not None else "",
        *_doubts(sheet),
        _without_baseline(progress, texts),
        *(_flat(flat, texts) for flat in flats(progress)),
        _layoffs(progress, texts),
        *_tell_together(sheet),
        _pain(sheet),
    )
    return tuple(sentence for sentence in said if sentence)


def signed_text(value: float, forms: FormTexts = ENGLISH_FORMS) -> str:
    """A number with its sign, a true minus."""
    return decimal(value, "+.1f", forms).replace("-", MINUS)


def both_units(cadence_spm: float, ratio: float, forms: FormTexts) -> str:
    """A change in steps a minute and in percent."""
    return f"{decimal(cadence_spm, forms=forms)} spm ({decimal(100 * ratio, forms=forms)} %)"


def sign_words(sign: StopSign, words: Phrasebook = ENGLISH) -> str:
    """A sign to stop, and the day it was reported."""
    texts = words.progress
    said = sorted(words.of_log(flag.value) for flag in sign.flags)
    if sign.pain:
        place = "" if sign.site is None else words.of_log(sign.site.value)
        said.append(fill(texts.pain_level_at if place else texts.pain_level, level=sign.pain, place=place))
    return fill(texts.reported_on_day, signs=", ".join(said), day=day_words(sign.day, words.forms))


def flats(progress: Progress) -> tuple[Flat, ...]:
    """Stretches of own cadence without a change beyond chance; none where the whole time is one."""
    unaided, change = progress.own.unaided, progress.own.told or progress.own.now
    if change is None or not change.is_beyond_noise:
        return ()
    return flat_stretches([one.day for one in unaided], [one.cadence_spm for one in unaided], progress.own.noise)


def chance_words(change: Change, texts: ProgressTexts) -> str:
    """Whether a change may be chance, and how much can be."""
    chance = both_units(change.mdc_spm, change.mdc_ratio, texts.forms)
    return fill(texts.beyond_chance if change.is_beyond_noise else texts.within_chance, chance=chance)


def rise_words(shift: Shift, texts: ProgressTexts) -> str:
    """Means of the first and of the last answers."""
    first, last = (decimal(value, forms=texts.forms) for value in (shift.first, shift.last))
    return fill(texts.first_to_last, first=first, last=last)


def _doubts(sheet: ProgressSheet) -> Iterator[str]:
    """What the baseline is worth."""
    texts, own = sheet.words.progress, sheet.progress.own
    if own.baseline is not None and own.baseline.is_marked:
        yield fill(texts.marked_baseline, error=f"{own.baseline.error_spm:g}")
    elif own.baseline is not None and own.baseline.is_provisional:
        yield texts.provisional_baseline
    if own.told is not None and own.told.is_beyond_noise and sheet.progress.speed_mps is None:
        yield texts.speed_may_explain


def _without_baseline(progress: Progress, texts: ProgressTexts) -> str:
    """From the first probes to the last, where there is no baseline to begin with."""
    change = progress.own.now
    if change is None or progress.own.baseline is not None:
        return ""
    return fill(
        texts.first_to_last_probes,
        number=change.n_before,
        before=decimal(change.before_spm, forms=texts.forms),
        after=decimal(change.after_spm, forms=texts.forms),
        chance=chance_words(change, texts),
    )


def _tell_together(sheet: ProgressSheet) -> Iterator[str]:
    """Pain that is more than at first, and whether own cadence rose in the same weeks; no word of a cause."""
    texts, felt, change = sheet.words.progress, sheet.felt, sheet.progress.own.told
    is_up = change is not None and change.is_beyond_noise and change.change_spm > 0
    for site in felt.pain:
        shift = shift_of(felt.at(site))
        if shift is not None and shift.is_more:
            place = texts.place_not_named if site is None else sheet.words.of_log(site.value)
            text = texts.both_rose if is_up else texts.pain_rose
            yield fill(text, place=place, change=rise_words(shift, texts))


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


def _pain(sheet: ProgressSheet) -> str:
    """Days of notable pain, and when they were."""
    worst, texts = sheet.felt.worst, sheet.words.progress
    days = sorted(day for day, level in worst.items() if level >= NOTABLE_PAIN)
    if not days:
        return fill(texts.pain_never, limit=NOTABLE_PAIN) if worst else ""
    return fill(
        texts.pain_on_day if len(days) == 1 else texts.pain_on_days,
        limit=NOTABLE_PAIN,
        number=len(days),
        first=day_words(days[0], texts.forms),
        last=day_words(days[-1], texts.forms),
        highest=max(worst.values()),
    )
