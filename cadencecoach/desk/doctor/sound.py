"""`doctor`, the sound part: is there a library, a device, and does the one a session would use play."""

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_card import SoundDevice, meant_device
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.live.audio.card import Card
from cadencecoach.plan.doctor_texts import DoctorTexts
from cadencecoach.plan.forms import fill
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import SoundSettings
from cadencecoach.store.sound_book import SoundBook, chosen_device, open_sound_book


def sound(machine: Machine, settings: SoundSettings, texts: DoctorTexts) -> tuple[Finding, ...]:
    """Look at the library and the devices, and open the one a session would open; takes about two seconds."""
    try:
        devices = sound_devices()
        book = open_sound_book(machine.sounds_file)
    except DeviceError as error:
        what, _, todo = str(error).partition("; ")
        if error.reason is Reason.LIBRARY_MISSING:
            return (Finding(about=texts.sound, is_well=False, text=texts.no_library, todo=todo),)
        return (Finding(about=texts.sound, is_well=False, text=what, todo=texts.no_device_todo),)
    except UsageError as error:
        return (Finding(about=texts.sound, is_well=False, text=str(error), todo=texts.delete_file),)
    if not devices:
        return (Finding(about=texts.sound, is_well=False, text=texts.no_device, todo=texts.no_device_todo),)
    chosen = chosen_device("default", settings.device, book)
    return (
        *_device_findings(chosen, devices, texts),
        _try_opening(chosen, settings, book, texts),
        *(_around(one, book, texts) for one in devices),
    )


def _device_findings(chosen: str | None, devices: list[SoundDevice], texts: DoctorTexts) -> tuple[Finding, ...]:
    """What is wrong with the choice, before anything is opened."""
    try:
        meant_device(devices, chosen)
    except ValueError as error:
        if chosen is None:
            return (Finding(about=texts.sound, is_well=False, text=texts.no_default, todo=texts.no_default_todo),)
        text = fill(texts.not_connected, device=chosen, reason=error)
        return (Finding(about=texts.sound, is_well=False, text=text, todo=texts.not_connected_todo),)
    return ()


def _try_opening(chosen: str | None, settings: SoundSettings, book: SoundBook, texts: DoctorTexts) -> Finding:
    """Open what a session would open, the way a session does, and let it play silence."""
    card_settings = AudioSettings(device=chosen, latency_s=settings.latency_s)
    card = Card(HostClock(), card_settings, asset("sounds"), settings.gains())
    try:
        card.take(card.open())
    except DeviceError as error:
        return Finding(about=texts.sound, is_well=False, text=str(error), todo=texts.not_opened_todo)
    audio = card.audio
    why = texts.why_default if chosen is None or not card.is_as_chosen else texts.why_settings
    why = texts.why_remembered if chosen is not None and card.is_as_chosen and book.device == chosen else why
    delay = f"{card.delay_s * 1000:.0f}"
    text = fill(texts.plays_on, device=audio.device, why=why, rate=audio.fs_hz, delay=delay)
    audio.close()
    return Finding(about=texts.sound, is_well=True, text=text)


def _around(one: SoundDevice, book: SoundBook, texts: DoctorTexts) -> Finding:
    delay_s = book.delays_s.get(one.name)
    shown = {"device": one.name, "host": one.host_api, "channels": one.n_channels, "rate": one.fs_hz}
    text = fill(texts.one_device, **shown, buffer=f"{one.latency_s * 1000:.0f}")
    if delay_s is not None:
        text = fill(texts.by_taps, device=text, delay=f"{delay_s * 1000:.0f}")
    return Finding(about=texts.sound_device, is_well=True, text=text)
