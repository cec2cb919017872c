"""Two runs of twelve minutes make a baseline; one alone, or short ones, are provisional."""

from dataclasses import replace
from datetime import date, timedelta

from each_row import each_row

from cadencecoach.record.baselines import (
    assessments_of,
    baseline_counted_from,
    baseline_in_force,
    first_counted_from,
)
from cadencecoach.record.entries import BaselineTaken, Entry, ProgrammeSet, SessionRun

FIRST = date(2026, 3, 2)
TODAY = FIRST + timedelta(days=60)


def taken(  # each with a default
    spm: float,
    *,
    day: int = 0,
    minutes: float | None = 12,
    mps: float | None = None,
    surface: str = "",
    session: str = "",
    seen: tuple[tuple[str, str], ...] = (),
    taken_by: str = "",
) -> BaselineTaken:
    """A baseline run."""
    return BaselineTaken(
        at="",
        day=FIRST + timedelta(days=day),
        cadence_spm=spm,
        speed_mps=mps,
        duration_s=None if minutes is None else minutes * 60,
        surface=surface,
        session=session,
        seen=seen,
        taken_by=taken_by,
    )


def trained(day: int, *, item: int | None = 0) -> SessionRun:
    """A session in between."""
    return SessionRun(at="", day=FIRST + timedelta(days=day), session=f"s{day}", item=item)


@each_row(
    ("runs", "spm", "is_provisional"),
    [
        ((taken(160),), 160, True),
        ((taken(160), taken(164, day=2)), 162, False),
        ((taken(160), taken(164, day=2), taken(168, day=3)), 164, False),
        ((taken(160), taken(170, minutes=11.9)), 160, True),  # a short run is no second one, and does not count
        ((taken(160, minutes=None), taken(164, minutes=None)), 162, True),  # nobody said how long
        ((taken(160, minutes=5), taken(164, minutes=6)), 162, True),
    ],
)
def test_two_long_runs_make_a_baseline(runs: tuple[BaselineTaken, ...], spm: float, *, is_provisional: bool) -> None:
    """Its cadence is the mean of those that count."""
    (one,) = assessments_of(runs)
    assert (one.cadence_spm, one.is_provisional) == (spm, is_provisional)


@each_row(
    ("entries", "n_assessments"),
    [
        ([taken(160), taken(164, day=14)], 1),
        ([taken(160), taken(164, day=15)], 2),
        ([taken(160), trained(1), taken(164, day=2)], 2),
        (
            [taken(160), trained(1, item=None), taken(164, day=2)],
            1,
        ),  # a run of one's own is no training towards a target
        ([taken(160, surface="road"), taken(164, surface="treadmill")], 2),
        ([taken(160, surface="Road"), taken(164, surface="road")], 1),
        ([taken(164, day=2), taken(160)], 1),  # dated back
        ([taken(160), trained(1), taken(164, day=2), taken(166, day=4)], 2),
    ],
)
def test_runs_belong_together_while_nothing_was_trained(entries: list[Entry], n_assessments: int) -> None:
    """Two weeks at most, one surface, no session of the programme between them."""
    assert len(assessments_of(entries)) == n_assessments


def test_a_session_taken_twice_is_one_run_with_all_that_was_seen() -> None:
    """The later entry holds; what was seen is joined."""
    first = taken(160, session="a", seen=(("pelvic drop", "7 deg"),))
    again = taken(161, session="a", seen=(("overstride", "yes"),))
    (one,) = assessments_of([first, again])
    assert (len(one.runs), one.cadence_spm) == (1, 161)
    assert one.seen == {"pelvic drop": "7 deg", "overstride": "yes"}


def test_one_later_run_does_not_push_two_aside() -> None:
    """The baseline in force is the newest whole one; another surface has its own."""
    log: list[Entry] = [
        taken(160),
        taken(164, day=1),
        trained(2),
        taken(172, day=20),
        taken(150, day=21, surface="road"),
    ]
    in_force = baseline_in_force(log, today=TODAY)
    assert in_force is not None
    assert in_force.cadence_spm == 162
    on_road = baseline_in_force(log, "Road", today=TODAY)
    assert on_road is not None
    assert on_road.cadence_spm == 150
    assert baseline_in_force([trained(0)], today=TODAY) is None


