import math
from collections.abc import Iterable

from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.thresholds import TrackerSettings
from cadencecoach.gait.tracker import Tracker, observe, pass_time

Value = float | None
Change = tuple[float, str]

INF, NAN = math.inf, math.nan


def rows_of(*values: Value, every_s: float = 1.0) -> list[tuple[float, Value]]:
    """Values with times from 0 s."""
    return [(every_s * i, value) for i, value in enumerate(values)]


def watched(
    rows: Iterable[tuple[float, Value]], *, until_s: float = 0.0, run_bit: bool | None = None
) -> tuple[Tracker, list[Change]]:
    """Play rows as a session does: what is due before a reading first; every change of state with its time."""
    tracker = Tracker()
    changes: list[Change] = []

    def note(now_s: float, after: Tracker) -> Tracker:
        if after.feet is not tracker.feet:
            changes.append((now_s, after.feet.value))
        return after

    for time_s, value in rows:
        while (due_s := tracker.due_s) is not None and due_s < time_s:
            tracker = note(due_s, pass_time(tracker, due_s))
        tracker = note(time_s, observe(tracker, Reading(time_s=time_s, cadence_spm=value, is_running=run_bit)))
    while (due_s := tracker.due_s) is not None and due_s <= until_s:
        tracker = note(due_s, pass_time(tracker, due_s))
    return tracker, changes


def changes_of(*values: Value, every_s: float = 1.0, until_s: float = 0.0) -> list[Change]:
    """The changes of state of some values."""
    return watched(rows_of(*values, every_s=every_s), until_s=until_s)[1]


RUN = [164.0, 166.0, 164.0, 162.0, 164.0, 164.0, 166.0, 164.0, 164.0, 164.0]  # seconds 0 to 9
LIVE = (0.0, "live")


STEADY: list[tuple[str, list[tuple[float, Value]]]] = [
    ("1 Hz", rows_of(*RUN * 6)),
    ("4 Hz", rows_of(*RUN * 24, every_s=0.25)),
    ("every 2 s", rows_of(*RUN * 6, every_s=2.0)),
    ("every 3 s", rows_of(*RUN * 6, every_s=3.0)),
    ("every other value missing", rows_of(*[164.0, None] * 60)),
    ("every other value zero", rows_of(*[164.0, 0.0] * 60)),
    ("two of three missing", rows_of(*[164.0, None, None] * 40)),
    ("lone drop-outs", rows_of(*[164.0, 164.0, 164.0, None, 164.0, None] * 20)),
    ("lone zeros", rows_of(*[*RUN, 0.0] * 10)),
    ("two zeros", rows_of(*[*RUN, 0.0, 0.0] * 10)),
    ("lone 810 spm", rows_of(*[*RUN, 810.0] * 10)),
    ("lone 220 spm", rows_of(*[*RUN, 220.0] * 10)),
    ("lone walking value", rows_of(*[*RUN, 100.0] * 10)),
    ("lone nonsense", rows_of(*[*RUN, NAN, *RUN, INF, *RUN, -164.0] * 4)),
    ("every time twice", [row for row in rows_of(*RUN * 6) for _ in range(2)]),
    ("late by 20 ms and delivered twice", [(t + d, v) for t, v in rows_of(*RUN * 6) for d in (0.0, 0.02)]),
    ("at 141 spm", rows_of(*[141.0] * 60)),
]


@each_row(("name", "rows"), STEADY, ids=[name for name, _ in STEADY])
def test_a_steady_run_is_live_from_its_first_reading_to_its_last(name: str, rows: list[tuple[float, Value]]) -> None:
    """Slow pods, quick pods, drop-outs, zeros and spikes leave a steady run in one state and its estimate alone."""
    tracker, changes = watched(rows)
    assert changes == [LIVE], name
    estimate = tracker.estimate_at(rows[-1][0])
    assert estimate is not None
    assert estimate.cadence_spm in (141.0, 164.0)


def test_silence_is_stale_at_3_s_and_lost_at_5_s_exactly() -> None:
    """Both moments are known beforehand, and counted from the newest reading that could be used."""
    assert changes_of(*RUN, until_s=60.0) == [LIVE, (12.0, "stale"), (14.0, "lost")]


def test_missing_values_are_silence() -> None:
    """They go on for 20 s: stale and lost, and live again with the second good value."""
    assert changes_of(*RUN, *[None] * 20, *RUN) == [LIVE, (12.0, "stale"), (14.0, "lost"), (31.0, "live")]


