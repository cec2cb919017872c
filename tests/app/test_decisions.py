from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from coach_rig import AT_170, STAGE, plan_of
from hand_lines import records

from cadencecoach.app.decisions import Decisions
from cadencecoach.coach.actions import Action, GiveCue
from cadencecoach.coach.coaching import guided
from cadencecoach.coach.events import Key, KeyPressed
from cadencecoach.record.beats import beat_times_s
from cadencecoach.record.line_json import json_of_line

PLAN = plan_of(replace(STAGE, name="Free", duration_s=20.0), replace(AT_170, name="Fixed", duration_s=100.0))


class Rig:
    """A coach at work, and everything that was written down and told of it."""

    def __init__(self) -> None:
        """Before its first decision; each cue begins to sound a quarter of a second late."""
        self.lines: list[Mapping[str, Any]] = []
        self.watched: list[Action] = []
        self.decisions = Decisions(
            guided(PLAN, 160.0),
            perform=lambda action: action.time_s + 0.25 if isinstance(action, GiveCue) else None,
            write=lambda line: self.lines.append(json_of_line(line)),
            watch=lambda thing: self.watched.append(thing) if isinstance(thing, Action) else None,
        )

    def until(self, time_s: float) -> "Rig":
        """All that is due by itself before a time."""
        while (due_s := self.decisions.due_s()) < time_s:
            self.decisions.step(due_s)
        return self

    def press(self, time_s: float, key: Key) -> None:
        """The runner presses a key."""
        self.until(time_s).decisions.answer(KeyPressed(time_s, key))

    def of(self, kind: str) -> list[Mapping[str, Any]]:
        """Lines of a kind."""
        return [line for line in self.lines if line["what"] == kind]


def test_a_cue_is_written_down_with_the_moment_it_was_heard() -> None:
    """What the ear answers for a cue stands in its line; its words are the last ones given."""
    rig = Rig().until(1.0)
    cue = rig.of("cue")[0]
    assert (cue["requested_s"], cue["actual_s"]) == (0.0, 0.25)
    assert rig.decisions.last_cue == cue["text"] == "Free."


def test_the_words_shown_last_are_words() -> None:
    """The tones of 3-2-1 do not take the place of what the coach said before them."""
    rig = Rig().until(119.5)
    assert rig.of("cue")[-1]["kind"] == "earcon"
    assert rig.decisions.last_cue == "Fixed. 170."


def test_every_action_is_answered_and_told() -> None:
    """Those who watch hear of what the one who asked is answered."""
    rig = Rig()
    answered = rig.decisions.step(0.0)
    assert answered
    assert tuple(rig.watched) == answered


def test_a_tempo_asked_for_by_key_moves_the_pending_beat() -> None:
    """The beat after the key falls one new interval after the beat before it; the journal's tempo lines say so."""
    rig = Rig()
    rig.press(30.1, Key.UP)
    rig.until(38.0)
    beats = list(beat_times_s(records([*rig.lines, {"t": 38.0, "what": "end"}])))
    after = next(n for n, beat_s in enumerate(beats) if beat_s > 30.1)
    assert beats[after] - beats[after - 1] == pytest.approx(60.0 / 171.0)
    assert beats[after + 1] - beats[after] == pytest.approx(60.0 / 171.0)
    way, there = [line for line in rig.of("tempo") if line["t"] > 30.0]
    assert (way["t"], there["t"], there["spm"]) == (30.1, pytest.approx(beats[after]), 171.0)


def test_a_tempo_that_waits_is_forgotten_with_the_beat() -> None:
    """Up, and a pause before the next beat: the beat stops and stays stopped."""
    rig = Rig()
    rig.press(30.1, Key.UP)
    rig.press(30.11, Key.PAUSE)
    rig.until(38.0)
    assert rig.of("tempo")[-1]["spm"] is None
