"""Taps of a runner without a sensor: a baseline of them, offered before a run, and those of the run itself."""

from cadencecoach.coach.events import NEVER
from cadencecoach.devices.clock import HostClock
from cadencecoach.gait.sources import TAPPING
from cadencecoach.gait.taps import (
    EVERY_STEP,
    LEAST_S,
    LEAST_TAPS,
    TAPPED_S,
    TapFault,
    TappedCadence,
    cadence_of_taps,
)
from cadencecoach.gait.vote import Vote
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.feet import NoFeet
from cadencecoach.session.host import Person
from cadencecoach.session.session import Session
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import keep_chosen
from cadencecoach.view.words import spm


class TappedFeet(NoFeet):
    """Taps as a source: the keys bring them to the session themselves, so that nothing ever comes from here.

    Args:
        machine: keeps that its user taps
    """

    message = ""  # what a runner who taps should know, the session knows

    def __init__(self, machine: Machine) -> None:
        """Nobody has tapped."""
        self._machine = machine

    def begin(self, clock: HostClock) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to give back."""

    def next_s(self) -> float:
        """Never."""
        return NEVER

    def remember(self, session: Session) -> tuple[str, ...]:
        """Keep that taps were what was used, for the next run without a sensor."""
        if session.leader != TAPPING.name:
            return ()
        return keep_chosen(self._machine.sensors_file, TAPPING.name)


def open_taps(
    machine: Machine, texts: ScreenTexts, *, label: str = TAPPING.name, is_certain: bool = True, note: str = ""
) -> OpenedFeet:
    """Taps as the source of a session.

    Args:
        machine: keeps that its user taps
        texts: in the runner's language
        label: for the journal's header
        is_certain: the runner has said that they will tap; else the beat alone is what there is, and taps are welcome
        note: what a person should know before the start
    """
    feet = TappedFeet(machine)
    return OpenedFeet(
        feet=feet,
        live=feet,
        vote=Vote(),
        label=label,
        notes=tuple(filter(None, (note, texts.taps_in_run if is_certain else ""))),
        has_readings=is_certain,
        takes_taps=True,
        error_spm=TAPPING.error_spm,
    )


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