@each_row("junk", [330.0, NAN, INF, -5.0])
def test_a_sensor_that_speaks_nonsense_is_stale_and_never_lost(junk: Value) -> None:
    """Impossible values go on for 20 s: nothing is coached on, and the sensor is there."""
    assert changes_of(*RUN, *[junk] * 20, *RUN) == [LIVE, (12.0, "stale"), (31.0, "live")]


def test_a_sensor_that_speaks_nonsense_and_then_nothing_is_lost() -> None:
    """Five seconds after its last word."""
    assert changes_of(*RUN, *[330.0] * 20, until_s=60.0) == [LIVE, (12.0, "stale"), (34.0, "lost")]


def test_how_long_a_sensor_has_made_no_sense_is_known() -> None:
    """From its first word that could not be used to its newest; a usable one, or a silence, ends it."""
    tracker, _ = watched(rows_of(*RUN, *[330.0] * 6))
    assert tracker.senseless_s == 5.0
    assert pass_time(tracker, 19.0).senseless_s == 5.0
    again = observe(tracker, Reading(time_s=20.1, cadence_spm=330.0))
    assert again.senseless_s == 0.0
    assert watched(rows_of(*RUN, *[330.0] * 6, 164.0, 164.0))[0].senseless_s == 0.0
    assert watched(rows_of(*RUN, *[330.0] * 6, 0.0))[0].senseless_s == 0.0
    assert watched(rows_of(*RUN, *[None] * 6))[0].senseless_s == 0.0


def test_a_word_that_cannot_be_read_yet_is_no_silence() -> None:
    """A pod whose unit is still open keeps a standing runner's sensor from being lost."""
    tracker, _ = watched(rows_of(*[0.0] * 5))
    for second in range(5, 30):
        tracker = observe(tracker, Reading(time_s=float(second), cadence_spm=None, is_unread=True))
    assert tracker.feet is Feet.STALE


def test_junk_is_counted_and_missing_is_not() -> None:
    """The count of rejected readings is for the screen; a missing value is no error."""
    tracker, _ = watched(rows_of(164.0, None, 810.0, NAN, None, 164.0))
    assert tracker.n_rejected == 2


def test_nothing_usable_yet_is_not_a_loss() -> None:
    """Before the first usable reading the feet are unknown for ever, and nothing is due."""
    tracker, changes = watched(rows_of(None, NAN, 810.0, None, 0.0, None, None))
    assert changes == []
    assert tracker.due_s is None
    assert pass_time(tracker, 1e6).feet is Feet.UNKNOWN
    assert tracker.estimate_at(10.0) is None


def test_back_from_stale_with_the_first_reading() -> None:
    """A gap of four seconds is stale for one, and the next reading is believed because it fits."""
    rows = [*rows_of(*RUN), (13.0, 164.0)]
    assert watched(rows)[1] == [LIVE, (12.0, "stale"), (13.0, "live")]


@each_row("every_s", [0.25, 1.0, 2.0, 3.0, 4.0])
def test_a_loss_does_not_deafen_whatever_the_pace(every_s: float) -> None:
    """After a minute of silence a sensor is live again with its second value, slow as it may be."""
    before = rows_of(*RUN, every_s=every_s)
    back_s = before[-1][0] + 60.0
    after = [(back_s + time_s, value) for time_s, value in before]
    _, changes = watched([*before, *after])
    lost_s = before[-1][0] + 5.0
    assert (lost_s, "lost") in changes
    live_again_s = next(at_s for at_s, feet in changes if at_s > lost_s and feet == "live")
    assert live_again_s <= back_s + max(every_s, 1.0)


def test_a_lone_spike_does_not_bring_a_lost_sensor_back() -> None:
    """After a loss the first value must be confirmed."""
    assert changes_of(*RUN, *[None] * 10, 164.0, *[None] * 5)[-1] == (14.0, "lost")


def test_zeros_for_3_s_are_standing() -> None:
    """Three seconds of nothing but zeros after the last step: still, without a word of stale."""
    assert changes_of(*RUN, *[0.0] * 40) == [LIVE, (12.0, "still")]


