"""Where somebody stands on the caseload: edges of every threshold, one reason, alerts that last until a close."""

from dataclasses import replace

from each_row import each_row
from programme_rig import Athlete, at, clean_course, day, programme, rung

from cadencecoach.clinic.alerts import Alert, Grade
from cadencecoach.clinic.caseload import Known, Section, Standing, standing_of, unreadable, worst_first
from cadencecoach.clinic.events import Kind
from cadencecoach.programme.facts import Aside
from cadencecoach.programme.model import Kind as SessionKind
from cadencecoach.programme.model import Treats
from cadencecoach.record.entries import (
    AlertClosed,
    AlertOwned,
    BaselineTaken,
    CheckIn,
    Flag,
    Message,
    MessageRead,
    Moment,
    ProgrammeSet,
    Site,
    To,
)
from cadencecoach.record.entry_lines import entry_id

ON = programme()
SAME = programme(*(rung(0.05, 20) for _ in range(5)), clean_sessions=9)  # each held until nine clean ones


def known(one: Athlete, *, on: bool = True) -> Known:
    """All that is known of an athlete of the rig."""
    return Known(athlete="r7", entries=tuple(one.log), rows=tuple(one.rows), programme=one.on if on else None)


def stands(one: Athlete, number: int, *, on: bool = True) -> Standing:
    """Where it stands on the nth day."""
    return standing_of(known(one, on=on), day(number))


def kinds(one: Standing) -> list[Kind]:
    """What its open alerts are about."""
    return [alert.kind for alert in one.alerts]


def closed(one: Athlete, alert: Alert, number: int) -> Athlete:
    """Somebody closes an alert on the nth day."""
    return one.enters(AlertClosed(at=at(number), day=day(number), alert=alert.id, closed_by="KM", because="called"))


def test_somebody_who_runs_and_says_so_is_fine() -> None:
    """No alert, nothing due, and the rule's own words as the reason."""
    one = stands(clean_course(ON, [0, 2]).says(3, Moment.MORNING, pain=0), 3)
    assert (one.section, one.alerts) == (Section.FINE, ())
    assert "was clean" in one.reason


@each_row(("pain", "section", "grade"), [(5, Section.HELD, None), (6, Section.STOPPED, Grade.RED)])
def test_pain_above_5_is_red_and_stops(pain: int, section: Section, grade: Grade | None) -> None:
    """5 is at the limit and holds; 6 is above it."""
    one = stands(clean_course(ON, [0]).ran(2, 1, says=False).says(2, Moment.AFTER, pain=pain, site=Site.KNEE), 3)
    assert one.section is section
    assert [alert.grade for alert in one.alerts] == ([] if grade is None else [grade])


def test_a_rest_is_told_with_what_became_of_the_level() -> None:
    """As where the next session stands: the one is when, the other what."""
    held = clean_course(ON, [0]).ran(2, 1, says=False).says(2, Moment.AFTER, pain=5, site=Site.KNEE)
    assert [stands(held, number).verdict for number in (3, 4)] == ["rest, then hold", "hold"]
    assert stands(held.says(4, Moment.MORNING, pain=6), 4).verdict == "stop"


def test_pain_by_key_that_no_answer_speaks_of_is_red_too() -> None:
    """It stands in the journal alone; where the log answers, the log counts."""
    athlete = clean_course(ON, [0, 2]).keyed(6)
    assert kinds(stands(athlete, 3)) == [Kind.PAIN]
    answered = replace(known(athlete), aside=Aside(answered={athlete.rows[-1].id}))
    assert standing_of(answered, day(3)).alerts == ()


def test_any_pain_is_red_where_a_bone_is_treated() -> None:
    """1 of 10 raises it; 0 does not."""
    bone = programme(treats=Treats.BONE)
    assert kinds(stands(clean_course(bone, [0]), 1)) == []
    assert kinds(stands(clean_course(bone, [0]).says(1, Moment.MORNING, pain=1), 1)) == [Kind.PAIN]


def test_every_sign_to_stop_is_red() -> None:
    """Each flag, with its name in the alert."""
    for flag in Flag:
        one = stands(clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, flags=[flag]), 1)
        assert (one.section, kinds(one)) == (Section.STOPPED, [Kind.SIGN])
        assert flag.value in one.alerts[0].what


