"""What `doctor` looks at: a list of sections, each a function that gives findings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.desk.doctor.places import Places, places
from cadencecoach.desk.doctor.sound import sound
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.choosing import card_settings
from cadencecoach.session.host import Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import find_settings
from cadencecoach.store.sound_book import change_sound_book


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found.

    Attributes:
        findings: in the order in which they are shown
        figures: more of it, for machines
    """

    findings: tuple[Finding, ...]
    figures: Mapping[str, object]


def look(machine: Machine, kept: Places, config: str | None) -> Report:
    """Everything that can be seen without a sound, and the places where things are kept; takes some seconds."""
    from cadencecoach.desk.doctor.bluetooth import bluetooth  # noqa: PLC0415  # bleak only where it is needed

    heard = (Finding(**asdict(one)) for one in bluetooth(machine.sensors_file))
    return Report(findings=(*sound(machine, find_settings(machine, config).sound), *heard, *places(kept)), figures={})


def beat(machine: Machine, seconds: float, sound_text: str, config: str | None) -> Report:
    """Play and measure."""
    from cadencecoach.desk.doctor.beat import measure  # noqa: PLC0415  # numpy only where it is needed
    from cadencecoach.desk.doctor.telling import tell_findings  # noqa: PLC0415

    measured = measure(seconds, _card(machine, sound_text, config))
    return Report(findings=tuple(tell_findings(measured)), figures={"beat": measured.to_dict()})


def delay(machine: Machine, sound_text: str, config: str | None, person: Person) -> Report:
    """Measure the headphones' delay and remember it."""
    from cadencecoach.desk.doctor.delay import measure_delay  # noqa: PLC0415
    from cadencecoach.devices.keyboard import open_keyboard  # noqa: PLC0415

    person.tell("Tap the space bar with each click, as steadily as you can; q cancels.")
    with open_keyboard() as keyboard:
        found = measure_delay(_card(machine, sound_text, config), keyboard)
    if found is None:
        todo = "tap the space bar with every click, in a terminal"
        return Report(findings=(Finding(about="delay", is_well=False, text="too few taps", todo=todo),), figures={})
    change_sound_book(machine.sounds_file, lambda book: book.with_delay(found.device, found.delay_s))
    text = f"{found.delay_s * 1000:.0f} ms on {found.device}, half of the taps within {found.spread_s * 1000:.0f} ms"
    finding = Finding(about="delay", is_well=True, text=f"{text}; remembered. A steady beat works without it")
    return Report(findings=(finding,), figures={"delay": asdict(found)})


def _card(machine: Machine, sound_text: str, config: str | None) -> AudioSettings:
    """The card that a session would play on."""
    kind, _, name = sound_text.partition(":")
    if sound_text != "default" and (kind != "device" or not name):
        raise UsageError(f"--sound {sound_text}: doctor plays on default or device:NAME")
    return card_settings(machine, name or kind, config)
