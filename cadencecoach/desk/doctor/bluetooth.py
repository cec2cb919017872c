"""`doctor`, the Bluetooth part: is there a radio, who is heard, and where are the sensors that are remembered."""

from pathlib import Path

from cadencecoach.desk.doctor.finding import Finding
from cadencecoach.desk.sensors.kinds import kind_words
from cadencecoach.devices.ble.events import Found
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.errors import DeviceError, NoHomeError, Reason, UsageError
from cadencecoach.live.opening.around import Around, entry_of, is_mute, session_text
from cadencecoach.live.opening.meant import Meant, sensor_meant
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import ENGLISH, Phrasebook
from cadencecoach.store.sensor_book import Remembered, SensorBook, open_book

LISTEN_S = 4.0


def bluetooth(sensors: Path | NoHomeError, words: Phrasebook) -> tuple[Finding, ...]:
    """Look at the radio and the sensors around, and for those remembered in a file; takes some seconds."""
    texts = words.doctor
    try:
        with Radio() as radio:
            radio.check()
            around = Around(radio, open_book(sensors))
            found = around.look(seconds=LISTEN_S, in_full=True)
    except DeviceError as error:
        what, todo = _trouble(error, words)
        return (Finding(about=texts.bluetooth, is_well=False, text=what, todo=todo),)
    except UsageError as error:
        return (Finding(about=texts.remembered_sensors, is_well=False, text=str(error), todo=texts.delete_file),)
    works = Finding(about=texts.bluetooth, is_well=True, text=texts.works)
    return (works, *_sensors(found, around.book, words))


def _trouble(error: DeviceError, words: Phrasebook) -> tuple[str, str]:
    """What is wrong with the radio, and what to do: in English the system's own way, at length."""
    texts = words.doctor
    rows = {
        Reason.NO_DEVICE: (texts.radio_none, texts.radio_none_todo),
        Reason.POWERED_OFF: (texts.radio_off, texts.radio_off_todo),
        Reason.NO_SERVICE: (texts.radio_no_service, texts.radio_no_service_todo),
        Reason.NOT_ALLOWED: (texts.radio_not_allowed, texts.radio_not_allowed_todo),
        Reason.BUSY: (texts.radio_busy, texts.radio_busy_todo),
    }
    if error.reason in rows and words.language != ENGLISH.language:
        return rows[error.reason]
    what, _, todo = str(error).removeprefix("Bluetooth: ").partition("; ")
    return what, todo


def _sensors(found: tuple[Found, ...], book: SensorBook, words: Phrasebook) -> tuple[Finding, ...]:
    """One finding for each sensor that is remembered or around, and what a session would do."""
    here = {one.sensor.address for one in found}
    moved = {entry_of(one, found, book) for one in found}
    missing = tuple(
        Finding(about=one.name, is_well=False, text=words.doctor.not_found, todo=words.doctor.not_found_todo)
        for one in book.here()
        if one.address not in here and one not in moved
    )
    heard = tuple(_sensor_finding(one, entry_of(one, found, book), words) for one in found)
    return (*heard, *missing, *_session(sensor_meant(found, book), found, words))


def _session(meant: Meant, found: tuple[Found, ...], words: Phrasebook) -> tuple[Finding, ...]:
    """Whether a session would find its steps; nothing where a sensor that is remembered is waited for."""
    texts = words.doctor
    if meant == Meant():
        todo = texts.step_or_switch_on if found else texts.step_on_the_spot
        return (Finding(about=texts.foot_pod, is_well=False, text=texts.no_pod, todo=todo),)
    if meant.one is None and not meant.choices:
        return ()
    todo = texts.name_it if meant.one is None else texts.switch_on_running if is_mute(meant.one) else ""
    text = session_text(meant, found, words)
    return (Finding(about=texts.session, is_well=not todo, text=text, todo=todo),)


def _sensor_finding(one: Found, entry: Remembered | None, words: Phrasebook) -> Finding:
    texts = words.doctor
    if one.is_held:
        return Finding(about=one.sensor.name, is_well=False, text=texts.held, todo=texts.held_todo)
    kinds = kind_words(one.kinds, words.page) or texts.of_no_kind
    text = fill(texts.heard, kinds=kinds, signal=one.signal_dbm, address=one.sensor.address)
    if entry is not None and entry.unit:
        text = fill(texts.heard_counts, heard=text, unit=entry.unit)
    elif entry is not None and entry.address != one.sensor.address:
        text = fill(texts.heard_moved, heard=text)
    return Finding(about=one.sensor.name, is_well=True, text=text)
