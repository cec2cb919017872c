"""What was written down of an athlete on a programme, a line an entry."""

import pytest
from programme_rig import at, day, programme

from cadencecoach.record.entries import ProgrammeSet
from cadencecoach.view.programme.standing import log_lines


@pytest.mark.parametrize(("anew", "told"), [(False, ""), (True, ", counts from the newest complete baseline")])
def test_a_programme_in_the_log_says_where_targets_begin_to_count_anew(anew: bool, told: str) -> None:  # noqa: FBT001
    """Exchanging a text and counting from a new baseline are told apart."""
    entry = ProgrammeSet(at=at(0), day=day(0), name="P", sha256="0" * 64, because="measured", counts_from_new=anew)
    (line,) = log_lines(programme(), (), (entry,))
    assert line.endswith(f"programme 'P' (00000000){told}, because: measured")