def test_standing_then_running_again_is_live_with_the_second_reading() -> None:
    """The first value after a stop could be an error; the second says it is not."""
    assert changes_of(*RUN, *[0.0] * 10, 165.0, 164.0, 164.0) == [LIVE, (12.0, "still"), (21.0, "live")]


def test_standing_before_the_start_is_still() -> None:
    """A sensor that says zero from the beginning is there, and the runner stands."""
    assert changes_of(*[0.0] * 5) == [(2.0, "still")]


def test_zeros_between_changing_values_are_not_standing() -> None:
    """A source that writes zero for missing, every other second, does not stop a runner who slows down."""
    values = [value for fast in (164.0, 164.0, 140.0, 118.0, 104.0, 102.0, 100.0, 100.0) for value in (fast, 0.0)]
    assert "still" not in {state for _, state in changes_of(*values)}


def test_spikes_while_standing_do_no_harm() -> None:
    """A lone 165 between zeros is nobody running."""
    assert changes_of(*RUN, *[0.0] * 10, 165.0, *[0.0] * 10) == [LIVE, (12.0, "still")]


def test_a_pod_that_falls_silent_while_standing_is_lost_in_the_end() -> None:
    """Zeros are news; when they stop too, the usual limits count from the last one."""
    changes = changes_of(*RUN, *[0.0] * 6, until_s=60.0)
    assert changes == [LIVE, (12.0, "still"), (18.0, "stale"), (20.0, "lost")]


def test_a_standing_runner_has_no_estimate() -> None:
    """Standing is not a cadence of zero, nor the last cadence."""
    tracker, _ = watched(rows_of(*RUN, *[0.0] * 6))
    assert tracker.estimate_at(15.0) is None


def test_a_lost_sensor_has_no_estimate_and_a_stale_one_an_old_one() -> None:
    """Age grows while nothing comes; after the loss there is nothing to age."""
    tracker, _ = watched(rows_of(*RUN))
    stale = pass_time(tracker, 13.0)
    estimate = stale.estimate_at(13.0)
    assert stale.feet is Feet.STALE
    assert estimate is not None
    assert (estimate.age_s, estimate.cadence_spm, estimate.n_readings) == (4.0, 164.0, 5)
    assert pass_time(tracker, 14.0).estimate_at(14.0) is None


def test_walking_is_known_after_the_dwell() -> None:
    """A walk break is confirmed by its second reading and called so three seconds later; the same back."""
    changes = changes_of(*RUN, *[104.0] * 10, *RUN)
    assert changes == [LIVE, (14.0, "walking"), (24.0, "live")]


def test_a_walker_is_never_called_a_runner() -> None:
    """Who starts walking is walking from the first reading; short quick bursts do not change that."""
    assert changes_of(*[98.0, 104.0, 110.0, 150.0, 152.0, 112.0, 108.0] * 8) == [(0.0, "walking")]


def test_a_slow_start_is_walking_until_it_holds_140() -> None:
    """A jogger who sets off at 136 spm is muted for the first seconds, not coached on them."""
    assert changes_of(136.0, 140.0, 148.0, 146.0, 144.0, 146.0, 146.0) == [(0.0, "walking"), (5.0, "live")]


def test_a_dip_below_140_is_not_walking() -> None:
    """Two slow seconds within a slow run change nothing."""
    assert changes_of(*[146.0] * 10, 138.0, 138.0, *[146.0] * 10) == [LIVE]


def test_half_of_the_true_value_looks_like_walking() -> None:
    """A patch of strides instead of steps is muted, not coached."""
    changes = changes_of(*RUN, *[82.0] * 20, *RUN)
    assert changes == [LIVE, (14.0, "walking"), (34.0, "live")]


def test_walking_is_due_without_another_reading() -> None:
    """A slow pod cannot keep a walker live: the dwell ends on time even between two readings."""
    rows = [*rows_of(*RUN), (10.0, 104.0), (11.0, 104.0), (13.9, 104.0)]
    assert watched(rows, until_s=14.0)[1] == [LIVE, (14.0, "walking")]


