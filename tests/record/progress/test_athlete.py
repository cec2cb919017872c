"""An athlete's sessions together."""

from datetime import date, timedelta

import pytest
from each_row import each_row

from cadencecoach.record.entries import BaselineTaken, CheckIn, Entry, Moment
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.record.row import SessionRow

DAY = date(2026, 3, 2)


def row(n: int, spm: float = 165.0, **fields: object) -> SessionRow:
    """The n-th session, two days after the one before."""
    words = {"id": f"s{n:03}", "started": f"2026-{n:06}", "day": DAY + timedelta(days=2 * n), "running_s": 1200.0}
    return SessionRow(**{**words, "duration_s": 1800.0, "mean_cadence_spm": spm, **fields})  # type: ignore[arg-type]


def check_in(n: int, moment: Moment = Moment.AFTER, **fields: object) -> CheckIn:
    """A check-in of the n-th session."""
    day = DAY + timedelta(days=2 * n)
    return CheckIn(at="", day=day, moment=moment, session=f"s{n:03}", **fields)  # type: ignore[arg-type]


def baseline(spm: float, speed_mps: float | None, day: date = DAY) -> BaselineTaken:
    """A baseline in the log."""
    return BaselineTaken(at="", day=day, cadence_spm=spm, speed_mps=speed_mps)


def test_a_session_by_hand() -> None:
    """Three quarters stayed, half carried over, 10 % faster; the worst pain, the last effort, and the load of it."""
    probes = {"retention_cadence_spm": 166.0, "retention_target_spm": 168.0}
    probes |= {"probe_cadence_spm": 164.0, "probe_target_spm": 168.0}
    log: list[Entry] = [baseline(160.0, 3.0), check_in(0, pain=4, effort=7), check_in(0, Moment.MORNING, pain=1)]
    log += [check_in(0, Moment.BEFORE, effort=10), check_in(1, pain=9)]
    (session,) = progress_of([row(0, 166.0, mean_speed_mps=3.3, highest_pain=2, **probes)], log).sessions
    assert (session.retention_ratio, session.carry_over_ratio) == (0.75, 0.5)
    assert session.speed_change_ratio == pytest.approx(0.1)
    assert session.cadence_spm == pytest.approx(166 - 0.3 * 6.5)
    assert (session.pain, session.effort, session.load) == (4, 7, 210.0)


@each_row(
    ("log", "pain"),
    [
        ([], 10),
        ([check_in(0, pain=3)], 10),
        ([check_in(0, Moment.DURING, pain=10)], 10),
        ([check_in(0, Moment.DURING, pain=1)], 1),
        ([check_in(0, Moment.DURING, soreness=2, note="stiff")], 10),
    ],
)
def test_pain_by_key_is_the_logs_where_it_holds_any(log: list[Entry], pain: int) -> None:
    """10 is 10; the log is where a slip is put right, and the journal counts only without an answer there."""
    (session,) = progress_of([row(0, 166.0, highest_pain=10)], log).sessions
    assert session.pain == pain


def test_pain_that_was_taken_back_does_not_come_back_out_of_the_journal() -> None:
    """The log holds no answer that counts any more, and had one."""
    one = row(0, 166.0, highest_pain=10)
    (session,) = progress_of([one], [], answered={one.id}).sessions
    assert session.pain is None


def test_what_stayed_is_counted_from_the_own_cadence_of_the_probe() -> None:
    """At a speed where the own cadence is 166 a probe at 166 kept nothing, whatever the baseline of the session is."""
    probes = {"probe_cadence_spm": 166.0, "probe_target_spm": 174.3, "probe_own_spm": 166.0, "baseline_spm": 163.0}
    (session,) = progress_of([row(0, 166.0, **probes)]).sessions
    assert session.carry_over_ratio == 0.0


def test_what_is_not_known_stays_so() -> None:
    """No log, no probes, no speed: the cadence as it was, and nothing made up."""
    progress = progress_of([row(0)])
    (session,) = progress.sessions
    assert (session.cadence_spm, progress.speed_mps, progress.own.now) == (165.0, None, None)
    assert (session.retention_ratio, session.carry_over_ratio, session.speed_change_ratio) == (None, None, None)
    assert (session.pain, session.effort, session.load) == (None, None, None)
    assert progress_of([]).sessions == ()


@each_row(("accepted", "ratio"), [("", 0.5), ("by eye", 0.6)])
def test_no_part_of_a_change_is_counted_from_taps_without_a_yes(accepted: str, ratio: float) -> None:
    """Newer taps push the pod's run aside only once they are accepted."""
    day = date(2025, 12, 31)
    pod = BaselineTaken(at="", day=day, cadence_spm=160.0, session="a")
    taps = BaselineTaken(
        at="", day=day, cadence_spm=157.5, session="b", taken_by="taps", error_spm=3.0, accepted=accepted
    )
    one = row(0, 165.0, retention_cadence_spm=165.0, retention_target_spm=170.0)
    (session,) = progress_of([one], [pod, taps]).sessions
    assert session.retention_ratio == pytest.approx(ratio)


