"""Where the answers of the first time lead."""

import pytest
from each_row import each_row

from cadencecoach.desk.begin.steps import Ending, Step, follow


def test_keys_lead_along_the_table() -> None:
    """From the first question to an ending, with what was answered on the way."""
    assert follow("").at is Step.HURTS
    reached = follow("nnn32")
    assert reached.at is Step.SENSOR
    assert reached.answers[Step.HOW_OFTEN] == "3"
    assert follow("nnn32y").at is Ending.OWN_CADENCE
    assert follow("y").at is Ending.SEE_SOMEBODY


def test_a_question_that_only_looks_comes_again() -> None:
    """Looking for a sensor answers nothing."""
    reached = follow("nnn32ll")
    assert (reached.at, Step.SENSOR in reached.answers) == (Step.SENSOR, False)


@each_row("keys", ["z", "nz", "yn"])
def test_a_key_that_is_no_answer_leads_nowhere(keys: str) -> None:
    """Nor does one after an ending."""
    with pytest.raises(KeyError):
        follow(keys)