@each_row(
    ("cadence_spm", "bits", "want"),
    [
        (150.0, [True] * 5 + [False] * 10, Feet.WALKING),  # between 140 and 161 the bit decides
        (150.0, [False] * 15, Feet.LIVE),  # a pod that never sets it does not know
        (150.0, [None] * 15, Feet.LIVE),
        (170.0, [True] * 5 + [False] * 10, Feet.LIVE),  # nobody walks at 170
        (120.0, [True] * 15, Feet.WALKING),  # nor runs at 120, whatever the pod says
    ],
)
def test_the_pods_own_bit_decides_where_cadence_cannot(cadence_spm: float, bits: list[bool | None], want: Feet) -> None:
    """The walk bit counts only from a pod that has shown it knows, and only where people change gait."""
    tracker = Tracker()
    for second, bit in enumerate(bits):
        tracker = observe(tracker, Reading(time_s=float(second), cadence_spm=cadence_spm, is_running=bit))
    assert tracker.feet is want


def test_time_that_goes_back_is_taken_as_now() -> None:
    """A reading with an older time neither ages the estimate nor revives the past."""
    tracker, _ = watched(rows_of(*RUN))
    back = observe(tracker, Reading(time_s=2.0, cadence_spm=166.0))
    assert back.clock_s == 9.0
    assert back.due_s == tracker.due_s
    assert pass_time(back, 3.0) == back


def test_passing_time_in_one_step_or_in_many_is_the_same() -> None:
    """Where the clock is asked does not change what is known."""
    tracker, _ = watched(rows_of(*RUN))
    slowly = tracker
    for tenth in range(90, 300):
        slowly = pass_time(slowly, tenth / 10)
    assert slowly == pass_time(tracker, 29.9)


def test_thresholds_can_be_set() -> None:
    """A slow jogger can be coached below 140 by asking for it."""
    tracker = Tracker.with_settings(TrackerSettings(walk_below_spm=130.0))
    for second in range(10):
        tracker = observe(tracker, Reading(time_s=float(second), cadence_spm=136.0))
    assert tracker.feet is Feet.LIVE


ANY_VALUE = st.none() | st.floats() | st.sampled_from([0.0, 0.0, 82.0, 100.0, 138.0, 142.0, 164.0, 166.0, 330.0])
ANY_ROWS = st.lists(
    st.tuples(st.sampled_from([-1.0, 0.0, 0.02, 0.25, 1.0, 1.0, 1.0, 2.0, 3.0, 7.0]), ANY_VALUE), max_size=80
)


@given(ANY_ROWS)
def test_no_stream_of_readings_breaks_the_promises(steps: list[tuple[float, Value]]) -> None:
    """Live means: an estimate not older than 3 s, and not below 140 for longer than the dwell; time never goes back."""
    tracker = Tracker()
    now_s = 0.0
    slow_since_s: float | None = None
    for step_s, value in steps:
        now_s += step_s
        before_s = tracker.clock_s
        tracker = observe(tracker, Reading(time_s=now_s, cadence_spm=value))
        clock_s = tracker.clock_s
        estimate = tracker.estimate_at(clock_s)
        assert clock_s >= max(before_s, now_s)
        assert tracker.due_s is None or tracker.due_s > clock_s
        if tracker.feet in (Feet.UNKNOWN, Feet.LOST, Feet.STILL):
            assert estimate is None
        if estimate is None:
            assert tracker.feet not in (Feet.LIVE, Feet.WALKING)
            continue
        assert 0 < estimate.cadence_spm <= 240
        assert 0.0 <= estimate.quality <= 1.0
        if tracker.feet is Feet.LIVE:
            assert estimate.age_s < 3.0
        is_slow = tracker.feet is Feet.LIVE and estimate.cadence_spm < 140.0
        slow_since_s = (clock_s if slow_since_s is None else slow_since_s) if is_slow else None
        assert slow_since_s is None or clock_s - slow_since_s < 3.0


@given(ANY_ROWS)
def test_asking_for_the_due_moment_changes_nothing(steps: list[tuple[float, Value]]) -> None:
    """A session that stops at every due moment and one that only brings readings know the same in the end."""
    asked = unasked = Tracker()
    now_s = 0.0
    for step_s, value in steps:
        now_s += step_s
        reading = Reading(time_s=now_s, cadence_spm=value)
        while (due_s := asked.due_s) is not None and due_s < now_s:
            asked = pass_time(asked, due_s)
        asked, unasked = observe(asked, reading), observe(unasked, reading)
    assert asked == unasked


