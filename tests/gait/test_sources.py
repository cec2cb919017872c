"""The table of sensor sources is whole: each row keeps what it promises, everywhere a source has to be known."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from each_row import each_row
from phone_batches import payloads, worn
from simulated_bodies import RUN, moving, step_times
from strap_frames import frames

from cadencecoach.desk.sensors.watching import values_of
from cadencecoach.errors import PayloadError
from cadencecoach.gait.microphone import HeardSteps, encode_heard
from cadencecoach.gait.rsc import RscMeasurement, encode_rsc
from cadencecoach.gait.sources import SOURCES, STEP_SOURCES, Source, Tells
from cadencecoach.gait.steps import Placement
from cadencecoach.gait.taps import TAP
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.session.sensors import SensorNews, Sensors

DOCS = Path(__file__).parents[2] / "docs"
ORDINALS = ("1st", "2nd", "3rd", *(f"{rank}th" for rank in range(4, 21)))
ROWS = each_row("source", SOURCES.values(), ids=SOURCES)


def a_run() -> Iterator[tuple[float, bytes]]:
    """Twenty seconds of a strap at the chest."""
    return frames(
        moving(Placement.CHEST, step_times([(20.0, 168.0)], jitter=RUN.jitter, seed=3), RUN, rate_hz=100.0, seed=3)
    )


def every_second(payload: bytes) -> list[tuple[float, bytes]]:
    """The same message once a second."""
    return [(float(second), payload) for second in range(1, 21)]


# What a sensor of each source sends while somebody runs; a new row needs one.
SENT = {
    "rsc": every_second(encode_rsc(RscMeasurement(speed_mps=3.0, raw_per_min=84, is_running=True))),
    "hr": every_second(bytes.fromhex("008c")),
    "treadmill": every_second(bytes.fromhex("0001 3804 8c")),
    "taps": [(tap * 60 / 168, TAP) for tap in range(56)],
    "accel": [(0.0, bytes.fromhex("f002020000")), *a_run()],
    "phone": list(payloads(worn(Placement.HIP, [(20.0, 168.0)]))),
    "mic": every_second(encode_heard(HeardSteps(cadence_spm=168.25, quality=0.6))),
}


@cache
def played(source: Source) -> tuple[Sensors, list[SensorNews]]:
    """What a session's sensors make of one sensor."""
    sensors = Sensors(vote=Vote(unit=Unit.STRIDES), votes={})
    brought = list[SensorNews]()
    for time_s, payload in SENT[source.name]:
        one = sensors.take(time_s, source=source.name, sensor="sensor", payload=payload)
        if one.reading is not None:
            sensors.keep_rates(one.reading)
        brought.append(one)
    return sensors, brought


@ROWS
def test_a_session_knows_what_a_source_tells_and_nothing_else(source: Source) -> None:
    """From the bytes to the reading to go by; a row that nobody takes in is red here."""
    sensors, brought = played(source)
    told = Tells(0)
    if any(one.reading is not None and one.reading.cadence_spm for one in brought):
        told |= Tells.CADENCE
    at_s = max(time_s for time_s, _ in SENT[source.name])
    if sensors.speed_mps_at(at_s) is not None:
        told |= Tells.SPEED
    if sensors.hr_bpm_at(at_s) is not None:
        told |= Tells.HEART_RATE
    if any(one.footfalls_s for one in brought):
        told |= Tells.FOOTFALLS
    assert told == source.tells


@ROWS
def test_a_reading_carries_the_error_of_its_source(source: Source) -> None:
    """Where it tells a cadence; the coach goes by it."""
    _, brought = played(source)
    errors_spm = {one.reading.error_spm for one in brought if one.reading is not None and one.reading.cadence_spm}
    assert errors_spm == ({source.error_spm} if source.counts_steps else set())


@ROWS
def test_a_source_has_words_and_a_line_in_the_documents(source: Source) -> None:
    """A kind and what it is, the row of the table for people, and its name wherever names are listed."""
    leads = "-" if source.rank is None else ORDINALS[source.rank]
    off_by = "-" if source.rank is None else f"{source.error_spm:g} spm"
    cells = (f"`{source.name}`", source.kind, source.about, source.tells.words, leads, off_by)
    assert f"| {' | '.join(cells)} |" in (DOCS / "bluetooth.md").read_text(encoding="utf-8").splitlines()
    for page, beginning in (("journal.md", "| `payload` |"), ("glossary.md", "| source |")):
        lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
        (line,) = (line for line in lines if line.startswith(beginning))
        assert f"`{source.name}`" in line, page


def test_the_documents_list_no_source_that_is_not_there() -> None:
    """Each name in the table for people has a row."""
    text = (DOCS / "bluetooth.md").read_text(encoding="utf-8")
    table = text[text.index("| source |") :].split("\n\n", 1)[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(SOURCES)


@ROWS
def test_a_decoder_says_what_bytes_mean_or_that_they_mean_nothing(source: Source) -> None:
    """All of what is sent is decoded and shown; an empty message is an error with words."""
    for _, payload in SENT[source.name]:
        source.decode(payload)
        assert "error" not in values_of(source.name, payload)
    with pytest.raises(PayloadError):
        source.decode(b"")


@ROWS
def test_a_source_that_comes_by_bluetooth_can_be_subscribed_to(source: Source) -> None:
    """A service to look for and a characteristic; a control point comes with the messages that start the stream."""
    assert bool(source.service) == bool(source.characteristic)
    assert bool(source.control) == bool(source.starts)


def test_no_two_rows_are_the_same_thing() -> None:
    """Names, kinds and characteristics tell sensors apart; ranks tell who leads."""
    rows = SOURCES.values()
    for one in ("name", "kind"):
        assert len({getattr(row, one) for row in rows}) == len(rows)
    numbers = [row.characteristic for row in rows if row.characteristic]
    ranks = [row.rank for row in rows if row.rank is not None]
    assert len(set(numbers)) == len(numbers)
    assert sorted(ranks) == list(range(len(ranks)))


def test_what_counts_steps_has_a_rank_and_stands_in_its_order() -> None:
    """Of one sensor's streams that count, the first is subscribed to; it is the one that leads."""
    ranks = [source.rank for source in STEP_SOURCES if source.rank is not None]
    assert len(ranks) == len(STEP_SOURCES)
    assert ranks == sorted(ranks)


def test_the_numbers_of_the_rows_are_what_was_meant() -> None:
    """Who leads, how far off, and what is asked of whom by number."""
    assert {
        name: (one.rank, one.error_spm, one.service[:8], one.characteristic[:8]) for name, one in SOURCES.items()
    } == {
        "rsc": (0, 0.0, "00001814", "00002a53"),
        "hr": (None, 0.0, "0000180d", "00002a37"),
        "treadmill": (3, 0.0, "00001826", "00002acd"),
        "accel": (1, 1.5, "fb005c80", "fb005c82"),
        "phone": (2, 1.0, "", ""),
        "mic": (4, 3.0, "", ""),
        "taps": (5, 3.0, "", ""),
    }
    assert [start.hex() for start in SOURCES["accel"].starts] == [
        "02020201080000016400" + "01011000",
        "02020201080000013400" + "01011000",
    ]