def test_closing_an_alert_does_not_end_a_stop() -> None:
    """The alert is gone, the section and its reason stay; only a programme set again ends it."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, flags=[Flag.NIGHT])
    before = stands(athlete, 1)
    closed(athlete, before.alerts[0], 1)
    after = stands(athlete, 2)
    assert (after.section, after.reason, after.alerts) == (Section.STOPPED, before.reason, ())
    athlete.enters(ProgrammeSet(at=at(2), day=day(2), name=ON.name, sha256=ON.sha256, because="seen"))
    assert stands(athlete, 2).section is not Section.STOPPED


def test_an_open_red_alert_stays_when_the_programme_is_set_again() -> None:
    """Whoever sets it may not be who is to ask; it is closed with a reason."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, flags=[Flag.NIGHT])
    athlete.enters(ProgrammeSet(at=at(2), day=day(2), name=ON.name, sha256=ON.sha256, because="seen"))
    one = stands(athlete, 2)
    assert (one.section, kinds(one)) == (Section.ASK, [Kind.SIGN])


def test_what_comes_after_a_close_raises_a_new_alert() -> None:
    """With an id of its own; while one is open, what comes is counted to it."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=3).says(2, Moment.BEFORE, soreness=4)
    (first,) = stands(athlete, 2).alerts
    assert (first.n_more, first.raised, first.last_day) == (1, day(1), day(2))
    closed(athlete, first, 2).says(3, Moment.BEFORE, soreness=3)
    (second,) = stands(athlete, 3).alerts
    assert (second.n_more, second.raised, second.id == first.id) == (0, day(3), False)


def test_a_close_that_stands_before_its_alert_hides_nothing_that_comes_later() -> None:
    """Two logs that were joined may have them in this order: what comes next is a new alert all the same."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=3)
    (first,) = stands(athlete, 1).alerts
    other = closed(clean_course(ON, [0]), first, 1).says(1, Moment.MORNING, pain=0, soreness=3)
    assert stands(other, 1).alerts == ()
    (second,) = stands(other.says(3, Moment.BEFORE, soreness=4), 3).alerts
    assert (second.raised, second.id == first.id) == (day(3), False)


def test_pain_that_rises_by_an_answer_after_a_close_raises_a_new_alert() -> None:
    """The run was before the close, and what was told of it in the evening was not known then."""
    athlete = Athlete(ON)
    for number, pain in enumerate((0, 1, 2)):
        athlete.ran(2 * number, number, says=False).says(2 * number, Moment.AFTER, pain=pain)
    (first,) = stands(athlete, 4).alerts
    closed(athlete.ran(6, 3, says=False), first, 6)
    assert stands(athlete, 6).alerts == ()
    (second,) = stands(athlete.says(6, Moment.AFTER, pain=3), 6).alerts
    assert (second.kind, second.id == first.id) == (Kind.RISING, False)


def test_the_id_of_an_alert_stays() -> None:
    """On another day, with more said, and whoever owns it."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=3)
    first = stands(athlete, 1).alerts[0]
    athlete.enters(AlertOwned(at=at(1), day=day(1), alert=first.id, owner="KM")).says(2, Moment.BEFORE, soreness=5)
    later = stands(athlete, 4).alerts[0]
    assert (later.id, later.owner) == (first.id, "KM")


def test_an_act_on_an_unknown_alert_does_no_harm() -> None:
    """It may be of an entry that has not arrived yet."""
    athlete = clean_course(ON, [0]).enters(AlertOwned(at=at(0), day=day(0), alert="ffffffff", owner="KM"))
    closing = AlertClosed(at=at(0), day=day(0), alert="ffffffff", closed_by="KM", because="x")
    assert stands(athlete.enters(closing), 1).alerts == ()


@each_row(("soreness", "alerts"), [(2, []), (3, [Kind.SORE]), (4, [Kind.SORE])])
def test_soreness_from_3_on_is_amber(soreness: int, alerts: list[Kind]) -> None:
    """2 is below."""
    assert kinds(stands(clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=soreness), 1)) == alerts


@each_row(
    ("pains", "alerts"),
    [([0, 1], []), ([0, 1, 1], []), ([0, 1, 2], [Kind.RISING]), ([2, 0, 1], []), ([0, 1, 2, 3], [Kind.RISING])],
)
def test_pain_that_rises_over_three_sessions_is_amber(pains: list[int], alerts: list[Kind]) -> None:
    """Each more than the one before; two are too few, and one as high is none."""
    athlete = Athlete(ON)
    for number, pain in enumerate(pains):
        athlete.ran(2 * number, min(number, 4), says=False).says(2 * number, Moment.AFTER, pain=pain)
    assert kinds(stands(athlete, 2 * len(pains))) == alerts


def test_pain_that_rises_is_seen_without_a_programme() -> None:
    """By days on which something was said."""
    said = [CheckIn(at=at(n), day=day(n), moment=Moment.BEFORE, pain=n) for n in range(3)]
    assert [a.kind for a in standing_of(Known(athlete="r7", entries=tuple(said)), day(2)).alerts] == [Kind.RISING]
    assert standing_of(Known(athlete="r7", entries=tuple(said)), day(1)).alerts == ()


@each_row(("n_runs", "alerts"), [(2, []), (3, [Kind.HELD]), (4, [Kind.HELD])])
def test_held_three_times_is_amber(n_runs: int, alerts: list[Kind]) -> None:
    """The same session run so often, and held after each of them."""
    athlete = Athlete(SAME)
    for number in range(n_runs):
        athlete.ran(2 * number, 0)
    one = stands(athlete, 2 * n_runs - 1)
    assert (one.section, kinds(one)) == (Section.HELD, alerts)


def test_a_hold_after_the_close_raises_a_new_alert() -> None:
    """One more run that is held is a new event."""
    athlete = Athlete(SAME)
    for number in (0, 2, 4):
        athlete.ran(number, 0)
    first = stands(athlete, 5).alerts[0]
    closed(athlete, first, 5)
    assert stands(athlete, 5).alerts == ()
    (second,) = stands(athlete.ran(6, 0), 7).alerts
    assert second.kind is Kind.HELD
    assert second.id != first.id


@each_row(("days", "section"), [(6, Section.FINE), (7, Section.SILENT), (8, Section.SILENT)])
def test_seven_days_without_a_word_are_silent(days: int, section: Section) -> None:
    """6 are not; counted from the last run, answer or exercise."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=0)
    one = stands(athlete, 1 + days)
    assert one.section is section
    assert kinds(one) == ([Kind.SILENT] if section is Section.SILENT else [])