def changes_at(speed_mps: float | None, *values: Value, until_s: float = 0.0) -> list[Change]:
    """The same with a speed beside each value from second 10 on, after ten seconds of running at 3 m/s."""
    tracker, changes = Tracker(), []
    rows = [(float(second), value, 3.0) for second, value in enumerate(RUN)]
    rows += [(float(second), value, speed_mps) for second, value in enumerate(values, start=len(RUN))]  # type: ignore[misc]
    for time_s, value, beside_mps in rows:
        while (due_s := tracker.due_s) is not None and due_s < time_s:
            tracker = pass_time(tracker, due_s)
            changes.append((due_s, tracker.feet.value))
        before = tracker.feet
        tracker = observe(tracker, Reading(time_s=time_s, cadence_spm=value, speed_mps=beside_mps))
        changes += [(time_s, tracker.feet.value)] * (tracker.feet is not before)
    while (due_s := tracker.due_s) is not None and due_s <= until_s:
        tracker = pass_time(tracker, due_s)
        changes.append((due_s, tracker.feet.value))
    return changes


@each_row("slip", [0.0, 82.0, 79.0])
def test_half_the_steps_or_none_at_the_speed_of_a_run_is_a_slip(slip: float) -> None:
    """Two such seconds change nothing; three are a silence, and over with the next step rate."""
    assert changes_at(3.0, slip, slip, 164.0, 164.0) == [LIVE]
    assert changes_at(3.0, slip, slip, slip, 164.0) == [LIVE, (12.0, "stale"), (13.0, "live")]


@each_row("speed_mps", [1.2, None])
def test_without_the_speed_of_a_run_it_is_what_it_says(speed_mps: float | None) -> None:
    """82 spm at 1.2 m/s, or nobody knows how fast, is a slow walk."""
    assert ("walking" in dict(map(reversed, changes_at(speed_mps, *[82.0] * 8)))) is True  # type: ignore[arg-type]


def test_a_slip_does_not_last() -> None:
    """Zeros at 3 m/s for half a minute: the speed is what is late, and the feet stand."""
    assert changes_at(3.0, *[0.0] * 30)[-1][1] == "still"


def test_who_jogs_at_the_threshold_is_not_both_by_turns() -> None:
    """Eight seconds above 140, eight below, for two minutes: neither is believed before it has lasted ten."""
    around = ([144.0] * 8 + [137.0] * 8) * 8
    assert changes_of(*[150.0] * 10, *around) == [LIVE]


def test_a_walk_far_below_the_threshold_is_seen_as_soon_as_ever() -> None:
    """From 164 to 115 within a second: three seconds after the estimate has gone."""
    changes = changes_of(*RUN, *[115.0] * 10)
    assert [feet for _, feet in changes] == ["live", "walking"]
    assert changes[-1][0] <= 17.0


def test_a_zero_and_then_silence_is_standing() -> None:
    """A pod that falls asleep when its wearer stops: no loss to be told of at every traffic light."""
    assert changes_of(*RUN, 0.0, until_s=30.0)[:2] == [LIVE, (12.0, "still")]
    assert changes_of(*RUN, until_s=30.0)[:2] == [LIVE, (12.0, "stale")]


def test_another_threshold_ends_a_doubt_about_the_old_one() -> None:
    """At 138 spm for five seconds, near 140; from now on 150 or 120 is the limit: nothing is due in the past."""
    for limit_spm in (150.0, 120.0):
        tracker, _ = watched(rows_of(*[150.0] * 6, *[138.0] * 8))
        assert tracker.doubt_since_s is not None
        tracker = tracker.resettle(TrackerSettings(walk_below_spm=limit_spm))
        assert tracker.due_s is not None
        assert tracker.due_s > tracker.clock_s


def test_a_tracker_that_has_forgotten_still_loses_its_sensor() -> None:
    """The unit was changed by key and nothing comes any more: five seconds later it is lost."""
    tracker = Tracker.silent_since(100.0, TrackerSettings())
    assert pass_time(tracker, 104.9).feet is Feet.STALE
    assert pass_time(tracker, 105.0).feet is Feet.LOST


def test_a_slip_is_one_also_after_three_seconds_of_it() -> None:
    """Five seconds of half the steps at 3 m/s: stale, and then live again; never a walk."""
    assert [feet for _, feet in changes_at(3.0, *[82.0] * 4, 164.0, 164.0, 164.0)][:2] == ["live", "stale"]
    assert "walking" not in [feet for _, feet in changes_at(3.0, *[82.0] * 4, 164.0, 164.0, 164.0)]
