"""Words and numbers of sports, as files of many makers have them."""

import pytest
from each_row import each_row

from cadencecoach.devices.recordings.sports import (
    LEFT_OUT,
    UNSAID,
    OnFoot,
    Sport,
    keep_on_foot,
    sport_of,
    sport_of_fit,
    sport_of_gpx,
)
from cadencecoach.errors import RecordingError

WORDS = {
    OnFoot.RUN: "running, Run, trail_running, TrailRun, VirtualRun, treadmill_running, track_running, obstacle_run, "
    "Outdoor Run, Cross Country Running, Laufen, Laufband, course à pied, Carrera, Löpning, hardlopen, bieganie, 跑步, "
    "\u0431\u0435\u0433, Run/Walk, WORKOUT_TYPE_RUN",  # Russian
    OnFoot.WALK: "walking, casual_walking, hiking, Hike, Nordic Walking, Spaziergang, Randonnée, snowshoeing, "
    "徒步, treadmill walk",
    OnFoot.NO: "cycling, Biking, Ride, VirtualRide, virtual_ride, EBikeRide, e_biking, road_biking, gravel_cycling, "
    "Indoor Bike, Radfahren, Ciclismo, vélo, 骑行, "
    "rowing, Row, indoor_rowing, Rudern, lap_swimming, open_water_swimming, "
    "NordicSki, Langlauf, roller skiing, resort_skiing_snowboarding_ws, elliptical, stair_climbing, strength_training, "
    "Yoga, Football, kayaking, SUP, wheelchair_push_run, swim_run, bike_to_run_transition",
    OnFoot.UNCLEAR: "Other, multi_sport, Zumba, fitness_equipment, strides, 42",
    OnFoot.UNSAID: ", generic, default, unknown",
}


@each_row(("on_foot", "words"), [(kind, word) for kind, text in WORDS.items() for word in text.split(", ")])
def test_words_of_sports(on_foot: OnFoot, words: str) -> None:
    """Runs, walks, other sports, words that nobody knows, and those that say nothing."""
    assert sport_of(words).on_foot is on_foot


@each_row(
    ("number", "want"),
    [("9", "running"), ("10", "walking"), ("4", "hiking"), ("1", "cycling"), ("16", "swimming"), ("23", "rowing")],
)
def test_numbers_in_gpx_are_those_of_strava(number: str, want: str) -> None:
    """And nowhere else: a column of a table may hold others."""
    assert sport_of_gpx(number) == sport_of(want)
    assert sport_of(number).on_foot is OnFoot.UNCLEAR


@each_row(
    ("sport", "sub_sport", "on_foot"),
    [
        ("running", "generic", OnFoot.RUN),
        ("running", "", OnFoot.RUN),
        ("running", "virtual_activity", OnFoot.RUN),
        ("running", "200", OnFoot.RUN),
        ("running", "indoor_cycling", OnFoot.UNCLEAR),
        ("running", "indoor_walking", OnFoot.WALK),
        ("walking", "speed_walking", OnFoot.WALK),
        ("fitness_equipment", "treadmill", OnFoot.RUN),
        ("fitness_equipment", "indoor_running", OnFoot.RUN),
        ("fitness_equipment", "indoor_walking", OnFoot.WALK),
        ("fitness_equipment", "indoor_cycling", OnFoot.NO),
        ("fitness_equipment", "spin", OnFoot.NO),
        ("fitness_equipment", "elliptical", OnFoot.NO),
        ("fitness_equipment", "indoor_rowing", OnFoot.NO),
        ("fitness_equipment", "200", OnFoot.NO),
        ("fitness_equipment", "generic", OnFoot.UNCLEAR),
        ("training", "cardio_training", OnFoot.UNCLEAR),
        ("training", "strength_training", OnFoot.NO),
        ("generic", "trail", OnFoot.RUN),
        ("generic", "road", OnFoot.NO),
        ("generic", "generic", OnFoot.UNSAID),
        ("", "", OnFoot.UNSAID),
        ("cycling", "treadmill", OnFoot.NO),
        ("transition", "generic", OnFoot.NO),
        ("tactical", "", OnFoot.NO),
        ("85", "", OnFoot.NO),
    ],
)
def test_sports_of_fit_with_their_sub_sports(sport: str, sub_sport: str, on_foot: OnFoot) -> None:
    """The list is closed: what is neither run nor walk is another sport, also one that came after the decoder."""
    assert sport_of_fit(sport, sub_sport).on_foot is on_foot


def test_rows_of_other_sports_are_left_out_and_every_doubt_is_said() -> None:
    """Once for each word."""
    run, ride, odd = sport_of("run"), sport_of("ride"), sport_of("Zumba")
    places, notes = keep_on_foot([run, ride, ride, odd, UNSAID])
    assert places == [0, 3, 4]
    assert notes == [
        LEFT_OUT.format(n=2, sport="ride"),
        "the file calls its sport Zumba, which may not be a run; read as a run",
        "the file does not name its sport; read as a run",
    ]
    assert keep_on_foot([]) == ([], [])
    with pytest.raises(RecordingError, match="this is ride"):
        keep_on_foot([ride])


def test_foreign_words_are_shown_short_and_without_anything_a_terminal_obeys() -> None:
    """They come from files of other people."""
    assert sport_of("a\x1b[31m\u202eb") == Sport(OnFoot.UNCLEAR, r"'a\x1b[31m\u202eb'")
    assert len(sport_of("x" * 1000).words) == 42
