"""Which card plays a session: the one asked for, the one remembered, or the system's own."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from cadencecoach.devices.audio_card import check_pair, meant_device
from cadencecoach.devices.audio_list import sound_devices
from cadencecoach.devices.audio_port import AudioSettings, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import DeviceError, UsageError
from cadencecoach.live.audio.card_output import CardOutput, Keeping, open_card_output
from cadencecoach.live.audio.destination import Destination, destination_of
from cadencecoach.live.audio.score import Score
from cadencecoach.plan.model import Plan
from cadencecoach.store.machine import Machine
from cadencecoach.store.settings import Settings, find_settings
from cadencecoach.store.sound_book import (
    SYSTEMS_OWN,
    SoundBook,
    change_sound_book,
    chosen_device,
    open_sound_book,
)


def open_card(
    machine: Machine,
    destination: Destination,
    plan: Plan,
    settings: Settings,
    clock: HostClock,
    score: Score | None = None,
    audio: LiveAudio | None = None,
) -> CardOutput:
    """The card a person names, remembered; else the one chosen last, or that of the settings.

    Args:
        machine: what is remembered of cards, and spoken sentences
        destination: which card; a device called `default` is the system's own, and forgets; None leaves the choice to
            the memory. Of one that others use too nothing is remembered
        plan: whose sentences
        settings: levels, buffer, voice
        clock: session time
        score: the words, and how many channels; None makes it from the plan
        audio: a process that is warm already
    Raises:
        DeviceError: there can be no sound on this machine
    """
    book, name = _book(machine), destination.device
    if destination.sink:
        device = None
    elif name is None:
        device = chosen_device(SYSTEMS_OWN, settings.sound.device, book)
    else:
        device = None if name == SYSTEMS_OWN else name
    output = open_card_output(
        plan,
        settings,
        clock,
        device,
        destination=destination,
        book=book,
        keeping=_keeping(machine, destination),
        score=score,
        audio=audio,
    )
    if name is not None and device != book.device and not destination.is_shared:
        with suppress(UsageError):  # a folder that cannot be written costs the memory, not the session
            change_sound_book(machine.sounds_file, lambda now: replace(now, device=device))
    return output


def _keeping(machine: Machine, destination: Destination) -> Keeping:
    if destination.is_shared:
        return Keeping(speech_folder=machine.speech_folder)
    return Keeping(
        latency=partial(_keep_latency, machine),
        volume=partial(_keep_volume, machine),
        speech_folder=machine.speech_folder,
    )


def check_device_name(words: str) -> None:
    """Refuse a name that fits no device, before anything else is done; where there is none at all, one may come.

    Args:
        words: as after `device:`, with a pair of channels or without

    Raises:
        UsageError: no device fits, or several do; the message names those there are
    """
    asked = destination_of(f"device:{words}")
    name = asked.device or ""
    if name == SYSTEMS_OWN and asked.pair is None:
        return
    try:
        devices = sound_devices()
    except DeviceError:  # said, with what to do, where the session opens its card
        return
    if not devices:
        return
    try:
        check_pair(meant_device(devices, None if name == SYSTEMS_OWN else name), asked.pair)
    except ValueError as error:
        raise UsageError(f"--sound device:{words}: {error}") from error


def card_settings(machine: Machine, name: str, config: str | None = None) -> AudioSettings:
    """The card that a session would play on, for whoever plays something else on it.

    Args:
        machine: what is remembered of cards
        name: part of its name, or `default`
        config: a settings file that was named
    Raises:
        UsageError: no device fits, or several do; or the settings cannot be read
    """
    check_device_name(name)
    settings = find_settings(machine, config).sound
    device = chosen_device(name, settings.device, _book(machine))
    return AudioSettings(device=None if device == SYSTEMS_OWN else device, latency_s=settings.latency_s)


def _keep_latency(machine: Machine, latency_s: float) -> None:
    """Remember the buffer for the next session, where it is another than what is remembered."""
    if latency_s != _book(machine).latency_s:
        with suppress(UsageError):
            change_sound_book(machine.sounds_file, lambda now: replace(now, latency_s=latency_s))


def _keep_volume(machine: Machine, device: str, beat_db: float, words_db: float) -> None:
    """Remember how loud it was on a device: headphones and loudspeakers are each as they were left."""
    with suppress(UsageError):
        change_sound_book(machine.sounds_file, lambda now: now.with_volume(device, beat_db, words_db))


def _book(machine: Machine) -> SoundBook:
    """What is remembered; nothing where it cannot be read: a session does not fail for that."""
    try:
        return open_sound_book(machine.sounds_file)
    except UsageError:
        return SoundBook()
