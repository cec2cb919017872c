"""What apps on phones say of acceleration, as batches of samples: phyphox, pushed and asked for, and Sensor Logger.

Whoever is in the network can send anything. A body is taken whole or refused: numbers are numbers, never text, `NaN`
or infinite; what is nested deeper than these apps nest is refused by its shape. phyphox writes `null` for a value it
does not have; such a sample is left out.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from cadencecoach.gait.phone import FARTHEST_NS, Axes

NS_PER_S: Final = 10**9
MOST_SAMPLES: Final = 20_000  # in one body: a minute at 300 Hz, after a time without Wi-Fi
LONGEST_NAME: Final = 100
PHYPHOX: Final = ("acc_time", "accX", "accY", "accZ")  # as phyphox itself calls them, and our experiment does
# What Sensor Logger calls acceleration, the best first: with gravity, and as it was measured.
LOGGER_NAMES: Final = ("totalacceleration", "accelerometeruncalibrated", "accelerometer")


class RefusedBodyError(ValueError):
    """A body that no app of these would send; says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneBatch:
    """Samples as an app sent them: not yet in order, perhaps sent before, in a unit that nobody has told.

    Attributes:
        app: `phyphox` or `Sensor Logger`
        sender: tells phones apart while a session runs; written down nowhere
        session: which start of the app's own recording; empty where it does not say
        times_ns: on the phone's clock
        values: x, y, z of each
        is_measuring: whether the app says that it measures; an app that does not say so does
    """

    app: str
    sender: str
    session: str = ""
    times_ns: tuple[int, ...]
    values: tuple[Axes, ...]
    is_measuring: bool = True


class MessageReader:
    """Reads bodies; remembers which of its sensors a Sensor Logger sends."""

    def __init__(self) -> None:
        """Nobody has sent anything."""
        self._best: dict[str, int] = {}

    def read(self, sender: str, body: bytes) -> PhoneBatch:
        """A body that was pushed.

        Args:
            sender: who sent it, as the address it was sent to says
            body: as it came
        Raises:
            RefusedBodyError: it is none of theirs
        """
        told = parsed_json(body)
        if isinstance(told, dict) and "payload" in told:
            return self._read_logger(sender, told)
        if isinstance(told, dict) and PHYPHOX[0] in told:
            times_ns, values = columns_of([told.get(name) for name in PHYPHOX])
            return PhoneBatch(app="phyphox", sender=sender, times_ns=times_ns, values=values)
        raise RefusedBodyError("neither phyphox nor Sensor Logger")

    def _read_logger(self, sender: str, told: Mapping[str, Any]) -> PhoneBatch:
        rows, device, session = told["payload"], _name(told.get("deviceId")), _name(told.get("sessionId"))
        if not isinstance(rows, list) or len(rows) > MOST_SAMPLES:
            raise RefusedBodyError("its payload is no list of samples")
        named = [(one, _rank(one)) for one in rows]
        best = min([rank for _, rank in named if rank is not None], default=len(LOGGER_NAMES))
        who = f"{sender} {device}"
        if len(self._best) < MOST_SAMPLES or who in self._best:
            best = self._best[who] = min(best, self._best.get(who, best))
        samples = [_read_logged(one) for one, rank in named if rank == best and rank is not None]
        return PhoneBatch(
            app="Sensor Logger",
            sender=who,
            session=session,
            times_ns=tuple(time_ns for time_ns, _ in samples),
            values=tuple(value for _, value in samples),
        )


