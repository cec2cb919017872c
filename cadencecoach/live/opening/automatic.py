"""`--feet auto`: the sensor that is around, else what the user chose before, else the ways there are without one.

A microphone is never chosen here, and a phone only where the user ran with one before.
"""

from collections.abc import Callable

from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.gait.sources import TAPPING
from cadencecoach.live.opening.opened import OpenedFeet
from cadencecoach.live.opening.radio import open_heard
from cadencecoach.live.opening.tapping import open_taps
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import Free, Plan, Stage, Walk
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.session.host import Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.sensor_book import STEP_KINDS, keep_chosen, open_book

AUTO, ALONE, PHONE = "auto", "none", "phone"
TAP_KEY = "t"  # as in the session


def open_automatically(  # whose, for what, and who is asked
    machine: Machine,
    plan: Plan,
    unit: str,
    person: Person,
    texts: ScreenTexts,
    *,
    open_chosen: Callable[[str], OpenedFeet],
) -> OpenedFeet:
    """The source of a session for which nobody named one.

    Without a sensor there is the beat alone, and taps are welcome at any time. About a plan that asks for no cadence
    nobody is asked.

    Args:
        machine: which sensors it remembers, and what its user chose before
        plan: what is run
        unit: `auto`, or what a sensor is said to count
        person: who is told, and asked where they can answer
        texts: in that person's language
        open_chosen: opens what the user chose before
    Raises:
        UsageError: the list of remembered sensors makes no sense
    """
    heard = open_heard(machine, unit, person, texts)
    if heard is not None:
        return heard
    if not any(is_coached(stage) for stage in plan.stages):
        return open_taps(machine, texts, label=AUTO, is_certain=False)
    book = open_book(machine.sensors_file)
    for one in book.of_kinds(*STEP_KINDS)[:1]:
        person.tell(fill(texts.auto_asleep, sensor=one.name))
    chosen = book.chosen
    if chosen.partition(":")[0] == PHONE:
        try:
            return open_chosen(chosen)
        except (UsageError, DeviceError) as error:  # one of another version; no network to hear it by
            person.tell(str(error))
    return _without_sensor(machine, chosen, person, texts)


def _without_sensor(machine: Machine, chosen: str, person: Person, texts: ScreenTexts) -> OpenedFeet:
    """Taps, or the beat alone: as chosen before, else as the person says now."""
    if chosen == TAPPING.name:
        return open_taps(machine, texts, note=texts.auto_as_before)
    if chosen == ALONE or not person.can_answer:
        note = texts.auto_alone_as_before if chosen == ALONE else texts.auto_alone
        return open_taps(machine, texts, label=AUTO, is_certain=False, note=note)
    person.tell(texts.auto_none, texts.auto_taps, texts.auto_phone, texts.auto_mic)
    is_tapper = person.presses(TAP_KEY, texts.auto_asked)
    notes = keep_chosen(machine.sensors_file, TAPPING.name if is_tapper else ALONE)
    label = TAPPING.name if is_tapper else AUTO
    return open_taps(machine, texts, label=label, is_certain=is_tapper, note="; ".join(notes))


def is_coached(stage: Stage) -> bool:
    """Whether a stage needs to know the runner's cadence."""
    return stage.measures_baseline or not isinstance(stage.target, Free | Walk)
