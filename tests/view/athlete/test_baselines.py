"""The age of a baseline in words."""

from datetime import date, timedelta

from each_row import each_row

from cadencecoach.record.baselines import assessments_of
from cadencecoach.record.entries import BaselineTaken
from cadencecoach.view.athlete.baselines import age_words, assessment_json

DAY = date(2026, 3, 2)
(ONE,) = assessments_of([BaselineTaken(at="", day=DAY, cadence_spm=160.0)])


@each_row(
    ("days", "words"),
    [
        (-1, "dated 2026-03-02: it does not count until then"),
        (0, "measured today"),
        (1, "measured 1 day ago"),
        (13, "measured 13 days ago"),
        (14, "measured 2 weeks ago"),
        (83, "measured 11 weeks ago"),
        (84, "measured 12 weeks ago, old: measure again"),
        (85, "measured 12 weeks ago, old: measure again"),
    ],
)
def test_the_age_of_a_baseline_is_told(days: int, words: str) -> None:
    """In days, then in weeks; from twelve weeks on with what to do."""
    assert age_words(ONE, DAY + timedelta(days=days)) == words


def test_a_program_gets_age_and_ids() -> None:
    """By the id a run can be withdrawn."""
    told = assessment_json(ONE, DAY + timedelta(days=84))
    assert (told["age_days"], told["old"]) == (84, True)
    assert isinstance(told["runs"], list)
    assert len(told["runs"][0]["id"]) == 12