def read_answer(sender: str, body: bytes, names: Sequence[str] = PHYPHOX) -> PhoneBatch:
    """What phyphox answers when it is asked for the buffers of time, x, y and z.

    Raises:
        RefusedBodyError: it is none of its answers
    """
    told = parsed_json(body)
    buffers, status = (told.get("buffer"), told.get("status")) if isinstance(told, dict) else (None, None)
    if not isinstance(buffers, dict) or not isinstance(status, dict):
        raise RefusedBodyError("not an answer of phyphox")
    found = [buffers.get(name) for name in names]
    times_ns, values = columns_of([one.get("buffer") if isinstance(one, dict) else None for one in found])
    return PhoneBatch(
        app="phyphox",
        sender=sender,
        session=_name(status.get("session")),
        times_ns=times_ns,
        values=values,
        is_measuring=status.get("measuring") is not False,
    )


def buffers_named(body: bytes) -> tuple[str, str, str, str]:
    """What phyphox's description of an experiment calls the buffers of time and acceleration.

    Raises:
        RefusedBodyError: it is none, or measures no acceleration
    """
    told = parsed_json(body)
    inputs = told.get("inputs") if isinstance(told, dict) else None
    for source in ("accelerometer", "linear_acceleration"):
        for one in inputs if isinstance(inputs, list) else []:
            if isinstance(one, dict) and one.get("source") == source and isinstance(one.get("outputs"), list):
                parts = [part for part in one["outputs"] if isinstance(part, dict)]
                names = {axis: name for part in parts for axis, name in part.items() if isinstance(name, str)}
                if set("xyzt") <= names.keys() and all(len(name) <= LONGEST_NAME for name in names.values()):
                    return names["t"], names["x"], names["y"], names["z"]
    raise RefusedBodyError("its experiment does not measure acceleration")


def parsed_json(body: bytes) -> Any:  # noqa: ANN401  # any JSON
    """A body as JSON without the words that JSON does not have.

    Raises:
        RefusedBodyError: it is none
    """
    try:
        return json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise RefusedBodyError("no JSON, or nested too deep") from error


def columns_of(columns: Sequence[object]) -> tuple[tuple[int, ...], tuple[Axes, ...]]:
    """Times and samples of four columns: time in seconds, x, y, z; the shortest says how many there are.

    Raises:
        RefusedBodyError: they are no columns of numbers
    """
    lists = [one for one in columns if isinstance(one, list) and len(one) <= MOST_SAMPLES]
    if len(lists) < len(columns):
        raise RefusedBodyError("no four lists of numbers")
    rows = [row for row in zip(*map(_numbers, lists), strict=False) if None not in row]
    return tuple(_time_ns(row[0] * NS_PER_S) for row in rows), tuple((x, y, z) for _, x, y, z in rows)


def _numbers(column: Iterable[object]) -> list[Any]:
    return [None if one is None else _number(one) for one in column]


def _number(value: object) -> float:
    if type(value) not in (int, float):
        raise RefusedBodyError("a value is no number")
    try:
        number = float(value)  # type: ignore[arg-type]  # checked above
    except OverflowError as error:
        raise RefusedBodyError("a value is too large") from error
    if not math.isfinite(number):
        raise RefusedBodyError("a value is not finite")
    return number


def _time_ns(time_ns: float) -> int:
    if not 0 <= time_ns < FARTHEST_NS:
        raise RefusedBodyError("a time is none")
    return round(time_ns)


def _rank(row: object) -> int | None:
    """Which acceleration a sample of Sensor Logger is, the best 0; None where it is something else."""
    if not isinstance(row, dict):
        raise RefusedBodyError("a sample is none")
    name = row.get("name")
    return LOGGER_NAMES.index(name.lower()) if isinstance(name, str) and name.lower() in LOGGER_NAMES else None


def _read_logged(row: Mapping[str, Any]) -> tuple[int, Axes]:
    time_ns, values = row.get("time"), row.get("values")
    if type(time_ns) is not int or not isinstance(values, dict):
        raise RefusedBodyError("a sample has no time or no values")
    x, y, z = (_number(values.get(axis)) for axis in "xyz")
    return _time_ns(time_ns), (x, y, z)


def _name(value: object) -> str:
    return value[:LONGEST_NAME] if isinstance(value, str) else ""


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
