"""`cadencecoach sensors`: find, watch, test, record, forget. Everything but click is imported when it is needed."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.answers.phone import phone_of, test_phone
from cadencecoach.cli.commands import options
from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cadencecoach.desk.sensors.counting import Count
    from cadencecoach.devices.ble.events import Event, Found
    from cadencecoach.gait.vote import Vote
    from cadencecoach.live.opening.radio import Chosen
    from cadencecoach.store.sensor_book import Remembered

EXIT_NOTHING, EXIT_DEVICE = 1, 3
SENSOR = click.argument("sensor", metavar="[NAME-OR-ADDRESS]", default="")
SECONDS = click.option("--seconds", type=click.FloatRange(0.1), help="Seconds to listen. Default: until Ctrl-C.")
FEET = click.option(
    "--feet",
    "feet_text",
    metavar="SOURCE",
    default="ble",
    show_default=True,
    help="ble, phone, or phone:HOST[:PORT]: a phone in place of a Bluetooth sensor.",
)
TEST_FEET = click.option(
    "--feet",
    "feet_text",
    metavar="SOURCE",
    default="ble",
    show_default=True,
    help="ble, phone, phone:HOST[:PORT], or mic[:NAME]: a microphone beside the treadmill.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.group(cls=Commands)
def sensors() -> None:
    """Find, watch, test, record and forget Bluetooth sensors."""


@sensors.command("scan")
@click.option("--seconds", type=click.FloatRange(0.1, 60.0), default=5.0, show_default=True, help="Seconds to listen.")
@JSON
def scan_(*, seconds: float, as_json: bool) -> int:
    """Show the sensors nearby: name, kind, signal, and whether each is remembered."""
    from cadencecoach.devices.ble.radio import Radio
    from cadencecoach.live.opening.around import Around, entry_of, session_text
    from cadencecoach.live.opening.meant import sensor_meant
    from cadencecoach.plan.phrasebook import ENGLISH
    from cadencecoach.store.sensor_book import open_book
    from cadencecoach.store.user_store import user_machine

    book = open_book(user_machine().sensors_file)
    with Radio() as radio:
        radio.check()
        found = Around(radio, book).look(seconds=seconds, in_full=True)
    rows = [_row(one, entry_of(one, found, book)) for one in found]
    meant = sensor_meant(found, book)
    session = session_text(meant, found, ENGLISH)
    if as_json:
        uses = None if meant.one is None else meant.one.sensor.address
        awaited = None if meant.awaited is None else meant.awaited.name
        show_as_json({"sensors": rows, "session": {"uses": uses, "waits_for": awaited, "text": session}})
    elif not rows:
        show_text("No sensor found. Wake it by moving it; a sensor connected to a watch or phone stays silent.")
    else:
        _show_table(rows)
        show_text(f"A session (--feet ble) {session}.")
    return 0 if rows else EXIT_NOTHING


@sensors.command()
@SENSOR
@click.option("--raw", is_flag=True, help="Show the raw bytes too.")
@SECONDS
@FEET
@JSON
def watch(*, sensor: str, raw: bool, seconds: float | None, feet_text: str, as_json: bool) -> None:
    """Show what a sensor sends, as it arrives."""
    from cadencecoach.desk.sensors import watching

    plain = watching.as_raw if raw else watching.as_text
    show = watching.as_json if as_json else plain
    one = _begin_listening(sensor, feet_text, seconds)
    for line in watching.watch(one.events, one.origin_s, one.votes):
        show_text(show(line))


@sensors.command()
@click.argument("file", callback=options.take_path)
@SENSOR
@SECONDS
@FEET
@JSON
def record(*, file: str, sensor: str, seconds: float | None, feet_text: str, as_json: bool) -> None:
    """Record a sensor into FILE, a journal that --feet replay:FILE plays."""
    from cadencecoach.desk.sensors.recording import record as written
    from cadencecoach.devices.input_file import clean_name

    one = _begin_listening(sensor, feet_text, seconds)
    tell(f"Recording {one.name}; Ctrl-C ends it.")
    journal = written(one.events, Path(file), one.votes, label=one.label, origin_s=one.origin_s)
    if as_json:
        show_as_json({"journal": str(journal.path), "trouble": journal.trouble})
    else:
        show_text(journal.trouble or f"journal: {clean_name(journal.path)}")


@sensors.command("test")
@SENSOR
@TEST_FEET
@JSON
def test_(*, sensor: str, feet_text: str, as_json: bool) -> int:
    """Test whether a sensor sends steps or strides: walk 20 steps and count them. With a phone: will it do?

    With --feet mic: listen for 20 s while you run on the treadmill, and say whether this room will do.
    """
    from cadencecoach.desk.sensors.walking import walk_through

    kind, _, words = feet_text.partition(":")
    if feet_text == "taps":
        raise click.UsageError("--feet taps needs no test: run with it, and tap t with your steps")
    if kind == "mic" and sensor:
        raise click.UsageError(f"{sensor} names a Bluetooth sensor, and --feet {feet_text} a microphone; leave one out")
    if kind == "mic":
        return _test_room(words, as_json=as_json)
    if (text := phone_of(feet_text, sensor, also=", mic and mic:PART-OF-ITS-NAME")) is not None:
        return test_phone(text, as_json=as_json)
    chosen = _choose_and_tell(sensor)
    count = walk_through(chosen, tell)
    if as_json:
        unit = None if count.unit is None else count.unit.name.lower()
        show_as_json({"counted_spm": count.counted_spm, "raw_per_min": count.raw_per_min, "unit": unit})
    else:
        show_text(_verdict(count))
    return EXIT_NOTHING if count.unit is None else 0


@sensors.command()
@SENSOR
@click.option("--all", "is_all", is_flag=True, help="Forget every sensor.")
@JSON
def forget(*, sensor: str, is_all: bool, as_json: bool) -> int:
    """Forget a remembered sensor and its settings."""
    from cadencecoach.store.sensor_book import Remembered, SensorBook, change_book
    from cadencecoach.store.user_store import user_machine

    if bool(sensor) == is_all:
        raise click.UsageError("name one sensor, or use --all")
    gone = list[Remembered]()

    def without(book: SensorBook) -> SensorBook:
        gone.extend(one for one in book.sensors if is_all or one.is_called(sensor))
        return book.without(gone)

    change_book(user_machine().sensors_file, without)
    names = [one.name for one in gone]
    if as_json:
        show_as_json({"forgotten": names})
    else:
        show_text(f"forgotten: {', '.join(names)}" if names else "no remembered sensor has that name")
    return 0 if gone else EXIT_NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listened:
    """What is listened to outside a session."""

    events: "Iterator[Event | None]"
    origin_s: float
    votes: "Mapping[str, Vote]"
    name: str
    label: str


def _begin_listening(sensor: str, feet_text: str, seconds: float | None) -> _Listened:
    """The sensors that are meant, or a phone, from now on."""
    from cadencecoach.devices.clock import HostClock

    text = phone_of(feet_text, sensor)
    if text is not None:
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.desk.sensors.phone import listen_phone
        from cadencecoach.live.opening.phone import LABEL, begin_phone

        feet, clock = begin_phone(text, TERMINAL), HostClock()
        events = listen_phone(feet, clock, seconds=seconds)
        return _Listened(events=events, origin_s=clock.origin_s, votes={}, name="the phone", label=LABEL)
    from cadencecoach.desk.sensors.listening import listen
    from cadencecoach.live.opening.radio import votes_of

    chosen, clock = _choose_and_tell(sensor), HostClock()
    return _Listened(
        events=listen(chosen, clock, seconds=seconds),
        origin_s=clock.origin_s,
        votes=votes_of(chosen),
        name=chosen.name,
        label=f"ble:{sensor}" if sensor else "ble",
    )


def _test_room(words: str, *, as_json: bool) -> int:
    """Say whether a microphone would hear the steps in this room."""
    from dataclasses import asdict

    from cadencecoach.desk.sensors.room_test import LISTENED_S, lines_of, listen_to_room, reason_words
    from cadencecoach.live.sensors.microphone_port import open_port
    from cadencecoach.plan.page_texts import ENGLISH_PAGE

    port, listening = open_port(words)
    if listening.note:
        tell(listening.note)
    tell(f"Listening with {listening.device} for {LISTENED_S:g} s: run on the treadmill, without music.")
    tell("No sound is stored.")
    test = listen_to_room(port, listening)
    if as_json:
        reason = "" if test.unheard is None else reason_words(test.unheard, ENGLISH_PAGE)
        told = {name: value for name, value in asdict(test).items() if name != "unheard"}
        show_as_json(told | {"reason": reason, "will_do": test.will_do})
    else:
        for line in lines_of(test, ENGLISH_PAGE):
            show_text(line)
    return 0 if test.will_do else EXIT_NOTHING


def _choose_and_tell(sensor: str) -> "Chosen":
    """The sensors that are meant; what a person should know of that is told."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.live.opening.radio import choose
    from cadencecoach.store.user_store import user_machine

    chosen = choose(user_machine(), sensor, TERMINAL)
    if chosen.told:
        tell(chosen.told)
    return chosen


