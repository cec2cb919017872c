"""Every number a plan leaves out, by its value: a change of one is meant, and is made here too."""

from cadencecoach.plan.defaults import FULL_FEEDBACK, TOLERANCE
from cadencecoach.plan.feedback import CueStyle, Feedback, Rung, Start
from cadencecoach.plan.model import RatioTolerance


def test_what_a_plan_leaves_out_is_what_was_meant() -> None:
    """The band and the whole feedback."""
    assert RatioTolerance(0.03) == TOLERANCE
    assert (
        Feedback(
            style=CueStyle.WORDS,
            dwell_s=8.0,
            spacing_s=30.0,
            ladder=(Rung.TONE, Rung.BEAT, Rung.WORDS),
            growth_times=1.5,
            spacing_limit_s=120.0,
            calm_s=300.0,
            patience_cues=2,
            rest_s=60.0,
            back_off_times=2.0,
            rest_limit_s=240.0,
            rescue_after_s=8.0,
            rescue_hold_s=60.0,
            settle_s=30.0,
            clear_ratio=0.02,
            edge_ratio=2 / 3,
            back_ratio=1.0,
            praise_s=180.0,
            after_praise_s=30.0,
            closing_s=5.0,
            doubt_s=1.0,
            slowing_ratio=0.05,
            walk_below_spm=140.0,
            set_off_s=20.0,
            least_beat_s=10.0,
            cycle_s=120.0,
            pattern="",
            expiry_s=3.0,
            word_expiry_s=12.0,
            lost_after_s=5.0,
            lost_spacing_s=60.0,
            lost_limit_s=960.0,
            enough_readings=20,
            summary_after_s=20.0,
            summary_part_ratio=0.33,
            summary_from_ratio=0.3,
            countdown_from_s=15.0,
            key_limit_spm=10.0,
            ramp_reach_ratio=0.15,
            slowed_ratio=0.1,
            sprint_ratio=0.25,
            speed_window_s=10.0,
            speed_range_mps=0.5,
            rest_slower_times=2.0,
            follow_ratio=0.01,
            follow_step_ratio=0.03,
            follow_every_s=10.0,
            grade_ratio=0.01,
            noise_ratio=0.01,
            grade_over_steps=5,
            start=Start.IN_STEP,
            phase_s=0.0,
            hold_phase_ratio=0.0,
            hold_reach_times=1.5,
            hold_over_s=6.0,
            hold_every_s=2.0,
            steps_age_s=3.0,
            steps_spread_ratio=0.1,
        )
        == FULL_FEEDBACK
    )
