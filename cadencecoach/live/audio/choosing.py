"""Which card plays a session: the one asked for, the one remembered, or the system's own."""

from contextlib import suppress
from dataclasses import replace

from cadencecoach.devices.audio_port import LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.live.audio.card_output import CardOutput, open_card_output
from cadencecoach.live.audio.score import Score
from cadencecoach.plan.model import Plan
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, filled
from cadencecoach.store.settings import Settings
from cadencecoach.store.sound_book import (
    SYSTEMS_OWN,
    SoundBook,
    change_sound_book,
    chosen_device,
    open_sound_book,
)


def open_named_card(  # what a card is opened with
    name: str,
    plan: Plan,
    settings: Settings,
    clock: HostClock,
    score: Score | None = None,
    audio: LiveAudio | None = None,
) -> CardOutput:
    """The card a person names, and remember it; `default` is the system's own, and forgets.

    `audio` is a process that is warm already.

    Raises:
        DeviceError: there is no sound here, or no such device
    """
    book = _book()
    device = None if name == SYSTEMS_OWN else name
    output = open_card_output(plan, settings, clock, device, delays_s=book.delays_s, score=score, audio=audio)
    if device != book.device:
        with suppress(UsageError):  # a folder that cannot be written costs the memory, not the session
            change_sound_book(lambda now: replace(now, device=device))
    return output


def open_usual_card(
    plan: Plan, settings: Settings, clock: HostClock, score: Score | None = None, audio: LiveAudio | None = None
) -> CardOutput:
    """The card that was chosen last, or that of the settings; the system's own where it is not there.

    `audio` is a process that is warm already.

    Raises:
        DeviceError: there is no sound here
    """
    book = _book()
    device = chosen_device(SYSTEMS_OWN, settings.sound.device, book)
    try:
        return open_card_output(plan, settings, clock, device, delays_s=book.delays_s, score=score, audio=audio)
    except DeviceError as error:
        if device is None or error.reason is not Reason.NO_DEVICE:
            raise
    texts = ENGLISH_SCREEN if score is None else score.words.screen
    note = filled(texts.other_device, device=device)
    return open_card_output(plan, settings, clock, None, delays_s=book.delays_s, note=note, score=score)


def _book() -> SoundBook:
    """What is remembered; nothing where it cannot be read: a session does not fail for that."""
    try:
        return open_sound_book()
    except UsageError:
        return SoundBook()
