"""A recorded session decided again: the same by the same program, another with another number."""

import pytest
from each_row import each_row
from kept_plan import PLAN, kept_journal

from cadencecoach.coach.actions import SayMessage
from cadencecoach.coach.coaching import guided, with_messages
from cadencecoach.coach.events import Key
from cadencecoach.errors import JournalError
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import RunnerSettings
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.resolved import json_of_plan
from cadencecoach.record.journal import Header, Journal, line_text, read_journal
from cadencecoach.record.lines import CueLine, Line, MessageLine, PlanLine
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import SimulatedFeet
from cadencecoach.session.refolding import fold_again
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session


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


@each_row("actual_s", [20.1, None])
def test_a_spoken_message_is_decided_again_without_its_words(actual_s: float | None) -> None:
    """By its id and length in the header, heard or not: the words after it wait as they did then."""
    plan, lines = load_plan(PLAN, "one.yaml"), list[Line]()
    feet = SimulatedFeet(Runner(RunnerSettings(own_spm=172.0), seed=1), plan)
    begun = with_messages(guided(plan), [("a1", 12.0)])
    session = Session(
        plan,
        perform=lambda action: actual_s if isinstance(action, SayMessage) else feet.hear(action),
        write=lines.append,
        coaching=begun,
    )
    while session.now_s < 20.0:
        feet.deliver(session) if feet.next_s() <= 20.0 else session.advance(20.0)
    session.press(20.0, Key.MESSAGE)
    rehearse(session, feet, output=NoAudio())
    assert MessageLine(20.0, "a1", actual_s) in lines
    extra = {"messages": {"a1": 12.0}}
    header = Header(app="x", started="x", plan_name="", plan_sha256="", athlete=None, feet="ble", sound="", extra=extra)
    kept = PlanLine(0.0, plan.text, json_of_plan(plan), None)
    text = "".join(f"{one}\n" for one in (header.line, *map(line_text, (kept, *lines))))
    again = fold_again(read_journal(text.encode().splitlines(keepends=True)), {})
    assert [one for one in again if not isinstance(one, CueLine)] == [
        one for one in lines if not isinstance(one, CueLine)
    ]
    assert [(one.t, one.text) for one in again if isinstance(one, CueLine)] == [
        (one.t, one.text) for one in lines if isinstance(one, CueLine)
    ]
