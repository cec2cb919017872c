"""Beats from tempo lines, against beats found by integrating the tempo in small steps; and the documented example."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from each_row import each_row
from hand_lines import records
from hypothesis import given
from hypothesis import strategies as st
from journal_beats import beat_times_s

from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.journal import read_journal

DOCS = Path(__file__).parents[2] / "docs" / "journal.md"
Line = dict[str, Any]


def tempo(t: float, spm: float | None, ramp_s: float = 0.0) -> Line:
    """The beat takes a tempo."""
    return {"t": t, "what": "tempo", "spm": spm, "ramp_s": ramp_s}


def other(t: float) -> Line:
    """A line of another kind."""
    return {"t": t, "what": "moon"}


@each_row(
    ("lines", "beats"),
    [
        ([tempo(1, 120), other(3)], [1.0, 1.5, 2.0, 2.5]),
        ([tempo(1, 120), tempo(2.25, 60), other(4)], [1.0, 1.5, 2.0, 2.75, 3.75]),
        ([tempo(0, 60), tempo(1, None), other(9)], [0.0]),
        ([tempo(0, 60), tempo(1.5, None), tempo(5.2, 60), other(7)], [0.0, 1.0, 5.2, 6.2]),
        ([tempo(0, 60, 30.0), other(2)], [0.0, 1.0]),  # out of silence there is nothing to ramp from
        ([other(5)], []),
    ],
)
def test_beats_worked_out_by_hand(lines: list[Line], beats: list[float]) -> None:
    """Starts, steps, stops and a new start; phase goes on over a step."""
    assert list(beat_times_s(records(lines))) == pytest.approx(beats)


def test_a_ramp_is_the_integral_of_its_tempo() -> None:
    """Beats on a ramp from 150 to 180 spm fall where a sum in steps of 0.1 ms has them, within half a millisecond."""
    lines = [tempo(0, 150), tempo(3.3, 180, 20.0), other(30)]
    position, found = 0.0, [0.0]
    for n in range(300_000):
        t = n / 10_000
        rate = 150 if t < 3.3 else min(180.0, 150 + 30 * (t - 3.3) / 20.0)
        position += rate / 60 / 10_000
        if position >= len(found):
            found.append(t)
    assert list(beat_times_s(records(lines))) == pytest.approx(found, abs=5e-4)


changes = st.lists(st.tuples(st.floats(0.01, 20), st.floats(100, 220), st.floats(0, 30)), max_size=8)


@given(changes)
def test_no_beat_is_lost_or_doubled_at_a_change(steps: list[tuple[float, float, float]]) -> None:
    """However the tempo changes, beats follow each other as some tempo between 100 and 220 has them."""
    t, lines = 0.0, [tempo(0, 160)]
    for wait_s, spm, ramp_s in steps:
        t += wait_s
        lines.append(tempo(t, spm, ramp_s))
    gaps = [later - earlier for earlier, later in pairwise(beat_times_s(records([*lines, other(t + 5)])))]
    assert all(60 / 220 - 1e-6 <= gap <= 60 / 100 + 1e-6 for gap in gaps)


def test_the_example_in_the_documentation_is_a_journal() -> None:
    """It can be read, summed up, and has the beats the text says."""
    example = DOCS.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    journal = read_journal(example.encode().splitlines())
    assert journal.notes == ()
    assert summarise(journal.lines).session.duration_s == 1200
    beats = list(beat_times_s(journal.lines))
    after_ramp = [beat for beat in beats if beat >= 360]
    assert beats[0] == 300
    assert len(beats) - len(after_ramp) == 167  # beats 0 to 166: the position at 360 s is 166.05
    assert after_ramp[0] == pytest.approx(360 + 0.95 * 60 / 168.1)
    assert beats[-1] < 900
