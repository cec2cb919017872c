"""Fields that apps and pods have added to the records of a FIT file: which of them are a cadence, and what they count.

Some say so by the number of the watch's own field; others only by name and unit, in any language. Some are described
only after the first records that have them, so their bytes are kept and read at the end.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cadencecoach.devices.recordings.columns import Column, Quantity
from cadencecoach.devices.recordings.model import Counts
from cadencecoach.devices.recordings.sports import quote

DEVELOPER, FIELD, BASE, NAME, UNITS, NATIVE_MESSAGE, NATIVE_FIELD = 0, 1, 2, 3, 8, 14, 15
SCALE, OFFSET = 6, 7
RECORD, CADENCE = 20, 4
LOOSE_NATIVE = frozenset(
    {0, 52, 53}
)  # nothing filled in; cadence256 and fractional_cadence, by apps that mean the whole
RANK_NATIVE, RANK_NAMED, RANK_UNIT = 10, 20, 30  # behind the watch's own fields
BASES = dict(  # FIT protocol, "Base types": code for `struct`, and the number that means "no value"
    (
        *((0x00, ("B", 0xFF)), (0x01, ("b", 0x7F)), (0x02, ("B", 0xFF)), (0x83, ("h", 0x7FFF)), (0x84, ("H", 0xFFFF))),
        *((0x85, ("i", 0x7FFFFFFF)), (0x86, ("I", 0xFFFFFFFF)), (0x88, ("f", None)), (0x89, ("d", None))),
        *((0x0A, ("B", 0)), (0x8B, ("H", 0)), (0x8C, ("I", 0)), (0x0D, ("B", 0xFF))),
        *((0x8E, ("q", (1 << 63) - 1)), (0x8F, ("Q", (1 << 64) - 1)), (0x90, ("Q", 0))),
    )
)
STEP_WORDS = r"steps?\b|schritte|pasos|pas\b|passi|passos|stappen|步|歩|걸음|шаг\w*"
STEP_UNITS = re.compile(rf"spm|ppm|{STEP_WORDS}", re.IGNORECASE)
STRIDE_UNITS = re.compile(r"rpm|r/min|u/min|strides?\b|cycles?\b|rev|1/min|/min|min-1", re.IGNORECASE)
OTHER_UNITS = re.compile(
    r"\W*(?:%|percent|prozent|bpm|k?m|[cm]m|m?s|sec|min|h|w|watts?|kg|n|kn|g|k?cal|k?j|deg|°c?|km/h|m/s|min/km|w/kg)\W*",
    re.IGNORECASE,
)
STEPS_A_MINUTE = re.compile(
    rf"\W*(?:spm|ppm|(?:{STEP_WORDS}) ?(?:/|per |pro |par |por |al |a )? ?(?:min\w*|分钟?|분|мин\w*))\W*", re.IGNORECASE
)
NAMES = re.compile(
    r"cad|kad|trittfreq|schritt-?freq|schrittz|step ?_?(?:rate|freq)|steps? ?_?(?:per|/|p) ?_?m|stride ?_?(?:rate|freq)"
    r"|\bspm\b|fr[eé]quence de (?:pas|foul)|frecuencia de (?:paso|zancada)|frequenza (?:del )?pass|каденс|步频|步頻"
    r"|ケイデンス|ピッチ|케이던스|stegfrekvens|skridtfrekvens|askeltiheys|pasfrequentie",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"avg|average|mean\b|median|max|min\b|minimum|target|goal|zone|lap\b|session|total|ziel|soll|mittel|durchschn|moy"
    r"|promedio|media\b|obj|var|dev|drift|score|ratio|percent|%|power|length|bike|pedal|crank|stroke|swim|balance|error"
    r"|diff|delta|decoup|predict|optim|ideal|recommend|metronome|beat",
    re.IGNORECASE,
)


MOVEMENTS = (  # what pods and apps tell beyond cadence: by the watch's own field, else by name
    (Quantity.OSCILLATION, 39, re.compile(r"vertical ?osc\w*|vert\.? osc\w*|oscillation|vo", re.IGNORECASE)),
    (Quantity.CONTACT, 41, re.compile(r"(?:ground|stance)(?: contact)? ?time|contact time|gct", re.IGNORECASE)),
    (Quantity.STRIDE, 85, re.compile(r"(?:step|stride) ?length", re.IGNORECASE)),
)
OF_PODS = re.compile(r"form power|leg spring stiffness|air power|stryd", re.IGNORECASE)  # beside them stand a pod's


class Description(NamedTuple):
    """How a field is described in its file."""

    name: str
    units: str
    base: int
    scale: float
    offset: float
    native_message: int | None
    native_field: int | None


Key = tuple[int, int]  # developer and field


@dataclass(slots=True)
class AppFields:
    """The descriptions of one file, and the values whose description is still to come."""

    described: dict[Key, Description] = field(default_factory=dict)

    def describe(self, raw: dict[int, Any]) -> None:
        """Take a description; of two of one field the first one that says something counts."""
        developer, number = raw.get(DEVELOPER), raw.get(FIELD)
        if isinstance(developer, int) and isinstance(number, int):
            one = _description(raw)
            known = self.described.get((developer, number), one)
            self.described[developer, number] = known if known.name or known.units else one

    def cadence_columns(self) -> Iterator[tuple[Key, Column]]:
        """The fields that are a cadence."""
        for key, one in self.described.items():
            rank = _rank(one)
            if rank is not None:
                unit = f" ({quote(one.units)})" if one.units else ""
                name = f"the app's field {quote(one.name) or 'without a name'}{unit}"
                is_told = rank != RANK_NATIVE
                yield key, Column(Quantity.CADENCE, rank, name, _counts(one.units, is_native=not is_told), is_told)

    def movement_columns(self) -> Iterator[tuple[Key, Column]]:
        """The fields that are oscillation, contact time or stride."""
        is_of_pod = any(OF_PODS.search(one.name) for one in self.described.values())
        for key, one in self.described.items():
            name = one.name.replace("_", " ")
            for quantity, native, names in MOVEMENTS:
                if one.native_field == native or (one.native_field is None and names.fullmatch(name)):
                    is_step = quantity is Quantity.STRIDE and (one.native_field == native or "step" in name.lower())
                    yield (
                        key,
                        Column(
                            quantity,
                            RANK_NAMED,
                            one.name,
                            "steps" if is_step else "strides",
                            unit=one.units.lower(),
                            counts_said=is_step or quantity is not Quantity.STRIDE,
                            told_by="pod" if is_of_pod else "watch",
                        ),
                    )

    def value_of(self, key: Key, held: float | bytes, *, is_little: bool) -> float | None:
        """A value of a record: a number, or bytes that were read before their description."""
        one = self.described[key]
        if not isinstance(held, bytes):
            return float(held)
        code, invalid = BASES.get(one.base, ("", None))
        if not code or struct.calcsize(code) != len(held):
            return None
        (value,) = struct.unpack(("<" if is_little else ">") + code, held)
        return None if value == invalid or value != value else value / one.scale - one.offset  # noqa: PLR0124  # nan


def held_value(raw: object) -> float | bytes | None:
    """A developer's value to keep: a number as it is, and what the decoder has only as bytes."""
    if isinstance(raw, int | float):
        return raw
    if isinstance(raw, bytes):
        return raw
    try:
        return bytes(raw) if isinstance(raw, tuple | list) and raw else None
    except (TypeError, ValueError):  # a list of other numbers than bytes
        return None


