"""A recorded session decided again: the same by the same program, another with another number."""

import pytest
from kept_plan import kept_journal

from cadencecoach.errors import JournalError
from cadencecoach.record.journal import Journal, read_journal
from cadencecoach.record.lines import CueLine, PlanLine
from cadencecoach.session.refolding import fold_again


@pytest.fixture(scope="module")
def journal() -> Journal:
    """A minute, in which the runner is too slow."""
    return read_journal(kept_journal().splitlines(keepends=True))


def test_the_same_program_decides_the_same(journal: Journal) -> None:
    """Line by line, all but the one that keeps the plan."""
    assert fold_again(journal, {}) == tuple(line for line in journal.lines if not isinstance(line, PlanLine))


def test_with_another_number_it_decides_another_thing(journal: Journal) -> None:
    """A longer dwell: the first correction comes later, by as much."""
    first, later = (
        next(line.t for line in lines if isinstance(line, CueLine) and line.reason == "below")
        for lines in (journal.lines, fold_again(journal, {"dwell_s": 9.0}))
    )
    assert later - first == pytest.approx(5.0, abs=1.0)


def test_a_journal_without_its_plan_is_told(journal: Journal) -> None:
    """As those of old versions are."""
    bare = Journal(header=journal.header, lines=journal.lines[1:], notes=())
    with pytest.raises(JournalError, match=r"^the journal keeps no plan"):
        fold_again(bare, {})


def test_a_cue_begins_when_it_began_then(journal: Journal) -> None:
    """The card of then was late, and so is the cue that is given again."""
    late = tuple(
        CueLine(line.t, line.kind, line.text, line.reason, line.requested_s, line.requested_s + 0.25)
        if isinstance(line, CueLine) and line.requested_s is not None
        else line
        for line in journal.lines
    )
    again = fold_again(Journal(header=journal.header, lines=late, notes=()), {})
    cues = [line for line in again if isinstance(line, CueLine)]
    begun = [(one.actual_s or 0.0) - (one.requested_s or 0.0) for one in cues]
    assert begun
    assert begun == pytest.approx([0.25] * len(begun))
