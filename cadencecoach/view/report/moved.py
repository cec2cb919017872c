"""Oscillation, contact time and stride in words: for a session's page, the terminal, and an athlete's page."""

from collections.abc import Iterator

from cadencecoach.gait.dynamics import Measured
from cadencecoach.plan.forms import decimal, fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.report_texts import ReportTexts
from cadencecoach.record.dynamics import BEYOND_ERRORS, CONTACT, OSCILLATION, STRIDE, Compared
from cadencecoach.record.entrainment import Entrainment
from cadencecoach.record.figures import Summary
from cadencecoach.view.drawing.markup import Markup
from cadencecoach.view.report.page import MINUS, pairs, paragraph, section

M_PER_FOOT = 0.3048


def quantity_words(quantity: str, texts: ReportTexts) -> str:
    """What a quantity is called."""
    return {OSCILLATION: texts.oscillation, CONTACT: texts.contact, STRIDE: texts.stride}[quantity]


def place_words(placement: str, texts: ReportTexts) -> str:
    """Where a sensor sat; empty where that is not known, or a word of another version."""
    known = {"foot": texts.place_foot, "hip": texts.place_hip, "chest": texts.place_chest}
    return {**known, "hip or chest": texts.place_trunk}.get(placement, "")


def amount(quantity: str, value: float, words: Phrasebook, *, has_sign: bool = False) -> str:
    """A value with its unit: whole mm and ms, a stride in hundredths of a metre or of a foot."""
    unit, form = {OSCILLATION: ("mm", ".0f"), CONTACT: ("ms", ".0f"), STRIDE: ("m", ".2f")}[quantity]
    if quantity == STRIDE and words.measures.is_imperial:
        unit, value = "ft", value / M_PER_FOOT
    return f"{decimal(value, f'+{form}' if has_sign else form, words.forms).replace('-', MINUS)} {unit}"


def least_change(one: Compared, words: Phrasebook) -> str:
    """What a change would have to exceed."""
    return amount(one.quantity, BEYOND_ERRORS * one.error, words)


def moved_lines(summary: Summary, words: Phrasebook) -> Iterator[tuple[str, str]]:
    """Each quantity that is known, with its error, and what came of it since the baseline was set."""
    texts = words.report
    compared = {one.quantity: one for one in summary.dynamics_compared}
    for quantity, told in summary.dynamics.known.items():
        said = [_told_words(quantity, told, summary, words)]
        if quantity in compared:
            said.append(_change_words(compared[quantity], words))
        yield quantity_words(quantity, texts), "; ".join(said)
    if summary.entrainment is not None:
        yield texts.in_step, entrainment_words(summary.entrainment, texts)


def entrainment_words(told: Entrainment, texts: ReportTexts) -> str:
    """How steps kept to the beat, as one line."""
    form = texts.in_step_early if told.mean_ms < 0 else texts.in_step_late
    return fill(form, mean=abs(round(told.mean_ms)), sd=round(told.sd_ms), part=round(told.near_ratio * 100))


def _told_words(quantity: str, told: Measured, summary: Summary, words: Phrasebook) -> str:
    texts = words.report
    place = "" if quantity == STRIDE else place_words(summary.dynamics.placement, texts)
    value, error = amount(quantity, told.value, words), amount(quantity, told.error, words)
    if not place:
        return fill(texts.told_within, value=value, error=error)
    return fill(texts.told_within_at, value=value, error=error, place=place)


def _change_words(one: Compared, words: Phrasebook) -> str:
    texts = words.report
    if not one.is_beyond_error:
        return fill(texts.moved_no_change, least=least_change(one, words))
    return fill(
        texts.moved_change,
        before=amount(one.quantity, one.before.value, words),
        after=amount(one.quantity, one.after.value, words),
        change=amount(one.quantity, one.change, words, has_sign=True),
    )


def moved_section(summary: Summary, words: Phrasebook) -> Markup | None:
    """The part of a session's page; None where nothing was told."""
    lines, texts, speed_mps = list(moved_lines(summary, words)), words.report, summary.dynamics.speed_mps
    if not lines:
        return None
    at_speed = [] if speed_mps is None else [fill(texts.moved_at_speed, speed=words.measures.speed(speed_mps))]
    return section(texts.moved, pairs(lines), paragraph(" ".join([*at_speed, texts.moved_note]), "note"))


def progress_lines(compared: tuple[Compared, ...], words: Phrasebook) -> Iterator[tuple[str, str]]:
    """Each quantity that can be compared with the baseline's runs."""
    texts = words.progress
    for one in compared:
        speed = words.measures.speed(one.speed_mps)
        place = place_words(one.placement, words.report)
        name = quantity_words(one.quantity, words.report)
        label = f"{name} ({place})" if place else name
        if not one.is_beyond_error:
            yield label, fill(texts.moved_no_change, speed=speed, least=least_change(one, words))
            continue
        yield (
            label,
            fill(
                texts.moved_change,
                before=amount(one.quantity, one.before.value, words),
                after=amount(one.quantity, one.after.value, words),
                change=amount(one.quantity, one.change, words, has_sign=True),
                error=amount(one.quantity, one.error, words),
                speed=speed,
            ),
        )
