"""A session of a runner who taps: coached while they do, let alone when they stop, and the same when played again."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from coach_rig import AT_170, STAGE, plan_of
from each_row import each_row

from cadencecoach.coach.actions import Action, CueReason, GiveCue, SetBaseline
from cadencecoach.coach.events import FeetChanged, Key, WentOn
from cadencecoach.gait.reading import Feet
from cadencecoach.gait.taps import TAP
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import MeasuredBaseline, Plan, Relative
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN
from cadencecoach.record.line_json import json_of_line, line_of_json
from cadencecoach.session.feet import JournalledFeet
from cadencecoach.session.session import Session
from cadencecoach.session.taps_heard import TapsHeard
from cadencecoach.view.session_moment import model_of
from cadencecoach.view.words import status_of

PLAN = plan_of(replace(AT_170, duration_s=300.0))
EARLY_S = 1.0


class Tapper:
    """A session whose runner taps, and everything that came out of it."""

    def __init__(self, plan: Plan = PLAN, *, takes_taps: bool = True, baseline_spm: float | None = 160.0) -> None:
        """Before its first event."""
        self.lines: list[Mapping[str, Any]] = []
        self.things: list[Action | FeetChanged] = []
        self.session = Session(
            plan,
            baseline_spm=baseline_spm,
            perform=lambda _: None,
            write=lambda line: self.lines.append(json_of_line(line)),
            watch=self.things.append,
            takes_taps=takes_taps,
        )
        self.session.advance(EARLY_S)

    def tap(self, from_s: float, to_s: float, spm: float, each: int = 1) -> "Tapper":
        """The key, at each step or each second one."""
        for step in itertools.count():
            at_s = from_s + step * each * 60.0 / spm
            if at_s > to_s:
                return self
            self.session.press(at_s, Key.TAP)
        return self

    def cues(self, *reasons: CueReason) -> list[float]:
        """When something was said for one of these reasons."""
        return [one.time_s for one in self.things if isinstance(one, GiveCue) and one.reason in reasons]

    def feet(self) -> list[tuple[float, Feet]]:
        """What the feet were known to do."""
        return [(round(one.time_s, 2), one.feet) for one in self.things if isinstance(one, FeetChanged)]


def test_who_taps_is_coached_and_who_stops_has_lost_nothing() -> None:
    """Below the band: told so. Then silence: stale after three seconds, unknown after five, and not a word of it."""
    rig = Tapper().tap(10.0, 60.0, 150.0)
    n_told = len(rig.cues(CueReason.BELOW))
    assert n_told > 0
    rig.session.advance(290.0)
    last_s = rig.lines[[line["what"] for line in rig.lines].index("payload")]["t"]
    assert last_s == 10.0
    (live, stale, unknown) = rig.feet()
    assert (live[1], stale[1], unknown[1]) == (Feet.LIVE, Feet.STALE, Feet.UNKNOWN)
    assert stale[0] == pytest.approx(63.0, abs=0.5)
    assert unknown[0] == pytest.approx(65.0, abs=0.5)
    assert rig.cues(CueReason.SENSOR_LOST, CueReason.SENSOR_BACK, CueReason.SENSOR_UNCLEAR) == []
    assert max(rig.cues(CueReason.BELOW)) <= stale[0]
    assert rig.session.state.playing is not None  # the beat goes on
    assert [line["what"] for line in rig.lines if line["what"] == "key"] == []


def test_tapping_again_coaches_again_without_a_word_about_it() -> None:
    """Twice, with minutes in between."""
    rig = Tapper().tap(10.0, 40.0, 150.0)
    rig.tap(150.0, 180.0, 150.0)
    assert [feet for _, feet in rig.feet()].count(Feet.LIVE) == 2
    assert rig.cues(CueReason.SENSOR_BACK) == []
    assert any(time_s > 150.0 for time_s in rig.cues(CueReason.BELOW))


@each_row(("off_spm", "is_told"), [(2.9, False), (3.1, True)])
def test_the_band_is_wider_by_the_error_of_taps(off_spm: float, *, is_told: bool) -> None:
    """Three steps a minute beyond its lower edge nothing is corrected; beyond that it is."""
    rig = Tapper()
    band = rig.session.state.current.band
    assert band is not None
    rig.tap(10.0, 100.0, band.low_spm - off_spm)
    assert bool(rig.cues(CueReason.BELOW)) is is_told


def test_every_second_step_will_do() -> None:
    """The cadence is that of both feet."""
    rig = Tapper().tap(10.0, 40.0, 164.0, each=2)
    model = model_of(rig.session, 40.0, "", "")
    assert model is not None
    assert model.cadence_spm == pytest.approx(164.0, abs=0.1)


def test_the_screen_waits_for_nobody() -> None:
    """Before the first tap, while they are too few, while they are read, and after the last."""
    rig = Tapper()
    assert shown(rig) == ("RUN TO THE BEAT", ENGLISH_SCREEN.taps_any_time)
    rig.tap(10.0, 11.0, 165.0)
    assert shown(rig) == ("RUN TO THE BEAT", "tap 3 of 8")
    rig.tap(11.1, 25.0, 165.0)
    assert shown(rig)[1] == ""
    rig.session.advance(40.0)
    assert shown(rig) == ("RUN TO THE BEAT", ENGLISH_SCREEN.taps_any_time)


def shown(rig: Tapper) -> tuple[str, str]:
    """The word of the banner, and the line below."""
    model = model_of(rig.session, rig.session.now_s, "", "")
    assert model is not None
    return status_of(model).word, model.notice


@pytest.mark.parametrize("trouble", ["the sound device is gone"])
def test_trouble_goes_before_the_hint(trouble: str) -> None:
    """Nobody misses a device that is gone for an offer to tap."""
    model = model_of(Tapper().session, EARLY_S, trouble, "")
    assert model is not None
    assert model.notice == trouble


def test_the_hint_counts_taps_and_names_an_uneven_hand() -> None:
    """Up to the eighth, then why they are not read; after 2.5 s without one, the offer again."""
    taps = TapsHeard(is_wanted=True)
    hints = []
    for number in range(9):
        taps.note(number * 0.5)
        hints.append(taps.hint_at(number * 0.5, ENGLISH_SCREEN))
    assert hints[:7] == [f"tap {number} of 8" for number in range(1, 8)]
    assert hints[7:] == [ENGLISH_SCREEN.taps_irregular] * 2
    assert taps.hint_at(6.5, ENGLISH_SCREEN) == ENGLISH_SCREEN.taps_irregular
    assert taps.hint_at(6.51, ENGLISH_SCREEN) == ENGLISH_SCREEN.taps_any_time


def test_with_a_sensor_the_key_says_what_it_is_for() -> None:
    """And nothing is counted."""
    rig = Tapper(takes_taps=False)
    rig.session.press(5.0, Key.TAP)
    assert [getattr(one, "text", "") for one in rig.things][-1] == ENGLISH_SCREEN.taps_not_here
    assert [line for line in rig.lines if line["what"] == "payload"] == []


@each_row(("seconds", "is_measured"), [(21.5, False), (24.0, True)])
def test_a_baseline_is_measured_from_twenty_seconds_of_taps_within_its_stage(
    seconds: float, *, is_measured: bool
) -> None:
    """Of five minutes, where a sensor would have to tell of a hundred seconds; less is too little."""
    measuring = replace(STAGE, duration_s=300.0, measures_baseline=True)
    aimed = replace(STAGE, duration_s=60.0, target=Relative(0.05))
    rig = Tapper(plan_of(measuring, aimed, baseline=MeasuredBaseline()), baseline_spm=None)
    rig.tap(60.0, 60.0 + seconds, 160.0)
    rig.session.advance(310.0)
    found = [one.cadence_spm for one in rig.things if isinstance(one, SetBaseline)]
    assert found == ([pytest.approx(160.0, abs=0.1)] if is_measured else [])
    band = rig.session.state.current.band
    assert (band is not None) is is_measured


def test_a_beat_that_waited_for_a_walk_is_back_when_nobody_taps() -> None:
    """A plan that calls 150 a walk: the taps rest the beat, and their end gives it back."""
    feedback = replace(AT_170.feedback, walk_below_spm=155.0)
    rig = Tapper(plan_of(replace(AT_170, feedback=feedback, duration_s=300.0))).tap(10.0, 40.0, 145.0)
    assert rig.session.state.playing is None
    rig.session.advance(60.0)
    assert rig.session.state.playing is not None


def test_a_journal_of_taps_played_again_gives_the_same_decisions() -> None:
    """Twice, line for line but for the payloads' own."""
    told = Tapper().tap(10.0, 60.0, 150.0).tap(120.0, 140.0, 172.0, each=2)
    told.session.advance(400.0)
    again = [replayed(told.lines) for _ in range(2)]
    assert again == [told.lines] * 2


def test_after_a_break_taps_are_counted_from_the_first() -> None:
    """What came before it is forgotten: five more after a break of no session time are five."""
    rig = Tapper().tap(10.0, 11.6, 165.0)
    rig.session.go_on(WentOn(rig.session.now_s, 60.0, "broke off"))
    rig.tap(11.7, 13.0, 165.0)
    assert rig.session.tap_hint == fill(ENGLISH_SCREEN.tap, number=4, wanted=8)


def test_who_goes_on_with_a_sensor_after_taps_is_not_asked_to_tap() -> None:
    """The same session, whose sensor has not spoken yet."""
    rig = Tapper(takes_taps=False)
    for step in range(20):
        rig.session.take_payload(10.0 + step * 60.0 / 165.0, "taps", TAP, "taps")
    rig.session.go_on(WentOn(rig.session.now_s, 60.0, "broke off"))
    assert rig.session.has_sensor
    assert rig.session.tap_hint == ""


def replayed(lines: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The lines of a session that plays these again."""
    rig = Tapper(takes_taps=False)
    feet = JournalledFeet(list(map(line_of_json, lines)))
    while feet.next_s() < 400.0:
        feet.deliver(rig.session)
    rig.session.advance(400.0)
    return rig.lines
