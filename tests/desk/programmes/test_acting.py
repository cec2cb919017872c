"""Acts of a clinician on a programme under way: foretold, each with its reason and an entry; one alone ends a stop."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home, opened

from cadencecoach.desk.checkin.meaning import shown_decision
from cadencecoach.desk.programmes.acting import Act, ActAsked, act_on_programme, foresee_act
from cadencecoach.errors import UsageError
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import (
    BaselineTaken,
    CheckIn,
    Decided,
    Flag,
    Moment,
    ProgrammeSet,
    SessionRun,
    Withdrawn,
)
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import ProgrammeOrder, begin, under_way
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_files
from cadencecoach.view.programme.decisions import decision_lines

NAME = "r7"
LATER = DAY + timedelta(days=3)
LATER_AT = "2026-03-05T07:00:00Z"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with one athlete on a programme of two sessions, with a complete baseline."""
    home = Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_files(), Profile(athlete=NAME, created=DAY))
    measures(DAY - timedelta(days=49), 160.0, 162.0)
    raw, programme = opened(TINY)
    begin(
        user_files(),
        ProgrammeOrder(athlete=NAME, raw=raw, programme=programme, level=None, because=None, at=AT, day=DAY),
    )
    return home


def measures(day: date, *cadences_spm: float) -> None:
    """So many baseline runs, each on a day of its own."""
    for number, spm in enumerate(cadences_spm):
        on = day + timedelta(days=number)
        user_files().add_entries(NAME, BaselineTaken(at=f"{on}T07:00:00Z", day=on, cadence_spm=spm, duration_s=720.0))


def test_what_is_foreseen_while_no_reason_is_given_yet_is_what_follows() -> None:
    """Knee pain before a run holds, and a sign to stop is ended: what holds still does, told before and after."""
    for moment, pain, flags in ((Moment.BEFORE, 3, ()), (Moment.AFTER, None, (Flag.LIMP,))):
        said = CheckIn(at=LATER_AT, day=LATER, moment=moment, pain=pain, flags=frozenset(flags))
        user_files().add_entries(NAME, said)
    for act, number in ((Act.END_STOP, None), (Act.FROM, 2), (Act.HOLD, None), (Act.STEP_BACK, None)):
        lines = foresee_act(user_files(), asked(act, "", number)).lines
        does(act, "calf tight", number)
        now = under_way(user_files(), NAME)
        shown, _ = shown_decision(now.decision(LATER), now.log, LATER)
        after = next(iter(decision_lines(shown, now.programme, LATER)))
        assert f"Then: {after}" in lines, act
        assert now.decision(LATER).move is Verdict.HOLD or act is not Act.END_STOP


def test_the_logs_own_word_for_a_first_programme_is_no_reason() -> None:
    """With it all that was said before would decide no more."""
    with pytest.raises(UsageError, match="to replace it give the reason"):
        does(Act.FROM, "started", 2)


def asked(act: Act, because: str = "calf tight", number: int | None = None) -> ActAsked:
    """What the clinician asks for."""
    return ActAsked(athlete=NAME, act=act, because=because, at=LATER_AT, day=LATER, number=number)


def does(act: Act, because: str = "calf tight", number: int | None = None) -> tuple[str, ...]:
    """The clinician does it."""
    return act_on_programme(user_files(), asked(act, because, number))


def decision() -> Decision:
    """What comes next."""
    return under_way(user_files(), NAME).decision(LATER)


def limps() -> None:
    """A sign to stop is said."""
    user_files().add_entries(NAME, CheckIn(at=AT, day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.LIMP})))


@pytest.mark.parametrize("act", [Act.HOLD, Act.STEP_BACK, Act.FROM])
def test_no_act_without_a_reason(act: Act) -> None:
    """Nor with one of blanks, nor with a story of more than 500 characters; 500 are allowed."""
    before = user_files().log_of(NAME).every
    number = 2 if act is Act.FROM else None
    for because in ("", "   ", "x" * 501, "a\x07b"):
        with pytest.raises(UsageError, match="reason"):
            does(act, because, number)
    assert user_files().log_of(NAME).every == before
    does(act, "x" * 500, number)
    assert len(user_files().log_of(NAME).every) > len(before)


def test_a_hold_and_a_step_back_are_entries_with_author_and_reason() -> None:
    """They say by hand, and the reason of the next session names it."""
    does(Act.HOLD, " new\n job ")
    (entry,) = (one for one in user_files().log_of(NAME).entries if isinstance(one, Decided))
    assert (entry.verdict, entry.reasons, entry.by_hand, entry.author) == ("hold", ("new job",), True, "desk")
    assert decision().reasons[0].text == f"held by hand on {LATER}, because: new job"
    does(Act.STEP_BACK)
    assert decision().verdict is Verdict.STEP_BACK


def test_a_hold_and_a_step_back_are_taken_back_with_a_reason() -> None:
    """Then the rules decide again; the log keeps both; what is held again holds, though it is the same second."""
    with pytest.raises(UsageError, match="nobody holds or steps back r7 by hand"):
        does(Act.TAKE_BACK)
    does(Act.HOLD)
    does(Act.STEP_BACK)
    lines = foresee_act(user_files(), asked(Act.TAKE_BACK, "")).lines
    assert [line.split(",")[0] for line in lines[:2]] == [
        f"Takes back: {what} by hand on {LATER}" for what in ("hold", "step back")
    ]
    assert "Verdict: begin" in lines[-1]
    does(Act.TAKE_BACK, "the wrong runner")
    assert decision().verdict is Verdict.BEGIN
    assert len(user_files().log_of(NAME).every) == len(user_files().log_of(NAME).entries) + 4
    does(Act.HOLD)
    assert decision().verdict is Verdict.HOLD


