"""What `doctor` looks at: a list of sections, each a function that gives findings."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.desk.doctor.places import Places, places
from cadencecoach.desk.doctor.sound import sound
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.choosing import card_settings
from cadencecoach.plan.doctor_texts import DoctorTexts
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.session.host import Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import find_settings
from cadencecoach.store.sound_book import change_sound_book

if TYPE_CHECKING:
    from cadencecoach.desk.doctor.delay import Delay, Taps


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found.

    Attributes:
        findings: in the order in which they are shown
        figures: more of it, for machines
    """

    findings: tuple[Finding, ...]
    figures: Mapping[str, object]


def look(machine: Machine, kept: Places, config: str | None, words: Phrasebook) -> Report:
    """Everything that can be seen without a sound, and the places where things are kept; takes some seconds."""
    from cadencecoach.desk.doctor.bluetooth import bluetooth  # noqa: PLC0415  # bleak only where it is needed

    heard = (Finding(**asdict(one)) for one in bluetooth(machine.sensors_file, words))
    played = sound(machine, find_settings(machine, config).sound, words.doctor)
    return Report(findings=(*played, *heard, *places(kept, words.doctor)), figures={})


def beat(machine: Machine, seconds: float, sound_text: str, config: str | None) -> Report:
    """Play and measure."""
    from cadencecoach.desk.doctor.beat import measure  # noqa: PLC0415  # numpy only where it is needed
    from cadencecoach.desk.doctor.telling import tell_findings  # noqa: PLC0415

    measured = measure(seconds, _card(machine, sound_text, config))
    return Report(findings=tuple(tell_findings(measured)), figures={"beat": measured.to_dict()})


def delay(machine: Machine, sound_text: str, config: str | None, person: Person, texts: DoctorTexts) -> Report:
    """Measure the headphones' delay at a terminal, and remember it."""
    from cadencecoach.desk.doctor.delay import KeyTaps  # noqa: PLC0415
    from cadencecoach.devices.keyboard import open_keyboard  # noqa: PLC0415

    person.tell(texts.tap_along)
    with open_keyboard() as keyboard:
        found = take_delay(machine, sound_text, config, KeyTaps(keyboard))
    if found is None:
        few = Finding(about=texts.delay, is_well=False, text=texts.too_few_taps, todo=texts.too_few_taps_todo)
        return Report(findings=(few,), figures={})
    shown = {"delay": f"{found.delay_s * 1000:.0f}", "spread": f"{found.spread_s * 1000:.0f}"}
    finding = Finding(about=texts.delay, is_well=True, text=fill(texts.delay_found, device=found.device, **shown))
    return Report(findings=(finding,), figures={"delay": asdict(found)})


def take_delay(
    machine: Machine,
    sound_text: str,
    config: str | None,
    taps: "Taps",
    tell: Callable[[int], None] = lambda _n_beats: None,
) -> "Delay | None":
    """Measure the headphones' delay by taps, and remember it; None where too few came.

    Raises:
        DeviceError: there is no sound here
        UsageError: the sound or the settings cannot be used, or nothing can be remembered
    """
    from cadencecoach.desk.doctor.delay import measure_delay  # noqa: PLC0415

    found = measure_delay(_card(machine, sound_text, config), taps, tell)
    if found is not None:
        change_sound_book(machine.sounds_file, lambda book: book.with_delay(found.device, found.delay_s))
    return found


def _card(machine: Machine, sound_text: str, config: str | None) -> AudioSettings:
    """The card that a session would play on."""
    kind, _, name = sound_text.partition(":")
    if sound_text != "default" and (kind != "device" or not name):
        raise UsageError(f"--sound {sound_text}: doctor plays on default or device:NAME")
    return card_settings(machine, name or kind, config)
