"""Every number of time and sound in the room by its value: a change of one is meant, and is made here too."""

from each_row import each_row
from room_numbers import numbers_of

ROOM = "cadencecoach.devices"
NUMBERS: dict[str, dict[str, object]] = {
    "microphone": {
        "FS_HZ": 16000,
        "BLOCK_S": 0.05,
        "LATENCY_S": 0.2,
        "ASKED_WITHIN_S": 2.0,
        "NEWEST_S": 2.0,
        "BEFORE_S": 12.0,
        "GAP_S": 0.08,
        "LONGEST_GAP_S": 60.0,
    },
    "audio_card": {"USUAL_FS_HZ": 48_000, "INVALID_RATE_CODE": -9997, "SERVERS_CHANNELS": 32},
    "audio_child": {
        "PLAYS_TIMEOUT_S": 10.0,
        "PLAYS_POLL_S": 0.002,
        "FILLED_WITHIN_S": 0.02,
        "WARM_UP_FRAMES": 48000,
        "SWITCH_INTERVAL_S": 0.0005,
        "BUSY_CODE": -9985,
    },
    "audio_player": {"FRAME_BYTES": 8, "FADE_IN_S": 0.005, "DROPPED_S": 0.020},
    "audio_port": {"START_TIMEOUT_S": 15.0, "CLOSE_GRACE_S": 1.0, "READ_TRIES": 1000},
    "audio_reopen": {"SOON_S": 0.2, "N_SOON": 10, "RETRY_S": 2.0, "N_RETRIES": 40, "SELDOM_S": 10.0},
    "audio_watch": {"LOOK_AFTER_S": 0.5, "HUNG_AFTER_S": 3.0, "LONGEST_COUNT_S": 0.25},
    "audio_wire": {"N_ROWS": 4096, "MUSIC_BYTES": 6_400_000},
    "heard": {
        "N_PAIRS": 64,
        "PAIR_EVERY_S": 0.2,
        "N_SOON": 8,
        "SOON_S": 0.01,
        "FIT_FROM_S": 5.0,
        "STRAY_S": 0.002,
        "BELIEVED_STRAYS": 5,
    },
    "slip": {
        "BELIEVED_AFTER_BLOCKS": 8,
        "FOLLOW": 0.01,
        "DEEPEST_S": 0.5,
        "LONGEST_SLIP_S": 5.0,
        "SETTLED_AFTER_S": 1.0,
        "USUAL_LATENCY_S": 0.25,
        "LONGEST_LATENCY_S": 2.0,
    },
}


@each_row("name", NUMBERS)
def test_every_number_of_a_file_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert numbers_of(ROOM, name) == NUMBERS.get(name, {})
