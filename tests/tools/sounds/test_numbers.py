"""Every number the sounds are computed from by its value: a change of one is meant, and is made here too."""

from each_row import each_row
from room_numbers import files_of, numbers_of

ROOM = "tools.sounds"
NUMBERS: dict[str, dict[str, object]] = {
    "clicks": {"PEAK": 0.9, "TAIL_S": 0.004, "LOUDNESS_LKFS": -28.67, "ACCENT_RATIO": 1.335, "AT_SPM": 180.0},
    "grades": {
        "PARTS": (0.16, 0.25, 0.38, 0.57, 0.85),
        "N_PARTIALS": 16,
        "GOLDEN": 0.6180339887,
        "HISS_HZ": (4200.0, 8600.0),
        "HISS_DECAY_S": 0.03,
        "THUD_HZ": (260.0, 700.0),
        "THUD_DECAY_S": 0.045,
        "LENGTH_S": 0.09,
    },
    "loudness": {
        "FS_HZ": 48000,
        "OFFSET_LU": -0.691,
        "SHELF": ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
        "HIGH_PASS": ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
        "N_PADDED": 131072,
    },
    "tones": {
        "E5": 659.26,
        "A5": 880.0,
        "C6": 1046.5,
        "D6": 1174.66,
        "E6": 1318.51,
        "A4": 440.0,
        "NOTE_PARTIALS": ((1.0, 0.7), (2.0, 0.2), (3.0, 0.1)),
    },
}


@each_row("name", files_of(ROOM))
def test_every_number_of_a_file_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert numbers_of(ROOM, name) == NUMBERS.get(name, {})
