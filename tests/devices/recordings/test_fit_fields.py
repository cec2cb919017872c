"""Fields of apps that are a cadence, and those that only look like one."""

import struct

from each_row import each_row

from cadencecoach.devices.recordings.fit_fields import AppFields, held_value

BASE_FLOAT32, BASE_UINT16, BASE_SINT8 = 0x88, 0x84, 0x01


def described(name: str, units: str = "", native: int | None = None, base: int = BASE_FLOAT32) -> AppFields:
    """An app with one field."""
    fields = AppFields()
    fields.describe({0: 0, 1: 0, 2: base, 3: name, 8: units, 15: native})
    return fields


@each_row(
    ("name", "units", "counts"),
    [
        ("Cadence", "spm", "steps"),
        ("Running Cadence", "rpm", "strides"),
        ("cadence", "", "steps"),
        ("StepsPerMinute", "", "steps"),
        ("Step Rate", "steps/min", "steps"),
        ("Stride rate", "strides/min", "strides"),
        ("SR", "spm", "steps"),
        ("Schrittfrequenz", "Schritte/min", "steps"),
        ("Kadenz", "1/min", "strides"),
        ("Cadence de course", "pas/min", "steps"),
        ("Cadencia", "ppm", "steps"),
        ("Frecuencia de zancada", "", "steps"),
        ("Каденс", "шаг/мин", "steps"),
        ("步频", "步/分钟", "steps"),
        ("ピッチ", "歩/分", "steps"),
        ("케이던스", "spm", "steps"),
        ("Fréquence", "pas/min", "steps"),
        ("Ritmo", "pasos por minuto", "steps"),
        ("Tempo", "Schritte/min", "steps"),
    ],
)
def test_names_and_units_of_a_cadence(name: str, units: str, counts: str) -> None:
    """In the languages of the programs we know; a note names the field."""
    ((_, column),) = described(name, units).cadence_columns()
    assert (column.counts, column.is_told) == (counts, True)


@each_row(
    ("name", "units"),
    [
        *(("Target Cadence", "spm"), ("Avg Cadence", "spm"), ("Lap Cadence", "spm"), ("Max cadence", "spm")),
        *(("Cadence", "%"), ("Cadence drift", ""), ("Stroke Rate", "spm"), ("Pedal cadence", "rpm"), ("Power", "W")),
        *(("Ziel-Kadenz", "spm"), ("Heart Rate", "bpm"), ("Vertical Oscillation", "mm"), ("", "")),
    ],
)
def test_what_only_looks_like_a_cadence(name: str, units: str) -> None:
    """What was asked for, a mean, a share, an arm."""
    assert list(described(name, units).cadence_columns()) == []


def test_a_field_that_stands_for_the_watchs_own_needs_no_name() -> None:
    """It says so by a number, and comes before those that are told by name."""
    ((_, column),) = described("X1", "RPM", native=4).cadence_columns()
    assert (column.counts, column.is_told) == ("strides", False)
    assert list(described("Cadence", "spm", native=7).cadence_columns()) == []


@each_row("native", [0, 52, 53])
def test_a_cadence_by_name_may_stand_for_a_part_of_the_watchs_own(native: int) -> None:
    """Or for nothing that was filled in; without the name it is none."""
    ((_, column),) = described("Cadence", "spm", native=native).cadence_columns()
    assert (column.counts, column.is_told) == ("steps", True)
    assert list(described("X1", "spm", native=native).cadence_columns()) == []


def test_a_description_that_says_nothing_gives_way_to_one_that_does() -> None:
    """Of two that say something the first one counts."""
    fields = AppFields()
    for name in (None, "Cadence", "Power"):
        fields.describe({0: 0, 1: 0, 2: BASE_UINT16, 3: name})
    assert [column.name for _, column in fields.cadence_columns()] == ["the app's field Cadence"]


@each_row(
    ("base", "raw", "order", "want"),
    [
        (BASE_FLOAT32, struct.pack("<f", 85.5), "<", 85.5),
        (BASE_FLOAT32, struct.pack(">f", 85.5), ">", 85.5),
        (BASE_FLOAT32, struct.pack("<f", float("nan")), "<", None),
        (BASE_UINT16, b"\xaa\x00", "<", 170),
        (BASE_UINT16, b"\xff\xff", "<", None),
        (BASE_UINT16, b"\xaa", "<", None),
        (BASE_SINT8, b"\x7f", "<", None),
        (0x55, b"\x01", "<", None),
    ],
)
def test_bytes_that_came_before_their_description(base: int, raw: bytes, order: str, want: float | None) -> None:
    """They are read once it is known what they are; what does not fit is missing."""
    assert described("Cadence", "spm", base=base).value_of((0, 0), raw, is_little=order == "<") == want


def test_what_is_kept_of_a_value() -> None:
    """Numbers, and bytes in any of the shapes the decoder gives; not words, and not lists of larger numbers."""
    assert [held_value(one) for one in (85.0, b"ab", (0, 0, 170, 66), "spm", (300,), (), None)] == [
        *(85.0, b"ab", b"\x00\x00\xaa\x42"),
        *(None, None, None, None),
    ]
