"""What a look at the computer finds, one row a text: `doctor`, and the page of sensors and sound.

What the system or a driver says of its own trouble is put in as it is.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable
from cadencecoach.plan.report_texts import MAX_REPORT_CHARS


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class DoctorTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_REPORT_CHARS

    # What is looked at.
    sound: str = "sound"
    sound_device: str = "sound device"
    delay: str = "delay"
    bluetooth: str = "Bluetooth"
    remembered_sensors: str = "remembered sensors"
    foot_pod: str = "foot pod"
    session: str = "session"
    sessions_and_athletes: str = "sessions and athletes"
    settings_file: str = "settings file"
    remembered_devices: str = "remembered devices"
    spoken_sentences: str = "spoken sentences"
    beats_of_songs: str = "beats of songs"
    copy_of_database: str = "copy of the database"
    # Sound.
    no_device: str = "no sound device found"
    no_device_todo: str = (
        "switch on a loudspeaker or headphones; on a desktop with PipeWire or PulseAudio only, PortAudio needs their"
        " ALSA plugin: sudo apt install pipewire-alsa, or libasound2-plugins"
    )
    no_library: str = "PortAudio is not installed"
    no_default: str = "the system names no default device"
    no_default_todo: str = "choose one: --sound device:NAME"
    not_connected: str = "{device} was chosen and is not connected: {reason}"
    not_connected_todo: str = (
        "connect it, or choose another: --sound device:NAME, or device:default for the system's own"
    )
    not_opened_todo: str = "close the program that uses it, or choose another: --sound device:NAME"
    plays_on: str = "plays on {device} ({why}) at {rate} Hz, sound is {delay} ms behind"
    why_default: str = "the system's default"
    why_settings: str = "from the settings"
    why_remembered: str = "remembered"
    one_device: str = "{device} ({host}), {channels} channels, {rate} Hz, {buffer} ms buffer"
    by_taps: str = "{device}, {delay} ms of delay by taps"
    tap_along: str = "Tap the space bar or Enter with each click, as steadily as you can; q cancels."
    too_few_taps: str = "too few taps"
    too_few_taps_todo: str = "tap the space bar or Enter with every click, in a terminal"
    delay_found: str = (
        "{delay} ms on {device}, half of the taps within {spread} ms; remembered. A steady beat works without it"
    )
    # Bluetooth. In English the system's own way is told at length.
    works: str = "works"
    radio_none: str = "no Bluetooth adapter"
    radio_none_todo: str = "plug one in, or switch it on in the computer's settings"
    radio_off: str = "Bluetooth is switched off"
    radio_off_todo: str = "switch it on (on Linux: bluetoothctl power on)"
    radio_no_service: str = "the Bluetooth service is not running"
    radio_no_service_todo: str = "start it (on Linux: sudo systemctl start bluetooth)"
    radio_not_allowed: str = "this program may not use Bluetooth"
    radio_not_allowed_todo: str = (
        "allow it in the system's privacy settings (on Linux: sudo usermod -aG bluetooth $USER)"
    )
    radio_busy: str = "another program is using Bluetooth to look for devices"
    radio_busy_todo: str = "close that program"
    delete_file: str = "delete the file"
    no_pod: str = "none found"
    step_on_the_spot: str = "put it on and step on the spot"
    step_or_switch_on: str = (
        "put it on and step on the spot; if one of these is a foot pod, switch on its running mode in its own app"
    )
    switch_on_running: str = "if one of these is a foot pod, switch on its running mode in its own app"
    name_it: str = "name yours by its address, as in --feet ble:ADDRESS"
    held: str = "connected to this computer"
    held_todo: str = (
        "another program on this computer is connected to it: close that program; two listeners double every message,"
        " and when one disconnects the other loses the connection"
    )
    of_no_kind: str = "does not say what it is"
    heard: str = "{kinds}, {signal} dBm, {address}"
    heard_counts: str = "{heard}, remembered: counts {unit}"
    heard_moved: str = "{heard}, remembered at another address"
    not_found: str = "remembered, not found"
    not_found_todo: str = (
        "it is asleep, out of range, or connected to a watch or phone (a pod talks to one at a time): move it, switch"
        " Bluetooth off on watch and phone, and look again"
    )
    # What a session would do.
    would_use: str = "would use {sensor}"
    would_use_moved: str = "would use {sensor}, at a new address"
    would_use_mute: str = "{told}, which sends no steps"
    would_wait: str = "would wait for {sensor}"
    would_wait_or_ask: str = "would wait for {sensor}, or ask whether to use another: {sensors}"
    would_ask: str = "would ask which one: {sensors}"
    would_find_none: str = "would find no foot pod"
    would_find_mute: str = "would find no foot pod: {sensors}"
    # Files.
    not_there_yet: str = "{path} (not there yet)"
    not_writable: str = "{path} cannot be written"
    not_writable_todo: str = "check its permissions: nothing can be kept there"
    no_home: str = "no home folder is known"
    no_home_todo: str = "set HOME or {variable}"


ENGLISH_DOCTOR = DoctorTexts()