def started(day: int, *, anew: bool = False) -> ProgrammeSet:
    """A programme is set, or its text is exchanged."""
    on = FIRST + timedelta(days=day)
    return ProgrammeSet(at="", day=on, name="P", sha256="0" * 64, counts_from_new=anew)


def counted_spm(*entries: Entry, surface: str = "", day: int = 90) -> float | None:
    """The cadence that targets count from on a day."""
    found = baseline_counted_from(entries, surface, today=FIRST + timedelta(days=day))
    return None if found is None else found.cadence_spm


BASELINE = (taken(160), taken(162, day=1))
REASSESSED = (trained(5), taken(168, day=40), taken(170, day=42))


def test_a_reassessment_does_not_move_what_is_counted_from() -> None:
    """161 at the start, 169 six weeks later: +7.5 % still asks for 173.1, not for 181.7."""
    assert counted_spm(*BASELINE, started(2), *REASSESSED) == 161
    assert counted_spm(*BASELINE, *REASSESSED) == 169


def test_the_clinician_counts_from_new_and_the_first_is_remembered() -> None:
    """From that entry on targets count from 169; the limit over the first one counts from 161."""
    entries = (*BASELINE, started(2), *REASSESSED, started(43, anew=True))
    assert counted_spm(*entries) == 169
    first = first_counted_from(entries, today=TODAY)
    assert first is not None
    assert first.cadence_spm == 161


def test_exchanging_the_text_keeps_what_is_counted_from() -> None:
    """Another text on a later day moves no target by itself."""
    assert counted_spm(*BASELINE, started(2), *REASSESSED, started(43)) == 161


def test_without_a_baseline_at_the_start_the_first_complete_one_counts() -> None:
    """One run is provisional; the second completes it, and a later reassessment moves nothing."""
    assert counted_spm(started(0)) is None
    provisional = baseline_counted_from((started(0), taken(160, day=1)), today=TODAY)
    assert provisional is not None
    assert provisional.is_provisional
    assert counted_spm(started(0), taken(160, day=1), taken(162, day=2)) == 161
    assert counted_spm(started(0), taken(160, day=1), taken(162, day=2), *REASSESSED) == 161


def test_a_provisional_baseline_at_the_start_is_not_frozen() -> None:
    """With one run at the start the second one, a day later, completes what is counted from."""
    assert counted_spm(taken(160), started(0), taken(166, day=1), *REASSESSED) == 163


def test_a_surface_counts_from_its_own_baseline() -> None:
    """The road has one of its own since the second week; the treadmill keeps that of the start."""
    road = (taken(150, day=8, surface="road"), taken(154, day=9, surface="road"))
    belt = [taken(spm, day=day, surface="treadmill") for day, spm in enumerate((160, 162))]
    entries: list[Entry] = [*belt, started(2), *road]
    assert counted_spm(*entries, surface="treadmill") == 161
    assert counted_spm(*entries, surface="Road") == 152
    assert counted_spm(*entries, surface="Road", day=7) == 161


@each_row(("trained_day", "spm"), [(None, 169), (50, 169), (39, 161), (5, 161)])
def test_a_surface_measured_after_training_is_a_reassessment(trained_day: int | None, spm: float) -> None:
    """Another word for the surface moves no target; measured before the first session it is the surface's own."""
    road = (taken(168, day=40, surface="road"), taken(170, day=42, surface="road"))
    log: list[Entry] = [*BASELINE, started(2), *road]
    if trained_day is not None:
        log.insert(3 if trained_day < 40 else len(log), trained(trained_day))
    assert counted_spm(*log, surface="road") == spm
    first = first_counted_from(log, "road", today=TODAY)
    assert first is not None
    assert first.cadence_spm == spm


def test_one_run_on_a_surface_puts_no_complete_baseline_aside() -> None:
    """With one road run at the start the road counts from the treadmill, also after two more road runs."""
    road = taken(150, surface="road")
    later = (taken(168, day=40, surface="road"), taken(170, day=42, surface="road"))
    assert counted_spm(*BASELINE, road, started(2), trained(5), *later, surface="road") == 161


def test_a_baseline_dated_after_today_is_not_counted_from() -> None:
    """What is dated 2036 counts in 2036."""
    assert counted_spm(*BASELINE, started(2), taken(190, day=3650), taken(190, day=3651)) == 161


