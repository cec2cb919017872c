"""A baseline by taps, offered where a plan needs one and there is no sensor: said how, tapped, shown, and agreed to."""

from cadencecoach.gait.taps import (
    EVERY_STEP,
    LEAST_S,
    LEAST_TAPS,
    TAPPED_S,
    TapFault,
    TappedCadence,
    cadence_of_taps,
)
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.host import Person
from cadencecoach.view.words import spm


def tap_baseline(person: Person, texts: ScreenTexts) -> TappedCadence | None:
    """Offer it, as often as it is wanted; None where nobody can tap, or nobody wants to."""
    if not person.can_answer:
        return None
    seconds = f"{TAPPED_S:g}"
    person.tell(texts.taps_offer)
    question = fill(texts.taps_question, seconds=seconds)
    while person.is_sure(question, texts):
        person.tell(texts.taps_rail, fill(texts.taps_how, seconds=seconds), texts.taps_safety)
        times_s = person.taps(TAPPED_S, texts.taps_done)
        if not times_s:
            return None
        tapped = cadence_of_taps(times_s)
        if isinstance(tapped, TapFault):
            person.tell(_fault_words(tapped, texts))
            question = texts.taps_again
            continue
        person.tell(_result_words(tapped, texts), texts.taps_marked)
        if person.is_sure(texts.taps_use, texts):
            return tapped
        question = texts.taps_again
    return None


def _result_words(tapped: TappedCadence, texts: ScreenTexts) -> str:
    words = texts.taps_of_steps if tapped.each == EVERY_STEP else texts.taps_of_second_steps
    return fill(words, cadence=spm(tapped.cadence_spm), error=f"{tapped.error_spm:g}")


def _fault_words(fault: TapFault, texts: ScreenTexts) -> str:
    words = {
        TapFault.TOO_FEW: texts.taps_too_few,
        TapFault.HELD: texts.taps_held,
        TapFault.GAPS: texts.taps_gaps,
        TapFault.IRREGULAR: texts.taps_irregular,
        TapFault.CHANGED: texts.taps_changed,
        TapFault.TOO_QUICK: texts.taps_too_quick,
        TapFault.NO_RUN: texts.taps_no_run,
    }[fault]
    return fill(words, number=LEAST_TAPS, seconds=f"{LEAST_S:g}") if fault is TapFault.TOO_FEW else words