def test_from_a_session_begins_there_and_ends_a_hold() -> None:
    """The session is one of the programme's, counted from 1."""
    does(Act.HOLD)
    for number, wrong in ((None, "name the session"), (3, "has 2 sessions"), (0, "has 2 sessions")):
        with pytest.raises(UsageError, match=wrong):
            does(Act.FROM, "runs already", number)
    does(Act.FROM, "runs already", 2)
    assert (decision().verdict, decision().level) == (Verdict.BEGIN, 1)
    taken_back = [one.because for one in user_files().log_of(NAME).every if isinstance(one, Withdrawn)]
    assert taken_back == ["runs already"]
    with pytest.raises(UsageError, match="name the session"):
        does(Act.HOLD, "x", 1)


def test_only_one_act_ends_a_stop() -> None:
    """Hold, step back and counting anew leave it; from a session is refused; what is said later stops again."""
    with pytest.raises(UsageError, match="is not stopped"):
        does(Act.END_STOP)
    limps()
    measures(DAY + timedelta(days=1), 164.0, 166.0)
    for act in (Act.HOLD, Act.STEP_BACK, Act.COUNT_FROM_NEW):
        does(act)
        assert decision().verdict is Verdict.STOP
    with pytest.raises(UsageError, match="end the stop first"):
        does(Act.FROM, "x", 1)
    told = does(Act.END_STOP, "seen, walks well")
    assert "limp" in told[0]
    assert decision().verdict is not Verdict.STOP
    last = user_files().log_of(NAME).entries[-1]
    assert isinstance(last, ProgrammeSet)
    assert last.because == "seen, walks well"
    assert len(last.ends or ()) == 1
    limps_again = CheckIn(at=LATER_AT, day=LATER, moment=Moment.AFTER, flags=frozenset({Flag.LIMP}))
    user_files().add_entries(NAME, limps_again)
    assert decision().verdict is Verdict.STOP


def test_a_hold_in_the_second_in_which_a_stop_is_ended_is_no_level_set_by_hand() -> None:
    """The runs before still decide where the runner stands."""
    user_files().add_entries(NAME, SessionRun(at=AT, day=DAY, session="s", item=1))
    limps()
    does(Act.END_STOP)
    does(Act.HOLD)
    assert (decision().verdict, decision().level) == (Verdict.HOLD, 1)


def test_what_will_follow_is_told_and_nothing_is_written() -> None:
    """As the rules will decide it: the stop by name, the session then, and what was said today."""
    before = user_files().log_of(NAME).every
    lines = foresee_act(user_files(), asked(Act.FROM, "", 2)).lines
    assert "Now: Today: One (1 of 2). Verdict: begin." in lines
    assert "Then: Today: Two (2 of 2). Verdict: begin." in lines
    assert "That is 1 levels further than the rules would go." not in lines
    assert "That is one level further than the rules would go." in lines
    limps()
    lines = foresee_act(user_files(), asked(Act.END_STOP, "")).lines
    assert lines[0].startswith("This ends the stop: limp")
    user_files().add_entries(NAME, CheckIn(at=LATER_AT, day=LATER, moment=Moment.BEFORE, pain=7))
    lines = foresee_act(user_files(), asked(Act.END_STOP, "")).lines
    assert any(line.startswith("No run today all the same") for line in lines)
    assert len(user_files().log_of(NAME).every) == len(before) + 2


def test_what_has_changed_since_the_person_looked_is_looked_at_again() -> None:
    """A stop that came meanwhile is not ended by somebody who has not seen it."""
    limps()
    seen = foresee_act(user_files(), asked(Act.END_STOP, "")).mark
    user_files().add_entries(NAME, CheckIn(at=LATER_AT, day=LATER, moment=Moment.BEFORE, pain=8))
    with pytest.raises(UsageError, match="has changed since you looked"):
        act_on_programme(user_files(), asked(Act.END_STOP), seen=seen)
    assert decision().verdict is Verdict.STOP
    seen = foresee_act(user_files(), asked(Act.END_STOP, "")).mark
    act_on_programme(user_files(), asked(Act.END_STOP), seen=seen)
    assert decision().verdict is not Verdict.STOP


def test_counting_from_new_needs_a_newer_complete_baseline() -> None:
    """The one it counts from already is none, nor is a single run."""
    with pytest.raises(UsageError, match="counts from its newest complete baseline already"):
        does(Act.COUNT_FROM_NEW)
    measures(DAY + timedelta(days=1), 164.0)
    with pytest.raises(UsageError, match="counts from its newest complete baseline already"):
        does(Act.COUNT_FROM_NEW)
    measures(DAY + timedelta(days=2), 166.0)
    assert "165.0 spm" in "\n".join(foresee_act(user_files(), asked(Act.COUNT_FROM_NEW, "")).lines)
    assert "targets count from 165.0 spm now" in does(Act.COUNT_FROM_NEW)[0]


def test_who_has_no_programme_is_told_how_to_begin_one() -> None:
    """In one line."""
    make_athlete(user_files(), Profile(athlete="r8", created=DAY))
    with pytest.raises(UsageError, match="r8 has no programme; start one"):
        foresee_act(user_files(), ActAsked(athlete="r8", act=Act.HOLD, because="", at=LATER_AT, day=LATER))