def test_nobody_is_silent_who_is_to_rest() -> None:
    """Ten days of rest by the programme itself: from its end on somebody may be."""
    athlete = clean_course(programme(rung(0.05, 20, rest=10), rung(0.05, 22)), [0]).says(1, Moment.MORNING, pain=0)
    assert stands(athlete, 10).section is Section.FINE
    assert stands(athlete, 11).section is Section.SILENT


def test_a_closed_silence_stays_in_its_section_without_an_alert() -> None:
    """It is still so; a silence after somebody was heard is another one."""
    athlete = clean_course(ON, [0])
    one = stands(athlete, 8)
    closed(athlete, one.alerts[0], 8)
    assert (stands(athlete, 9).section, stands(athlete, 9).alerts) == (Section.SILENT, ())
    athlete.says(10, Moment.BEFORE, pain=0, readiness=8)
    assert kinds(stands(athlete, 17)) == [Kind.SILENT]


def test_somebody_held_for_the_body_is_held_and_not_only_silent() -> None:
    """Pain 4 and then a week of silence: the pain is what to ask about; held for want of an answer is silent."""
    hurt = clean_course(ON, [0]).ran(2, 1, says=False).says(2, Moment.AFTER, pain=4, site=Site.KNEE)
    assert stands(hurt, 9).section is Section.HELD
    assert kinds(stands(hurt, 9)) == [Kind.SILENT]
    assert stands(clean_course(ON, [0]).ran(2, 1, says=False), 9).section is Section.SILENT


def test_what_is_due_is_a_section_and_a_column() -> None:
    """A reassessment when its day has come, a morning check-in, a programme for whoever has none."""
    looked = clean_course(programme(rung(0.05, 20), rung(0.05, 20, kind=SessionKind.REASSESSMENT)), [0])
    looked.says(1, Moment.MORNING, pain=0)
    assert stands(looked, 1).due == ()
    assert stands(looked, 2).due == ("reassessment",)
    assert stands(looked, 2).section is Section.DUE
    assert "morning check-in" in stands(clean_course(ON, [0]), 1).due
    assert "check-in after the run" in stands(Athlete(ON).ran(0, 0, says=False), 0).due
    assert standing_of(Known(athlete="r7"), day(0)).due == ("a programme",)


def test_what_cannot_be_read_is_asked_about_first() -> None:
    """Nobody knows, so it stands above every other of its section, and never among those who are fine."""
    asked = stands(clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=3), 1)
    fine = stands(clean_course(ON, [0, 2]).says(3, Moment.MORNING, pain=0), 3)
    stopped = replace(asked, section=Section.STOPPED)
    order = worst_first([fine, asked, unreadable("x", "line 3"), stopped])
    assert [one.section for one in order] == [Section.STOPPED, Section.ASK, Section.ASK, Section.FINE]
    assert order[1].reason == "cannot be read: line 3"