@each_row(("today", "spm"), [(9, 162.0), (10, 171.0), (11, 171.0)])
def test_a_baseline_of_a_later_day_is_not_in_force_yet(today: int, spm: float) -> None:
    """One dated ahead counts from its day on, not from the day it was typed."""
    log: list[Entry] = [taken(160), taken(164, day=1), trained(2), taken(170, day=9), taken(172, day=10)]
    in_force = baseline_in_force(log, today=FIRST + timedelta(days=today))
    assert in_force is not None
    assert in_force.cadence_spm == spm


def test_nothing_is_in_force_before_the_first_day() -> None:
    """A single baseline dated ahead is none today."""
    assert baseline_in_force([taken(160, day=1)], today=FIRST) is None


@each_row(("days", "is_old"), [(83, False), (84, True), (85, True)])
def test_a_baseline_is_old_twelve_weeks_after_its_last_run(days: int, is_old: bool) -> None:  # noqa: FBT001  # a table
    """The age counts from the last run of it, not from the first."""
    (one,) = assessments_of([taken(160), taken(164, day=3)])
    assert one.is_old(FIRST + timedelta(days=3 + days)) is is_old


def tapped(spm: float, *, day: int = 0) -> BaselineTaken:
    """A baseline from taps."""
    return taken(spm, day=day, minutes=None, taken_by="taps")


@each_row(
    ("runs", "spm", "is_marked"),
    [
        ((tapped(160),), 160, True),
        ((tapped(160), tapped(164)), 162, True),
        ((tapped(160), taken(170)), 170, False),
        ((tapped(160), taken(170, minutes=3)), 170, False),
        ((taken(170), taken(172), tapped(160)), 171, False),
    ],
)
def test_taps_count_only_where_nothing_else_is_known(
    runs: tuple[BaselineTaken, ...], spm: float, *, is_marked: bool
) -> None:
    """They are always provisional, and may be 3 steps a minute off."""
    (one,) = assessments_of(runs)
    assert (one.cadence_spm, one.is_marked, one.error_spm) == (spm, is_marked, 3.0 if is_marked else 0.0)
    assert one.is_provisional is (len([run for run in runs if not run.taken_by]) < 2)


def test_newer_taps_push_no_run_aside() -> None:
    """Not even a provisional one; alone they are in force."""
    in_force = baseline_in_force([taken(160), tapped(170, day=30)], today=TODAY)
    alone = baseline_in_force([tapped(170, day=30)], today=TODAY)
    assert in_force is not None
    assert alone is not None
    assert (in_force.cadence_spm, alone.cadence_spm) == (160, 170)


def test_taps_start_no_programme() -> None:
    """A programme counts from a run, from what the clinician typed in, or from nothing."""
    assert baseline_counted_from([tapped(160), started(1)], today=TODAY) is None
    assert counted_spm(tapped(160), started(1), taken(164, day=2, minutes=None)) == 164
    assert counted_spm(tapped(160), taken(166), started(1)) == 166


@each_row(("error_spm", "is_marked"), [(1.5, False), (2.99, False), (3.0, True), (3.5, True)])
def test_a_source_that_may_be_three_steps_off_is_marked(error_spm: float, *, is_marked: bool) -> None:
    """Two long runs of it make no baseline, and start no programme; of a better one they do."""
    runs = [replace(taken(160, day=day), taken_by="mic", error_spm=error_spm) for day in (0, 2)]
    (one,) = assessments_of(runs)
    assert (one.is_marked, one.is_provisional, one.starts_programmes) == (is_marked, is_marked, not is_marked)
    assert (one.error_spm, one.taken_by) == (error_spm, "mic")
    counted = baseline_counted_from([*runs, PROGRAMME], today=TODAY)
    assert (counted is None) is is_marked


@each_row(("taken_by", "error_spm"), [("taps", 3.0), ("mic", 3.0), ("phone", 1.0), ("rsc", 0.0), ("", 0.0)])
def test_a_run_that_was_written_without_an_error_has_its_sources(taken_by: str, *, error_spm: float) -> None:
    """A log from elsewhere that names a coarse source and no error starts no programme either."""
    runs = [replace(taken(160, day=day), taken_by=taken_by) for day in (0, 2)]
    (one,) = assessments_of(runs)
    assert one.error_spm == error_spm
    assert (baseline_counted_from([*runs, PROGRAMME], today=TODAY) is None) is (error_spm >= 3.0)


