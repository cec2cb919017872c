"""`doctor`, the sound part: is there a library, a device, and does the one a session would use play."""

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_card import SoundDevice, meant_device
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.audio_port import AudioSettings
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.live.audio.card import Card
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import SoundSettings
from cadencecoach.store.sound_book import SoundBook, chosen_device, open_sound_book

NO_DEVICE_TODO = (
    "switch on a loudspeaker or headphones; on a desktop with PipeWire or PulseAudio only, PortAudio needs their ALSA "
    "plugin: sudo apt install pipewire-alsa, or libasound2-plugins"
)


def sound(machine: Machine, settings: SoundSettings) -> tuple[Finding, ...]:
    """Look at the library and the devices, and open the one a session would open; takes about two seconds."""
    try:
        devices = sound_devices()
        book = open_sound_book(machine.sounds_file)
    except DeviceError as error:
        what, _, todo = str(error).partition("; ")
        is_missing = error.reason is Reason.LIBRARY_MISSING
        return (Finding(about="sound", is_well=False, text=what, todo=todo if is_missing else NO_DEVICE_TODO),)
    except UsageError as error:
        return (Finding(about="sound", is_well=False, text=str(error), todo="delete the file"),)
    if not devices:
        return (Finding(about="sound", is_well=False, text="no sound device found", todo=NO_DEVICE_TODO),)
    chosen = chosen_device("default", settings.device, book)
    return (
        *_device_findings(chosen, devices),
        _try_opening(chosen, settings, book),
        *(_around(one, book) for one in devices),
    )


def _device_findings(chosen: str | None, devices: list[SoundDevice]) -> tuple[Finding, ...]:
    """What is wrong with the choice, before anything is opened."""
    try:
        meant_device(devices, chosen)
    except ValueError as error:
        if chosen is None:
            todo = "choose one: --sound device:NAME"
            return (Finding(about="sound", is_well=False, text="the system names no default device", todo=todo),)
        todo = "connect it, or choose another: --sound device:NAME, or device:default for the system's own"
        text = f"{chosen} was chosen and is not connected: {error}"
        return (Finding(about="sound", is_well=False, text=text, todo=todo),)
    return ()


def _try_opening(chosen: str | None, settings: SoundSettings, book: SoundBook) -> Finding:
    """Open what a session would open, the way a session does, and let it play silence."""
    card_settings = AudioSettings(device=chosen, latency_s=settings.latency_s)
    card = Card(HostClock(), card_settings, asset("sounds"), settings.gains())
    try:
        card.take(card.open())
    except DeviceError as error:
        todo = "close the program that uses it, or choose another: --sound device:NAME"
        return Finding(about="sound", is_well=False, text=str(error), todo=todo)
    audio = card.audio
    why = "the system's default" if chosen is None or not card.is_as_chosen else "from the settings"
    why = "remembered" if chosen is not None and card.is_as_chosen and book.device == chosen else why
    text = f"plays on {audio.device} ({why}) at {audio.fs_hz} Hz, sound is {card.delay_s * 1000:.0f} ms behind"
    audio.close()
    return Finding(about="sound", is_well=True, text=text)


def _around(one: SoundDevice, book: SoundBook) -> Finding:
    delay_s = book.delays_s.get(one.name)
    delay = f", {delay_s * 1000:.0f} ms of delay by taps" if delay_s is not None else ""
    buffer_ms = one.latency_s * 1000
    text = f"{one.name} ({one.host_api}), {one.n_channels} channels, {one.fs_hz} Hz, {buffer_ms:.0f} ms buffer{delay}"
    return Finding(about="sound device", is_well=True, text=text)
