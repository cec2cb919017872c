"""Runs with belts that stop and pods that die, through a rehearsal: what is coached, said and played is true."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hand_lines import records
from replayed_rows import Row, replay_rows
from sampling import slow_but

from cadencecoach.record.fold.summary import summarise

RUN_SPM, RUN_MPS, LENGTH_S = 166.0, 2.9, 1500

SET_OFF = """plan: Walk then lost
stages:
  - {name: Warm-up, duration: 60 s, target: free}
  - {name: Work, duration: 5 min, target: 172 spm}
"""


def belt(stops: Sequence[tuple[int, int]], *, held_s: int = 4, late_s: int = 5, lag_s: float = 0.0) -> Iterator[Row]:
    """A run on a belt that stops.

    Args:
        stops: from when to when it stands
        held_s: how long the steps told are still those of the run
        late_s: how long after a stop the speed told is still 0
        lag_s: time constant of a sensor that smooths the speed; 0 is none
    """
    told_mps = RUN_MPS
    for t_s in range(LENGTH_S + 1):
        stop = next((one for one in stops if one[0] <= t_s < one[1] + late_s), None)
        is_still = stop is not None and stop[0] + held_s <= t_s < stop[1]
        true_mps = 0.0 if stop is not None else RUN_MPS
        told_mps = told_mps + (true_mps - told_mps) / lag_s if lag_s else true_mps
        yield t_s, 0.0 if is_still else RUN_SPM, 0.0 if is_still and not lag_s else round(told_mps, 2)


def cues(lines: Iterable[dict[str, Any]], *reasons: str) -> list[dict[str, Any]]:
    """The cues given for these reasons."""
    return [line for line in lines if line["what"] == "cue" and line["reason"] in reasons]


@pytest.mark.parametrize(
    ("stops", "more"),
    slow_but(
        [
            ([(316, 471)], {}),  # a quarter of an hour, of which two and a half minutes in the measuring stage
            ([(320, 350), (400, 440)], {}),
            ([(301, 330)], {}),
            ([(440, 500)], {}),
            ([(290, 320)], {"late_s": 9}),
            ([(320, 400)], {"held_s": 8, "late_s": 20}),
            ([(320, 400)], {"lag_s": 6.0}),
            ([(320, 400), (500, 520)], {"lag_s": 10.0, "late_s": 0}),
            ([(1085, 1100)], {"late_s": 9}),  # in a ramp
        ],
        ([(316, 471)], {}),
    ),
)
def test_a_belt_that_stops_does_not_silence_the_coach(
    stops: Sequence[tuple[int, int]], more: dict[str, Any], tmp_path: Path
) -> None:
    """2.9 m/s throughout, 5 % too slow: eight corrections as without the stop, no word on the speed, nothing muted."""
    lines = replay_rows(tmp_path, "plus-5-percent", belt(stops, **more))
    assert len(cues(lines, "below", "above")) == 8
    assert cues(lines, "speed") == []
    assert [line for line in lines if line["what"] == "speed"] == []
    summary = summarise(records(lines))
    assert summary.baseline_spm == RUN_SPM
    assert summary.baseline_speed_mps == pytest.approx(RUN_MPS, abs=0.05)
    if "lag_s" not in more:
        assert all(part.mean_speed_mps in (None, pytest.approx(RUN_MPS)) for part in summary.stages)


@pytest.mark.parametrize("dies_s", slow_but([57, 61, 64, 68, 72], 64))
def test_a_beat_that_is_said_to_go_on_goes_on(dies_s: int, tmp_path: Path) -> None:
    """Somebody walks as a running stage begins, and their pod dies; it is back two minutes later."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(SET_OFF, encoding="utf-8")
    rows = [(t, 110.0, None) for t in range(dies_s)] + [(t, 165.0, None) for t in range(200, 300)]
    lines = replay_rows(tmp_path, str(plan), rows)
    said = cues(lines, "sensor lost")
    assert [cue["text"] for cue in said] == ["Sensor lost. The beat goes on."] * 2
    assert [line["t"] for line in lines if line["what"] == "tempo" and line["spm"] is None] == [360.0]


def test_a_gap_as_long_as_a_loss_takes_to_be_said_is_one_sentence(tmp_path: Path) -> None:
    """Readings stop for ten and a half seconds: lost is said, and that it is back only once that has lasted."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(SET_OFF, encoding="utf-8")
    rows = [(t, 171.0, None) for t in range(120)] + [(129.5 + t, 171.0, None) for t in range(120)]
    said = cues(replay_rows(tmp_path, str(plan), rows), "sensor lost", "sensor back")[:2]
    assert [cue["reason"] for cue in said] == ["sensor lost", "sensor back"]
    assert said[1]["t"] - said[0]["t"] >= 5.0
