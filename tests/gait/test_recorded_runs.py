"""The feet on real runs: the states are judged against the raw values of the files."""

import csv
from itertools import pairwise

from shared_runs import recorded_run

from cadencecoach.gait.reading import Feet, Reading
from cadencecoach.gait.tracker import Tracker, observe


def states_of(name: str) -> list[tuple[float, float, Feet]]:
    """Time, raw cadence and state of each row."""
    states = []
    tracker = Tracker()
    with recorded_run(name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            time_s, cadence_spm = float(row["t_s"]), float(row["cadence_spm"])
            tracker = observe(tracker, Reading(time_s=time_s, cadence_spm=cadence_spm))
            states.append((time_s, cadence_spm, tracker.feet))
    return states


def seconds_in(states: list[tuple[float, float, Feet]], feet: Feet) -> int:
    """How many rows found the feet so."""
    return sum(one is feet for _, _, one in states)


def test_a_steady_run_is_live_but_for_its_first_steps() -> None:
    """57 min at 132-176 spm: six seconds below and around 140 at the start, then live to the end."""
    states = states_of("01_steady_stryd.csv")
    assert {feet for _, _, feet in states[6:]} == {Feet.LIVE}
    assert {feet for _, _, feet in states[:6]} == {Feet.WALKING}


def test_walk_breaks_are_walking_and_stops_are_still() -> None:
    """83 min of intervals: nothing is stale or lost, and live seconds with a walking cadence are those of the dwell."""
    states = states_of("05_intervals_walkbreaks.csv")
    assert {feet for _, _, feet in states} == {Feet.LIVE, Feet.WALKING, Feet.STILL}
    slow = [(time_s, feet) for time_s, raw, feet in states if 0 < raw < 130]
    assert len(slow) == 487
    live_and_slow = [time_s for time_s, feet in slow if feet is Feet.LIVE]
    assert len(live_and_slow) < 120
    longest = run = 1
    for before_s, after_s in pairwise(live_and_slow):
        run = run + 1 if after_s - before_s == 1 else 1
        longest = max(longest, run)
    assert longest <= 5  # one second to confirm, three of dwell


def test_zeros_are_never_live_beyond_their_third_second() -> None:
    """All 162 s of zeros: the first two of each stop are not believed yet, the rest is standing."""
    states = states_of("05_intervals_walkbreaks.csv")
    zeros = [feet for _, raw, feet in states if raw == 0]
    assert len(zeros) == 162
    assert sum(feet is Feet.STILL for feet in zeros) >= 140
    assert seconds_in(states, Feet.STILL) < 162 + 15  # and standing ends with the second step rate