def _description(raw: dict[int, Any]) -> Description:
    def number(at: int) -> int | None:
        return int(raw[at]) if isinstance(raw.get(at), int | float) else None

    def text(at: int) -> str:
        value = raw.get(at)
        parts = value if isinstance(value, tuple | list) else (value,)
        return " ".join(str(one) for one in parts if isinstance(one, str)).strip()

    base = number(BASE)
    return Description(
        name=text(NAME),
        units=text(UNITS),
        base=0x0D if base is None else base,
        scale=float(number(SCALE) or 1),
        offset=float(number(OFFSET) or 0),
        native_message=number(NATIVE_MESSAGE),
        native_field=number(NATIVE_FIELD),
    )


def _rank(one: Description) -> int | None:
    """How surely a field is the cadence; None: it is not."""
    if one.native_field == CADENCE and one.native_message in {None, RECORD}:
        return RANK_NATIVE
    if OTHERS.search(one.name) or one.native_field not in {None, *LOOSE_NATIVE}:
        return None
    if NAMES.search(one.name) and not OTHER_UNITS.fullmatch(one.units):
        return RANK_NAMED
    return RANK_UNIT if one.native_field is None and STEPS_A_MINUTE.fullmatch(one.units) else None


def _counts(units: str, *, is_native: bool) -> Counts:
    """What a field counts; one that does not say is judged by its size later on, as steps."""
    if STEP_UNITS.search(units):
        return "steps"
    return "strides" if is_native or STRIDE_UNITS.search(units) else "steps"