def _row(one: "Found", entry: "Remembered | None") -> dict[str, object]:
    return {
        "name": one.sensor.name,
        "address": one.sensor.address,
        "kinds": list(one.kinds),
        "signal_dbm": one.signal_dbm,
        "is_remembered": entry is not None,
        "is_moved": entry is not None and entry.address != one.sensor.address,
        "unit": None if entry is None or not entry.unit else entry.unit,
        "is_held": one.is_held,
    }


def _show_table(rows: list[dict[str, object]]) -> None:
    from cadencecoach.cli.answers.tables import shown_table

    shown_table([("name", "address", "kind", "signal", "remembered"), *map(_cells, rows)])


def _cells(row: dict[str, object]) -> tuple[str, ...]:
    signal = "in use by a program here" if row["is_held"] else f"{row['signal_dbm']} dBm"
    known = ("yes", row["unit"], "at another address" if row["is_moved"] else None)
    remembered = ", ".join(str(word) for word in known if word)
    kinds = ", ".join(map(str, row["kinds"] if isinstance(row["kinds"], list) else ()))
    return (str(row["name"]), str(row["address"]), kinds, signal, remembered if row["is_remembered"] else "no")


def _verdict(count: "Count") -> str:
    from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
    from cadencecoach.session.sensor_words import unit_words

    if count.unit is None:
        raw = "nothing" if count.raw_per_min is None else f"{count.raw_per_min:.0f} a minute"
        return f"You took {count.counted_spm:.0f} steps a minute, the sensor sent {raw}: unclear, please try again."
    return f"You took {count.counted_spm:.0f} steps a minute; {unit_words(count.unit, ENGLISH_SCREEN)}. Remembered."
