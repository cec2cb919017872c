from dataclasses import replace

from coach_rig import STAGE, CoachRig
from each_row import each_row
from own_feedback import FEEDBACK

from cadencecoach.coach.actions import CueKind, CueReason
from cadencecoach.plan.model import CueAt, CueEvery

WARM_UP = replace(STAGE, name="Warm-up", duration_s=60.0)


def test_three_two_one_comes_before_the_next_stage() -> None:
    """Three tones, a second apart, the last one second before the change."""
    rig = CoachRig(WARM_UP, WARM_UP).until(61.0)
    cues = rig.cues(CueReason.COUNTDOWN)
    assert [(c.time_s, c.kind) for c in cues] == [
        (57.0, CueKind.EARCON),
        (58.0, CueKind.EARCON),
        (59.0, CueKind.EARCON),
    ]


def test_a_very_short_stage_has_no_countdown() -> None:
    """Ten seconds would be half countdown."""
    rig = CoachRig(replace(WARM_UP, duration_s=10.0), WARM_UP).until(11.0)
    assert rig.cues(CueReason.COUNTDOWN) == []


def test_the_authors_cues_come_at_their_times() -> None:
    """Once at 20 s, and every 15 s, and nothing at the very end of the stage."""
    stage = replace(WARM_UP, cues=(CueAt(0.0, "Tall."), CueAt(20.0, "Relax."), CueEvery(15.0, "Light.")))
    rig = CoachRig(stage, WARM_UP).until(100.0)
    assert rig.said(CueReason.PLAN) == [(0, "Tall."), (15, "Light."), (20, "Relax."), (30, "Light."), (45, "Light.")]


@each_row(
    ("changes", "reasons"),
    [
        ({}, [CueReason.COUNTDOWN] * 3),
        ({"countdown_from_s": 61.0}, []),
    ],
)
def test_whether_a_stage_is_counted_down_is_the_plans(changes: dict[str, float], reasons: list[CueReason]) -> None:
    """`countdown-from`: a shorter stage has no 3-2-1."""
    stage = replace(WARM_UP, feedback=replace(FEEDBACK, **changes))  # type: ignore[arg-type]
    assert [c.reason for c in CoachRig(stage, WARM_UP).until(59.5).cues(CueReason.COUNTDOWN)] == reasons