def test_unowned_alerts_come_before_owned_ones() -> None:
    """Within a section, of one grade."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=0, soreness=3)
    free = replace(stands(athlete, 1), athlete="z")
    taken = stands(athlete.enters(AlertOwned(at=at(1), day=day(1), alert=free.alerts[0].id, owner="KM")), 1)
    assert [one.athlete for one in worst_first([taken, free])] == ["z", "r7"]


def test_the_line_says_week_last_run_pain_change_and_sessions_done() -> None:
    """Of fourteen days, a day of which nothing was said is none; nothing is made up."""
    athlete = clean_course(ON, [0, 2, 4]).says(4, Moment.AFTER, pain=3, site=Site.SHIN)
    athlete.rows[-1] = replace(
        athlete.rows[-1], retention_cadence_spm=166.0, retention_target_spm=168.0, retention_own_spm=160.0
    )
    one = stands(athlete, 5)
    assert one.week == (1, 2)
    assert one.last_run_days == 1
    assert (one.pains[-6:], one.pain_site) == ((0, None, 0, None, 3, None), "shin")
    assert one.kept_spm == (6.0, 8.0)
    assert one.sessions == (3, 3)
    empty = standing_of(Known(athlete="r7"), day(0))
    assert (empty.week, empty.last_run_days, empty.kept_spm, empty.sessions) == (None, None, None, None)
    assert set(empty.pains) == {None}


@each_row(
    ("steps_from", "kept_spm"),
    [("rsc", (2.0, 8.0)), ("phone", (2.0, 8.0)), ("mic", None), ("taps", (6.0, 8.0))],
)
def test_a_change_within_the_errors_of_its_sources_is_on_no_line(
    steps_from: str, *, kept_spm: tuple[float, float] | None
) -> None:
    """Own cadence was measured by a pod; taps show nothing, so that the probe before them stands."""
    athlete = clean_course(ON, [0, 2, 4]).enters(
        BaselineTaken(at=at(0), day=day(0), cadence_spm=160.0, duration_s=720.0, taken_by="rsc")
    )
    for place, cadence_spm, source in ((-2, 166.0, "rsc"), (-1, 162.0, steps_from)):
        athlete.rows[place] = replace(
            athlete.rows[place],
            retention_cadence_spm=cadence_spm,
            retention_target_spm=168.0,
            retention_own_spm=160.0,
            steps_from=source,
        )
    assert stands(athlete, 5).kept_spm == kept_spm


def test_sessions_there_was_room_for_count_missed_ones() -> None:
    """Eight days of a session every second day have room for four; one was run."""
    assert stands(clean_course(ON, [0]).says(1, Moment.MORNING, pain=0), 8).sessions == (1, 4)


def test_a_note_of_the_runner_is_information() -> None:
    """Cut where it is long, and no reason to ask today."""
    note = CheckIn(at=at(1), day=day(1), moment=Moment.MORNING, pain=0, note="n" * 200)
    one = stands(clean_course(ON, [0]).enters(note), 1)
    assert ([alert.grade for alert in one.alerts], one.section) == ([Grade.INFO], Section.FINE)
    assert len(one.alerts[0].what) < 120


def test_entries_of_later_days_do_not_count_yet() -> None:
    """A day is a value."""
    athlete = clean_course(ON, [0]).says(1, Moment.MORNING, pain=9)
    assert stands(athlete, 0).alerts == ()
    assert kinds(stands(athlete, 1)) == [Kind.PAIN]


def test_what_a_runner_writes_is_heard_and_stands_there_until_it_is_read() -> None:
    """It ends a silence, as a run does; to a runner or in the notes it is no word of the runner."""
    athlete = clean_course(ON, [0, 2]).says(3, Moment.MORNING, pain=0)
    assert stands(athlete, 9).section is not Section.SILENT
    silent = stands(athlete, 10)
    assert kinds(silent) == [Kind.SILENT]
    for to in (To.RUNNER, To.NOTES):
        athlete.enters(Message(at=at(9), day=day(9), to=to, text="All well?"))
    assert kinds(stands(athlete, 10)) == [Kind.SILENT]
    wrote = Message(at=at(9), day=day(9), to=To.CLINICIAN, text="Had a cold.")
    heard = stands(athlete.enters(wrote), 10)
    assert (kinds(heard), heard.alerts[0].grade, heard.alerts[0].what) == (
        [Kind.MESSAGE],
        Grade.INFO,
        f"wrote on {day(9)}: Had a cold.",
    )
    assert "a message to read" in heard.due
    read = stands(athlete.enters(MessageRead(at=at(10), day=day(10), message=entry_id(wrote))), 10)
    assert (kinds(read), "a message to read" in read.due) == ([], False)