def test_the_clinicians_yes_lets_a_programme_count_from_it() -> None:
    """Said of both runs it completes the baseline; of one it is provisional, as one run of a pod would be."""
    first, second = (rough(160 + day, day=day) for day in (0, 2))
    entries: list[Entry] = [first, second, PROGRAMME]
    assert baseline_counted_from(entries, today=TODAY) is None
    yes: list[Entry] = [replace(run, at="later", accepted="counted by eye, too") for run in (first, second)]
    once = baseline_counted_from([*entries, yes[0]], today=TODAY)
    assert once is not None
    assert (once.cadence_spm, once.is_provisional, once.starts_programmes) == (160, True, True)
    both = baseline_counted_from([*entries, *yes], today=TODAY)
    assert both is not None
    assert (both.cadence_spm, both.is_provisional, both.error_spm) == (161, False, 3.0)
    assert both.accepted == "counted by eye, too"


def test_a_yes_holds_for_the_figure_it_was_said_of() -> None:
    """Taken again with the same figure it stays; with another one it has to be said again."""
    yes = replace(rough(160), accepted="fine")
    (same,) = assessments_of([yes, replace(rough(160), at="again")])
    (other,) = assessments_of([yes, replace(rough(163), at="again")])
    assert (same.starts_programmes, other.starts_programmes) == (True, False)


def test_a_yes_to_another_figure_of_a_session_starts_no_programme() -> None:
    """Neither alone, nor on a surface where there is nothing else: then another surface's run counts."""
    yes = replace(rough(160), accepted="fine")
    again = replace(rough(163), at="again")
    assert baseline_counted_from([yes, again, PROGRAMME], today=TODAY) is None
    assert baseline_counted_from([PROGRAMME, yes, again], today=TODAY) is None
    on_road = [replace(one, surface="road") for one in (yes, again)]
    counted = baseline_counted_from([*on_road, taken(166, surface="treadmill"), PROGRAMME], "road", today=TODAY)
    assert counted is not None
    assert (counted.cadence_spm, counted.surface) == (166, "treadmill")


@each_row(("accepted", "n_long"), [("", 2), ("fine", 1)])
def test_a_coarse_run_shortens_the_fortnight_of_no_better_ones(accepted: str, n_long: int) -> None:
    """Two runs of a pod six days apart are a baseline, though taps were there ten days before; accepted they count."""
    first = replace(rough(160), accepted=accepted)
    entries = [first, taken(165, day=10), taken(167, day=16)]
    assert len(assessments_of(entries)[-1].counted) == n_long


@each_row(("accepted", "last"), [("", 0), ("fine", 9)])
def test_a_coarse_run_makes_no_baseline_younger(accepted: str, last: int) -> None:
    """Its age is that of what counts."""
    (one,) = assessments_of([taken(166), replace(rough(160, day=9), accepted=accepted)])
    assert one.last_day == FIRST + timedelta(days=last)


def test_a_coarse_run_counts_beside_no_better_one() -> None:
    """Nor does it complete what a pod has begun; accepted it does, and the whole is as far off as the coarser."""
    pod = replace(taken(166), taken_by="rsc")
    (one,) = assessments_of([pod, rough(160, day=2)])
    assert (one.cadence_spm, one.is_provisional, one.error_spm, one.is_marked) == (166, True, 0.0, False)
    (both,) = assessments_of([pod, replace(rough(160, day=2), accepted="fine")])
    assert (both.cadence_spm, both.is_provisional, both.error_spm, both.is_marked) == (163, False, 3.0, True)


def test_an_old_entry_without_a_source_is_read_as_before() -> None:
    """Its error is not known, and it is not marked; one of taps is, though its error was not written then."""
    (unknown,) = assessments_of([taken(160)])
    (tapped_then,) = assessments_of([taken(160, minutes=None, taken_by="taps")])
    assert (unknown.error_spm, unknown.is_marked, unknown.taken_by) == (0.0, False, "")
    assert (tapped_then.error_spm, tapped_then.is_marked) == (3.0, True)


PROGRAMME = ProgrammeSet(at="", day=FIRST + timedelta(days=3), name="Weeks", sha256="")


def rough(spm: float, *, day: int = 0) -> BaselineTaken:
    """Twelve minutes by microphone."""
    return replace(taken(spm, day=day, session=f"s{day}"), taken_by="mic", error_spm=3.0)
