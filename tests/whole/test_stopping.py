"""A stop for pain through a whole session: guided and metronome, played again from its journal, and answered by key."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row
from hand_lines import records
from journal_beats import beat_times_s

from cadencecoach.coach.actions import Action, AnswerKey
from cadencecoach.coach.coaching import Coaching, guided, metronome_alone
from cadencecoach.coach.events import FeetChanged, Key
from cadencecoach.coach.metronome import MetronomeSettings, metronome_plan
from cadencecoach.gait.reading import Reading
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.record.fold.summary import summarise
from cadencecoach.record.line_json import json_of_line
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import JournalledFeet, NoFeet
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session

PLAN = plan_of(replace(AT_170, duration_s=25.0), replace(STAGE, target=AT_170.target, ramp_s=5.0, duration_s=35.0))
RAMP = MetronomeSettings(from_spm=160.0, to_spm=175.0, over_s=40.0, for_s=60.0)
KINDS = {"guided": (PLAN, guided(PLAN)), "metronome": (metronome_plan(RAMP), metronome_alone(RAMP))}


class Rig:
    """A session of one kind, its lines, and what its keys came to."""

    def __init__(self, kind: str) -> None:
        """Before its first event."""
        self.lines: list[Mapping[str, Any]] = []
        self.answers: list[str] = []
        plan, coaching = KINDS[kind]
        self.plan, self.coaching = plan, coaching
        self.session = self._session(coaching)

    def _session(self, coaching: Coaching) -> Session:
        return Session(
            self.plan,
            baseline_spm=None,
            vote=Vote(unit=Unit.STRIDES),
            perform=lambda _: None,
            write=lambda line: self.lines.append(json_of_line(line)),
            watch=self._watch,
            coaching=coaching,
        )

    def _watch(self, thing: Action | FeetChanged) -> None:
        if isinstance(thing, AnswerKey):
            self.answers.append(thing.text)

    def run(self, *keys: tuple[float, Key | int]) -> "Rig":
        """A minute of running at 168, with keys and digits on the way."""
        happenings: list[tuple[float, Key | int | None]] = [*((float(t), None) for t in range(1, 70)), *keys]
        for time_s, what in sorted(happenings, key=lambda one: one[0]):
            match what:
                case None:
                    self.session.take_reading(Reading(time_s=time_s, cadence_spm=168.0))
                case Key():
                    self.session.press(time_s, what)
                case _:
                    self.session.rate_pain(time_s, what)
        self.session.advance(70.0)
        return self

    def of(self, *kinds: str) -> list[Mapping[str, Any]]:
        """Lines of some kinds."""
        return [line for line in self.lines if line["what"] in kinds]

    def beats_s(self) -> list[float]:
        """When each beat fell, but for the last second's: one at the very end is there or not by rounding."""
        return [time_s for time_s in beat_times_s(records(self.lines)) if time_s < 59.0]


@each_row("kind", KINDS)
@each_row("before", [(), ((19.9, Key.UP),)])
@each_row("for_s", [0.1, 0.6, 2.9])
def test_taken_back_the_beat_returns_in_phase(kind: str, before: tuple[tuple[float, Key], ...], for_s: float) -> None:
    """Also where a tempo asked for by key waits for its beat at the stop; the ramp of the second stage goes on."""
    without = Rig(kind).run(*before).beats_s()
    stopped = Rig(kind).run(*before, (19.5, Key.PAIN), (20.0, 10), (20.0 + for_s, Key.TAKE_BACK)).beats_s()
    after = [time_s for time_s in stopped if time_s >= 20.0]
    assert after == pytest.approx(without[len(without) - len(after) :], abs=1e-6)
    assert 20.0 + for_s <= after[0] < 20.0 + for_s + 0.8


@each_row("kind", KINDS)
def test_one_and_nought_are_ten_and_stop(kind: str) -> None:
    """In the journal, in the summary, and in the beat; at the end the runner has stopped."""
    rig = Rig(kind).run((19.0, Key.PAIN), (20.0, 1), (21.0, 0))
    assert [time_s for time_s in rig.beats_s() if time_s >= 21.0] == []
    assert [time_s for time_s in rig.beats_s() if 20.0 <= time_s < 21.0]
    summary = summarise(records(rig.lines))
    assert (summary.highest_pain, summary.stopped_s, summary.end_reason.value) == (10, 21.0, "stopped")
    assert [line["text"] for line in rig.of("cue") if line["reason"] == "pain"] == [
        "Slow the belt to a walk, then stop it."
    ]


@each_row("kind", KINDS)
@each_row(
    "keys",
    [
        ((19.0, Key.PAIN), (20.0, 1), (22.0, 0), (23.0, Key.TAKE_BACK), (30.0, Key.UNWELL)),
        ((19.0, Key.PAUSE), (20.0, Key.UNWELL), (21.0, Key.TAKE_BACK), (26.0, Key.PAUSE), (40.0, Key.PAIN), (41.0, 7)),
    ],
)
def test_a_journal_played_again_leads_to_the_same(kind: str, keys: tuple[tuple[float, Key | int], ...]) -> None:
    """Line for line."""
    rig = Rig(kind).run(*keys)
    again = Rig(kind)
    rehearse(again.session, JournalledFeet(records(map(dict, rig.lines))), output=NoAudio())
    assert again.lines == rig.lines


def test_nothing_that_was_taken_back_counts() -> None:
    """No pain, no stop, nothing wrong."""
    summary = summarise(records(Rig("guided").run((19.0, Key.PAIN), (20.0, 9), (21.0, Key.TAKE_BACK)).lines))
    assert (summary.highest_pain, summary.stopped_s) == (None, None)
    assert [one.is_taken_back for one in summary.pains] == [True]


PAUSED: Mapping[bool, tuple[tuple[float, Key], ...]] = {False: (), True: ((10.0, Key.PAUSE),)}


@cache
def plain_lines(kind: str, *, is_paused: bool) -> list[Mapping[str, Any]]:
    """What is written down where no other key is pressed."""
    return Rig(kind).run(*PAUSED[is_paused]).lines


@each_row("kind", KINDS)
@each_row("key", [key for key in Key if key is not Key.STOP])
@each_row("is_paused", [False, True])
def test_every_key_comes_to_something(kind: str, key: Key, *, is_paused: bool) -> None:
    """It changes what is written down beside itself, or says why it does nothing; also in a pause."""
    rig = Rig(kind).run(*PAUSED[is_paused], (12.0, key))
    plain = plain_lines(kind, is_paused=is_paused)
    changed = [line for line in rig.lines if line not in plain and line["what"] != "key"]
    assert changed or rig.answers


@each_row("kind", KINDS)
@each_row("level", [0, 5, 9, 10])
def test_a_digit_without_a_question_says_so(kind: str, level: int) -> None:
    """And nothing else comes of it."""
    rig = Rig(kind).run((12.0, level))
    assert rig.answers == [f"{'x' if level == 10 else level}: no question is open; press p to rate pain"]
    assert rig.of("note") == []


def test_a_key_that_is_none_is_told_and_not_written_down() -> None:
    """The journal holds keys of the session only."""
    rig = Rig("guided")
    rig.session.refuse_key(1.0, "z")
    assert rig.answers == ["z is not a key of this session"]
    assert rig.of("key") == []


def test_nobody_is_answered_after_the_end() -> None:
    """It is over."""
    rig = Rig("guided").run()
    rehearse(rig.session, NoFeet(), output=NoAudio())
    rig.session.refuse_key(80.0, "z")
    assert rig.answers == []
