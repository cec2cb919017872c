"""The past of a session that broke off: run again from its journal in no time, so that the memory is the same."""

from collections.abc import Sequence

from cadencecoach.coach.events import WentOn
from cadencecoach.errors import JournalError
from cadencecoach.record.lines import GapLine, Line, StageLine
from cadencecoach.session.feet import JournalledFeet, SensorFeed, without_ends_gone_on_from
from cadencecoach.session.session import Session

SAME_S, SAME_SPM = 0.5, 0.01  # what is run again differs from what was run by rounding alone


def run_past(session: Session, lines: Sequence[Line], feet: SensorFeed, gap: WentOn) -> None:
    """Run a session up to where it broke off; a prepared one that has not begun.

    Args:
        session: with what it was given then; nobody hears it, and nothing is written
        lines: of its journal, up to where it broke off
        feet: where its readings come from afterwards; a simulated runner runs along
        gap: the break, which is yet to come
    Raises:
        JournalError: this version of the program decides otherwise than the journal says
    """
    past = JournalledFeet(without_ends_gone_on_from([*lines, GapLine(gap.time_s, gap.gap_s, gap.reason)])[:-1])
    while past.next_s() <= gap.time_s:
        past.deliver(session)
        feet.pass_by(session.now_s)
    session.advance(gap.time_s)
    told = next((line for line in reversed(lines) if isinstance(line, StageLine)), None)
    if told is not None:
        _enter_last(session, told, gap.time_s)
    feet.pass_by(gap.time_s)
    _check_same(session, told)


def _enter_last(session: Session, told: StageLine, time_s: float) -> None:
    """Enter the stage with whose beginning the journal ends: it was due at that very moment, and not before it."""
    while not session.is_over and session.due_s() <= time_s:
        stage = session.state.stage
        if stage is not None and stage.index >= told.index:
            return
        session.step()


def _check_same(session: Session, told: StageLine | None) -> None:
    stage = session.state.stage
    if told is None or stage is None:
        raise JournalError("it broke off before it began")
    band_spm = None if stage.band is None else stage.band.target_spm
    is_same = told.index == stage.index and (told.target_spm is None) is (band_spm is None)
    if is_same and told.target_spm is not None and band_spm is not None:
        is_same = abs(told.target_spm - band_spm) <= SAME_SPM
    if not is_same:
        raise JournalError("this version of the program cannot resume the session where it was")
