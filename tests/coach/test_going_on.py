from dataclasses import replace

from coach_rig import AT_170, STAGE, CoachRig
from each_row import each_row

from cadencecoach.coach.actions import CueReason, EndReason, EndSession, EnterStage, SetMuted
from cadencecoach.coach.events import Interrupted, Key, PainRated, WentOn
from cadencecoach.plan.model import Beat, CueAt, Free, Stage, Walk

WARM_UP = replace(STAGE, name="Warm-up", duration_s=300.0, beat=Beat.OFF)
RUNG = replace(AT_170, name="Rung", duration_s=600.0)
EASY = replace(STAGE, name="Cool-down", duration_s=300.0, beat=Beat.OFF)
SHORT, MINUTE, LONG = 599.9, 600.0, 1800.0


def broken_at(time_s: float, gap_s: float | None, *stages: Stage) -> CoachRig:
    """A session that was interrupted, and has just gone on."""
    rig = CoachRig(*stages).until(0.0)
    return rig.take(Interrupted(time_s)).take(WentOn(time_s, gap_s, "interrupted"))


def entered(rig: CoachRig) -> list[tuple[float, int, str, bool]]:
    """When which stage was entered, its name, and whether it is a warm-up after a break."""
    return [(one.time_s, one.index, one.name, one.is_warm_up) for one in rig.all_of(EnterStage)]


def test_it_goes_on_in_the_stage_and_second_where_it_was() -> None:
    """The stage ends when it would have ended, with its beat from the break on, and the session is finished."""
    rig = broken_at(500.0, 60.0, WARM_UP, RUNG, EASY).until(2000.0)
    assert entered(rig)[2:] == [(500.0, 1, "Rung", False), (900.0, 2, "Cool-down", False)]
    assert rig.tempos()[-2:] == [(500.0, 170.0, 0.0), (900.0, None, 0.0)]
    assert rig.all_of(EndSession)[-1] == EndSession(time_s=1200.0, reason=EndReason.FINISHED)


@each_row(
    ("gap_s", "warm_up_s"),
    [(0.0, 0), (SHORT, 0), (MINUTE, 60), (600.1, 60), (1799.9, 60), (LONG, 300), (1e5, 300), (None, 300)],
)
def test_a_longer_break_is_warmed_up_after(gap_s: float | None, warm_up_s: int) -> None:
    """From ten minutes on for a minute, from thirty on as the plan does; a break of unknown length is a long one."""
    rig = broken_at(500.0, gap_s, WARM_UP, RUNG, EASY).until(3000.0)
    warm = [(500.0, 1, "Warm-up", True)] if warm_up_s else []
    assert entered(rig)[2:] == [
        *warm,
        (500.0 + warm_up_s, 1, "Rung", False),
        (900.0 + warm_up_s, 2, "Cool-down", False),
    ]
    assert [time_s for time_s, spm, _ in rig.tempos() if spm is not None][-1] == 500.0 + warm_up_s


@each_row(("at_s", "gap_s", "warm_up_s"), [(250.0, MINUTE, 10), (200.0, MINUTE, 0), (100.0, LONG, 100)])
def test_what_is_left_of_the_plans_own_warm_up_counts(at_s: float, gap_s: float, warm_up_s: float) -> None:
    """Broken off in the warm-up: so much is added that a whole one comes before the first target."""
    rig = broken_at(at_s, gap_s, WARM_UP, RUNG).until(301.0 + warm_up_s)
    assert entered(rig)[-1] == (300.0 + warm_up_s, 1, "Rung", False)


def test_a_walk_before_the_next_target_is_warm_up_too() -> None:
    """Half a minute of it is left, so half a minute is added."""
    walk = replace(STAGE, name="Walk", target=Walk(), duration_s=60.0)
    rig = broken_at(330.0, MINUTE, WARM_UP, walk, RUNG).until(400.0)
    assert entered(rig)[-1] == (390.0, 2, "Rung", False)


def test_nothing_is_warmed_up_for_a_cool_down() -> None:
    """Nothing is asked for any more."""
    rig = broken_at(950.0, LONG, WARM_UP, RUNG, EASY)
    assert entered(rig)[-1] == (950.0, 2, "Cool-down", False)


def test_a_plan_without_a_warm_up_gets_a_minute() -> None:
    """However long the break was; there is no own one."""
    rig = broken_at(100.0, 1e5, RUNG).until(200.0)
    assert entered(rig)[1:] == [(100.0, 0, "Warm-up", True), (160.0, 0, "Rung", False)]


def test_broken_off_in_its_warm_up_it_does_not_go_on_colder() -> None:
    """The second break counts for itself: what is left of the minute, and what is missing to a minute."""
    rig = broken_at(500.0, MINUTE, WARM_UP, RUNG).take(Interrupted(540.0)).take(WentOn(540.0, MINUTE, "interrupted"))
    rig.until(1000.0)
    assert entered(rig)[-1] == (600.0, 1, "Rung", False)
    assert rig.until(5000.0).all_of(EndSession)[-1].time_s == 1000.0


def test_a_pause_it_broke_off_in_is_over() -> None:
    """Whoever goes on does not find it standing still."""
    rig = (
        CoachRig(WARM_UP, RUNG).until(0.0).press(400.0, Key.PAUSE).take(WentOn(450.0, 60.0, "broke off")).until(3000.0)
    )
    assert rig.all_of(EndSession)[-1].time_s == 950.0


def test_what_was_muted_stays_muted() -> None:
    """A new sound card does not know it."""
    rig = CoachRig(RUNG).until(0.0).press(5.0, Key.MUTE).take(WentOn(10.0, 60.0, "slept"))
    assert rig.all_of(SetMuted)[-1] == SetMuted(time_s=10.0, is_muted=True)


def test_a_target_moved_by_key_stays_moved() -> None:
    """The resolved target of then, not the plan's."""
    rig = CoachRig(RUNG).until(0.0).press(5.0, Key.UP).take(WentOn(10.0, MINUTE, "slept")).until(100.0)
    band = rig.all_of(EnterStage)[-1].band
    assert band is not None
    assert band.target_spm == 171.0


@each_row("key", [PainRated(11.0, 6), PainRated(11.0, 10)])
def test_what_was_stopped_for_pain_stays_stopped(key: PainRated) -> None:
    """Nobody should come here with it; whoever does hears no beat."""
    rig = CoachRig(RUNG).until(0.0).press(10.0, Key.PAIN).take(key).take(Interrupted(20.0))
    n_orders = len(rig.tempos())
    rig.take(WentOn(20.0, 60.0, "interrupted")).until(3000.0)
    assert [spm for _, spm, _ in rig.tempos()[n_orders:] if spm is not None] == []


def test_authors_cues_are_not_said_twice() -> None:
    """Those before the break are over, those after it come."""
    told = replace(RUNG, cues=(CueAt(100.0, "Early."), CueAt(200.0, "Late.")))
    rig = CoachRig(told).until(150.0).take(WentOn(150.0, MINUTE, "slept")).until(1000.0)
    assert rig.said(CueReason.PLAN) == [(100.0, "Early."), (260.0, "Late.")]


def test_free_is_what_a_warm_up_asks_for() -> None:
    """No band, so nothing is judged."""
    rig = broken_at(500.0, MINUTE, WARM_UP, RUNG)
    assert isinstance(rig.state.prescribed.target, Free)
    assert rig.all_of(EnterStage)[-1].band is None