def test_sessions_come_in_order_and_short_ones_are_left_out() -> None:
    """Less than a minute of running is no run to compare."""
    progress = progress_of([row(2), row(0), row(1, running_s=59.0), row(3, mean_cadence_spm=None)])
    assert [session.row.id for session in progress.sessions] == ["s000", "s002"]


def test_a_run_that_tells_no_start_stands_on_its_day() -> None:
    """A recorded run of a day between two others is neither the first of all nor the last."""
    progress = progress_of([row(2), row(1, started=""), row(0)])
    assert [session.row.id for session in progress.sessions] == ["s000", "s001", "s002"]


def test_progress_is_more_than_speed() -> None:
    """Probes of runs that are only faster have not changed; at equal speed the same rise is a change."""
    faster = [row(n, mean_speed_mps=3 + 0.2 * n, retention_cadence_spm=160 + 1.3 * n) for n in range(8)]
    steady = [row(n, mean_speed_mps=3.0, retention_cadence_spm=160 + 1.3 * n) for n in range(8)]
    assert progress_of(faster, [baseline(160.0, 3.0)]).own.now.change_spm == pytest.approx(0.0)  # type: ignore[union-attr]
    change = progress_of(steady, [baseline(160.0, 3.0)]).own.now
    assert change is not None
    assert (change.n_before, change.n_after, change.is_beyond_noise) == (1, 4, True)
    assert change.change_spm == pytest.approx(7.15)


def test_one_speed_that_is_not_known_leaves_all_as_measured() -> None:
    """Cadences that were brought to a speed and others that were not cannot be compared."""
    rows = [row(0, mean_speed_mps=3.0), row(1), row(2, mean_speed_mps=4.0)]
    progress = progress_of(rows, [baseline(160.0, 3.0)])
    assert progress.speed_mps is None
    assert {session.cadence_spm for session in progress.sessions} == {165.0}


def test_which_speed_they_are_brought_to() -> None:
    """The baseline's, else the first session's own, else the middle of all; none where the baseline's is not known."""
    rows = [row(n, mean_speed_mps=mps) for n, mps in enumerate((3.0, 5.0, 3.2))]
    measured = [row(n, mean_speed_mps=3.0, baseline_speed_mps=2.8) for n in range(3)]
    assert progress_of(rows, [baseline(160.0, 2.7)]).speed_mps == 2.7
    assert progress_of(rows, [baseline(160.0, None), baseline(160.0, 2.7)]).speed_mps is None
    assert progress_of(measured).speed_mps == 2.8
    assert progress_of(rows).speed_mps == 3.2


def test_a_later_baseline_counts_from_its_day_on() -> None:
    """Half of a change of 8 from 160; nothing of one from 164."""
    probe = {"probe_cadence_spm": 164.0, "probe_target_spm": 168.0}
    log = [baseline(160.0, None), baseline(164.0, None, DAY + timedelta(days=3))]
    sessions = progress_of([row(0, **probe), row(3, **probe)], log).sessions
    assert [session.carry_over_ratio for session in sessions] == [0.5, 0.0]


@each_row(("source", "is_told"), [("", True), ("rsc", True), ("taps", False)])
def test_some_taps_do_not_show_what_stayed(source: str, *, is_told: bool) -> None:
    """Neither of a session nor among what was measured without help."""
    told = {"retention_target_spm": 170.0, "retention_own_spm": 160.0, "retention_cadence_spm": 165.0}
    progress = progress_of([row(n, 165.0, steps_from=source, **told) for n in range(4)])
    assert (progress.sessions[0].retention_ratio is not None) is is_told
    assert bool(progress.own.unaided) is is_told


def test_how_steps_kept_to_the_beat_at_first_and_lately() -> None:
    """Four sessions each, as heavy as their steps; sessions without footfalls between them are left out."""
    told = {"in_step_steps": 100, "in_step_sd_ms": 40.0, "in_step_near_ratio": 0.5}
    early = [row(n, **told, in_step_mean_ms=-40.0) for n in range(4)]
    late = [row(n, **{**told, "in_step_near_ratio": 0.9}, in_step_mean_ms=-10.0) for n in range(5, 9)]
    first, last = progress_of([*early, row(4), *late]).in_step
    assert (first.n_steps, first.mean_ms, first.near_ratio) == (400, -40.0, 0.5)
    assert (last.n_steps, last.mean_ms) == (400, -10.0)
    assert last.near_ratio == pytest.approx(0.9)
    assert len(progress_of(early).in_step) == 1
    assert progress_of([row(0)]).in_step == ()
