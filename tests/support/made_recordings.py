"""Recorded runs of other makers, made up as bytes: FIT by messages, TCX, GPX and tables by their values."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from cadencecoach.fit import profile
from cadencecoach.fit.wire import Base, Field, Fields, FitWriter

START_S = 1_130_000_000
N = 120
RUNNING, CYCLING, EQUIPMENT = 1, 2, 4
NATIVE, CADENCE256, FRACTION = Field(4, Base.UINT8), Field(52, Base.UINT16, 256), Field(53, Base.UINT8, 128)
SPEED, ENHANCED_SPEED, DISTANCE = Field(6, Base.UINT16, 1000), Field(73, Base.UINT32, 1000), Field(5, Base.UINT32, 100)
Message = tuple[int, Fields]


def app_field(number: int = 0, base: Base = Base.FLOAT32) -> Field:
    """A field of an app."""
    return Field(number, base, is_developers=True)


def description(
    name: str, units: str = "", *, number: int = 0, base: Base = Base.FLOAT32, native: int | None = None
) -> Message:
    """How an app describes its field."""
    own = [(Field(14, Base.UINT16), 20), (Field(15, Base.UINT8), native)] if native is not None else []
    numbers = [(Field(0, Base.UINT8), 0), (Field(1, Base.UINT8), number), (Field(2, Base.UINT8), base.number)]
    return profile.FIELD_DESCRIPTION, [*numbers, (profile.text(3), name), (profile.text(8), units), *own]


def record(at_s: float, *fields: tuple[Field, float | None], speed_mps: float | None = 2.9) -> Message:
    """A record; its speed is that of a run."""
    speed = [] if speed_mps is None else [(SPEED, speed_mps)]
    return profile.RECORD, [(profile.TIMESTAMP, START_S + at_s), *speed, *fields]


def records(*fields: tuple[Field, float | None], n: int = N, from_s: int = 0) -> list[Message]:
    """Records of every second that all say the same."""
    return [record(from_s + second, *fields) for second in range(n)]


def session(from_s: float, to_s: float, sport: int | None = RUNNING, sub_sport: int | None = None) -> Message:
    """A session by its times."""
    times = [(profile.TIMESTAMP, START_S + to_s), (Field(2, Base.UINT32), START_S + from_s)]
    sports = [(profile.enum(5), sport), (profile.enum(6), sub_sport)]
    return profile.SESSION, [*times, (profile.seconds(7), to_s - from_s), *sports]


def sport_message(sport: int) -> Message:
    """What a watch says before it is done."""
    return 12, [(profile.enum(0), sport)]


def stop(at_s: float) -> Message:
    """The runner has stopped the watch."""
    return profile.EVENT, [(profile.TIMESTAMP, START_S + at_s), (profile.enum(0), 0), (profile.enum(1), 4)]


def fit_bytes(*messages: Message | Iterable[Message]) -> bytes:
    """An activity of these messages."""
    writer = FitWriter()
    writer.add(profile.FILE_ID, [(profile.enum(0), profile.ACTIVITY_FILE)])
    writer.add(profile.DEVELOPER_DATA_ID, [(Field(1, Base.BYTE), bytes(range(16))), (Field(3, Base.UINT8), 0)])
    for one in messages:
        for message, fields in [one] if isinstance(one, tuple) else one:
            writer.add(message, fields)
    return writer.file()


def moment(second: float) -> str:
    """A time as XML has it."""
    return (datetime(2026, 3, 1, 8, tzinfo=UTC) + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


def tcx_text(points: Sequence[str], *, sport: str | None = "Running", seconds: Sequence[float] = ()) -> str:
    """A TCX file of points with what is in them beside the time."""
    inside = "\n".join(
        f"<Trackpoint><Time>{moment(second)}</Time>{point}</Trackpoint>"
        for second, point in zip(seconds or range(len(points)), points, strict=True)
    )
    said = "" if sport is None else f' Sport="{sport}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
        ' xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2">'
        f"<Activities><Activity{said}><Id>{moment(0)}</Id><Lap><Track>\n{inside}\n</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>\n"
    )


def gpx_text(points: Sequence[str], *, sport: str | None = "running") -> str:
    """A GPX file of points with what is in their extensions."""
    inside = "\n".join(
        f'<trkpt lat="50" lon="8"><time>{moment(second)}</time><extensions>{point}</extensions></trkpt>'
        for second, point in enumerate(points)
    )
    said = "" if sport is None else f"<type>{sport}</type>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"'
        ' xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1" xmlns:ns3="http://example.org/ns3">'
        f"<trk><name>r</name>{said}<trkseg>\n{inside}\n</trkseg></trk></gpx>\n"
    )


def csv_text(header: str, row: str, *, n: int = N) -> str:
    """A table whose rows are the same but for their time, which stands first."""
    return f"{header}\n" + "".join(f"{second}{row}\n" for second in range(n))
