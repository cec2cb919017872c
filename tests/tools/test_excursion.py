"""The excursion that docs/coach.md tells of, with numbers of these tests."""

from own_feedback import FEEDBACK

from cadencecoach.plan.model import Beat
from tools import coach_page
from tools.coach_page import play_excursion


def test_what_is_heard_climbs_the_ladder_rests_longer_and_longer_and_ends_with_one_word() -> None:
    """A dwell, a spacing, then rests of one, two and four minutes; a dwell after the return the word for it."""
    told = list(play_excursion(Beat.ON, FEEDBACK))
    rests_s = [FEEDBACK.rest_s, 2 * FEEDBACK.rest_s, 4 * FEEDBACK.rest_s]
    corrections_s = [8.0, 38.0]
    for rest_s in rests_s:
        corrections_s.append(corrections_s[-1] + rest_s)
    assert [time_s for time_s, _ in told] == [8.0, *corrections_s, 488.0]
    assert told[0] == (8.0, "a high tone")
    assert told[-1] == (488.0, '"That\'s it."')


def test_a_rescue_beat_comes_after_the_tone_and_stays_a_minute_after_the_return() -> None:
    """Where the stage has one."""
    beats = [(time_s, what) for time_s, what in play_excursion(Beat.RESCUE, FEEDBACK) if what.startswith("the beat")]
    assert beats == [(16.0, "the beat begins"), (488.0 + FEEDBACK.rescue_hold_s, "the beat ends")]


def test_the_excursion_is_the_one_that_was_meant() -> None:
    """A minute out of the band and back again, at round numbers."""
    assert (coach_page.TARGET_SPM, coach_page.SLOW_SPM, coach_page.OUT_S) == (170.0, 160.0, 60)
    assert (coach_page.BACK_S, coach_page.END_S) == (540, 700)
