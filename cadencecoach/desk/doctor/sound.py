"""`doctor`, the sound part: is there a library, a device, and which one would play."""

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.devices.audio_list import SoundDevice, sound_devices
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.store.sound_book import SoundBook, chosen_device, open_sound_book

NO_DEVICE_TODO = (
    "switch on a loudspeaker or headphones; on a desktop with PipeWire or PulseAudio only, PortAudio needs their ALSA "
    "plugin: sudo apt install pipewire-alsa, or libasound2-plugins"
)


def sound(settings_device: str = "default") -> tuple[Finding, ...]:
    """Look at the library and the devices; takes about half a second."""
    try:
        devices = sound_devices()
        book = open_sound_book()
    except DeviceError as error:
        what, _, todo = str(error).partition("; ")
        is_missing = error.reason is Reason.LIBRARY_MISSING
        return (Finding(about="sound", is_well=False, text=what, todo=todo if is_missing else NO_DEVICE_TODO),)
    except UsageError as error:
        return (Finding(about="sound", is_well=False, text=str(error), todo="delete the file"),)
    if not devices:
        return (Finding(about="sound", is_well=False, text="no sound device found", todo=NO_DEVICE_TODO),)
    chosen = chosen_device("default", settings_device, book)
    return (_device_finding(chosen, devices, book), *(_around(one, book) for one in devices))


def _device_finding(chosen: str | None, devices: list[SoundDevice], book: SoundBook) -> Finding:
    if chosen is None:
        default = next((one.name for one in devices if one.is_default), None)
        if default is None:
            todo = "choose one: --sound device:NAME"
            return Finding(about="sound", is_well=False, text="the system names no default device", todo=todo)
        return Finding(about="sound", is_well=True, text=f"plays on the system's default, {default}")
    if any(chosen.lower() in one.name.lower() for one in devices):
        why = "remembered" if book.device == chosen else "from the settings"
        return Finding(about="sound", is_well=True, text=f"plays on {chosen} ({why})")
    todo = "connect it, or choose another: --sound device:NAME, or device:default for the system's own"
    return Finding(about="sound", is_well=False, text=f"{chosen} was chosen and is not connected", todo=todo)


def _around(one: SoundDevice, book: SoundBook) -> Finding:
    delay_s = book.delays_s.get(one.name)
    delay = f", {delay_s * 1000:.0f} ms of delay by taps" if delay_s is not None else ""
    text = f"{one.name} ({one.host_api}), {one.n_channels} channels, {one.latency_s * 1000:.0f} ms buffer{delay}"
    return Finding(about="sound device", is_well=True, text=text)
