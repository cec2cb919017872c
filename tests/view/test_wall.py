"""What the wall shows of a lane: its figures, which lane needs a look, and nothing of a person."""

from dataclasses import asdict
from typing import Any

from each_row import each_row

from cadencecoach.view.wall import Course, LaneState, Tile, mark_worst, tile_of

MOMENT: dict[str, Any] = {
    "is_over": False,
    "is_paused": False,
    "is_stopped": False,
    "target_spm": 170,
    "cadence_spm": 168,
    "feet": "live",
    "status": {"far_spm": None, "word": "in band", "sign": "on", "tone": "good"},
    "stage": {"name": "Sore knee of r7"},
    "pain": "6",
    "stopped_by": "6",
    "last_words": "Knee?",
}


def tile(state: LaneState = LaneState.RUNNING, *, has_sensor: bool = True, **changed: Any) -> Tile:  # noqa: ANN401
    """The tile of lane 3 at a moment."""
    return tile_of(3, state, {**MOMENT, **changed}, has_sensor=has_sensor)


@each_row(
    ("changed", "course", "far_spm"),
    [
        ({}, Course.ON, 0),
        ({"status": {"far_spm": 1}}, Course.QUICKER, 1),
        ({"status": {"far_spm": 13}}, Course.QUICKER, 13),
        ({"status": {"far_spm": -1}}, Course.SLOWER, 1),
        ({"target_spm": None, "status": {"far_spm": None}}, Course.NONE, 0),
        ({"feet": "lost", "status": {"far_spm": 5}}, Course.UNHEARD, 0),
        ({"feet": "stale"}, Course.UNHEARD, 0),
        ({"feet": "unknown", "cadence_spm": None}, Course.UNHEARD, 0),
        ({"feet": "still", "cadence_spm": 0}, Course.ON, 0),
    ],
)
def test_a_course_is_quicker_slower_on_or_unheard(changed: dict[str, Any], course: Course, far_spm: int) -> None:
    """At, below and above the band, and without a reading."""
    assert (tile(**changed).course, tile(**changed).far_spm) == (course, far_spm)


def test_a_lane_without_a_sensor_is_not_missed() -> None:
    """Nobody is sent to look for a pod that is not there."""
    assert tile(has_sensor=False, feet="unknown", cadence_spm=None).course is Course.NONE


def test_a_stop_for_pain_looks_as_a_pause_and_nothing_else_of_a_person_is_there() -> None:
    """No reason, no name, no words; a pause by key is the same tile."""
    assert tile(is_stopped=True) == tile(is_paused=True) == Tile(lane=3, state=LaneState.PAUSED)
    assert not [word for word in ("r7", "knee", "Knee", "pain") if word in str(asdict(tile()))]


@each_row("state", [LaneState.WAITING, LaneState.STARTING, LaneState.DESK, LaneState.OVER])
def test_a_lane_that_does_not_run_shows_its_state_alone(state: LaneState) -> None:
    """Whatever an old moment says."""
    assert tile(state) == Tile(lane=3, state=state)
    assert tile_of(3, LaneState.RUNNING, None) == Tile(lane=3, state=LaneState.RUNNING)
    assert tile(is_over=True).state is LaneState.OVER


def test_the_worst_is_who_is_unheard_else_who_is_farthest_off() -> None:
    """One at most, and none where all is well or paused."""
    on = Tile(lane=1, state=LaneState.RUNNING, course=Course.ON)
    far = Tile(lane=2, state=LaneState.RUNNING, course=Course.SLOWER, far_spm=9)
    near = Tile(lane=3, state=LaneState.RUNNING, course=Course.QUICKER, far_spm=2)
    lost = Tile(lane=4, state=LaneState.RUNNING, course=Course.UNHEARD)
    assert [one.lane for one in mark_worst([near, far, on]) if one.is_worst] == [2]
    assert [one.lane for one in mark_worst([near, lost, far, on]) if one.is_worst] == [4]
    assert [one.lane for one in mark_worst([on, Tile(lane=2, state=LaneState.PAUSED)]) if one.is_worst] == []
    assert mark_worst([]) == ()
