"""Every number of the room by its value: a change of one is meant, and is made here too."""

from each_row import each_row
from room_numbers import files_of, numbers_of

ROOM = "cadencecoach.coach"
NUMBERS: dict[str, dict[str, object]] = {
    "door": {"BEATS_A_STRIDE": 2, "EDGE_BEATS": 1e-06},
    "due": {"GAP_S": 0.5},
    "entering": {"BASELINE_PART": 1 / 3},
    "events": {"NEVER": float("inf")},
    "fading": {"EDGE_S": 1e-06, "LEAST_S": 1.0},
    "following": {"STEP_MARGIN": 1e-09},
    "footfalls": {"N_LEAST": 6, "N_IN_ROW": 8, "N_BEATS_KEPT": 6},
    "going_on": {"SHORT_BREAK_S": 600.0, "LONG_BREAK_S": 1800.0, "SHORT_WARM_UP_S": 60.0},
    "grading": {"GRADES": 5},
    "in_step": {"KNOWN_AFTER_S": 5.0, "FARTHEST_S": 0.25, "N_TOLD": 20},
    "judging": {"HOLD_S": 3.0, "MOST_STRETCHES": 200},
    "key_table": {"UNDO_S": 5.0},
    "ladder": {"MOST_STEPS": 20},
    "message_key": {"ROOM_S": 5.0},
    "metronome": {"DEFAULT_SPM": 170.0, "LOW_SPM": 60.0, "HIGH_SPM": 260.0},
    "metronome_alone": {"STEP_SPM": 1.0, "LEAP_SPM": 5.0},
    "metronome_tempo": {"TAPS_WANTED": 4, "TAPS_KEPT": 8, "TAP_GAP_S": 2.0},
    "ordered_beat": {"MAX_STRETCH": 10.0, "EDGE_BEATS": 1e-06},
    "pain": {"STOPS_ABOVE": 5, "WORST": 10, "QUESTION_S": 10.0, "SHOWN_S": 3.0},
    "phrases": {"SPOKEN_PER_MIN": 150.0, "BREATH_S": 0.3, "LONGEST_MARKED_S": 14400.0},
    "reminding": {"FROM_S": 240.0, "N_REMINDERS": 2},
    "stage": {"STANDS_S": 3.0},
    "volume": {"STEP_DB": 3.0, "LEAST": 1, "USUAL": 8, "MOST": 10},
    "step": {"EDGE_S": 1e-06},
    "timed_cues": {"COUNTDOWN_S": (3.0, 2.0, 1.0)},
}


@each_row("name", files_of(ROOM))
def test_every_number_of_a_file_is_what_was_meant(name: str) -> None:
    """None is missing from the table, and none has another value."""
    assert numbers_of(ROOM, name) == NUMBERS.get(name, {})
