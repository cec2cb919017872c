"""Who is around, as a session sees it: what is heard, what a treadmill turns out to have, and what follows in words.

`sensors scan` and `doctor` look through the same eyes, so that they say what a session would do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.devices.ble.radio import Radio
from cadencecoach.devices.ble.scanning import at_address, matches_text, nearest, open_up, scan
from cadencecoach.errors import UsageError
from cadencecoach.gait.sources import HEART, RADIO_SOURCES, TREADMILL
from cadencecoach.live.opening.meant import Meant, entries_meant, sensor_meant
from cadencecoach.plan.forms import fill
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.store.sensor_book import STEP_KINDS, Remembered, SensorBook, change_book

LOOK_S = 2.5  # pods advertise several times a second
GRACE_S = 12.0  # to begin and end a scan, and to open a treadmill


class Around:
    """Looks around, and remembers what it has opened.

    Args:
        radio: running
        book: what is remembered
    """

    def __init__(self, radio: Radio, book: SensorBook) -> None:
        """Nothing is known yet."""
        self._radio = radio
        self.book = book
        self._opened: dict[str, tuple[str, ...]] = {}

    def look(
        self, texts: Sequence[str] = ("",), *, seconds: float = LOOK_S, in_full: bool = False
    ) -> tuple[Found, ...]:
        """Everything of ours that is heard, and what is remembered or named, whatever it advertises.

        Args:
            texts: names or addresses, as a person typed them; an empty one means what counts steps
            seconds: how long to listen
            in_full: listen to the end, also when a sensor that is meant has been heard
        """
        likely = [entry for text in texts for entry in entries_meant(self.book, text)[:1]]
        names = {entry.name for entry in self.book.here()}
        typed = [matches_text(text) for text in texts if text]

        def is_wanted(sensor: Sensor) -> bool:
            return sensor.name in names or any(matches(sensor) for matches in typed)

        is_one = len(texts) == 1 and bool(likely) and not in_full
        until = at_address(likely[0].address) if is_one else at_address("")
        question = scan(RADIO_SOURCES, seconds, also=is_wanted, until=until)
        found = self._radio.ask(question, within_s=seconds + GRACE_S)
        found = tuple(self._with_opened_kinds(one) for one in found)
        return self._with_steps_inside(found) if "" in texts else found

    def move(self, entry: Remembered, found: Found) -> None:
        """Remember a sensor at its new address; where that cannot be written down, for this time."""
        address = found.sensor.address
        try:
            self.book = change_book(self.book.path, lambda book: book.with_address(entry, address))
        except UsageError:
            self.book = self.book.with_address(entry, address)

    def _with_steps_inside(self, found: tuple[Found, ...]) -> tuple[Found, ...]:
        """With all that the one treadmill has that may count steps: such a machine mostly advertises its belt alone."""
        meant = sensor_meant(found, self.book)
        one = nearest([one for one in found if TREADMILL.kind in one.kinds and not one.is_held])
        if meant.one is not None or meant.choices or one is None or one.sensor.address in self._opened:
            return found
        opened = self._radio.ask(open_up(one, RADIO_SOURCES), within_s=GRACE_S)
        self._opened[one.sensor.address] = opened.kinds
        return tuple(opened if other is one else other for other in found)

    def _with_opened_kinds(self, one: Found) -> Found:
        kinds = self._opened.get(one.sensor.address, one.kinds)
        return replace(one, kinds=kinds)


def found_text(one: Found, texts: ScreenTexts) -> str:
    """A sensor's name, address and signal, for a person who must tell two of one name apart."""
    if one.signal_dbm is not None:
        return one.text
    return f"{one.sensor.name} ({one.sensor.address}, {texts.pod_connected})"


def choice_text(meant: Meant, texts: ScreenTexts) -> str:
    """What a person should know of the sensor that is taken; empty where it is plain, or was their own choice."""
    if meant.one is None or (meant.moved is None and not meant.farther):
        return ""
    row = texts.pod_nearest if meant.moved is None else texts.pod_moved
    told = fill(row, sensor=found_text(meant.one, texts))
    names = ", ".join(found_text(other, texts) for other in meant.farther)
    return fill(texts.pod_also_heard, told=told, heard=names) if names else told


def entry_of(one: Found, found: Iterable[Found], book: SensorBook) -> Remembered | None:
    """What is remembered of a sensor; by its name only where the remembered one is not heard itself."""
    entry = book.find_known(one.sensor.address, one.sensor.name)
    is_another = entry is not None and entry.address in {other.sensor.address for other in found if other is not one}
    return None if is_another else entry


def session_text(meant: Meant, found: Iterable[Found], words: Phrasebook) -> str:
    """What a session without a name would do with what is heard."""
    texts, names = words.doctor, ", ".join(one.text for one in meant.choices)
    if meant.one is not None:
        row = texts.would_use if meant.moved is None else texts.would_use_moved
        told = fill(row, sensor=meant.one.text)
        return fill(texts.would_use_mute, told=told) if is_mute(meant.one) else told
    if meant.awaited is not None:
        row = texts.would_wait_or_ask if names else texts.would_wait
        return fill(row, sensor=meant.awaited.name, **({"sensors": names} if names else {}))
    if names:
        return fill(texts.would_ask, sensors=names)
    mute = _mute_names(found, words.screen)
    return fill(texts.would_find_mute, sensors=mute) if mute else texts.would_find_none


def mute_text(found: Iterable[Found], texts: ScreenTexts) -> str:
    """That sensors are heard which tell no steps; empty where there are none."""
    mute = _mute_names(found, texts)
    return fill(texts.pod_mute, sensors=mute) if mute else ""


def _mute_names(found: Iterable[Found], texts: ScreenTexts) -> str:
    def kinds(one: Found) -> str:
        return ", ".join(texts.pod_kind_heart if kind == HEART.kind else kind for kind in one.kinds)

    mute = (one for one in found if is_mute(one))
    return "; ".join(fill(texts.pod_sends, sensor=found_text(one, texts), kinds=kinds(one)) for one in mute)


def is_mute(one: Found) -> bool:
    """Whether a sensor says what it sends, and that is no steps."""
    return bool(one.kinds) and not set(STEP_KINDS) & set(one.kinds)
