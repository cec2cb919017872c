"""Every number of the room by its value: a change of one is meant, and is made here too."""

from each_row import each_row
from room_numbers import files_of, numbers_of

ROOM = "cadencecoach.sound"
NUMBERS: dict[str, dict[str, object]] = {
    "beats": {"LATE_S": 0.01, "START_LATE_S": 0.001},
    "cues": {"MAX_CUES": 15},
    "ducking": {
        "FADE_S": 0.005,
        "DUCK_GAIN": 10 ** (-12 / 20),
        "DUCK_ATTACK_S": 0.01,
        "DUCK_RELEASE_S": 0.2,
        "UNITY": 1.0,
    },
    "engine": {"DUCK_FRAMES": 480, "LEAD_FRAMES": 736, "CHUNK_QUANTA": 512, "MAX_TEMPO_SPM": 1000.0, "MAX_GAIN": 8.0},
    "lead_in": {"LEVEL": 10 ** (-50 / 20), "SEED": 1},
    "limiter": {"QUANTUM": 128, "THRESHOLD": 0.89, "MARGIN": 0.9999990463256836, "RELEASE_QUANTA": 75},
    "mixer": {"FAR_FRAMES": 4611686018427387904},
    "music_ring": {
        "RING_FRAMES": 262_144,
        "N_RINGS": 3,
        "N_CHANNELS": 2,
        "HEADER_NUMBERS": 32,
        "RING_BYTES": 6_291_712,
        "FADE_S": 0.01,
        "RISE_S": 0.0005,
        "NO_RING": -1,
        "_ACTIVE": 0,
        "_READS": 1,
        "_BEFORE": 2,
        "_READ_FRAME": 3,
        "_SIGNS": 4,
        "_RINGS": 8,
        "_FIRST": 0,
        "_END": 1,
        "_NUMBER": 2,
        "_PER_RING": 4,
    },
    "noise": {
        "LOOP_S": 4.0,
        "LOWEST_HZ": 60.0,
        "HIGHEST_HZ": 12_000.0,
        "RMS": 0.25,
        "LEVELS": 5,
        "STEP_DB": 5.0,
        "SEED": 7,
        "FADE_S": 0.3,
    },
    "pattern": {"GRADES": 5, "_MASK": 18446744073709551615},
    "phases": {"N_PHASES": 256, "RUN_UP": 64},
    "rate": {"FS_HZ": 48000, "FULL_SCALE": 32767},
    "wav": {"FORMAT": (1, 2, 48000)},
}


@each_row("name", files_of(ROOM))
def test_every_number_of_a_file_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert numbers_of(ROOM, name) == NUMBERS.get(name, {})
